// Words looked for in files that no index has yet: in slices, with others in between, and no longer than somebody wants.

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FileSource, FoundFile } from '../../../src/services/search/fileSource.ts';
import { queryParts } from '../../../src/services/search/queryParts.ts';
import { type Scan, scanPending } from '../../../src/services/search/scanPending.ts';
import { realCutter } from './serviceParts.ts';

/** Each look at it takes a millisecond: that is the work that is done between two looks. */
class CountingClock {
  looks = 0;
  readonly now = () => 0;
  readonly elapsed = () => this.looks++;
}

/** Files that are there at once, as those of a warm disk are. */
function scanOf(texts: Readonly<Record<string, string>>, query: string, more: Partial<Scan> = {}): Scan {
  const pending: FoundFile[] = Object.entries(texts).map(([path, { length }]) => ({
    ...{ root: 'r', path, size: length, modified: 1 },
  }));
  const read: FileSource['read'] = async ({ path }) => {
    const file = pending.find((one) => one.path === path) as FoundFile;
    return { ...file, text: texts[path] as string, hash: '' };
  };
  return {
    files: { roots: [], list: async function* () {}, look: async () => undefined, read },
    ...{ pending, cutter: realCutter, clock: new CountingClock(), signal: { cancelled: false }, budget: 1e9 },
    query: queryParts(query),
    corpus: { chunks: 0, averageLength: 0, frequencies: [] },
    ...more,
  };
}

/** Sections of about the same length, the later the more often with the word. */
const manual = (sections: number) =>
  Array.from({ length: sections }, (_, at) => {
    const words = Array.from({ length: 20 }, (_word, i) => (i <= (at * 20) / sections ? 'otter' : 'river'));
    return `## Part ${at}\n\n${words.join(' ')} ${'x'.repeat(400)}\n`;
  }).join('\n');

/** How often the thread was free while `work` went on. */
async function turnsDuring<T>(work: Promise<T>): Promise<{ readonly value: T; readonly turns: number }> {
  let turns = 0;
  let done = false;
  const counting = (async () => {
    while (!done) {
      await setImmediate();
      turns += 1;
    }
  })();
  const value = await work.finally(() => {
    done = true;
  });
  await counting;
  return { value, turns };
}

describe('a scan', () => {
  it.each([
    ['of one large file', { 'manual.md': manual(1500) }],
    ['of many small ones', Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`f${i}.md`, 'An otter.\n']))],
  ])('%s lets others in at least every 20 ms', async (_, texts) => {
    const clock = new CountingClock();
    const { value, turns } = await turnsDuring(scanPending(scanOf(texts, 'otter', { clock })));
    expect(value).toMatchObject({ complete: true, files: Object.keys(texts).length });
    expect(clock.looks).toBeGreaterThan(1500);
    expect(turns).toBeGreaterThan(clock.looks / 20);
  });

  it('ends amid a file when nobody wants it any more', async () => {
    const clock = new CountingClock();
    const signal = { cancelled: false };
    const scanning = scanPending(scanOf({ 'manual.md': manual(5000) }, 'otter', { clock, signal }));
    const caught = expect(scanning).rejects.toMatchObject({ code: 'cancelled', message: 'The search was cancelled.' });
    await setImmediate();
    await setImmediate();
    signal.cancelled = true;
    await caught;
    expect(clock.looks).toBeLessThan(1000);
  });

  it('gives the best, best first, however many there are', async () => {
    const { found } = await scanPending(scanOf({ 'manual.md': manual(1500) }, 'otter'));
    expect(found).toHaveLength(200);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(found.map(({ chunk }) => chunk.id)).toEqual(found.map((_, i) => -1 - i));
    const count = ({ chunk }: (typeof found)[number]) => chunk.text.match(/otter/g)?.length;
    // 75 sections have it 20 times, as many 19 times, and so on.
    expect(found.every((one) => (count(one) ?? 0) >= 18)).toBe(true);
    expect(count(found[0]!)).toBe(20);
  });

  it('cuts no longer than it may, and says that it is not all', async () => {
    const texts = { 'a.md': manual(300), 'b.md': manual(300), 'c.md': manual(300) };
    const scanned = await scanPending(scanOf(texts, 'otter', { budget: 50 }));
    expect(scanned.complete).toBe(false);
    expect(scanned.found.length).toBeGreaterThan(0);
    expect(new Set(scanned.found.map(({ chunk }) => chunk.path)).size).toBeLessThan(3);
  });

  it('reads only what the filter lets through', async () => {
    const texts = { 'src/a.md': 'An otter.\n', 'test/b.md': 'An otter.\n' };
    const { found, files } = await scanPending(scanOf(texts, 'otter path:src'));
    expect(found.map(({ chunk }) => chunk.path)).toEqual(['src/a.md']);
    expect(files).toBe(1);
  });
});
