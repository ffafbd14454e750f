// Lesson 14: each number that its prose speaks of, computed by its blocks or reckoned here. What the models compute is
// held against PyTorch, and the word vectors against GloVe's own numbers, in their own tests.

import { beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { negativeDrawer, neighbourPairs, skipGramStep, skipGramTables } from '../../../src/model/skipGram.ts';
import { eveningWalks, NAMES } from '../../../src/programs/eveningWalks.ts';
import { KINDS, marketTalk } from '../../../src/programs/marketTalk.ts';
import { cosineOf, type WordVectors } from '../../../src/retrieval/wordVectors.ts';
import { wordVectorsFolder } from '../../../src/services/models/wordVectorsFolder.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
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
    swam: await sumOf('walked', 'walk', 'swim'),
    doctor: await sumOf('doctor', 'man', 'woman'),
    uncle: await sumOf('uncle', 'man', 'woman'),
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
    withoutNo(claims);
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
  claims.says(`It sees ${/[\d,]+/.exec(framesOf(drift, 'train').at(-1)!.label)![0]} pairs.`);
  claims.says(`At first ${own('Before training')} of 30 are nearest to their own kind.`);
  expect(own('After 5,000 pairs')).toBeLessThan(10);
  claims.says('For the first 5,000 pairs little seems to happen.');
  expect(own('After 7,000 pairs')).toBeLessThan(15);
  expect(own('After 8,000 pairs')).toBeGreaterThanOrEqual(15);
  claims.says('Half of them have found their kind between 7,000 and 8,000 pairs');
  expect([own('After 10,000 pairs') < 30, own('After 12,000 pairs')]).toEqual([true, 30]);
  claims.says('and all 30 by 12,000.');
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
  claims.says(`Of the words on the map, \`${rows[0]![2]}\` is truly nearest, with ${rows[0]![3]}.`);
  const kept = /keep ([\d.]+)%/.exec(framesOf(map, 'map')[0]!.note!)![1];
  claims.says(`Two directions of ${vectors.dimensions} keep ${kept}% of the spread.`);
  claims.says('Two directions of 50');
  const near = (word: string) => vectors.nearest(vectors.vector(word)!, 1, [word])[0]!.word;
  claims.says(`Of all ${grouped(vectors.words.length)} words, \`${near('refund')}\` is nearest.`);
  expect(cosineOf(vectors.vector('good')!, vectors.vector('bad')!)).toBeGreaterThan(0.75);
}

function arithmetic(claims: Claims): void {
  const [[first, cosine], [second, next]] = rowsOf(king, 'nearest', 'neighbours') as [Cell[], Cell[]];
  expect([first, second]).toEqual(['king', 'queen']);
  claims.says(`It has a cosine of ${cosine} with the sum, and \`queen\` ${next}.`);
  claims.says(`Its cosine with \`king\` is still ${cosine}.`);
  const [one, other] = vectors.nearest(vectors.vector('king')!, 2, ['king']);
  claims.says(`the two words nearest to \`king\` are \`${one!.word}\` and \`${other!.word}\``);
  expect(sums).toEqual({
    rome: ['rome', 'rome'],
    swam: ['swam', 'swam'],
    doctor: ['doctor', 'nurse'],
    uncle: ['daughter', 'daughter'],
  });
  const leans = new Map(rowsOf(lean, 'lean', 'words').map(([word, value]) => [word, Number(value)]));
  claims.says(
    `\`nurse\` leans to *she* with ${shown(leans.get('nurse')!)}, \`captain\` to *he* with ${shown(leans.get('captain')!)}.`,
  );
  claims.says(`\`doctor\` leans to *she*, with ${shown(leans.get('doctor')!)},`);
  expect(leans.get('secretary')).toBeGreaterThan(0.1);
}

function windowed(claims: Claims): void {
  const shares = (trace: Trace) => rowsOf(trace, 'compare', 'shares');
  const same = (trace: Trace) => framesOf(trace, 'compare')[0]!.note!.includes('the same to the last digit');
  expect([same(windows.four), same(windows.twelve), same(windows.thirteen)]).toEqual([true, true, false]);
  claims.says("At 12 words it's still so. At 13 the name comes into sight");
  const of = (word: string, column: number) =>
    Number(shares(windows.thirteen).find(([piece]) => piece === ` ${word}`)![column]);
  const before = Number(shares(windows.four).find(([piece]) => piece === ' his')![2]);
  claims.says(`Then why does *his* get ${shown(before)}?`);
  const learned = eveningWalks(500).match(/\s?[A-Za-z]+|\./g)!;
  const training = learned.slice(0, Math.floor(learned.length * 0.9)).join('');
  const went = [...training.matchAll(/mill and walked home with (her|his)/g)].map(([, whose]) => whose);
  claims.says(`went on with *his* ${went.filter((whose) => whose === 'his').length} times of ${went.length}.`);
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
    `After ${four.step} steps it's level with the table, at ${four.heldOut.toFixed(2)} against ${four.beside.toFixed(2)} nats a word: both see four words.`,
  );
  const forgot = 'Ines lives in the white house near the harbour and went out with his cat.';
  expect(four.written).toContain(forgot);
  claims.says(`*${forgot}*`);
  claims.says(`Set the window to 14 and train for ${grouped(long.step)} steps.`);
  claims.says(
    `On the held-out end it's worse than at ${wide.step} steps, ${long.heldOut.toFixed(2)} against ${wide.heldOut.toFixed(2)}.`,
  );
  expect(long.seen).toBeLessThan(wide.seen);
  // How many numbers they learn: V C + (n C H + H) + (H V + V).
  const words = new Set(eveningWalks(500).match(/\s?[A-Za-z]+|\./g)).size;
  const size = (n: number) => words * 10 + (n * 10 * 48 + 48) + (48 * words + words);
  expect(framesOf(trained.four, 'train')[0]!.note).toContain(`its ${grouped(size(4))} numbers`);
  claims.says(`Ours has $V = ${words}$, $C = 10$, $n = 4$ and $H = 48$.`);
  claims.says(`${words} \\cdot 10 + (40 \\cdot 48 + 48) + (48 \\cdot ${words} + ${words}) = ${size(4)}`);
  claims.says(`From 4 words to 14, the numbers to learn grow from ${grouped(size(4))} to ${grouped(size(14))}.`);
  claims.says(`would have $${words}^5$ cells, about ${Math.round(words ** 5 / 1e6)} million`);
  // The quizzes.
  claims.says('Will it know who walked home, ten words back?');
  expect(-Math.log(0.5)).toBeCloseTo(0.69, 2);
  claims.says('0.69');
  expect(-Math.log10(0.5)).toBeCloseTo(0.3, 2);
  claims.says('0.30');
  claims.says('The surprise is −ln 0.5');
}

/** What becomes of the village's words when each question is answered with yes, and on the way when five are not. */
function withoutNo(claims: Claims): void {
  const taught = (negatives: number, label: 'no' | 'yes', count: number) => {
    const random = seededRandom(1);
    const talk = marketTalk(600);
    const words = [...new Set(talk.flat())];
    const sentences = talk.map((sentence) => sentence.map((word) => words.indexOf(word)));
    const pairs = [...neighbourPairs(sentences, 2)];
    const counts = words.map((_, id) => sentences.flat().filter((each) => each === id).length);
    const draw = negativeDrawer(counts, random);
    const tables = skipGramTables(words.length, 8, random);
    let loss = 0;
    for (let step = 0; step < count; step++) {
      const [center, neighbour] = pairs[Math.floor(random() * pairs.length)]!;
      const drawn = Array.from({ length: negatives }, draw);
      const before = skipGramStep(tables, center, neighbour, label === 'no' ? drawn : [], 0.05);
      loss += step < count - 10_000 ? 0 : before / 10_000;
      for (const word of label === 'yes' ? drawn : []) {
        skipGramStep(tables, center, word, [], 0.05);
      }
    }
    const vector = (word: string) => Float32Array.from(tables.centers[words.indexOf(word)]!);
    return { loss, cosine: (one: string, other: string) => cosineOf(vector(one), vector(other)) };
  };
  claims.says('all words turn the same way, and say no to everybody');
  expect(taught(5, 'no', 5000).cosine('cat', 'hammer')).toBeGreaterThan(0.97);
  expect(taught(5, 'no', 20_000).cosine('cat', 'hammer')).toBeLessThan(0.8);
  const none = taught(0, 'no', 100_000);
  claims.says(
    `\`cat\` and \`hammer\` get a cosine of ${none.cosine('cat', 'hammer').toFixed(2)} then, and the loss falls to ${none.loss.toFixed(3)}.`,
  );
  const allYes = taught(5, 'yes', 20_000);
  claims.says(`\`cat\` and \`hammer\` ended with a cosine of ${allYes.cosine('cat', 'hammer').toFixed(3)}.`);
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
