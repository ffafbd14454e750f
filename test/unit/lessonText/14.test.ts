// Lesson 14: each number that its prose speaks of, computed by its blocks or reckoned here. What the models compute is
// held against PyTorch, and the word vectors against GloVe's own numbers, in their own tests.

import { beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { eveningWalks, NAMES } from '../../../src/programs/eveningWalks.ts';
import { KINDS, marketTalk } from '../../../src/programs/marketTalk.ts';
import { cosineOf, type WordVectors } from '../../../src/retrieval/wordVectors.ts';
import { wordVectorsFolder } from '../../../src/services/models/wordVectorsFolder.ts';
import type { Cell, ParamValues, TextValue, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table, text } from '../programs/run.ts';
import { blockOf, Claims, grouped, readLesson } from './lessonProse.ts';

const lesson = readLesson('14-word-vectors');
const shown = (value: number, digits = 3) => String(Number(value.toFixed(digits))).replace('-', '−');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};
const rowsOf = (trace: Trace, op: string, name: string) => table(trace, framesOf(trace, op)[0], name).rows;
/** The nearest to a sum: of all words, and without those that went in. */
const sumOf = async (from: string, minus: string, plus: string) => {
  const [all, , others] = rowsOf(await runBlock('king', { from, minus, plus }), 'nearest', 'neighbours')[0]!;
  return [all, others];
};

let vectors: WordVectors;
let drift: Trace;
let map: Trace;
let king: Trace;
let lean: Trace;
let sums: Readonly<Record<string, readonly (Cell | undefined)[]>>;
let windows: Readonly<Record<'four' | 'twelve' | 'thirteen', Trace>>;
let trained: Readonly<Record<'four' | 'wide' | 'long', Trace>>;
beforeAll(async () => {
  vectors = await wordVectorsFolder(inRoot('media/models/glove-6b-50d'))();
  [drift, map, king, lean] = [
    await runBlock('drift'),
    await runBlock('map'),
    await runBlock('king'),
    await runBlock('lean'),
  ];
  sums = {
    rome: await sumOf('paris', 'france', 'italy'),
    paris: await sumOf('tokyo', 'japan', 'france'),
    swam: await sumOf('walked', 'walk', 'swim'),
    doctor: await sumOf('doctor', 'man', 'woman'),
    uncle: await sumOf('uncle', 'man', 'woman'),
    cats: await sumOf('cats', 'cat', 'dog'),
  };
  windows = {
    four: await runBlock('forgets'),
    twelve: await runBlock('forgets', { window: 12 }),
    thirteen: await runBlock('forgets', { window: 13 }),
  };
  trained = {
    four: await runBlock('window', { train: true }),
    wide: await runBlock('window', { train: true, window: 14 }),
    long: await runBlock('window', { train: true, window: 14, steps: 1000 }),
  };
}, 60_000);

describe('lesson 14, word vectors', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    drifting(claims);
    realWords(claims);
    arithmetic(claims);
    windowed(claims);
    deeper(claims);
    expect(claims.numbers).toBeGreaterThan(50);
    expect(claims.unclaimed()).toEqual([]);
  });

  it('tells of a text in which her cat is always hers', () => {
    const sentences = eveningWalks(500).split(/(?<=\.) /);
    for (const sentence of sentences) {
      const whose = / (her|his) /.exec(sentence)![1] as keyof typeof NAMES;
      expect(NAMES[whose]).toContain(sentence.split(' ')[0]);
    }
    expect(sentences).toHaveLength(500);
  });
});

function drifting(claims: Claims): void {
  const talk = marketTalk(600);
  claims.says(`Below is a small language of ${talk.length} sentences.`);
  claims.says(`Our village has ${new Set(talk.flat()).size} words.`);
  expect(Object.values(KINDS).flat()).toHaveLength(30);
  const own = (label: string) => {
    const frame = framesOf(drift, 'train').find((each) => each.label === label)!;
    return Number(/(\d+) of 30/.exec(frame.note!)![1]);
  };
  claims.says(`At first ${own('Before training')} of 30 have a neighbour of their own kind.`);
  expect(own('After 5,000 pairs')).toBeLessThan(10);
  claims.says('For the first 5,000 pairs little happens');
  expect(own('After 12,000 pairs')).toBe(30);
  claims.says('After 12,000 pairs all 30 stand with their kind.');
  const [before, , after, cosine] = rowsOf(drift, 'neighbours', 'neighbours')[0]!;
  claims.says(
    `Before training its nearest word was \`${before}\`. At the end it's \`${after}\`, with a cosine of ${cosine}.`,
  );
}

function realWords(claims: Claims): void {
  claims.says(
    `The extension brings ${grouped(vectors.words.length)} of its vectors, with ${vectors.dimensions} numbers`,
  );
  claims.says(`The first is over all ${grouped(vectors.words.length)} words`);
  claims.says(`### Neighbours among ${grouped(vectors.words.length)}`);
  const rows = rowsOf(map, 'map', 'neighbours');
  claims.says(`The map puts \`${rows[1]![4]}\` second, and its true cosine is ${rows[1]![5]}.`);
  claims.says(`Truly nearest is \`${rows[0]![2]}\`, with ${rows[0]![3]}.`);
  const kept = /keep ([\d.]+)%/.exec(framesOf(map, 'map')[0]!.note!)![1];
  claims.says(`Two directions of ${vectors.dimensions} keep ${kept}% of the spread.`);
  claims.says('Two directions of 50');
  const near = (word: string) => vectors.nearest(vectors.vector(word)!, 1, [word])[0]!.word;
  claims.says(`Ask for \`refund\`, which the spam filter couldn't place. Its nearest word is \`${near('refund')}\`.`);
  expect(cosineOf(vectors.vector('good')!, vectors.vector('bad')!)).toBeGreaterThan(0.75);
}

function arithmetic(claims: Claims): void {
  const [[first, cosine], [second, next]] = rowsOf(king, 'nearest', 'neighbours') as [Cell[], Cell[]];
  expect([first, second]).toEqual(['king', 'queen']);
  claims.says(`It has a cosine of ${cosine} with the sum, and \`queen\` ${next}.`);
  claims.says(`Its cosine with \`king\` is still ${cosine}.`);
  expect(sums).toEqual({
    rome: ['rome', 'rome'],
    paris: ['paris', 'paris'],
    swam: ['swam', 'swam'],
    doctor: ['doctor', 'nurse'],
    uncle: ['daughter', 'daughter'],
    cats: ['cats', 'dogs'],
  });
  const leans = new Map(rowsOf(lean, 'lean', 'words').map(([word, value]) => [word, Number(value)]));
  claims.says(
    `\`nurse\` leans to *she* with ${shown(leans.get('nurse')!)}, \`captain\` to *he* with ${shown(leans.get('captain')!)}.`,
  );
  expect(leans.get('doctor')).toBeLessThan(0);
  expect(leans.get('secretary')).toBeGreaterThan(0.1);
}

function windowed(claims: Claims): void {
  const shares = (trace: Trace) => rowsOf(trace, 'compare', 'shares');
  const same = (trace: Trace) => framesOf(trace, 'compare')[0]!.note!.includes('the same to the last digit');
  expect([same(windows.four), same(windows.twelve), same(windows.thirteen)]).toEqual([true, true, false]);
  claims.says("At 12 words it's still so. At 13 the name comes into sight");
  const of = (word: string, column: number) =>
    Number(shares(windows.thirteen).find(([piece]) => piece === ` ${word}`)![column]);
  claims.says(`${shown(of('her', 1))} for *her* after Anna, and ${shown(of('his', 2))} for *his* after Otto`);
  const last = (trace: Trace) => {
    const frame = trace.frames.at(-1)!;
    const [step, seen, heldOut, beside] = table(trace, frame, 'loss').rows[0]!.map(Number);
    return { step, seen, heldOut, beside, written: text(trace, frame, 'it writes').text } as {
      readonly [name in 'step' | 'seen' | 'heldOut' | 'beside']: number;
    } & { readonly written: TextValue['text'] };
  };
  const [four, wide, long] = [last(trained.four), last(trained.wide), last(trained.long)];
  claims.says(
    `After ${four.step} steps it's level with the table, at ${four.heldOut.toFixed(2)} against ${four.beside.toFixed(2)} nats a word.`,
  );
  const forgot = 'Ines lives in the white house near the harbour and went out with his cat.';
  expect(four.written).toContain(forgot);
  claims.says(`*${forgot}*`);
  claims.says(`Set the window to 14 and train for ${grouped(long.step)} steps.`);
  claims.says(
    `On the held-out end it's worse than at ${wide.step} steps, ${long.heldOut.toFixed(2)} against ${wide.heldOut.toFixed(2)}.`,
  );
  expect(long.seen).toBeLessThan(wide.seen);
  // How many numbers they learn: V C + (n C M + M) + (M V + V).
  const words = new Set(eveningWalks(500).match(/\s?[A-Za-z]+|\./g)).size;
  const size = (n: number) => words * 10 + (n * 10 * 48 + 48) + (48 * words + words);
  expect(framesOf(trained.four, 'train')[0]!.note).toContain(`its ${grouped(size(4))} numbers`);
  claims.says(`Ours has $V = ${words}$, $C = 10$, $n = 4$ and $M = 48$.`);
  claims.says(`${words} \\cdot 10 + (40 \\cdot 48 + 48) + (48 \\cdot ${words} + ${words}) = ${size(4)}`);
  claims.says(`From 4 words to 14, the numbers to learn grow from ${grouped(size(4))} to ${grouped(size(14))}.`);
  claims.says(`would have $${words}^5$ cells, about ${Math.round(words ** 5 / 1e6)} million`);
  // The quizzes.
  claims.says('Will it know who walked home, ten words back?');
  expect(-Math.log(0.5)).toBeCloseTo(0.69, 2);
  claims.says('0.69');
  claims.says('The surprise is −ln 0.5');
}

function deeper(claims: Claims): void {
  const [first] = framesOf(drift, 'train').slice(1);
  claims.says('0.5'); // the sigmoid of 0, a given share, and the published start of skip-gram's chances
  claims.says(`the loss is $6 \\ln 2 = ${(6 * Math.LN2).toFixed(2)}$`);
  expect(first!.note).toContain(`Loss ${(6 * Math.LN2).toFixed(2)}.`);
  expect(16 ** 0.75).toBe(8);
  claims.says("A word that's 16 times as frequent is drawn 8 times as often.");
  claims.says('wrote this model down in 2003'); // the paper's year
  claims.says('a whole number from −127 to 127');
  expect(output(windows.four, framesOf(windows.four, 'window')[0], 'text')).toMatchObject({ kind: 'text' });
}
