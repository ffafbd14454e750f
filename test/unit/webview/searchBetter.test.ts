// A search that is answered at once and then, where a better model has more to say, once more: in which order hits are
// shown when that comes.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../src/shared/errors.ts';
import type { SearchAnswer } from '../../../src/shared/searchMessages.ts';
import type { Host } from '../../../webview/host.ts';
import { Searcher } from '../../../webview/search/searcher.ts';

// The real one needs a browser's half of JSON-RPC.
vi.mock('../../../webview/host.ts', () => ({ cancelSource: () => ({ token: {}, cancel: () => {} }) }));

const FIRST = [1, 2, 3];
const BETTER = [3, 1, 2];

describe('a better order', () => {
  let uncompared: number;
  let pending: number;
  let better: () => Promise<readonly number[]>;
  let patience: unknown[];
  let changes: number;
  let searcher: Searcher;

  beforeEach(() => {
    vi.useFakeTimers();
    [uncompared, pending, patience, changes] = [5, 0, [], 0];
    better = async () => BETTER;
    const host = {
      request: async (_: unknown, params: { readonly patience: number }) => {
        patience.push(params.patience);
        return answer(params.patience === 0 ? FIRST : await better(), params.patience === 0 ? uncompared : 0);
      },
    } as unknown as Host;
    searcher = new Searcher(host, () => {
      changes += 1;
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function answer(chunks: readonly number[], missing: number): SearchAnswer {
    return { hits: chunks.map((chunk) => ({ chunk })), uncompared: missing, pending } as unknown as SearchAnswer;
  }

  const search = async (query = 'retry') => {
    searcher.want({ query, filter: {} }, true);
    await vi.runAllTimersAsync();
  };
  const shown = () => searcher.answer?.hits.map(({ chunk }) => chunk);

  it('is not asked for where the first is all there is', async () => {
    uncompared = 0;
    await search();
    expect(patience).toEqual([0]);
    expect(shown()).toEqual(FIRST);
  });

  it('is not asked for while files are still coming in', async () => {
    pending = 3;
    await search();
    expect(patience).toEqual([0]);
  });

  it('is shown once it is there, when nobody looks into the hits', async () => {
    await search();
    expect(patience).toEqual([0, expect.any(Number)]);
    expect(patience[1]).toBeGreaterThan(1000);
    expect(shown()).toEqual(BETTER);
    expect(searcher.better).toBeUndefined();
  });

  it('is offered, and nothing moves, when somebody does', async () => {
    searcher.inUse = () => true;
    await search();
    expect(shown()).toEqual(FIRST);
    expect(searcher.better).toBeDefined();
    const before = changes;
    searcher.takeBetter();
    expect([shown(), searcher.better, changes]).toEqual([BETTER, undefined, before + 1]);
  });

  it('is no news where it is the same', async () => {
    searcher.inUse = () => true;
    better = async () => FIRST;
    await search();
    expect(searcher.better).toBeUndefined();
  });

  it('leaves the answer as it is when it fails, or when something else is looked for by then', async () => {
    better = () => Promise.reject(new Fault('internal', 'It broke.'));
    await search();
    expect([shown(), searcher.fault, searcher.busy]).toEqual([FIRST, undefined, false]);
    let come: (chunks: readonly number[]) => void = () => {};
    better = () => new Promise((resolve) => (come = resolve));
    await search();
    uncompared = 0;
    await search('another');
    come(BETTER);
    await vi.runAllTimersAsync();
    expect(shown()).toEqual(FIRST);
  });
});
