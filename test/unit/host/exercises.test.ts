// How exercises stand: what a check, an edit, a hint, a reset and another machine make of it. The checks themselves are
// the runner's; here an answer is right when it says so.

import { describe, expect, test } from 'vitest';
import type { CheckedAnswer } from '../../../src/course/courseChecker.ts';
import { type PathId, placeOn } from '../../../src/host/coursePaths.ts';
import { lineOfExport, withLineBlank } from '../../../src/host/exerciseCode.ts';
import { type CheckEnd, Exercises } from '../../../src/host/exercises.ts';
import { Failures } from '../../../src/host/failures.ts';
import { nextExercise } from '../../../src/host/nextExercise.ts';
import { type ProgressMemento, ProgressStore } from '../../../src/host/progress.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { DiagnosisKind, ExerciseSummary } from '../../../src/shared/exercise.ts';
import type { CancelToken } from '../../../src/shared/messages.ts';

const STARTER = 'export function softmax() {}';

const summaryOf = (id: string, uses: string[] = []): ExerciseSummary => ({
  id,
  lesson: 'neural-networks',
  title: id.toUpperCase(),
  minutes: 10,
  kind: 'write',
  exports: [id],
  hints: ['first', 'second'],
  optional: false,
  uses,
});

class Memory implements ProgressMemento {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return structuredClone(this.values.get(key));
  }

  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
  }
}

async function setUp({ standIns = [] as string[], refusal = undefined as Fault | undefined } = {}) {
  const memory = new Memory();
  let time = 1000;
  const progress = new ProgressStore(memory, { now: () => time++, elapsed: () => 0 });
  const files = new Map<string, string>([['10/softmax.ts', STARTER]]);
  const tokens: CancelToken[] = [];
  /** A check waits for this. */
  let gate: Promise<void> = Promise.resolve();
  const verdict = async (id: string, { token }: { readonly token: CancelToken }): Promise<CheckedAnswer> => {
    const text = files.get(`10/${id}.ts`) ?? '';
    tokens.push(token);
    await gate;
    if (token.isCancellationRequested) {
      throw new Fault('cancelled', 'stopped');
    }
    const passed = text.includes('right');
    const kind: DiagnosisKind = text === STARTER ? 'untouched' : 'value';
    const report = { exercise: id, passed, parts: [], cases: 3, output: [], milliseconds: 1 };
    return {
      report: passed ? report : { ...report, diagnosis: { kind, message: 'not yet' } },
      standIns,
      path: `10/${id}.ts`,
      text,
    };
  };
  const faults: unknown[] = [];
  const exercises = new Exercises({
    exercises: async () =>
      ['softmax', 'mlp'].map((id) => ({ summary: summaryOf(id), path: `10/${id}.ts`, starter: STARTER })),
    learner: { read: async (path) => files.get(path) },
    check: verdict,
    refusal: () => refusal,
    progress,
    failures: new Failures(memory, (error) => faults.push(error)),
    onFault: (error) => faults.push(error),
  });
  const told: string[][] = [];
  exercises.onDidChange((ids) => told.push([...ids]));
  await exercises.ready();
  const write = (text: string | undefined) => {
    if (text === undefined) {
      files.delete('10/softmax.ts');
    } else {
      files.set('10/softmax.ts', text);
    }
    exercises.textChanged('10/softmax.ts', text);
  };
  const hold = () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => open();
  };
  return { exercises, progress, memory, write, told, tokens, hold, standing: () => exercises.standing('softmax') };
}

describe('an exercise stands as', () => {
  test('untouched, away, tried and passed, and is told of once each', async () => {
    const { exercises, standing, write, told } = await setUp();
    expect([standing()?.state, exercises.standing('mlp')?.state]).toEqual(['untouched', 'away']);
    told.length = 0;
    write('half');
    expect(standing()?.state).toBe('tried');
    write('half of it');
    write(undefined);
    expect(standing()?.state).toBe('away');
    write(STARTER);
    expect(standing()?.state).toBe('untouched');
    expect(told).toEqual([['softmax'], ['softmax'], ['softmax']]);
    write('right');
    await exercises.check('softmax');
    expect(standing()).toMatchObject({ state: 'passed', passedAt: 1000, checking: false, stale: false });
  });

  test('passed from then on, whatever stands there; what was checked is stale once it changes, and not when it is back', async () => {
    const { exercises, standing, write } = await setUp();
    write('right');
    await exercises.check('softmax');
    write('broken');
    expect(standing()).toMatchObject({ state: 'passed', stale: true });
    await exercises.check('softmax');
    expect(standing()).toMatchObject({ state: 'passed', stale: false, report: { passed: false } });
    write('right');
    expect(standing()?.stale).toBe(true);
    write('broken');
    expect(standing()?.stale).toBe(false);
  });

  test('parked while the learner says so; passing it ends that', async () => {
    const { exercises, standing, write } = await setUp();
    write('half');
    await exercises.mark('softmax', 'parked');
    expect(standing()?.state).toBe('parked');
    await exercises.mark('softmax', 'taken-up');
    expect(standing()?.state).toBe('tried');
    await exercises.mark('softmax', 'parked');
    write('right');
    await exercises.check('softmax');
    expect(standing()?.state).toBe('passed');
  });

  test('built on the course’s own pieces, by their titles', async () => {
    const { exercises, standing, write } = await setUp({ standIns: ['mlp'] });
    write('right');
    await exercises.check('softmax');
    expect(standing()?.standIns).toEqual(['MLP']);
  });
});

describe('a check', () => {
  test('that passes reaches the goal of the exercise’s block, and is said to be the first only once', async () => {
    const { exercises, progress, write } = await setUp();
    const ends: CheckEnd[] = [];
    exercises.onDidCheck((end) => ends.push(end));
    write('right');
    await exercises.check('softmax');
    await exercises.check('softmax');
    expect(progress.reached('neural-networks')).toEqual(['softmax']);
    expect(ends.map(({ first }) => first)).toEqual([true, false]);
  });

  test('that fails is counted, over windows too; one of the starter is not', async () => {
    const { exercises, standing, write, memory } = await setUp();
    await exercises.check('softmax');
    expect(standing()).toMatchObject({ failed: 0, report: { diagnosis: { kind: 'untouched' } } });
    write('half');
    await exercises.check('softmax');
    await exercises.check('softmax');
    expect(standing()?.failed).toBe(2);
    expect(new Failures(memory, () => {}).of('softmax')).toBe(2);
  });

  test('ends the one before it, and can be cancelled', async () => {
    const { exercises, standing, write, tokens, hold } = await setUp();
    write('right');
    const open = hold();
    const first = exercises.check('softmax');
    const second = exercises.check('softmax');
    await expect.poll(() => tokens.length).toBe(2);
    expect(tokens.map((token) => token.isCancellationRequested)).toEqual([true, false]);
    expect(standing()?.checking).toBe(true);
    exercises.cancel('softmax');
    open();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    expect(standing()).toMatchObject({ checking: false, state: 'tried' });
  });

  test('is refused where no code may be run, and leaves nothing behind', async () => {
    const { exercises, standing, write, tokens } = await setUp({ refusal: new Fault('refused', 'not trusted') });
    write('right');
    await expect(exercises.check('softmax')).rejects.toMatchObject({ code: 'refused' });
    expect([tokens.length, standing()?.state, standing()?.checking]).toEqual([0, 'tried', false]);
  });
});

test('hints come one at a time, also after passing, and never more than there are', async () => {
  const { exercises, standing, write } = await setUp();
  expect(await exercises.takeHint('softmax')).toBe(1);
  write('right');
  await exercises.check('softmax');
  expect(await exercises.takeHint('softmax')).toBe(2);
  expect(await exercises.takeHint('softmax')).toBe(2);
  expect(standing()?.hints).toBe(2);
});

test('a reset forgets checks and keeps the pass, and can be taken back', async () => {
  const { exercises, standing, write } = await setUp();
  write('half');
  await exercises.check('softmax');
  const before = standing();
  write(STARTER);
  const undo = exercises.wasReset(['softmax']);
  expect(standing()).toMatchObject({ state: 'untouched', failed: 0 });
  expect(standing()?.report).toBeUndefined();
  write('half');
  undo();
  expect(standing()).toEqual(before);
});

test('progress that is reset takes the passes with it, and brings them back', async () => {
  const { exercises, progress, standing, write } = await setUp();
  write('right');
  await exercises.check('softmax');
  const forgotten = await progress.reset('neural-networks');
  expect(standing()?.state).toBe('tried');
  await progress.restore(forgotten);
  expect(standing()?.state).toBe('passed');
});

test('the next exercise is the next unsolved one on the path, then what is parked, then what lies beside it', () => {
  const one = (id: string, state = 'untouched', onPath = true) => ({ id, state, onPath });
  const all = [one('a', 'passed'), one('b', 'parked'), one('c', 'tried', false), one('d'), one('e')];
  expect(nextExercise(all, undefined)).toBe('d');
  expect(nextExercise(all, 'd')).toBe('e');
  expect(nextExercise(all, 'e')).toBe('d');
  const later = all.map((each) => ('de'.includes(each.id) ? one(each.id, 'passed') : each));
  expect(nextExercise(later, 'd')).toBe('b');
  expect(nextExercise(later.toSpliced(1, 1), 'd')).toBe('c');
  expect(nextExercise([one('a', 'passed')], 'a')).toBeUndefined();
});

test('each path takes the lessons that the course gives it', () => {
  const on = (path: PathId, place: string) =>
    Array.from({ length: 30 }, (_, i) => i + 1).filter((number) => placeOn(path, number) === place);
  expect(on('build-a-gpt', 'off')).toEqual([4, 20, 21, 24, 25, 26, 27, 28, 29, 30]);
  expect(on('put-it-to-work', 'whole')).toEqual([1, 2, 5, 6, 13, 26, 27, 28, 29, 30]);
  expect(on('put-it-to-work', 'overview')).toEqual([15, 16, 17, 18]);
  expect(on('look-inside', 'overview')).toHaveLength(30);
});

describe('of a text is read', () => {
  const SOLUTION = `/** A long comment; which ends with a semicolon and is much longer than the code is below it. */
import { todo } from 'inside-llms';

export const shares = (counts: number[]) => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => {
    return count / total;
  });
};
`;

  test('the line of an export, whatever kind it has', () => {
    expect(lineOfExport(SOLUTION, 'shares')).toBe(3);
    expect(lineOfExport('\nexport async function add() {}', 'add')).toBe(1);
    expect(lineOfExport('export function added() {}', 'add')).toBe(0);
  });

  test('the line that says most, and it alone is left blank', () => {
    const blank = withLineBlank(SOLUTION, 'yours');
    const changed = SOLUTION.split('\n').flatMap((line, i) => (blank.split('\n')[i] === line ? [] : [line.trim()]));
    expect(changed).toEqual(['const total = counts.reduce((sum, count) => sum + count, 0);']);
    expect(blank).toContain('\n  // yours\n');
    expect(withLineBlank('export const one = 1;', 'yours')).toBe('export const one = 1;');
  });
});
