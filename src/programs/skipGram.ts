// Skip-gram with negative sampling, trained in front of the learner on a small language: words drift into groups that
// nobody told it of. One word's path can be followed.

import { pca } from '../model/pca.ts';
import { negativeDrawer, neighbourPairs, skipGramStep, skipGramTables } from '../model/skipGram.ts';
import type { PlaneAxis, PlaneValue } from '../shared/planeValue.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { KINDS, type Kind, marketTalk } from './marketTalk.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue, textValue } from './views.ts';

const SENTENCES = 600;
const CHANNELS = 8;
const RATE = 0.05;
/** How many pairs are learned before each map that is drawn. */
const MAPS = [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000, 12_000, 14_000, 16_000, 20_000];
const GAPS: readonly string[] = Object.values(KINDS).flat();
const SHOWN = 8;

export const skipGram = defineProgram({
  id: 'skip-gram',
  title: 'Words that learn from their neighbours',
  session: false,
  params: {
    word: {
      type: 'choice',
      label: 'Follow',
      default: 'cat',
      options: GAPS.map((word) => ({ value: word, label: word })),
    },
    window: { type: 'number', label: 'Neighbours to either side', default: 2, min: 1, max: 4, step: 1 },
    negatives: { type: 'number', label: 'Words drawn as wrong answers', default: 5, min: 1, max: 8, step: 1 },
  },
  async *run({ params: { word, window, negatives }, trace, engine: load, random }) {
    const talk = marketTalk(SENTENCES);
    const words = [...new Set(talk.flat())];
    const idOf = new Map(words.map((each, id) => [each, id]));
    const sentences = talk.map((sentence) => sentence.map((each) => idOf.get(each)!));
    const counts = words.map(() => 0);
    for (const id of sentences.flat()) {
      counts[id]! += 1;
    }
    trace.frame({
      op: 'read',
      label: 'The text',
      note: `${many(talk.length)} sentences with ${words.length} different words. Nothing says that a cat is an animal.`,
      outputs: { text: trace.value(textValue(talk.map((sentence) => `${sentence.join(' ')}.`).join(' '))) },
    });
    yield;
    const pairs = [...neighbourPairs(sentences, window)];
    const draw = negativeDrawer(counts, random);
    const shown = pairs.filter(([center]) => words[center] === word).slice(0, SHOWN);
    trace.frame({
      op: 'pairs',
      label: 'Pairs to learn',
      note: `Each word with its neighbours up to ${counted(window, 'place')} away: ${counted(pairs.length, 'pair')}. Each comes with ${counted(negatives, 'word')} drawn by chance, as wrong ${negatives === 1 ? 'answer' : 'answers'}. Here are the first of “${word}”.`,
      source: places.skipGramStep,
      outputs: {
        pairs: trace.value(
          tableValue(
            [
              { id: 'center', label: 'word', type: 'piece' },
              { id: 'neighbour', label: 'its neighbour', type: 'piece' },
              { id: 'negatives', label: 'wrong answers', type: 'text' },
            ],
            shown.map(([center, neighbour]) => [
              words[center]!,
              words[neighbour]!,
              Array.from({ length: negatives }, () => words[draw()]!).join(', '),
            ]),
          ),
        ),
      },
    });
    yield;

    // Pairs come in an order of chance.
    const tables = skipGramTables(words.length, CHANNELS, random);
    const vectors = () => GAPS.map((each) => [...tables.centers[idOf.get(each)!]!]); // (G, C)
    const snapshots: { learned: number; loss: number; rows: number[][] }[] = [];
    let learned = 0;
    for (const until of MAPS) {
      let loss = 0;
      const first = learned;
      for (; learned < until; learned++) {
        const [center, neighbour] = pairs[Math.floor(random() * pairs.length)]!;
        const wrong = Array.from({ length: negatives }, draw);
        loss += skipGramStep(tables, center, neighbour, wrong, RATE);
      }
      snapshots.push({ learned, loss: loss / (learned - first), rows: vectors() });
      yield;
    }

    // All maps are drawn along the directions in which the words differ most at the end.
    const engine = await load();
    const { directions } = pca(engine.tensor(snapshots.at(-1)!.rows), 2, random);
    const axes = directions.toNested() as number[][];
    const flat = snapshots.map(({ rows }) => centred(rows).map((row) => axes.map((axis) => product(axis, row))));
    const reach = 1.1 * Math.max(...flat.flat(2).map(Math.abs));
    const followed = GAPS.indexOf(word);
    for (const [i, { learned: pairsSeen, loss, rows }] of snapshots.entries()) {
      const own = GAPS.filter((_, at) => kindOf(nearest(rows, at)[0]!.word) === kindOf(GAPS[at]!)).length;
      trace.frame({
        op: 'train',
        label: i === 0 ? 'Before training' : `After ${many(pairsSeen)} pairs`,
        note: `${i === 0 ? 'All vectors are drawn by chance. ' : `Loss ${decimal(loss)}. `}${own} of ${GAPS.length} words have a word of their own kind as nearest neighbour.`,
        source: places.skipGramStep,
        outputs: {
          map: trace.value(
            mapOf(
              flat[i]!,
              reach,
              word,
              flat.slice(0, i + 1).map((map) => map[followed]! as [number, number]),
            ),
          ),
        },
      });
      yield;
    }
    const [before, after] = [snapshots[0]!, snapshots.at(-1)!].map(({ rows }) =>
      nearest(rows, followed).slice(0, SHOWN),
    );
    trace.frame({
      op: 'neighbours',
      label: 'Who is truly near',
      note: `The nearest to “${word}” by cosine in all ${CHANNELS} dimensions, before and after. After training it’s “${after![0]!.word}”.`,
      outputs: {
        neighbours: trace.value(
          tableValue(
            NEIGHBOURS,
            after!.map((each, i) => [before![i]!.word, before![i]!.cosine, each.word, each.cosine]),
          ),
        ),
      },
    });
    yield;
  },
});

const NEIGHBOURS: TableValue['columns'] = [
  { id: 'before', label: 'before', type: 'piece' },
  { id: 'beforeCosine', label: 'cosine', type: 'number' },
  { id: 'after', label: 'after', type: 'piece' },
  { id: 'afterCosine', label: 'cosine', type: 'number' },
];

function kindOf(word: string): Kind {
  return (Object.keys(KINDS) as Kind[]).find((kind) => (KINDS[kind] as readonly string[]).includes(word))!;
}

function nearest(rows: readonly (readonly number[])[], of: number): { word: string; cosine: number }[] {
  const length = (row: readonly number[]) => Math.sqrt(product(row, row));
  return rows
    .map((row, i) => ({
      word: GAPS[i]!,
      i,
      cosine: Number((product(row, rows[of]!) / length(row) / length(rows[of]!)).toFixed(3)),
    }))
    .filter(({ i }) => i !== of)
    .sort((a, b) => b.cosine - a.cosine);
}

function centred(rows: readonly (readonly number[])[]): number[][] {
  const mean = rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length);
  return rows.map((row) => row.map((value, c) => value - mean[c]!));
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, c) => sum + value * b[c]!, 0);
}

function mapOf(
  points: readonly (readonly number[])[],
  reach: number,
  followed: string,
  way: readonly (readonly [number, number])[],
): PlaneValue {
  const axis = (label: string): PlaneAxis => ({ label, from: -reach, to: reach });
  return {
    kind: 'plane',
    x: axis('first direction'),
    y: axis('second direction'),
    equal: true,
    groups: Object.keys(KINDS),
    points: points.map(([x = 0, y = 0], i) => ({
      x,
      y,
      label: GAPS[i]!,
      group: kindOf(GAPS[i]!),
      ...(GAPS[i] === followed && { role: 'chosen' as const }),
    })),
    paths: [{ label: followed, points: way }],
  };
}
