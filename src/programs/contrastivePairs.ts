// Contrastive training, small enough to draw: three questions and the clauses that answer them are arrows in the plane.
// Each step turns them so that a question comes nearer to its own clause than to the others.

import type { PointsValue, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** Where the arrows begin, in degrees: question, then its clause. Untrained: no question is nearest to its own. */
export const PAIRS = [
  { question: 'kitten?', clause: 'Animals', from: 80, to: 20 },
  { question: 'my bike?', clause: 'Bicycles', from: 15, to: 65 },
  { question: 'garbage?', clause: 'Rubbish', from: 50, to: 115 },
] as const;
/** How far a step goes against the slope, in radians for a slope of 1. */
const RATE = 0.1;

const MATRIX: TableValue['columns'] = [
  { id: 'question', label: '', type: 'text' },
  ...PAIRS.map(({ clause }) => ({ id: clause, label: clause, type: 'number' as const })),
];
const COURSE: TableValue['columns'] = [
  { id: 'step', label: 'step', type: 'number' },
  { id: 'loss', label: 'loss', type: 'number' },
];

export interface Angles {
  /** Radians, one a question and one a clause. */
  readonly questions: readonly number[];
  readonly clauses: readonly number[];
}

export const contrastivePairs = defineProgram({
  id: 'contrastive-pairs',
  title: 'Pull pairs together, push the rest apart',
  session: false,
  params: {
    steps: { type: 'number', label: 'Steps of training', default: 0, min: 0, max: 60, step: 1 },
    temperature: { type: 'number', label: 'Temperature', default: 0.2, min: 0.05, max: 1, step: 0.05 },
  },
  async *run({ params: { steps, temperature }, trace }) {
    let angles = startingAngles();
    const course = [lossOf(angles, temperature)];
    for (let step = 0; step < steps; step++) {
      angles = trained(angles, temperature);
      course.push(lossOf(angles, temperature));
    }
    const cosines = cosinesOf(angles); // (N, N)
    const right = cosines.filter((row, i) => row.every((value) => value <= row[i]!)).length;
    trace.frame({
      op: 'arrows',
      label: steps === 0 ? 'Before training' : `After ${steps} ${steps === 1 ? 'step' : 'steps'}`,
      note: `${right} of ${PAIRS.length} questions ${right === 1 ? 'is' : 'are'} nearest to their own clause. The loss is ${decimal(course.at(-1)!, 3)}.`,
      outputs: {
        arrows: trace.value(arrowsOf(angles)),
        course: trace.value(
          tableValue(
            COURSE,
            course.map((loss, step) => [step, short(loss)]),
            [{ row: steps, role: 'chosen' }],
            61,
          ),
        ),
      },
    });
    yield;
    trace.frame({
      op: 'cosines',
      label: 'All the cosines',
      note: 'Every question with every clause. On the diagonal stand the pairs that belong together; every other cell is a wrong answer.',
      outputs: { cosines: trace.value(matrixOf(cosines)) },
    });
    yield;
    const shares = cosines.map((row) => softmax(row, temperature));
    trace.frame({
      op: 'shares',
      label: 'Rows made into shares',
      note: `Each cosine is divided by the temperature, ${decimal(temperature)}, and goes through exp; then each row is divided by its sum. For “${PAIRS[0].question}” its own clause gets ${decimal(100 * shares[0]![0]!, 1)}% of the row.`,
      formula: 'share(i, j) = exp(cos(i, j) / t) / sum over k of exp(cos(i, k) / t)',
      outputs: { shares: trace.value(matrixOf(shares)) },
    });
    yield;
    const terms = shares.map((row, i) => -Math.log(row[i]!));
    trace.frame({
      op: 'loss',
      label: 'The loss',
      note: `Of each row only the right share counts: minus its logarithm. ${terms.map((term) => decimal(term, 3)).join(' + ')}, divided by ${terms.length}, is ${decimal(course.at(-1)!, 3)}.`,
      formula: 'loss = mean over i of -log share(i, i)',
      outputs: { loss: trace.value({ kind: 'scalar', value: short(course.at(-1)!) }) },
    });
    yield;
  },
});

export function startingAngles(): Angles {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  return { questions: PAIRS.map(({ from }) => radians(from)), clauses: PAIRS.map(({ to }) => radians(to)) };
}

/** (N, N): question i with clause j. */
export function cosinesOf({ questions, clauses }: Angles): number[][] {
  return questions.map((question) => clauses.map((clause) => Math.cos(question - clause)));
}

function softmax(row: readonly number[], temperature: number): number[] {
  const top = Math.max(...row);
  const parts = row.map((value) => Math.exp((value - top) / temperature));
  const sum = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / sum);
}

/** The contrastive loss with the other clauses of the batch as wrong answers (van den Oord, Li and Vinyals 2018). */
export function lossOf(angles: Angles, temperature: number): number {
  const cosines = cosinesOf(angles);
  const terms = cosines.map((row, i) => -Math.log(softmax(row, temperature)[i]!));
  return terms.reduce((a, b) => a + b) / terms.length;
}

/** One step down the slope of the loss, whose derivatives by the angles are written out. */
export function trained({ questions, clauses }: Angles, temperature: number): Angles {
  const count = questions.length;
  const cosines = cosinesOf({ questions, clauses });
  // How the loss changes with cosine (i, j).
  const slopes = cosines.map((row, i) =>
    softmax(row, temperature).map((share, j) => (share - (i === j ? 1 : 0)) / (temperature * count)),
  );
  return {
    questions: questions.map(
      (question, i) =>
        question + RATE * clauses.reduce((sum, clause, j) => sum + slopes[i]![j]! * Math.sin(question - clause), 0),
    ),
    clauses: clauses.map(
      (clause, j) =>
        clause - RATE * questions.reduce((sum, question, i) => sum + slopes[i]![j]! * Math.sin(question - clause), 0),
    ),
  };
}

function arrowsOf({ questions, clauses }: Angles): PointsValue {
  const tip = (angle: number, length: number) => ({ x: length * Math.cos(angle), y: length * Math.sin(angle) });
  return {
    kind: 'points',
    look: 'arrows',
    points: [
      ...PAIRS.map(({ question }, i) => ({ ...tip(questions[i]!, 1), label: question, role: 'new' as const })),
      ...PAIRS.map(({ clause }, i) => ({ ...tip(clauses[i]!, 1), label: clause })),
    ],
    room: [
      [-1, -0.6],
      [1, 1.1],
    ],
  };
}

function matrixOf(values: readonly (readonly number[])[]): TableValue {
  return tableValue(
    MATRIX,
    values.map((row, i) => [PAIRS[i]!.question, ...row.map(short)]),
  );
}

const short = (value: number) => Math.round(value * 1000) / 1000;
