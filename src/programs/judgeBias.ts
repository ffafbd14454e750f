// A judge that grades answers, and three tests of the judge. It is made of one cosine, so that its biases can be seen whole:
// it likes whoever repeats the question, misses a changed number, and on a tie takes the first.

import type { Embedder } from '../retrieval/embedder.ts';
import { product } from '../retrieval/pooling.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { vectorsOf } from './openBook.ts';
import { defineProgram } from './program.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, tableValue } from './views.ts';

/** A question, its right answer, and one that is false. */
export const JUDGED: readonly (readonly [question: string, right: string, wrong: string])[] = [
  ['How long does a firing take?', 'A firing takes eleven hours.', 'A firing takes two hours.'],
  ['What does membership cost?', 'Membership costs thirty euros a month.', 'Membership costs ninety euros a month.'],
  [
    'When may I open the kiln?',
    'Once its needle has fallen below 80 degrees.',
    'You may open the kiln whenever you like.',
  ],
  ['How long are finished pots kept?', 'They wait on the shelf for four weeks.', 'Finished pots are kept for a year.'],
  ['Where do I pour muddy water?', 'Into the settling tank.', 'Pour muddy water down the sink.'],
  ['Is it open in summer?', 'In August the workshop is closed.', 'It is open all summer.'],
  ['What do students pay?', 'Half, once they have shown a card.', 'Students pay the same as everybody.'],
  ['Is the red glaze safe for cups?', 'No, it is poisonous.', 'Yes, the red glaze is safe for cups.'],
];

const NUMBER = /eleven|thirty|80|four/;

const VERDICTS: TableValue['columns'] = [
  { id: 'question', label: 'question', type: 'text' },
  { id: 'verdict', label: 'the judge prefers', type: 'text' },
  { id: 'first', label: 'first answer', type: 'text' },
  { id: 'firstGrade', label: 'grade', type: 'number' },
  { id: 'second', label: 'second answer', type: 'text' },
  { id: 'secondGrade', label: 'grade', type: 'number' },
];
const PAIRS = {
  false: 'the right answer and a false one',
  longer: 'the right answer, and the same with the question repeated',
  number: 'the right answer, and the same with another number',
} as const;
type Pairs = keyof typeof PAIRS;

interface Pair {
  readonly question: string;
  readonly answers: readonly [string, string];
}

export const judgeBias = defineProgram({
  id: 'judge-bias',
  title: 'A judge is judged',
  session: false,
  params: {
    pairs: {
      type: 'choice',
      label: 'The judge compares',
      default: 'false',
      options: Object.entries(PAIRS).map(([value, label]) => ({ value, label })),
    },
    swap: { type: 'switch', label: 'Show the two in the other order', default: false },
    grades: { type: 'number', label: 'Grades from 0 to', default: 5, min: 2, max: 100, step: 1 },
    model: modelParam,
  },
  async *run({ params: { pairs, swap, grades, model }, trace, models }) {
    const { embedder, instead } = await chosenModel(models, model);
    const shown = pairsOf(pairs as Pairs).map(({ question, answers: [a, b] }) => ({
      question,
      answers: (swap ? [b, a] : [a, b]) as readonly [string, string],
    }));
    const rows: Cell[][] = [];
    for (const { question, answers } of shown) {
      const [one, two] = await gradesOf(embedder, question, answers, grades);
      rows.push([question, one >= two ? 'the first' : 'the second', answers[0], one, answers[1], two]);
    }
    const firsts = rows.filter((row) => row[1] === 'the first').length;
    const ties = rows.filter((row) => row[3] === row[5]).length;
    trace.frame({
      op: 'judge',
      label: 'The verdicts',
      note: [
        ...(instead === undefined ? [] : [instead]),
        `The judge prefers the first answer in ${firsts} of ${counted(rows.length, 'pair')}.${ties === 0 ? '' : ` In ${ties} of ${rows.length} the grades are equal, and it takes the first.`}`,
      ].join(' '),
      outputs: { verdicts: trace.value(tableValue(VERDICTS, rows)) },
    });
    yield;
    let flips = 0;
    for (const { question, answers } of shown) {
      const [one, two] = await gradesOf(embedder, question, answers, grades);
      // In the other order the judge sees `two` first.
      flips += one >= two === two >= one ? 1 : 0;
    }
    trace.frame({
      op: 'swap',
      label: 'The same pairs in the other order',
      note: `Shown the other way round, ${flips} of ${rows.length} verdicts fall to the other answer. Count only verdicts that stay: ${rows.length - flips}.`,
    });
    yield;
  },
});

function pairsOf(pairs: Pairs): Pair[] {
  if (pairs === 'number') {
    return JUDGED.filter(([, right]) => NUMBER.test(right)).map(([question, right]) => ({
      question,
      answers: [right, right.replace(NUMBER, 'nine')],
    }));
  }
  return JUDGED.map(([question, right, wrong]) => ({
    question,
    answers: [right, pairs === 'false' ? wrong : `You asked: ${question} ${right}`],
  }));
}

/** From 0 to `most`, in whole points: the cosine of question and answer. */
async function gradesOf(
  embedder: Embedder,
  question: string,
  answers: readonly [string, string],
  most: number,
): Promise<[number, number]> {
  const [asked, one, two] = await vectorsOf(embedder, [question, ...answers]);
  const grade = (vector: Float32Array) => Math.round(most * Math.max(0, product(asked!, vector)));
  return [grade(one!), grade(two!)];
}
