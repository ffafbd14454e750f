// Patches while someone types: one at a time, what was typed meanwhile in one, and the whole again where none fits.

import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_PATCHED, type TextSource } from '../../../src/host/tokensEdits.ts';
import { TokensPatcher } from '../../../src/host/tokensPatcher.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { CancelToken, EncodedText } from '../../../src/shared/messages.ts';
import type { TokensPatch } from '../../../src/shared/tokensMessages.ts';

const nothing = new ArrayBuffer(0);
const encoded: EncodedText = {
  encoding: 'e',
  count: 0,
  ids: nothing,
  starts: nothing,
  ends: nothing,
  fragment: nothing,
  byteEnds: nothing,
  bytes: nothing,
  textBytes: 0,
  loneSurrogates: 0,
};

let text: string;
let calls: { text: string; token: CancelToken; answer: () => void; fail: (error: unknown) => void }[];
let sent: TokensPatch[];
let reloads: number;
let patcher: TokensPatcher;

const source = (): TextSource => {
  const now = text;
  return { length: now.length, read: (start, end) => ({ start, text: now.slice(start, end) }) };
};
/** Types `put` at `at`, as VS Code would tell it. */
const type = (at: number, put: string) => {
  text = text.slice(0, at) + put + text.slice(at);
  return patcher.edit([{ rangeOffset: at, rangeLength: 0, text: put }]);
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  text = 'one two three\nfour five six\nseven eight nine\n';
  calls = [];
  sent = [];
  reloads = 0;
  patcher = new TokensPatcher({
    source,
    encode: (stretch, token) =>
      new Promise((resolve, reject) => {
        calls.push({ text: stretch, token, answer: () => resolve([encoded]), fail: reject });
      }),
    send: (patch) => sent.push(patch),
    reload: () => {
      reloads += 1;
    },
  });
});

describe('patches', () => {
  it('go out at once, for the surroundings alone, as the next version', async () => {
    patcher.begin(text.length);
    patcher.shown(7);
    expect(type(18, 'x')).toBe(true);
    expect(calls.map((call) => call.text)).toEqual(['fourx five']);
    calls[0]?.answer();
    await settle();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.version).toBe(8);
    const { start, end, text: stretch } = sent[0] as TokensPatch;
    expect(stretch.length).toBe(end - start + 1);
    expect(text.slice(start, start + stretch.length)).toBe(stretch);
  });

  it('join what was typed while one was made', async () => {
    patcher.begin(text.length);
    patcher.shown(1);
    type(4, 'a');
    type(5, 'b');
    type(6, 'c');
    expect(calls).toHaveLength(1);
    calls[0]?.answer();
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]?.answer();
    await settle();
    expect(sent.map(({ version }) => version)).toEqual([2, 3]);
    expect(sent[1]?.text).toContain('abc');
    expect((sent[1]?.text.length ?? 0) - ((sent[1]?.end ?? 0) - (sent[1]?.start ?? 0))).toBe(2);
  });

  it('wait for the text that they belong to', async () => {
    patcher.begin(text.length);
    type(4, 'a');
    expect(calls).toHaveLength(0);
    patcher.shown(3);
    expect(calls).toHaveLength(1);
    calls[0]?.answer();
    await settle();
    expect(sent.map(({ version }) => version)).toEqual([4]);
  });

  it('end when something else is shown, the one in work too', async () => {
    patcher.begin(text.length);
    patcher.shown(1);
    type(4, 'a');
    patcher.stop();
    expect(calls[0]?.token.isCancellationRequested).toBe(true);
    calls[0]?.answer();
    await settle();
    expect(sent).toEqual([]);
    expect(type(4, 'b')).toBe(false);
    expect(reloads).toBe(0);
  });

  it('give way to the whole when no cut is near', async () => {
    text = '漢'.repeat(MOST_PATCHED * 2);
    patcher.begin(text.length);
    patcher.shown(1);
    type(MOST_PATCHED, '字');
    expect(reloads).toBe(1);
    expect(calls).toEqual([]);
    expect(type(0, 'a')).toBe(false);
  });

  it('give way to the whole when the worker fails', async () => {
    patcher.begin(text.length);
    patcher.shown(1);
    type(4, 'a');
    calls[0]?.fail(new Fault('worker-died', 'It ended.'));
    await settle();
    expect(reloads).toBe(1);
    expect(sent).toEqual([]);
  });

  it('give way to the whole when an edit was missed', async () => {
    patcher.begin(text.length);
    patcher.shown(1);
    text = `lost ${text}`;
    type(9, 'a');
    await settle();
    expect(reloads).toBe(1);
  });
});
