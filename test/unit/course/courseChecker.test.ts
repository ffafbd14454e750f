// What is sent to be checked: the learner's own earlier answers where they pass, the reference's where they don't, and the
// helpers that any of them imports.

import { describe, expect, it } from 'vitest';
import { CourseChecker } from '../../../src/course/courseChecker.ts';
import { ExerciseFolder } from '../../../src/course/exerciseFiles.ts';
import { proveExercise } from '../../../src/course/proveExercise.ts';
import type { Runner } from '../../../src/course/runner.ts';
import type { CheckReport, ExerciseSummary } from '../../../src/shared/exercise.ts';

const exercise = (id: string, uses: readonly string[] = []): ExerciseSummary => ({
  id,
  lesson: 'one',
  title: id,
  minutes: 5,
  kind: 'write',
  exports: [id],
  hints: ['a', 'b'],
  optional: false,
  uses,
});
const summaries = [exercise('exp'), exercise('softmax', ['exp']), exercise('attention', ['softmax'])];
const exercises = new ExerciseFolder({
  folders: async () => ['01-one'],
  read: async (path) => `ours: ${path}`,
  list: async () => ['a.ts', 'b.ts', 'c.ts', 'd.ts'],
});

/** A runner that passes what says so, and what was sent to it. */
function setUp(files: Record<string, string>, passes = (text: string) => text.includes('right')) {
  const sent: Parameters<Runner['check']>[0][] = [];
  const check: Runner['check'] = async (params) => {
    sent.push(params);
    const passed = passes(params.files[params.entry] ?? '');
    const report: CheckReport = { exercise: params.exercise, passed, parts: [], cases: 1, output: [], milliseconds: 1 };
    return report;
  };
  const trace: Runner['trace'] = () => Promise.reject(new Error('Nothing is traced here.'));
  const learner = { read: async (path: string) => files[path] };
  const runner = { check, trace };
  return { sent, checker: new CourseChecker({ runner, exercises, summaries: async () => summaries, learner }) };
}

describe('an exercise that is built on others', () => {
  it('gets the learner’s own where they pass, each checked once', async () => {
    const { sent, checker } = setUp({
      '01-one/exp.ts': 'right',
      '01-one/softmax.ts': 'right too',
      '01-one/attention.ts': 'mine',
    });
    const { standIns } = await checker.check('attention');
    await checker.check('attention');
    expect(standIns).toEqual([]);
    expect(sent.map((params) => params.exercise)).toEqual(['exp', 'softmax', 'attention', 'attention']);
    expect(sent.at(-1)?.mine).toEqual({ softmax: '01-one/softmax.ts', exp: '01-one/exp.ts' });
    expect(sent.at(-1)?.files).toMatchObject({ '01-one/softmax.ts': 'right too', '01-one/exp.ts': 'right' });
  });

  it('gets the reference’s where they don’t, or aren’t there, and says which', async () => {
    const { sent, checker } = setUp({ '01-one/softmax.ts': 'wrong', '01-one/attention.ts': 'mine' });
    expect((await checker.check('attention')).standIns).toEqual(['softmax', 'exp']);
    expect(sent.at(-1)?.mine).toEqual({ softmax: 'reference/softmax.ts', exp: 'reference/exp.ts' });
    expect(sent.at(-1)?.files['reference/exp.ts']).toBe('ours: 01-one/solutions/exp.ts');
  });
});

it('sends the helpers that an answer imports, and what these import, and nothing from outside the folder', async () => {
  const { sent, checker } = setUp({
    '01-one/exp.ts': `import { a } from './a.ts';\nimport '../shared/b';\nimport '../../outside.ts';\nimport './not-there.ts';`,
    '01-one/a.ts': `export { c } from "../shared/c.ts";\nimport './exp.ts';`,
    'shared/b.ts': 'b',
    'shared/c.ts': 'c',
    '../outside.ts': 'secret',
    'outside.ts': 'not this one',
  });
  await checker.check('exp');
  const own = Object.keys(sent[0]!.files).filter((name) => !name.startsWith('course:'));
  expect(own.toSorted()).toEqual(['01-one/a.ts', '01-one/exp.ts', 'shared/b.ts', 'shared/c.ts']);
});

it('says what is not there, and what is too large', async () => {
  const { checker } = setUp({});
  await expect(checker.check('exp')).rejects.toMatchObject({ code: 'not-found', where: '01-one/exp.ts' });
  await expect(checker.check('expo')).rejects.toMatchObject({ code: 'not-found', where: 'expo' });
  const large = setUp({ '01-one/exp.ts': 'x'.repeat(1 << 20) }).checker.check('exp');
  await expect(large).rejects.toMatchObject({ code: 'too-large', where: '01-one/exp.ts' });
});

describe('proving an exercise', () => {
  const own = { starter: 'starter', solution: 'solution', check: '', mutants: { a: 'a', b: 'b', c: 'c', d: 'd' } };
  const prove = (told: (text: string, seed: number) => Partial<CheckReport>, files = own) =>
    proveExercise(
      {
        check: async ({ files: sent, entry, seed }) => ({
          ...{ exercise: 'exp', passed: false, parts: [], cases: 1, output: [], milliseconds: 1 },
          ...told(sent[entry] ?? '', seed),
        }),
      },
      exercise('exp'),
      files,
      {},
    );
  const fine = (text: string): Partial<CheckReport> =>
    text === 'solution'
      ? { passed: true }
      : text === 'starter'
        ? { diagnosis: { kind: 'untouched', message: 'Not written.' } }
        : { diagnosis: { kind: 'mutant', mutant: text, message: `It is ${text}.` } };

  it('finds nothing where all is as it should be', async () => {
    expect(await prove(fine)).toEqual([]);
  });

  it.each<[string, (text: string, seed: number) => Partial<CheckReport>, RegExp]>([
    [
      'a starter that passes',
      (text) => (text === 'starter' ? { passed: true } : fine(text)),
      /starter should fail.*passes/,
    ],
    [
      'a solution that fails with one seed',
      (text, seed) => (text === 'solution' && seed === 5 ? fine('a') : fine(text)),
      /seed 5.*It is a/,
    ],
    [
      'a part that the solution fails',
      (text) =>
        text === 'solution' ? { passed: true, parts: [{ id: 'row', title: 'A row', passed: false }] } : fine(text),
      /part "row"/,
    ],
    ['a wrong answer with another’s words', (text) => fine(text === 'b' ? 'a' : text), /wrong answer b.*It is a/],
  ])('finds %s', async (_, told, words) => {
    expect(await prove(told)).toEqual([expect.stringMatching(words)]);
  });

  it('wants four typical wrong answers', async () => {
    expect(await prove(fine, { ...own, mutants: { a: 'a', b: 'b', c: 'c' } as never })).toEqual([
      expect.stringMatching(/3 typical wrong answers; 4 at least/),
    ]);
  });
});
