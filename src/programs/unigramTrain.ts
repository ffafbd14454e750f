// Unigram's training step by step, on a few words: share them out among all their cuts, count, drop the piece that is
// missed least, again.

import type { Cell, FrameId, GraphValue, TableValue } from '../shared/trace.ts';
import { bestPath, buildLattice } from '../tokenizers/lattice.ts';
import {
  type CountedWord,
  costsOfRemoval,
  countEach,
  expectedCounts,
  isCharacter,
  logLikelihood,
  type Probabilities,
  scored,
  seedPieces,
  shares,
  usesIn,
} from '../tokenizers/unigramLearning.ts';
import { decimal } from './decimal.ts';
import { latticeValue, scoreText } from './latticeViews.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { counted, many, tableValue, textValue, tokensValue, visible } from './views.ts';

/** Longest piece, in characters, and most pieces to begin with beside the characters. */
const LONGEST = 8;
const MOST_SEEDS = 60;
/** Different words that are read; the rest is left out. */
const MOST_WORDS = 40;
const LONGEST_WORD = 20;
/** Longer words are not drawn. */
const DRAWN = 12;

const text = (id: string, label: string) => ({ id, label, type: 'text' as const });
const COUNT_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'piece', type: 'piece' },
  text('probability', 'new probability'),
  text('expected', 'expected count'),
];
const COST_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'piece', type: 'piece' },
  text('cost', 'logarithm lower by'),
];
const SEED_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'count', label: 'count', type: 'number' },
  text('probability', 'probability'),
];

export const unigramTrain = defineProgram({
  id: 'unigram-train',
  title: 'Learn pieces by dropping them',
  session: false,
  params: {
    text: {
      type: 'text',
      label: 'Text to learn from',
      default: 'now here now there nowhere now where here there where',
      maxLength: 400,
      multiline: true,
    },
    size: { type: 'number', label: 'Pieces to keep', default: 10, min: 1, max: 60, step: 1 },
    rounds: {
      type: 'number',
      label: 'Recounts before each drop',
      help: 'Each shares the words out anew and counts again.',
      default: 1,
      min: 1,
      max: 8,
      step: 1,
    },
    share: {
      type: 'number',
      label: 'Dropped each time, in percent',
      help: 'Of the pieces that may go: those that are missed least.',
      default: 30,
      min: 1,
      max: 90,
      step: 1,
    },
    watch: { type: 'text', label: 'Word to watch', default: 'nowhere', maxLength: LONGEST_WORD },
  },
  async *run({ params, trace }) {
    const words = countEach(
      (params.text.match(/\S+/gu) ?? []).filter((word) => [...word].length <= LONGEST_WORD),
    ).slice(0, MOST_WORDS);
    const seeds = seedPieces(words, LONGEST, MOST_SEEDS);
    let probabilities: Probabilities = shares(seeds);
    trace.frame({
      op: 'seed',
      label: 'Begin with too many pieces',
      note: `${counted(words.length, 'different word')}. Every character, and every stretch that occurs twice: ${counted(seeds.size, 'piece')}.`,
      inputs: { text: trace.value(textValue(params.text)) },
      outputs: { seeds: trace.value(seedTable(seeds, probabilities)) },
      source: places.seedPieces,
    });
    yield;

    const dropped: string[] = [];
    for (let round = 1; droppable(probabilities) > 0 && probabilities.size > params.size; round++) {
      const parent = trace.frame({
        op: 'round',
        label: `Round ${round}`,
        note: `${counted(probabilities.size, 'piece')}, and ${many(params.size)} are wanted: recount, then drop what is missed least.`,
      });
      yield;
      for (let i = 0; i < params.rounds; i++) {
        probabilities = recount(trace, words, probabilities, params.watch, parent);
        yield;
      }
      const most = Math.min(probabilities.size - params.size, droppable(probabilities));
      const count = Math.min(most, Math.ceil((droppable(probabilities) * params.share) / 100));
      const gone = drop(trace, words, probabilities, count, parent);
      probabilities = shares(new Map([...probabilities].filter(([piece]) => !gone.includes(piece))));
      dropped.push(...gone);
      yield;
    }

    const last = recount(trace, words, probabilities, params.watch, undefined);
    yield;
    trace.frame({
      op: 'result',
      label: 'What is left',
      note: resultNote(last, params.size, dropped),
      outputs: { vocabulary: trace.value(probabilityTable(last)), words: trace.value(cuts(words, last)) },
    });
    yield;
  },
});

/** How many pieces may go. */
function droppable(probabilities: Probabilities): number {
  return [...probabilities.keys()].filter((piece) => !isCharacter(piece)).length;
}

/** One expectation and maximisation step, as a frame. @returns the new probabilities */
function recount(
  trace: Recorder,
  words: readonly CountedWord[],
  probabilities: Probabilities,
  watch: string,
  parent: FrameId | undefined,
): Map<string, number> {
  const counts = expectedCounts(words, probabilities);
  const after = shares(counts);
  const [before, now] = [probabilities, after].map((of) => logLikelihood(words, scored(of))) as [number, number];
  const drawn = watched(watch, probabilities);
  trace.frame({
    op: 'recount',
    parent,
    label: 'Share the words out, and count',
    note: `Each word counts for all its cuts, by how likely each is. The new probabilities make the whole text likelier, or as likely: its logarithm goes from ${decimal(before)} to ${decimal(now)}.`,
    formula: 'p(piece) = expected count / sum of all expected counts',
    outputs: {
      ...(drawn !== undefined && { lattice: trace.value(drawn) }),
      counts: trace.value(countTable(counts, after)),
    },
    source: places.expectedCounts,
  });
  return after;
}

/** Chooses the `count` pieces that are missed least, as a frame. */
function drop(
  trace: Recorder,
  words: readonly CountedWord[],
  probabilities: Probabilities,
  count: number,
  parent: FrameId,
): string[] {
  const costs = costsOfRemoval(words, probabilities);
  const gone = costs.slice(0, count);
  const rows = costs.map(({ piece, cost }): Cell[] => [piece, decimal(cost, 3)]);
  const first = gone[0]!;
  trace.frame({
    op: 'choose-drop',
    parent,
    label: `Drop ${counted(count, 'piece')}`,
    note: `${lossNote(first)}; ${dropNote(gone)}.`,
    inputs: { costs: trace.value(tableValue(COST_COLUMNS, rows)) },
    outputs: {
      chosen: trace.value(
        tableValue(
          COST_COLUMNS,
          rows.slice(0, count),
          gone.map((_, row) => ({ row, role: 'chosen' as const })),
        ),
      ),
    },
    source: places.costsOfRemoval,
  });
  return gone.map(({ piece }) => piece);
}

function lossNote({ piece, cost }: { readonly piece: string; readonly cost: number }): string {
  const without = `Without “${visible(piece)}” the text would be`;
  return cost < 0.0005
    ? `${without} as likely as it is`
    : `${without} less likely, its logarithm lower by ${decimal(cost, 3)}, and that’s the least of all`;
}

function dropNote(gone: readonly { readonly piece: string }[]): string {
  return gone.length === 1
    ? 'it goes'
    : `it goes, and with it the ${counted(gone.length - 1, 'next one', 'next ones')}`;
}

/** The lattice of the watched word, each edge with the share of the word that goes over it. */
function watched(word: string, probabilities: Probabilities): GraphValue | undefined {
  if (word.trim() === '' || [...word].length > DRAWN) {
    return undefined;
  }
  const pieces = scored(probabilities);
  const lattice = buildLattice(word, pieces);
  const uses = usesIn(word, pieces);
  const share = new Map(lattice.edges.map((edge, i) => [edge, uses[i]![1]]));
  const { path } = bestPath(lattice);
  return latticeValue(word, lattice, {
    scale: 'probability',
    path,
    unknownId: pieces.unknownId,
    noteOf: (edge) => `${decimal(100 * share.get(edge)!, 1)}%`,
  });
}

function seedTable(seeds: ReadonlyMap<string, number>, probabilities: Probabilities): TableValue {
  const rows = [...seeds].map(([piece, count]): Cell[] => [piece, count, shown(probabilities.get(piece)!)]);
  return tableValue(SEED_COLUMNS, rows);
}

function countTable(counts: ReadonlyMap<string, number>, after: Probabilities): TableValue {
  const order = [...counts].sort((a, b) => b[1] - a[1]);
  const rows = order.map(([piece, count]): Cell[] => [piece, shown(after.get(piece)!), decimal(count, 3)]);
  return tableValue(COUNT_COLUMNS, rows);
}

function probabilityTable(probabilities: Probabilities): TableValue {
  const order = [...probabilities].sort((a, b) => b[1] - a[1]);
  const rows = order.map(([piece, probability]): Cell[] => [piece, shown(probability)]);
  return tableValue(
    SEED_COLUMNS.filter(({ id }) => id !== 'count'),
    rows,
  );
}

function shown(probability: number): string {
  return scoreText(Math.log(probability), 'probability');
}

/** Each word as it is cut by now. */
function cuts(words: readonly CountedWord[], probabilities: Probabilities) {
  const pieces = scored(probabilities);
  return tokensValue(
    words.flatMap(({ word }, index) =>
      bestPath(buildLattice(word, pieces)).path.map(({ piece }) => ({ text: piece, word: index })),
    ),
  );
}

function resultNote(left: Probabilities, size: number, dropped: readonly string[]): string {
  const first = dropped[0];
  const gone =
    first === undefined
      ? 'Nothing was dropped.'
      : `${counted(dropped.length, 'piece')} dropped, “${visible(first)}” first${dropped.length === 1 ? '' : ` and “${visible(dropped.at(-1)!)}” last`}.`;
  const more = left.size > size ? ' Characters always stay, or a word could not be written.' : '';
  return `${counted(left.size, 'piece')} left. ${gone}${more}`;
}
