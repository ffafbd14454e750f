// The check's verdicts: one fault, the one that the learner's code has, on the smallest input that shows it.

import { describe, expect, it } from 'vitest';
import { Todo } from '../../../src/runner/api/todo.ts';
import { inputsOf } from '../../../src/runner/check/cases.ts';
import { defineCheck } from '../../../src/runner/check/exerciseCheck.ts';
import { type CheckSubject, runCheck } from '../../../src/runner/check/runCheck.ts';

const shares = (row: readonly number[]) => {
  const total = row.reduce((sum, x) => sum + x, 0);
  return row.map((x) => (total === 0 ? 1 / row.length : x / total));
};
const solution = { shares };
const check = defineCheck<[row: number[]]>({
  parameters: ['row'],
  draw: (random, size) => [Array.from({ length: size + 1 }, () => Math.floor(random() * 9) + 1)],
  planted: [{ inputs: () => [[0, 0]], why: 'nothing to share' }],
  invariants: [
    {
      holds: (result) => Math.abs((result as number[]).reduce((a, b) => a + b, 0) - 1) < 1e-6,
      otherwise: 'The shares should sum to 1.',
    },
  ],
  parts: [{ id: 'one', title: 'One number', cases: [{ inputs: () => [[5]], why: 'all of it' }] }],
  mutants: {
    'by-largest': 'You divide by the largest number.',
    'by-zero': 'Nothing at all makes NaN.',
    rounded: 'You round the shares.',
  },
});
const mutants = {
  'by-largest': {
    shares: (row: number[]) => row.map((x) => (Math.max(...row) === 0 ? 1 / row.length : x / Math.max(...row))),
  },
  'by-zero': { shares: (row: number[]) => row.map((x) => x / row.reduce((a, b) => a + b, 0)) },
  rounded: { shares: (row: number[]) => shares(row).map(Math.round) },
};

function verdict(answer: Record<string, unknown>, more: Partial<CheckSubject> = {}) {
  return runCheck({ check, exports: ['shares'], answer, solution, mutants, seed: 1, files: {}, ...more });
}
const told = async (answer: Record<string, unknown>) => (await verdict(answer)).diagnosis;

describe('a right answer', () => {
  it('passes, with its part', async () => {
    expect(await verdict({ shares })).toMatchObject({ parts: [{ id: 'one', passed: true }], cases: 31 });
    expect(await told({ shares })).toBeUndefined();
  });

  it('may wait, and may be written in another way', async () => {
    expect(await told({ shares: async (row: number[]) => Float64Array.from(shares(row)) })).toBeUndefined();
  });
});

describe('a wrong one', () => {
  it.each(Object.keys(mutants))('is told that it is %s', async (name) => {
    for (const seed of [1, 2, 3]) {
      const { diagnosis } = await verdict(mutants[name as keyof typeof mutants], { seed });
      expect(diagnosis).toMatchObject({ kind: 'mutant', mutant: name, message: check.mutants[name as 'rounded'] });
    }
  });

  it('is shown the smallest input that fails, and what it made of it', async () => {
    const diagnosis = await told(mutants['by-zero']);
    expect(diagnosis).toMatchObject({
      input: [{ name: 'row', text: '[0, 0]' }],
      expected: '[0.5, 0.5]',
      actual: '[NaN, NaN]',
      at: '[0]',
      caseName: { planted: 0 },
    });
    expect(inputsOf(check, diagnosis!.caseName!)).toEqual([[0, 0]]);
  });

  it('that is none of the typical ones is told the kind of its fault', async () => {
    expect(await told({ shares: (row: number[]) => row.slice(1) })).toMatchObject({
      kind: 'shape',
      message: 'The result is a list of 1, and should be a list of 2.',
    });
    expect(await told({ shares: (row: number[]) => shares(row).map((x) => x * 2) })).toMatchObject({
      kind: 'invariant',
      message: 'The shares should sum to 1.',
    });
    expect(await told({ shares: (row: number[]) => shares(row).toReversed() })).toMatchObject({
      kind: 'value',
      message: expect.stringMatching(/^The result at \[0\] is 0\.\d+, and should be 0\.\d+\.$/u),
    });
    expect(await told({ shares: (row: number[]) => row.map(() => Number.NaN) })).toMatchObject({ kind: 'not-finite' });
    expect(await told({ shares: () => undefined })).toMatchObject({ kind: 'shape' });
  });

  it('that throws is told what', async () => {
    const thrown = await verdict({
      shares: (row: number[]) => {
        if (row.length > 3) {
          throw new RangeError('too long');
        }
        return shares(row);
      },
    });
    expect(thrown.diagnosis).toMatchObject({
      kind: 'threw',
      message: 'Your code stopped with an error: RangeError: too long.',
    });
  });

  it('that changes what it is given is told so, though its result is right', async () => {
    const answer = {
      shares: (row: number[]) => {
        const result = shares(row);
        row.sort();
        row.push(0);
        return result;
      },
    };
    expect(await told(answer)).toMatchObject({ kind: 'changed-input' });
  });
});

it('tells a starter that it is not written', async () => {
  const answer = {
    shares: () => {
      throw new Todo('Sum the row first.');
    },
  };
  expect(await told(answer)).toEqual({ kind: 'untouched', message: 'Not written yet. Sum the row first.' });
  // The part of one number is written: it counts.
  const begun = (row: number[]) => (row.length === 1 ? [1] : answer.shares());
  expect((await verdict({ shares: begun })).parts).toEqual([{ id: 'one', title: 'One number', passed: true }]);
});

it.each([
  [{ share: shares }, 'The file doesn\'t export "shares". It exports share.'],
  [{}, 'The file doesn\'t export "shares". It exports nothing.'],
  [{ shares: 1 }, '"shares" should be a function, and is 1.'],
])('says which export is missing', async (answer, words) => {
  expect((await told(answer))?.message).toContain(words);
});

it('tells two typical answers apart by an input that does', async () => {
  // Both give the same on what is planted and on small inputs.
  const twins = defineCheck<[n: number]>({
    parameters: ['n'],
    draw: (random, size) => [size < 6 ? 1 : Math.floor(random() * 100)],
    mutants: { double: 'twice', square: 'times itself' },
  });
  const answer = { f: (n: number) => n + n };
  const { diagnosis } = await runCheck({
    check: twins,
    exports: ['f'],
    answer,
    solution: { f: (n: number) => n + 1.5 },
    mutants: { double: { f: (n: number) => 2 * n }, square: { f: (n: number) => 2 * n ** (n < 2 ? 1 : 2) } },
    seed: 1,
    files: {},
  });
  expect(diagnosis?.mutant).toBe('double');
});

it('shows the result as it was, though the code gives the same list again and changes it', async () => {
  const again: number[] = [];
  const answer = {
    shares: (row: number[]) => {
      again.splice(
        0,
        again.length,
        ...row.map((x) => (Math.max(...row) === 0 ? 1 / row.length : x / Math.max(...row))),
      );
      return again;
    },
  };
  expect(await told(answer)).toMatchObject({ mutant: 'by-largest', ...(await factsOf(mutants['by-largest'])) });
});

async function factsOf(answer: Record<string, unknown>) {
  const { input, expected, actual } = (await told(answer))!;
  return { input, expected, actual };
}

describe('an answer that is a value, to be foreseen', () => {
  const foreseen = defineCheck<[]>({ parameters: [], draw: () => [], mutants: { swapped: 'Rows come first.' } });
  const judged = async (answer: Record<string, unknown>) =>
    (
      await runCheck({
        check: foreseen,
        exports: ['shape'],
        answer,
        solution: { shape: [2, 3] },
        mutants: { swapped: { shape: [3, 2] } },
        seed: 1,
        files: {},
      })
    ).diagnosis;

  it('passes when it is right, and is diagnosed when it is a typical one', async () => {
    expect(await judged({ shape: [2, 3] })).toBeUndefined();
    expect(await judged({ shape: [3, 2] })).toMatchObject({ kind: 'mutant', mutant: 'swapped' });
  });

  it('is not told what it should be', async () => {
    const diagnosis = await judged({ shape: [6] });
    expect(diagnosis).toMatchObject({ message: 'shape is not [6]. Work it out on paper, a step at a time.' });
    expect(JSON.stringify(diagnosis)).not.toContain('[2, 3]');
    expect((await judged({}))?.kind).toBe('missing');
  });
});

it('says which input comes next before it is tried', async () => {
  const seen: unknown[] = [];
  await verdict({ shares }, { before: (name, inputs) => void seen.push([name, inputs.length]) });
  expect(seen[0]).toEqual([{ size: 1, seed: 1 }, 1]);
  expect(seen.at(-1)).toEqual([{ planted: 0 }, 1]);
});
