// The live blocks: what may stand in a fence of each kind, and the checks that one block alone allows. Whether its
// program, parameters and tables exist is checked in check.ts, against the programs themselves.

import type {
  Block,
  ExerciseBlock,
  Goal,
  PlotBlock,
  QuizBlock,
  RunBlock,
  SourceBlock,
  StepBlock,
  TokensBlock,
} from '../shared/lesson.ts';
import { z } from '../shared/schema.ts';
import { type CheckedYaml, readYaml } from './checkedYaml.ts';
import type { Faults } from './faults.ts';
import { id, keys, line, listOf, name, oneOf, text, wholeNumber } from './rules.ts';

/** Longest text that a block hands to a program, in UTF-16 units. */
const MAX_PARAM_TEXT = 50_000;
const MAX_PARAMS = 24;

const params = z
  .record(
    name(),
    z.union(
      [z.string().check(z.maxLength(MAX_PARAM_TEXT)), z.number(), z.boolean()],
      `must be a number, true, false or a text of at most ${MAX_PARAM_TEXT.toLocaleString('en')} characters`,
    ),
    'must be lines of "name: value"',
  )
  .check(z.refine((given) => Object.keys(given).length <= MAX_PARAMS, `must hold at most ${MAX_PARAMS} names`));

const caption = z.optional(line(400));
const label = z.optional(line(80));
const controls = z.optional(
  listOf(name(), 0, MAX_PARAMS).check(
    z.refine((names) => new Set(names).size === names.length, 'must name each parameter once'),
  ),
);
const goalText = line(200);

const step = keys({
  id: id(),
  program: id(),
  params: z.optional(params),
  controls,
  caption,
  bet: z.optional(keys({ op: name(), table: name(), question: line(300) })),
  goal: z.optional(keys({ do: goalText, when: oneOf('end', 'change', 'bet') })),
});

const quiz = keys({
  id: id(),
  question: text(1000),
  options: listOf(
    keys({
      text: text(500),
      right: z.optional(z.boolean('must be true or false')),
      why: text(1000),
    }),
    2,
    8,
  ),
  goal: z.optional(keys({ do: goalText })),
});

const tokens = keys({
  id: id(),
  encoding: z.optional(name()),
  encodings: z.optional(
    listOf(name(), 2, 4).check(
      z.refine((names) => new Set(names).size === names.length, 'must name each tokenizer once'),
    ),
  ),
  text: text(5000),
  caption,
  goal: z.optional(keys({ do: goalText, when: z.optional(oneOf('change')) })),
});

const plot = keys({
  id: id(),
  program: id(),
  params: z.optional(params),
  controls,
  table: name(),
  x: name(),
  y: listOf(name(), 1, 8),
  xLabel: label,
  yLabel: label,
  caption,
  bet: z.optional(
    keys({
      question: line(300),
      choices: listOf(
        keys({
          text: line(120),
          right: z.optional(z.boolean('must be true or false')),
          why: line(400),
        }),
        2,
        4,
      ),
    }),
  ),
  goal: z.optional(keys({ do: goalText, when: oneOf('end', 'change') })),
});

const pathRule = 'must be a path in the project such as src/tokenizers/encoder.ts';
const SOURCE_PATH = /^(?:src|webview)(?:\/[A-Za-z0-9_-]+)+\.ts$/;
const source = keys({
  id: z.optional(id()),
  file: z.string(pathRule).check(z.regex(SOURCE_PATH, pathRule)),
  show: z
    .string('must be the name of something that the file exports')
    .check(z.regex(/^[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99})?$/, 'must be an exported name, or Class.method')),
});

const exported = z
  .string('must be the name of something that the file exports')
  .check(z.regex(/^[A-Za-z_$][\w$]{0,99}$/, 'must be an exported name'));
const exercise = keys({
  id: id(),
  title: line(80),
  minutes: wholeNumber(2, 60),
  kind: z.optional(oneOf('write', 'repair', 'predict', 'explain')),
  exports: listOf(exported, 1, 8),
  hints: listOf(text(1200), 2, 4),
  optional: z.optional(z.boolean('must be true or false')),
  uses: z.optional(listOf(id(), 0, 8)),
});

const run = keys({
  id: id(),
  code: text(8000),
  caption,
  goal: z.optional(keys({ do: goalText })),
});

export const BLOCK_KINDS = ['step', 'quiz', 'tokens', 'plot', 'source', 'exercise', 'run'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A block as far as its own text tells: a quoted source has no lines yet, a quiz's texts are still Markdown. */
export type Draft =
  | StepBlock
  | QuizBlock
  | TokensBlock
  | PlotBlock
  | ExerciseBlock
  | RunBlock
  | (Pick<SourceBlock, 'type' | 'id' | 'line' | 'file'> & { readonly show: string });

export interface ReadBlock {
  readonly draft: Draft;
  /** Line of the value at `path` in the lesson file. */
  lineOf(path: readonly PropertyKey[]): number;
}

export function isBlockKind(word: string): word is BlockKind {
  return (BLOCK_KINDS as readonly string[]).includes(word);
}

export function isSourcePath(path: string): boolean {
  return SOURCE_PATH.test(path) && path.length <= 300;
}

/**
 * Reads the body of one fence.
 *
 * @param fenceLine line of the opening fence in the file, from 1; the body begins on the next
 */
export function readBlock(kind: BlockKind, body: string, fenceLine: number, faults: Faults): ReadBlock | undefined {
  switch (kind) {
    case 'step':
      return read(kind, step, body, fenceLine, faults, ({ value, lineOf }) => {
        if (value.goal?.when === 'bet' && value.bet === undefined) {
          faults.add(lineOf(['goal', 'when']), 'the goal asks for a bet, and the block has no "bet".');
        }
        const { goal, params: given = {}, controls: open = [], ...rest } = value;
        return {
          type: kind,
          line: fenceLine,
          ...rest,
          params: given,
          controls: open,
          ...goalOf(value.id, goal, 'end'),
        };
      });
    case 'quiz':
      return read(kind, quiz, body, fenceLine, faults, ({ value, lineOf }) => {
        const options = withOneRight('option', value.options, lineOf(['options']), faults);
        const { goal, ...rest } = value;
        return { type: kind, line: fenceLine, ...rest, options, ...goalOf(value.id, goal, 'answer') };
      });
    case 'tokens':
      return read(
        kind,
        tokens,
        body,
        fenceLine,
        faults,
        ({ value: { goal, encoding, encodings, ...rest }, lineOf }) => {
          const [first] = encodings ?? [encoding];
          if (first === undefined || (encoding !== undefined && encodings !== undefined)) {
            faults.add(lineOf([]), 'must have either "encoding" with one tokenizer or "encodings" with several.');
          }
          return {
            type: kind,
            line: fenceLine,
            ...rest,
            encoding: first ?? '',
            ...(encodings !== undefined && { encodings }),
            ...goalOf(rest.id, goal, 'change'),
          };
        },
      );
    case 'plot':
      return read(kind, plot, body, fenceLine, faults, ({ value, lineOf }) => {
        const { bet, goal, params: given = {}, controls: open = [], ...rest } = value;
        return {
          type: kind,
          line: fenceLine,
          ...rest,
          params: given,
          controls: open,
          ...(bet && {
            bet: { ...bet, choices: withOneRight('choice', bet.choices, lineOf(['bet', 'choices']), faults) },
          }),
          ...goalOf(value.id, goal, 'end'),
        };
      });
    case 'source':
      return read(kind, source, body, fenceLine, faults, ({ value }) => {
        const made = value.show.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9]+/g, '-');
        return { type: kind, line: fenceLine, ...value, id: value.id ?? `source-${made.toLowerCase()}` };
      });
    case 'exercise':
      return read(kind, exercise, body, fenceLine, faults, ({ value }) => {
        const { kind: asks = 'write', optional = false, uses = [], ...rest } = value;
        return {
          type: kind,
          id: value.id,
          line: fenceLine,
          // The lesson's id is set where the lesson is known.
          exercise: { ...rest, lesson: '', kind: asks, optional, uses },
          ...(!optional && goalOf(value.id, { do: `Pass the check of “${value.title}”` }, 'pass')),
        };
      });
    case 'run':
      return read(kind, run, body, fenceLine, faults, ({ value: { goal, ...rest } }) => ({
        type: kind,
        line: fenceLine,
        ...rest,
        ...goalOf(rest.id, goal, 'run'),
      }));
  }
}

function read<T>(
  kind: BlockKind,
  schema: z.core.$ZodType<T>,
  body: string,
  fenceLine: number,
  faults: Faults,
  draft: (read: CheckedYaml<T>) => Draft,
): ReadBlock | undefined {
  const yaml = readYaml(body, schema, fenceLine + 1, `the ${kind} block`, faults);
  return yaml === undefined ? undefined : { draft: draft(yaml), lineOf: yaml.lineOf };
}

/** The answers offered to a question, of which one must be right. @param kind what the lesson file calls an answer */
function withOneRight<T extends { readonly right?: boolean | undefined }>(
  kind: string,
  answers: readonly T[],
  line: number,
  faults: Faults,
): (T & { readonly right: boolean })[] {
  const marked = answers.map((answer) => ({ ...answer, right: answer.right === true }));
  const right = marked.filter((answer) => answer.right).length;
  if (right !== 1) {
    faults.add(line, `one ${kind} must have "right: true", and ${right === 0 ? 'none has' : `${right} have`}.`);
  }
  return marked;
}

function goalOf(
  block: Block['id'],
  goal: { readonly do: string; readonly when?: Goal['when'] | undefined } | undefined,
  otherwise: Goal['when'],
): { goal: Goal } | undefined {
  return goal && { goal: { block, text: goal.do, when: goal.when ?? otherwise } };
}
