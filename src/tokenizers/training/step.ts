// What every way to train a vocabulary takes, and what it tells while it works.

import { Fault } from '../../shared/errors.ts';
import type { Cutting, WordCounts } from './words.ts';

/** `count` reads the words, `merge` learns pairs; Unigram finds candidates (`seed`), weighs them (`em`), drops some (`prune`). */
export type TrainingPhase = 'count' | 'merge' | 'seed' | 'em' | 'prune';

/** Where a training stands. There are many, milliseconds apart: whoever asks for no more has stopped it. */
export interface TrainingStep {
  readonly phase: TrainingPhase;
  /** Entries that the vocabulary has now, special tokens included. */
  readonly vocabulary: number;
  /**
   * Tokens that the corpus is cut into as the training has it at this point; absent where that isn't known. Of merges
   * that is exact, after every one of them. WordPiece encodes by the longest match and not by merges, so that its
   * encoder may count a little differently.
   */
  readonly tokens?: number;
  /** UTF-8 bytes of the corpus as it was given. */
  readonly bytes: number;
  /** The piece that came in with this step. */
  readonly newest?: string;
  /** How much of the phase is done, in whatever it consists of. */
  readonly done: number;
  readonly total: number;
  /** In the last step: why the vocabulary stays smaller than it was asked to be, as a sentence. */
  readonly early?: string;
}

export interface TrainingOptions {
  /** What the tokenizer will be called. */
  readonly name: string;
  /** Entries wanted, special tokens included. */
  readonly vocabularySize: number;
  /** How often a pair must occur to become a piece; 2 if absent. Unigram has no such bound. */
  readonly minFrequency?: number;
  /** The first entries, in this order. */
  readonly specialTokens?: readonly string[];
  /** Most memory that the training may take, in bytes: checked before it is taken. */
  readonly budgetBytes?: number;
}

/** Most memory that a training may take if nothing else is said: a thread that runs out takes its process along. */
export const TRAINING_BUDGET_BYTES = 1024 * 1024 * 1024;

/** @throws Fault `bad-params` when the sizes are no whole numbers, or a special token is empty or there twice. */
export function checkOptions({ vocabularySize, minFrequency = 2, specialTokens = [] }: TrainingOptions): void {
  for (const [name, value] of Object.entries({ vocabularySize, minFrequency })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new Fault('bad-params', `${name} must be a whole number from 1, and is ${value}.`, { where: name });
    }
  }
  for (const [i, token] of specialTokens.entries()) {
    if (token === '' || specialTokens.indexOf(token) !== i) {
      const what = token === '' ? 'A special token is empty' : `The special token "${token}" is there twice`;
      throw new Fault('bad-params', `${what}.`, { where: 'specialTokens' });
    }
  }
}

/** @throws Fault `too-large` naming what takes the memory. */
export function checkBudget(bytes: number, budgetBytes: number, what: string): void {
  if (bytes > budgetBytes) {
    const [wanted, most] = [bytes, budgetBytes].map((size) => `${Math.ceil(size / 1024 / 1024)} MB`);
    throw new Fault('too-large', `${what} would take ${wanted} of memory; at most ${most} are taken.`, {
      where: what,
      remedy: 'Train on less text.',
    });
  }
}

/** @throws Fault `bad-params` when the words are cut into other symbols, `bad-input` when there is none. */
export function checkCorpus(words: WordCounts, symbols: Cutting['symbols']): void {
  if (words.cutting.symbols !== symbols) {
    throw new Fault('bad-params', `The words are cut into ${words.cutting.symbols}, and must be into ${symbols}.`, {
      where: 'cutting',
    });
  }
  if (words.counts.length === 0) {
    throw new Fault('bad-input', 'There is no word in the corpus: nothing can be learned.', {
      where: 'corpus',
      remedy: 'Train on a text that is not empty.',
    });
  }
}

/** @throws Fault `bad-params` when what a vocabulary can't do without doesn't fit into it. */
export function checkRoom(vocabularySize: number, least: number): void {
  if (vocabularySize < least) {
    const what = `A vocabulary of ${vocabularySize} is too small: its special tokens and the alphabet of this corpus`;
    throw new Fault('bad-params', `${what} are ${least}.`, {
      where: 'vocabularySize',
      remedy: `Ask for more than ${least}.`,
    });
  }
}

/** A step for each breath that a piece of work takes. */
export function* each<T>(
  work: Generator<unknown, T, void>,
  step: () => TrainingStep,
): Generator<TrainingStep, T, void> {
  for (;;) {
    const { value, done } = work.next();
    if (done) {
      return value as T;
    }
    yield step();
  }
}
