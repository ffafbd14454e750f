// WordPiece's training step by step: score the pairs by how much more they are together than chance would have them,
// join the best, again.

import type { Cell, Piece, TableValue, TokensValue, ValueId } from '../shared/trace.ts';
import {
  type CutWord,
  cutIntoCharacters,
  joinEverywhere,
  joined,
  type ScoredPair,
  scorePairs,
} from '../tokenizers/likelihoodPairs.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { counted, SHOWN_PIECES, SHOWN_ROWS, tableValue, textValue, times, tokensValue, visible } from './views.ts';

const SHOWN_PAIRS = 40;

const PAIR_COLUMNS: TableValue['columns'] = [
  { id: 'pair', label: 'pair', type: 'text' },
  { id: 'together', label: 'together', type: 'number' },
  { id: 'left', label: 'first', type: 'number' },
  { id: 'right', label: 'second', type: 'number' },
  { id: 'score', label: 'score', type: 'number' },
];
const TIMES_COLUMNS: TableValue['columns'] = [
  { id: 'word', label: 'word', type: 'piece' },
  { id: 'count', label: 'times', type: 'number' },
];
const VOCABULARY_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'piece', type: 'piece' },
  { id: 'madeFrom', label: 'made from', type: 'text' },
];

export const wordPieceTrain = defineProgram({
  id: 'wordpiece-train',
  title: 'Learn pieces by likelihood',
  session: false,
  params: {
    text: {
      type: 'text',
      label: 'Text to learn from',
      default: 'now here now there nowhere now where here there where',
      maxLength: 2000,
      multiline: true,
    },
    merges: { type: 'number', label: 'Most merges', default: 8, min: 0, max: 60, step: 1 },
    least: {
      type: 'number',
      label: 'A pair must occur',
      help: 'Pairs that occur less often are not joined, however high their score.',
      default: 2,
      min: 1,
      max: 20,
      step: 1,
    },
  },
  async *run({ params, trace }) {
    let words = cutIntoCharacters(params.text.match(/\S+/gu) ?? []);
    const alphabet = [...new Set(words.flatMap(({ pieces }) => pieces))];
    let before = trace.value(wordsValue(words));
    trace.frame({
      op: 'cut-characters',
      label: 'Cut every word into characters',
      note: `${counted(words.length, 'different word')}, made of ${counted(alphabet.length, 'character')}; those inside a word are written with ##.`,
      inputs: { text: trace.value(textValue(params.text)) },
      outputs: { words: before, 'how often': trace.value(timesTable(words)) },
      source: places.cutIntoCharacters,
    });
    yield;

    const learned: Cell[][] = [];
    while (learned.length < params.merges) {
      const pairs = scorePairs(words).filter(({ together }) => together >= params.least);
      const best = pairs[0];
      if (best === undefined) {
        break;
      }
      words = joinEverywhere(words, best.left, best.right);
      learned.unshift([joined(best.left, best.right), pairLabel(best)]);
      before = recordMerge(trace, learned, pairs, words, before);
      yield;
    }

    trace.frame({
      op: 'result',
      label: 'The vocabulary',
      note: resultNote(learned.length, params.merges, alphabet.length, params.least),
      outputs: { words: before, vocabulary: trace.value(vocabularyTable(learned, alphabet)) },
    });
    yield;
  },
});

/** One merge as a step with its parts. @returns the words after it */
function recordMerge(
  trace: Recorder,
  learned: readonly Cell[][],
  pairs: readonly ScoredPair[],
  words: readonly CutWord[],
  before: ValueId,
): ValueId {
  const best = pairs[0]!;
  const made = joined(best.left, best.right);
  const label = pairLabel(best);
  const parent = trace.frame({
    op: 'merge-step',
    // Not the pair's name: the learner may be about to bet on it.
    label: `Merge ${learned.length}`,
    note: 'Score all pairs, choose one, join it everywhere.',
    source: places.scorePairs,
  });
  const table = trace.value(tableValue(PAIR_COLUMNS, pairs.map(pairRow), [], SHOWN_PAIRS));
  trace.frame({
    op: 'count-pairs',
    parent,
    label: 'Score every pair',
    note: `${counted(pairs.length, 'pair')}. A high score says: these two are together more often than their own counts would make them.`,
    formula: 'score(a, b) = count(ab) / (count(a) × count(b))',
    inputs: { words: before },
    outputs: { pairs: table },
    source: places.scorePairs,
  });
  trace.frame({
    op: 'choose-pair',
    parent,
    label: 'Choose the highest score',
    note: `${label}: ${best.together} / (${best.leftCount} × ${best.rightCount}) = ${scoreOf(best)}.`,
    inputs: { pairs: table },
    outputs: { chosen: trace.value(tableValue(PAIR_COLUMNS, [pairRow(best)], [{ row: 0, role: 'chosen' }])) },
    source: places.scorePairs,
  });
  const after = trace.value(wordsValue(words, made));
  trace.frame({
    op: 'merge',
    parent,
    label: `Join ${label}`,
    note: `“${visible(made)}” takes their place wherever they stand side by side: ${times(best.together)}.`,
    inputs: { before },
    outputs: { after },
    source: places.joinEverywhere,
  });
  return after;
}

function pairLabel({ left, right }: ScoredPair): string {
  return `${visible(left)} + ${visible(right)}`;
}

function scoreOf({ score }: ScoredPair): number {
  return Number(score.toPrecision(3));
}

function pairRow(pair: ScoredPair): Cell[] {
  return [pairLabel(pair), pair.together, pair.leftCount, pair.rightCount, scoreOf(pair)];
}

/** How often each word stands in the text: all counts of pairs come from it. */
function timesTable(words: readonly CutWord[]): TableValue {
  const rows = words.map(({ pieces, count }): Cell[] => [pieces.reduce(joined), count]);
  return tableValue(TIMES_COLUMNS, rows, [], SHOWN_ROWS);
}

/** The words as they are cut, each once; pieces that are `newest` stand out. */
function wordsValue(words: readonly CutWord[], newest?: string): TokensValue {
  const pieces = words
    .slice(0, SHOWN_PIECES)
    .flatMap(({ pieces: cut }, word) =>
      cut.map((text): Piece => ({ text, word, ...(text === newest && { role: 'new' as const }) })),
    );
  const total = words.reduce((sum, { pieces: cut }) => sum + cut.length, 0);
  return tokensValue(pieces, total);
}

function vocabularyTable(learned: readonly Cell[][], alphabet: readonly string[]): TableValue {
  return tableValue(VOCABULARY_COLUMNS, [...learned, ...alphabet.map((piece): Cell[] => [piece, null])]);
}

function resultNote(done: number, wanted: number, alphabet: number, least: number): string {
  const short = done < wanted ? ` It stops early: no pair${least > 1 ? ` occurs ${times(least)}` : ' is left'}.` : '';
  return `${counted(done, 'merge')} on top of ${counted(alphabet, 'character')}.${short}`;
}
