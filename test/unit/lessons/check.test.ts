// What a course is checked for against its programs, with programs made for the test.

import { describe, expect, it } from 'vitest';
import { checkCourse, type LessonChecks } from '../../../src/lessons/check.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { ProgramInfo } from '../../../src/shared/messages.ts';
import type { Frame, TableValue, Trace } from '../../../src/shared/trace.ts';
import { changed, filesOf, SAMPLE } from './sample.ts';

const PROGRAMS: Readonly<Record<string, ProgramInfo>> = {
  'word-tokenizer': {
    id: 'word-tokenizer',
    title: 'Words',
    session: false,
    params: {
      corpus: { type: 'text', label: 'Corpus', default: 'a', maxLength: 10 },
      lowercase: { type: 'switch', label: 'Lower case', default: false },
    },
  },
  'types-and-tokens': {
    id: 'types-and-tokens',
    title: 'Growth',
    session: true,
    params: { piecesPerStep: { type: 'number', label: 'Pieces', default: 10, min: 1, max: 100, step: 1 } },
  },
};

const growth: TableValue = {
  kind: 'table',
  columns: [
    { id: 'tokens', label: 'Tokens', type: 'number' },
    { id: 'types', label: 'Types', type: 'number' },
    { id: 'newest', label: 'Newest', type: 'piece' },
  ],
  rows: [[10, 4, 'a']],
};
const frame = (op: string, inputs: Frame['inputs'], outputs: Frame['outputs']): Frame => ({
  op,
  label: op,
  inputs,
  outputs,
});

const checks: LessonChecks = {
  prove: async () => [],
  stopOf: async () => undefined,
  describeProgram: (id) => {
    const info = PROGRAMS[id];
    if (info === undefined) {
      throw new Fault('unknown-program', `There is no program "${id}".`, { remedy: 'There are two.' });
    }
    return info;
  },
  run: async (program, params): Promise<Trace> => ({
    schema: 1,
    program,
    params,
    values: [growth, { kind: 'scalar', value: 1 }],
    frames:
      params.corpus === ''
        ? []
        : [
            frame('count', [], [{ name: 'growth', value: 0 }]),
            frame(
              'choose',
              [
                { name: 'pairs', value: 0 },
                { name: 'total', value: 1 },
              ],
              [],
            ),
          ],
  }),
  loadEncoding: async (encoding) => {
    if (encoding !== 'r50k_base') {
      throw new Fault('unknown-encoding', `There is no encoding "${encoding}".`);
    }
  },
};

/** The sample with as many questions as a lesson has. */
const quiz = SAMPLE.slice(SAMPLE.indexOf('```quiz'), SAMPLE.indexOf('```tokens'));
const whole = (text: string) =>
  text.replace(
    '## Where this breaks',
    `${quiz.replace('why-pieces', 'q2')}${quiz.replace('why-pieces', 'q3')}## Where this breaks`,
  );

async function check(text: string): Promise<string[]> {
  const files = filesOf({ '02-text-to-tokens': text.replace('needs: [first-steps]', 'needs: []') });
  const { faults } = await checkCourse(files, checks);
  return faults.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
}

const at = (line: number, reason: string) => `02-text-to-tokens/lesson.md:${line}: ${reason}`;
const BET = 'bet: {op: choose, table: pairs, question: Which one?}\ncaption: Words';

describe('checkCourse', () => {
  it('finds nothing in a lesson that fits', async () => {
    expect(await check(whole(SAMPLE))).toEqual([]);
    expect(await check(whole(changed('caption: Words', BET)))).toEqual([]);
  });

  it('does not take a lesson for faultless that broke the compiler', async () => {
    const files = filesOf({ '02-text-to-tokens': whole(SAMPLE).replace('needs: [first-steps]', 'needs: []') });
    const broken = { ...files, readSource: () => Promise.resolve(5 as unknown as string) };
    const { faults } = await checkCourse(broken, checks);
    expect(faults).toEqual([
      {
        file: '02-text-to-tokens/lesson.md',
        line: 1,
        reason: expect.stringMatching(/^the lesson can't be compiled: ./),
      },
    ]);
  });

  it.each([
    [
      'program: word-tokenizer',
      'program: word-tokeniser',
      18,
      'block stepper: There is no program "word-tokeniser". There are two.',
    ],
    [
      '  corpus: a b a',
      '  corpus: a b a b a b a',
      18,
      'block stepper: word-tokenizer: "corpus" takes at most 10 characters, and is "a b a b a b a".',
    ],
    [
      '  lowercase: true',
      '  lowercase: "no"',
      18,
      'block stepper: word-tokenizer: "lowercase" must be true or false, and is "no".',
    ],
    [
      '  lowercase: true',
      '  uppercase: true',
      18,
      'block stepper: word-tokenizer: there is no parameter "uppercase". It takes: corpus, lowercase.',
    ],
    [
      'controls: [corpus]',
      'controls: [korpus]',
      18,
      'block stepper: word-tokenizer has no parameter "korpus"; did you mean "corpus"?',
    ],
    ['  corpus: a b a', '  corpus: ""', 18, 'block stepper: word-tokenizer yields no frame with these parameters.'],
    [
      'controls: [piecesPerStep]\n',
      '',
      44,
      'block plotter: the goal asks for a change, and the block has no "controls".',
    ],
    [
      'when: change',
      'when: end',
      44,
      'block plotter: types-and-tokens is a session without an end; use "when: change".',
    ],
    [
      'table: growth',
      'table: grow',
      44,
      'block plotter: types-and-tokens yields no table "grow"; did you mean "growth"?',
    ],
    ['x: tokens', 'x: token', 44, 'block plotter: the table "growth" has no column "token"; did you mean "tokens"?'],
    ['y: [types]', 'y: [types, newest]', 44, 'block plotter: the column "newest" of "growth" holds no number to draw.'],
    ['encoding: r50k_base', 'encoding: gpt5', 68, 'block words: There is no encoding "gpt5".'],
    ['encoding: r50k_base', 'encodings: [r50k_base, gpt5]', 68, 'block words: There is no encoding "gpt5".'],
    [
      'caption: Words',
      BET.replace('op: choose', 'op: chose'),
      18,
      'block stepper: no frame does "chose", so there is nothing to bet on; did you mean "choose"?',
    ],
    [
      'caption: Words',
      BET.replace('table: pairs', 'table: total'),
      18,
      'block stepper: "choose" takes no table "total" to bet on; there are: pairs.',
    ],
    [
      'caption: Words',
      BET.replace('op: choose', 'op: count'),
      18,
      'block stepper: "count" takes no table "pairs" to bet on; it takes no table.',
    ],
  ])('%j -> %j', async (from, to, line, reason) => {
    expect(await check(whole(changed(from, to)))).toEqual([at(line, reason)]);
  });

  it('wants three to five questions, and a goal', async () => {
    expect(await check(SAMPLE)).toEqual([at(57, '"Check yourself" must hold 3 to 5 quiz blocks, and holds 1.')]);
    const goals = /goal:\n {2}do: Step to the end\n {2}when: end\n|goal: .*\n/g;
    expect(await check(whole(SAMPLE.replace(goals, '')))).toEqual([
      at(1, 'no block has a goal, so the lesson could never be done; give at least one a "goal".'),
    ]);
  });

  it('tells of broken lessons and of formulas that only a whole compilation finds, by file and line', async () => {
    const files = filesOf({
      '03-third': 'no lesson',
      '02-text-to-tokens': whole(changed('needs: [first-steps]', 'needs: []')).replace('$a_1$', '$\\nope$'),
    });
    const { lessons, faults } = await checkCourse(files, checks);
    expect(lessons.map(({ id }) => id)).toEqual(['text-to-tokens']);
    expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual([
      '02-text-to-tokens/lesson.md:35',
      '03-third/lesson.md:1',
    ]);
  });

  it('looks at one lesson only where one is named, by its id or its number', async () => {
    const files = filesOf({
      '03-third': 'no lesson',
      '02-text-to-tokens': whole(changed('needs: [first-steps]', 'needs: []')).replace('$a_1$', '$\\nope$'),
    });
    for (const [only, file] of [
      ['2', '02-text-to-tokens/lesson.md'],
      ['text-to-tokens', '02-text-to-tokens/lesson.md'],
      ['third', '03-third/lesson.md'],
    ]) {
      expect((await checkCourse(files, checks, only)).faults.map((fault) => fault.file)).toEqual([file]);
    }
    await expect(checkCourse(files, checks, 'thrid')).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('third'),
    });
  });

  it('proves the exercises, and runs the code that learners may change', async () => {
    const built = whole(SAMPLE)
      .replace('needs: [first-steps]', 'needs: []')
      .replace(
        '## Check yourself',
        `## Build it

\`\`\`exercise
id: halve
title: Halve it
minutes: 5
exports: [halve]
hints: [Look here, And there]
\`\`\`

\`\`\`run
id: try-it
code: throw 1
\`\`\`

## Check yourself`,
      );
    const seen: string[] = [];
    const { faults } = await checkCourse(filesOf({ '02-text-to-tokens': built }), {
      ...checks,
      prove: async ({ id, lesson }) => [`${id} of ${lesson} has no solution.`],
      stopOf: async (code) => {
        seen.push(code);
        return 'It stopped.';
      },
    });
    expect(faults.map(({ reason }) => reason)).toEqual([
      'exercise halve: halve of text-to-tokens has no solution.',
      'block try-it: It stopped.',
    ]);
    expect(seen).toEqual(['throw 1']);
  });
});
