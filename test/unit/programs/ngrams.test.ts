// The demonstrations of n-grams: that what they show of a sample is so, and that the tiny GPT keeps to being asked.

import { describe, expect, it } from 'vitest';
import { POST_ROAD } from '../../../src/programs/postRoad.ts';
import { findProgram } from '../../../src/programs/registry.ts';
import { SessionRun } from '../../../src/programs/run.ts';
import type { TensorValue, TextValue } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table, testEnvironment, text } from './run.ts';
import { tensorOf } from './tensorOf.ts';

const marked = ({ text: whole, marks = [] }: TextValue, role: string) =>
  marks.filter((mark) => mark.role === role).map(({ start, end }) => whole.slice(start, end));

describe('ngram-sample', () => {
  it('marks stretches that stand in the text, and misses none', async () => {
    for (const n of [3, 5, 7]) {
      const trace = await run('ngram-sample', { n });
      const sample = text(trace, framesOf(trace, 'sample')[0], 'sample');
      const covered = new Set(
        (sample.marks ?? []).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
      );
      const begun = n - 1; // it begins as the text does
      for (let at = begun; at + 20 <= sample.text.length; at++) {
        const window = sample.text.slice(at, at + 20);
        const inside = Array.from({ length: 20 }, (_, i) => covered.has(at + i)).every(Boolean);
        expect(!POST_ROAD.includes(window) || inside, `n = ${n}, at ${at}: ${window}`).toBe(true);
      }
      for (const at of covered) {
        const from = Array.from({ length: 20 }, (_, i) => at - i);
        expect(from.some((start) => start >= begun && POST_ROAD.includes(sample.text.slice(start, start + 20)))).toBe(
          true,
        );
      }
    }
  });

  it('copies more the longer the context', async () => {
    const share = async (n: number) => {
      const trace = await run('ngram-sample', { n, length: 1000 });
      const sample = text(trace, trace.frames[0], 'sample');
      return marked(sample, 'match').join('').length / sample.text.length;
    };
    const [three, five, seven] = [await share(3), await share(5), await share(7)];
    expect(three).toBeLessThan(0.05);
    expect(five).toBeGreaterThan(three);
    expect(seven).toBeGreaterThan(0.5);
  });

  it('shows for each symbol what came next, and the place with its context', async () => {
    for (const unit of ['characters', 'words']) {
      const trace = await run('ngram-sample', { n: 4, unit });
      const draws = framesOf(trace, 'draw');
      expect(draws.length).toBe(30);
      for (const frame of draws) {
        const place = text(trace, frame, 'copied from');
        const [context, chosen] = [marked(place, 'match').join(''), marked(place, 'chosen')[0]!];
        expect(POST_ROAD).toContain(context + chosen);
        expect(text(trace, frame, 'so far').text.endsWith(context + chosen)).toBe(true);
        const followers = table(trace, frame, 'row of the table');
        const row = followers.marks!.find(({ role }) => role === 'chosen')!.row;
        expect(followers.rows[row]![0]).toBe(chosen);
      }
    }
  });

  it('writes on from what it is given, and has nothing to say after what the text never held', async () => {
    const written = await run('ngram-sample', { n: 4, begin: 'the smith' });
    expect(text(written, written.frames[0], 'sample').text.startsWith('the smith')).toBe(true);
    // As a word the text has it with the space before it.
    const words = await run('ngram-sample', { n: 3, unit: 'words', begin: 'the smith', length: 40 });
    expect(text(words, words.frames[0], 'sample').text.trimStart()).toMatch(/^the smith\P{L}/u);
    expect(framesOf(words, 'draw')[0]!.note).toMatch(/^\d+ places in the text follow “␣the␣smith”/u);
    const silent = await run('ngram-sample', { n: 5, begin: 'the lamb' });
    expect(silent.frames).toHaveLength(1);
    expect(silent.frames[0]!.note).toContain('has nothing to say');
    const lent = await run('ngram-sample', { n: 5, begin: 'the lamb', smoothing: 'add-k', length: 40 });
    expect(lent.frames[0]!.note).toMatch(/\d+ of them were made up/u);
  });
});

describe('bigram-table', () => {
  it('divides each row by its sum, and leaves the row of what nothing follows empty', async () => {
    const trace = await run('bigram-table', { text: 'abac' });
    const { value, numbers } = tensorOf(trace, framesOf(trace, 'divide')[0], 'probabilities');
    expect(numbers).toEqual([0, 0.5, 0.5, 1, 0, 0, 0, 0, 0]);
    expect(trace.frames.at(-1)!.note).toContain('Nothing ever followed “c”');
    expect(value.labels).toEqual({ 0: ['a', 'b', 'c'], 1: ['a', 'b', 'c'] });
  });

  it('keeps to a table that can be seen', async () => {
    const many = String.fromCodePoint(...Array.from({ length: 500 }, (_, i) => 0x4e00 + i));
    const trace = await run('bigram-table', { text: `${many}${'ab'.repeat(50)}` });
    expect((output(trace, framesOf(trace, 'divide')[0], 'probabilities') as TensorValue).shape).toEqual([60, 60]);
  });
});

describe('surprise', () => {
  it('adds up to the mean, and says what is impossible', async () => {
    const trace = await run('surprise', { n: 3, sentence: 'the lamp' });
    const rows = table(trace, trace.frames[0], 'surprise').rows;
    const mean = rows.reduce((sum, row) => sum - Math.log(Number(row[2])), 0) / rows.length;
    expect(output(trace, trace.frames[0], 'loss')).toMatchObject({ value: expect.closeTo(mean, 2) });
    const impossible = await run('surprise', { n: 3, sentence: 'the lamb', smoothing: 'counts' });
    expect(impossible.frames[0]!.note).toMatch(/^1 character of 8 has probability 0/u);
    expect(impossible.frames[0]!.outputs.map(({ name }) => name)).toEqual(['surprise']);
  });
});

describe('ngram-perplexity', () => {
  it('takes a text of one symbol, and says when a text is too short', async () => {
    const same = await run('ngram-perplexity', { text: 'a'.repeat(100) });
    expect(same.frames.map((frame) => table(same, frame, 'curve').rows[0]!.slice(0, 4))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => [n, 1, 1, 1]),
    );
    const short = await run('ngram-perplexity', { text: 'too short' });
    expect(short.frames[0]!.note).toContain('at least 20');
  });
});

describe('tiny-gpt', () => {
  const FOREVER = Number.POSITIVE_INFINITY;

  it('trains nothing before it is switched on', async () => {
    const trace = await run('tiny-gpt', { steps: 1000 });
    expect(trace.frames).toHaveLength(1);
    const [[step, , heldOut]] = table(trace, trace.frames[0], 'loss').rows as [number[]];
    expect(step).toBe(0);
    expect(heldOut).toBeCloseTo(Math.log(new Set(POST_ROAD).size), 0); // untrained: ln V
  });

  it('goes on while it is asked, starts over when told to, and gives its memory back', async () => {
    const environment = testEnvironment();
    const kernels = await environment.loadKernels();
    const before = kernels.memory.inUse;
    const session = SessionRun.start(findProgram('tiny-gpt'), { train: true, steps: 1000 }, environment);
    const first = await session.next(3, FOREVER);
    expect(first.frames.map((frame) => frame.label)).toEqual(['Step 0', 'Step 25', 'Step 50']);
    session.update({ train: true, steps: 25 });
    const second = await session.next(FOREVER, FOREVER);
    expect(second.frames.map((frame) => frame.op)).toEqual(['restart', 'train', 'result']);
    expect(second.done).toBe(true);
    session.update({ train: true, steps: 1000 });
    await session.next(2, FOREVER);
    await session.stop();
    expect(kernels.memory.inUse).toBe(before);
  });

  it('says how much text it takes', async () => {
    const trace = await run('tiny-gpt', { text: 'short', train: true });
    expect(trace.frames[0]!.note).toContain('at least 1,000');
  });
});
