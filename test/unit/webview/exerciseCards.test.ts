// What an exercise's card works out by itself: what is offered when, what is marked in a value's text, and hints as texts
// with code in them.

import { describe, expect, it, vi } from 'vitest';
import { show } from '../../../src/runner/check/show.ts';
import type { ExerciseSummary } from '../../../src/shared/exercise.ts';
import type { ExerciseStanding } from '../../../src/shared/exerciseMessages.ts';
import { actsOf, offerAfterFailures } from '../../../webview/elements/exercise/acts.ts';
import { stretchAt, stretchesApart } from '../../../webview/elements/exercise/markAt.ts';
import { partsOf } from '../../../webview/elements/exercise/richText.ts';

vi.stubGlobal('document', { documentElement: { lang: 'en' } });

const exercise: ExerciseSummary = {
  id: 'shares',
  lesson: 'shares',
  title: 'Shares',
  minutes: 5,
  kind: 'write',
  exports: ['shares'],
  hints: ['one', 'two'],
  optional: false,
  uses: [],
};
const standing = (more: Partial<ExerciseStanding>): ExerciseStanding => ({
  id: 'shares',
  state: 'tried',
  hints: 0,
  failed: 0,
  solutionSeen: false,
  checking: false,
  standIns: [],
  ...more,
});
const at = (value: unknown, path: string) => {
  const text = show(value);
  const found = stretchAt(text, path);
  return found && text.slice(found.start, found.end);
};

describe('the place in a value’s text', () => {
  it.each([
    [
      [
        [0, 1],
        [2.5, 3],
      ],
      '[1][0]',
      '2.5',
    ],
    [[['a, b]', 'c"d'], ['e']], '[0][1]', '"c\\"d"'],
    [
      new Map([
        ['th', 2],
        ['e', 3],
      ]),
      '.get("e")',
      '3',
    ],
    [{ mean: [1, 2], std: 4 }, '.mean[1]', '2'],
    [[{ id: 7, words: ['x'] }], '[0].words[0]', '"x"'],
    [[[], [1]], '[1][0]', '1'],
  ])('of %j at %s is %s', (value, path, part) => {
    expect(at(value, path)).toBe(part);
  });

  it('is found behind a tensor’s shape', () => {
    const text = '(2, 2) [[1, 2], [3, 4]]';
    const found = stretchAt(text, '[1][1]');
    expect(text.slice(found?.start, found?.end)).toBe('4');
  });

  it('is none where the text doesn’t show it, or the path is none', () => {
    expect(
      at(
        Array.from({ length: 40 }, () => 1),
        '[30]',
      ),
    ).toBeUndefined();
    expect(at([1, 2], '[5]')).toBeUndefined();
    expect(at([1, 2], '')).toBeUndefined();
    expect(at([1, 2], 'nonsense')).toBeUndefined();
  });

  it('is else what two texts have between their like beginnings and ends', () => {
    expect(stretchesApart('[1, 2, 3]', '[1, 5, 3]')).toEqual([
      { start: 4, end: 5 },
      { start: 4, end: 5 },
    ]);
    expect(stretchesApart('"ab"', '"aab"')?.[1]).toEqual({ start: 2, end: 3 });
    expect(stretchesApart('same', 'same')).toBeUndefined();
  });
});

describe('what is offered', () => {
  it('has one main act a state, and it can always be done', () => {
    const mains = (['away', 'untouched', 'tried', 'passed', 'parked'] as const).map((state) => {
      const main = actsOf(exercise, standing({ state })).filter((act) => act.main);
      expect(main).toHaveLength(1);
      expect(main[0]?.waits).toBeUndefined();
      return main[0]?.act;
    });
    expect(mains).toEqual(['open', 'open', 'check', 'compare', 'unpark']);
  });

  it('waits with the check while one runs', () => {
    const acts = actsOf(exercise, standing({ checking: true }));
    expect(acts.filter(({ waits }) => waits !== undefined).map(({ act }) => act)).toEqual(['check', 'step']);
  });

  it('is the step-through from two failures on, the solution but for a line from four, and neither once it passed', () => {
    const offered = (failed: number, more: Partial<ExerciseStanding> = {}) =>
      offerAfterFailures(standing({ failed, ...more }))?.act;
    expect([0, 1, 2, 3, 4].map((failed) => offered(failed))).toEqual([undefined, undefined, 'step', 'step', 'blank']);
    expect(offered(5, { solutionSeen: true })).toBe('step');
    expect(offered(5, { state: 'passed' })).toBeUndefined();
  });
});

describe('a hint', () => {
  it('is paragraphs, code within them, and code of several lines, fenced or indented', () => {
    expect(partsOf('One `x` line\nthat goes on.\n\n    a = 1\n\n      b = 2\n\nAnd:\n\n~~~ts\nc(`d`);\n~~~\n')).toEqual(
      [
        {
          kind: 'words',
          pieces: [
            { text: 'One ', code: false },
            { text: 'x', code: true },
            { text: ' line that goes on.', code: false },
          ],
        },
        { kind: 'code', text: 'a = 1\n\n  b = 2' },
        { kind: 'words', pieces: [{ text: 'And:', code: false }] },
        { kind: 'code', text: 'c(`d`);' },
      ],
    );
  });
});
