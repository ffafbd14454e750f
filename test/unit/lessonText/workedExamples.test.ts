// The worked examples in the exercises of lessons 01 to 08 and 26 to 30 are true: the right answers give what each starter says.

import { readdirSync, readFileSync } from 'node:fs';
import { transformSync } from 'amaro';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { arange, expand, reshape, slice, tensor, transpose } from '../../../src/runner/api/course.ts';
import { useEngine } from '../../../src/runner/api/session.ts';
import { SEARCH_EXAMPLES } from './searchExamples.ts';
import { type Answer, type Example, near } from './workedExample.ts';

const folders = readdirSync(inRoot('lessons')).filter((name) => /^(0[1-8]|2[6-9]|30)-/.test(name));
const texts = (kind: string) =>
  new Map(
    folders.flatMap((folder) =>
      readdirSync(inRoot(`lessons/${folder}/${kind}`)).map((file) => [
        file.slice(0, -3),
        readFileSync(inRoot(`lessons/${folder}/${kind}/${file}`), 'utf8'),
      ]),
    ),
  );
const starters = texts('exercises');
const solutions = texts('solutions');

/** Loads a right answer, and those that it is built on. */
const load = async (id: string): Promise<Answer> => import(urlOf(id));

const urlOf = (id: string): string => moduleOf(solutions.get(id)!);

function moduleOf(text: string): string {
  const code = transformSync(text, { mode: 'strip-only' })
    .code.replace(/'mine\/([\w-]+)'/g, (_, used: string) => `'${urlOf(used)}'`)
    .replace("import { watch } from 'inside-llms';", 'const watch = (name, value) => value;');
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
}

const bytes = (text: string) => [...new TextEncoder().encode(text)];
const view = (shape: number[], strides: number[], offset = 0) => ({ shape, strides, offset });
const matrix = (list: number[], shape: number[]) => ({ list, ...view(shape, [shape[1]!, 1]) });
const SMALL_TABLE = [
  [0.9, 0.1],
  [-0.7, 0.5],
  [0.2, -0.8],
];
const TIDE = [',', 'boat', 'the', 'tide', '<unk>'];
const NOWHERE = new Map([
  ['no', -2.3],
  ['where', -2.81],
  ['now', -3],
  ['here', -2.53],
]);

/** Which starter says what, what computes it, and what comes out. */
const EXAMPLES: readonly Example[] = [
  [
    'bigram',
    'the result is [[0, 1], [1, 0]]',
    (a) => a.bigramProbabilities!(['abab'], ['a', 'b']),
    [
      [0, 1],
      [1, 0],
    ],
  ],
  ['sample', 'The place 0.6 is in the second, so the answer is 1', (a) => a.draw!([0.5, 0.25, 0.25], () => 0.6), 1],
  ['sample', '0.5 gives 1 too', (a) => a.draw!([0.5, 0.25, 0.25], () => 0.5), 1],
  ['sample', 'a text of length 5 is "ababa"', (a) => a.sample!(['abab'], 'a', 5, () => 0.3), 'ababa'],
  [
    'tokenizer',
    '"Wait, the café!" is cut into "Wait", ",", "the", "café" and "!"',
    (a) => a.split!('Wait, the café!'),
    ['Wait', ',', 'the', 'café', '!'],
  ],
  ['tokenizer', '[",", "boat", "the", "tide", "<unk>"]', (a) => a.buildVocabulary!('the tide, the boat'), TIDE],
  ['tokenizer', '"the boats" is [2, 4]', (a) => a.encode!('the boats', TIDE), [2, 4]],
  ['tokenizer', '[2, 4] is "the <unk>"', (a) => a.decode!([2, 4], TIDE), 'the <unk>'],
  [
    'train-bpe',
    '`mergePair([1, 1, 1, 2], [1, 1], 9)` is [9, 1, 2]',
    (a) => a.mergePair!([1, 1, 1, 2], [1, 1], 9),
    [9, 1, 2],
  ],
  ['train-bpe', '"hug" is [104, 117, 103]', () => bytes('hug'), [104, 117, 103]],
  [
    'train-bpe',
    'the result is [[117, 103], [104, 256]]',
    (a) => a.trainBpe!(['hug', 'pug', 'hug'], 9),
    [
      [117, 103],
      [104, 256],
    ],
  ],
  [
    'encode-bpe',
    '"hugs" becomes [257, 115]',
    (a) =>
      a.encodeBpe!('hugs', [
        [117, 103],
        [104, 256],
      ]),
    [257, 115],
  ],
  [
    'encode-bpe',
    '"bug" becomes [98, 256]',
    (a) =>
      a.encodeBpe!('bug', [
        [117, 103],
        [104, 256],
      ]),
    [98, 256],
  ],
  [
    'wordpiece',
    '"nowhere" is cut into ["now", "##here"]',
    (a) => a.wordPiece!('nowhere', ['no', 'now', '##here', '##where']),
    ['now', '##here'],
  ],
  [
    'wordpiece',
    '"nowheres" becomes ["[UNK]"]',
    (a) => a.wordPiece!('nowheres', ['no', 'now', '##here', '##where']),
    ['[UNK]'],
  ],
  ['viterbi', '"nowhere" is cut into ["no", "where"]', (a) => a.bestCut!('nowhere', NOWHERE), ['no', 'where']],
  ['viterbi', '-5.11 is more than -5.53', () => [-2.3 - 2.81, -3 - 2.53], near([-5.11, -5.53])],
  ['cosine', '24 / 25 = 0.96', (a) => a.cosine!([3, 4], [4, 3]), expect.closeTo(0.96)],
  [
    'top-k',
    'the two nearest are [1, 2]',
    (a) =>
      a.topK!(
        [
          [1, 0],
          [0, 2],
          [3, 3],
        ],
        [0, 1],
        2,
      ),
    [1, 2],
  ],
  [
    'embedding',
    'are the rows [[0.2, -0.8], [0.9, 0.1], [0.2, -0.8]]',
    (a) => a.embed!(SMALL_TABLE, [2, 0, 2]),
    [SMALL_TABLE[2], SMALL_TABLE[0], SMALL_TABLE[2]],
  ],
  ['stride-offset', 'its cell (2, 1) stands at place 9', (a) => a.placeOf!([2, 1], [4, 1], 0), 9],
  [
    'stride-transpose',
    'becomes shape [4, 3] with strides [1, 4]',
    (a) => a.transposed!(view([3, 4], [4, 1]), 0, 1),
    view([4, 3], [1, 4]),
  ],
  [
    'stride-slice',
    'the shape [2, 4], the strides [4, 1] and the offset 4',
    (a) => a.sliced!(view([3, 4], [4, 1]), 0, 1, 3),
    view([2, 4], [4, 1], 4),
  ],
  ['broadcast', '[3, 1] and [1, 4] meet in [3, 4]', (a) => a.broadcastShapes!([3, 1], [1, 4]), [3, 4]],
  ['broadcast', '[2, 3, 4] and [3, 1] in [2, 3, 4]', (a) => a.broadcastShapes!([2, 3, 4], [3, 1]), [2, 3, 4]],
  ['matmul', 'so the result is [[11]]', (a) => a.matmul!(matrix([2, 3], [1, 2]), matrix([4, 1], [2, 1])), [[11]]],
  ['sinusoidal', 'pair 1 by 1 / 10000^(2 / 4), which is 0.01', (a) => a.waveFrequency!(1, 4), expect.closeTo(0.01, 9)],
  [
    'sinusoidal',
    'the row [0, 1, 0, 1], and place 1 has [sin(1), cos(1), sin(0.01), cos(0.01)] = [0.841, 0.540, 0.010, 1.000]',
    (a) => a.sinusoidal!(2, 4),
    [[0, 1, 0, 1], near([0.841, 0.54, 0.01, 1])],
  ],
  ['rotate', '[cos(1), sin(1)] = [0.540, 0.841]', (a) => a.rotate!([1, 0], 1), near([0.54, 0.841])],
  ...SEARCH_EXAMPLES,
];

describe('the worked examples of lessons 01 to 08 and 26 to 30', () => {
  it.each(EXAMPLES)('%s: %s', async (id, says, of, is) => {
    expect(starters.get(id)!.replace(/\s+\* /g, ' ')).toContain(says);
    expect(await of(await load(id))).toEqual(is);
  });

  it('are there for every exercise', () => {
    const without = [...starters.keys()].filter((id) => !EXAMPLES.some(([shown]) => shown === id));
    expect(without).toEqual(['stride-view']);
    expect([...starters].filter(([, text]) => !text.includes('Example: ')).map(([id]) => id)).toEqual([]);
  });
});

it('what is to be mended is right in its example', async () => {
  const starter = (await import(moduleOf(starters.get('top-k')!))) as Answer;
  expect(
    starter.topK!(
      [
        [1, 0],
        [0, 2],
        [3, 3],
      ],
      [0, 1],
      2,
    ),
  ).toEqual([1, 2]);
  const builder = (await import(moduleOf(starters.get('prompt-builder')!))) as Answer;
  const passages = ['Keep it shut.', 'Pay six euros a week.', 'Dry it.'];
  expect(builder.buildPrompt!('Cite.', passages, 'Open it?', 9)).toBe(
    'Cite.\n\n[1] Keep it shut.\n\nQuestion: Open it?',
  );
});

it('the readings to be foreseen are those of the engine', async () => {
  useEngine(new Engine(referenceKernels()));
  const { foresee } = (await load('stride-view')) as { foresee: (question: string) => number[] };
  const table = reshape(arange(15), [3, 5]);
  const column = slice(table, 1, 2, 3);
  expect(foresee('new')).toEqual(reshape(arange(30), [2, 3, 5]).strides);
  expect(foresee('transposed')).toEqual(transpose(table, 0, 1).strides);
  expect(foresee('column')).toEqual([column.offset, column.strides[0]]);
  expect(foresee('ghosts')).toEqual(expand(tensor([1, 2, 3, 4, 5]), [3, 5]).strides);
  expect(foresee('walk')).toEqual((reshape(transpose(table, 0, 1), [15]).toNested() as number[]).slice(0, 4));
});
