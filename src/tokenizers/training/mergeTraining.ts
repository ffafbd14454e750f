// Learns pieces by merging the most frequent pair again and again: what BPE and Hugging Face's WordPiece have in common.
// Which pair, among equally frequent ones, is as in Hugging Face's BpeTrainer: the one with the smaller left id, then
// with the smaller right one. (The tie rule of ../bpe.ts, which is there to be read, is another: first in the text.)

import { MergeQueue } from './mergeQueue.ts';
import { PairIndex, type SymbolWords } from './pairIndex.ts';
import { each, TRAINING_BUDGET_BYTES, type TrainingStep } from './step.ts';

export interface MergeTraining {
  /** The pieces to begin with, by id: special tokens and the alphabet. Those that are learned are added to it. */
  readonly pieces: string[];
  readonly words: SymbolWords;
  /** What a piece made of two is called. */
  readonly join: (left: string, right: string) => string;
  /** What a piece is called in a step, for people; as it is if absent. */
  readonly show?: (piece: string) => string;
  readonly vocabularySize: number;
  readonly minFrequency: number;
  readonly textBytes: number;
  readonly budgetBytes: number | undefined;
  /** What chooses among the pairs; the most frequent one if absent. */
  readonly choose?: (index: PairIndex) => Chooser;
}

/** Which pair is merged next. */
export interface Chooser {
  /** Takes in the pairs that are new in the index; breathes now and then. @throws Fault `too-large` */
  takeNew(): Generator<unknown, void, void>;
  /** Takes the best pair out; undefined when there is none. */
  pop(): number | undefined;
  /** Told that the pair was merged `times` times into `symbol`. */
  merged?(pair: number, symbol: number, times: number): void;
}

/** Pairs of ids, the first learned first. */
export type Merges = readonly (readonly [left: number, right: number])[];

/**
 * Adds to `pieces` until there are `vocabularySize`, or until no pair occurs `minFrequency` times. Its time is linear
 * in the corpus but for the queue; its memory is 24 bytes for each symbol of the different words and at most 80 for
 * each different pair that ever stood in them, of which a symbol brings three at the very most.
 *
 * @returns the merges
 * @throws Fault `too-large`
 */
export function* trainMerges(training: MergeTraining): Generator<TrainingStep, Merges, void> {
  const { pieces, words, vocabularySize, minFrequency, textBytes, budgetBytes = TRAINING_BUDGET_BYTES } = training;
  const index = new PairIndex(words, budgetBytes);
  const chooser: Chooser = training.choose?.(index) ?? new MergeQueue(index, budgetBytes);
  const first = pieces.length;
  const step = (newest?: string): TrainingStep => ({
    phase: 'merge',
    vocabulary: pieces.length,
    tokens: index.tokens,
    bytes: textBytes,
    ...(newest !== undefined && { newest }),
    done: pieces.length - first,
    total: vocabularySize - first,
  });
  yield* each(index.countAll(), step);
  yield* each(chooser.takeNew(), step);
  yield step();

  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const merges: [left: number, right: number][] = [];
  while (pieces.length < vocabularySize) {
    const best = chooser.pop();
    if (best === undefined || index.counts.data[best]! < minFrequency) {
      const often = minFrequency === 1 ? 'once' : `${minFrequency} times`;
      yield { ...step(), early: `No pair of pieces occurs ${often} any more.` };
      break;
    }
    const [left, right] = [index.pairs.lefts.data[best]!, index.pairs.rights.data[best]!];
    const piece = training.join(pieces[left]!, pieces[right]!);
    // A special token may be spelled like it. Two pairs never make the same piece: wherever its characters stand
    // unbroken they were merged in the same order.
    const known = ids.get(piece);
    const id = known ?? pieces.push(piece) - 1;
    ids.set(piece, id);
    merges.push([left, right]);
    const { tokens } = index;
    yield* each(index.merge(best, id), step);
    chooser.merged?.(best, id, tokens - index.tokens);
    yield* each(chooser.takeNew(), step);
    yield step(known === undefined ? (training.show?.(piece) ?? piece) : undefined);
  }
  return merges;
}
