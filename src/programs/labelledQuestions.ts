// Questions with the clause that should answer each: how often search finds it, by words, by meaning and by both; and the
// threshold below which it had better say nothing.

import { FUSION_WEIGHTS, fuse } from '../retrieval/fuse.ts';
import { average, recallAt, reciprocalRank } from '../retrieval/metrics.ts';
import type { Ranked } from '../retrieval/vectors/neighbours.ts';
import type { Cell, Role, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { CLAUSES, clauseName, QUESTIONS } from './tenancy.ts';
import { agreementFrame } from './tenancyAgreement.ts';
import { asked, byMeaning, byWords, chosenModel, indexesOf, modelParam } from './tenancySearch.ts';
import { counted, tableValue } from './views.ts';

const MOST_QUESTIONS = 50;
/** Thresholds that are tried, in hundredths. */
const STEP = 5;

const ANSWERS: TableValue['columns'] = [
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'question', label: 'question', type: 'text' },
  { id: 'verdict', label: 'it is', type: 'text' },
  { id: 'expected', label: 'should', type: 'text' },
];
const SCORES: TableValue['columns'] = [
  { id: 'way', label: 'way', type: 'text' },
  { id: 'first', label: 'right clause first, %', type: 'number' },
  { id: 'three', label: 'among the first 3, %', type: 'number' },
  { id: 'mrr', label: 'mean of 1 / place', type: 'number' },
];
const SWEEP: TableValue['columns'] = [
  { id: 'threshold', label: 'threshold', type: 'number' },
  { id: 'right', label: 'right', type: 'number' },
  { id: 'false', label: 'false answers', type: 'number' },
  { id: 'silent', label: 'silent without need', type: 'number' },
];
const UNREAD: TableValue['columns'] = [{ id: 'line', label: 'not understood', type: 'text' }];

export interface Labelled {
  readonly question: string;
  /** Places of the clauses, from 0; none where the agreement has no answer. */
  readonly clauses: readonly number[];
}

interface Asked extends Labelled {
  readonly meaning: readonly Ranked[];
  readonly words: readonly number[];
}

export const labelledQuestions = defineProgram({
  id: 'labelled-questions',
  title: 'Your questions, marked',
  session: false,
  params: {
    questions: {
      type: 'text',
      label: 'question => number of the clause that answers it, or 0',
      help: 'One a line. Several clauses are written 15, 16.',
      default: QUESTIONS,
      maxLength: 5000,
      multiline: true,
    },
    threshold: {
      type: 'number',
      label: 'Answer from this cosine on',
      default: 0,
      min: 0,
      max: 0.9,
      step: 0.01,
    },
    model: modelParam,
  },
  async *run({ params: { questions, threshold, model }, trace, models }) {
    const { labelled, unread } = readLabelled(questions);
    const { embedder, instead } = await chosenModel(models, model);
    const marked: Asked[] = [];
    for (const one of labelled) {
      const meaning = await byMeaning(embedder, one.question);
      marked.push({ ...one, meaning, words: indexesOf(byWords(one.question)) });
      yield;
    }
    // From the highest cosine down: a threshold is then a line across the table.
    marked.sort((a, b) => b.meaning[0]!.score - a.meaning[0]!.score);
    const outcomes = marked.map((one) => outcomeOf(one, threshold));
    const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
    trace.frame({
      op: 'answer',
      label: `Answers from ${decimal(threshold)} on`,
      note: [
        ...(instead === undefined ? [] : [instead]),
        marked.length === 0
          ? 'There is no question yet. Write one a line, such as “May I keep a kitten? => 4”.'
          : `${counted(marked.length, 'question')}: ${count('right')} right, ${counted(count('false'), 'false answer')}, ${count('silent')} silent without need. The highest cosine stands first.`,
        ...(unread.length === 0 ? [] : [`${counted(unread.length, 'line')} could not be read: they need "=> number".`]),
      ].join(' '),
      outputs: {
        answers: trace.value(
          tableValue(
            ANSWERS,
            marked.map((one, i): Cell[] => [
              short(one.meaning[0]!.score),
              asked(one.question),
              outcomes[i]!.words,
              one.clauses.length === 0 ? 'none' : one.clauses.map((clause) => clause + 1).join(', '),
            ]),
            outcomes.flatMap(({ role }, row) => (role === undefined ? [] : [{ row, role }])),
          ),
        ),
        ...(unread.length > 0 && {
          unread: trace.value(
            tableValue(
              UNREAD,
              unread.map((line) => [asked(line)]),
            ),
          ),
        }),
      },
    });
    yield;
    if (marked.length === 0) {
      agreementFrame(trace);
      yield;
      return;
    }

    const tried = thresholds().map((at) => {
      const kinds = marked.map((one) => outcomeOf(one, at).kind);
      const of = (kind: Outcome['kind']) => kinds.filter((other) => other === kind).length;
      return { at, right: of('right'), wrong: of('false'), silent: of('silent') };
    });
    const most = Math.max(...tried.map(({ right }) => right));
    const best = tried.filter(({ right }) => right === most);
    trace.frame({
      op: 'sweep',
      label: 'Every threshold tried',
      note: `${most} of ${marked.length} are right at best, with a threshold of ${best.map(({ at }) => decimal(at)).join(', ')}.`,
      outputs: {
        sweep: trace.value(
          tableValue(
            SWEEP,
            tried.map(({ at, right, wrong, silent }) => [at, right, wrong, silent]),
            tried.flatMap(({ right }, row) => (right === most ? [{ row, role: 'chosen' as const }] : [])),
          ),
        ),
      },
    });
    yield;

    const answerable = marked.filter(({ clauses }) => clauses.length > 0);
    const ways: readonly [string, (one: Asked) => readonly number[]][] = [
      ['words', ({ words }) => words],
      ['meaning', ({ meaning }) => indexesOf(meaning)],
      ['both, fused', bothOf],
    ];
    trace.frame({
      op: 'ways',
      label: 'Words, meaning, both',
      note:
        answerable.length === 0
          ? 'None of the questions has an answer in the agreement.'
          : `Over the ${counted(answerable.length, 'question')} that the agreement answers.`,
      outputs: {
        scores: trace.value(
          tableValue(
            SCORES,
            ways.map(([name, ranking]): Cell[] => {
              const mean = (score: (found: readonly number[], relevant: ReadonlySet<number>) => number) =>
                average(answerable.map((one) => score(ranking(one), new Set(one.clauses))));
              return [
                name,
                Math.round(100 * mean((found, relevant) => firstOf(found, relevant))),
                Math.round(100 * mean((found, relevant) => (recallAt(found, relevant, 3) > 0 ? 1 : 0))),
                short(mean(reciprocalRank)),
              ];
            }),
          ),
        ),
      },
    });
    yield;
    agreementFrame(trace);
    yield;
  },
});

export function bothOf({ words, meaning }: Asked): readonly number[] {
  const { lexical, vector } = FUSION_WEIGHTS;
  return fuse([words, indexesOf(meaning)], [lexical, vector]).map(({ id }) => id);
}

const firstOf = (found: readonly number[], relevant: ReadonlySet<number>) =>
  found[0] !== undefined && relevant.has(found[0]) ? 1 : 0;

function thresholds(): number[] {
  return Array.from({ length: 90 / STEP + 1 }, (_, i) => (i * STEP) / 100);
}

interface Outcome {
  readonly kind: 'right' | 'false' | 'silent';
  readonly words: string;
  readonly role?: Role;
}

function outcomeOf({ clauses, meaning }: Asked, threshold: number): Outcome {
  const { index, score } = meaning[0]!;
  if (score < threshold) {
    return clauses.length === 0
      ? { kind: 'right', words: 'right: silent' }
      : { kind: 'silent', words: 'silent', role: 'warn' };
  }
  return clauses.includes(index)
    ? { kind: 'right', words: 'right' }
    : { kind: 'false', words: `false: ${clauseName(index)}`, role: 'warn' };
}

/** Lines such as `May I keep a kitten? => 4`; what is none of them is handed back. */
export function readLabelled(text: string): {
  readonly labelled: readonly Labelled[];
  readonly unread: readonly string[];
} {
  const labelled: Labelled[] = [];
  const unread: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || labelled.length === MOST_QUESTIONS) {
      continue;
    }
    const [, question, numbers] = /^(.*\S)\s*=>\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)$/u.exec(line) ?? [];
    const clauses = (numbers ?? '').split(',').map(Number);
    if (question === undefined || clauses.some((clause) => clause > CLAUSES.length)) {
      unread.push(line);
    } else {
      labelled.push({ question, clauses: clauses.filter((clause) => clause > 0).map((clause) => clause - 1) });
    }
  }
  return { labelled, unread };
}

const short = (value: number) => Math.round(value * 1000) / 1000;
