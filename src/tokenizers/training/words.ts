// Reads a corpus, text by text, and counts the words that merges and pieces can't reach across. All that a training
// needs of a corpus are its different words and how often each occurs.

import { textOf, utf8 } from '../bytes.ts';
import type { DecoderSpec, NormalizerSpec, PreTokenizerSpec } from '../definition.ts';
import type { Scanner } from '../scanners/scanning.ts';
import { checkBudget, TRAINING_BUDGET_BYTES, type TrainingStep } from './step.ts';
import { type CountedWords, WordTable } from './wordTable.ts';

/** How texts are cut into words, and how the tokenizer that is learned from them will do the same. */
export interface Cutting {
  readonly normalizers: readonly NormalizerSpec[];
  readonly preTokenizers: readonly PreTokenizerSpec[];
  readonly decoders: readonly DecoderSpec[];
  /** What the words consist of: a byte-level tokenizer's of bytes. */
  readonly symbols: 'bytes' | 'characters';
  /** Where the stretch that begins at `start` ends: a word, or what is made into words by `wordsOf`. */
  readonly scan: Scanner;
  /** The words of a stretch, where it is no word itself. They must not depend on what stands around it. */
  readonly wordsOf?: (stretch: string) => readonly string[];
}

export interface WordCounts extends CountedWords {
  readonly cutting: Cutting;
  /** UTF-8 bytes of the corpus as it was given. */
  readonly textBytes: number;
}

/** Stretches between two breaths, and stretches to be made into words. */
const BREATH = 16_384;
const SLOW_BREATH = 512;
/** UTF-16 units of a text that are made into bytes at once, where it can be cut there. */
const SLICE = 1 << 20;

/**
 * A corpus that is being read.
 *
 * Example: after `counter = new WordCounter(byteLevel('gpt2'))` and all steps of `counter.add(text)`, those of
 * `counter.words()` end with the different words of `text`.
 */
export class WordCounter {
  readonly cutting: Cutting;
  textBytes = 0;
  private readonly budgetBytes: number;
  private readonly table: WordTable;

  /** @param budgetBytes most memory that the words, or a text while it is read, may take */
  constructor(cutting: Cutting, budgetBytes: number = TRAINING_BUDGET_BYTES) {
    this.cutting = cutting;
    this.budgetBytes = budgetBytes;
    this.table = new WordTable(budgetBytes);
  }

  /** Counts `text`, which begins and ends like a file: no word goes on in the next one. @throws Fault `too-large` */
  *add(text: string): Generator<TrainingStep, void, void> {
    const { scan } = this.cutting;
    for (let from = 0; from < text.length; ) {
      const to = sliceEnd(text, from);
      checkBudget((to - from) * 3, this.budgetBytes, 'A text without spaces');
      const bytes = utf8(text.slice(from, to));
      let stretches = 0;
      for (let start = 0; start < bytes.length; ) {
        const end = scan(bytes, start, bytes.length);
        this.table.add(bytes, start, end);
        start = end;
        if (++stretches % BREATH === 0) {
          yield this.step(from + Math.floor((start / bytes.length) * (to - from)), text.length);
        }
      }
      this.textBytes += bytes.length;
      from = to;
      yield this.step(from, text.length);
    }
  }

  /** What was counted so far. More texts may be added afterwards. @throws Fault `too-large` */
  *words(): Generator<TrainingStep, WordCounts, void> {
    const { cutting, textBytes } = this;
    const stretches = this.table.words();
    const { wordsOf } = cutting;
    if (wordsOf === undefined) {
      return { ...stretches, cutting, textBytes };
    }
    const { bytes, ends, counts } = stretches;
    const words = new WordTable(this.budgetBytes);
    for (let i = 0; i < counts.length; i++) {
      for (const word of wordsOf(textOf(bytes.subarray(ends[i], ends[i + 1]))!)) {
        const spelled = utf8(word);
        words.add(spelled, 0, spelled.length, counts[i]!);
      }
      if (i % SLOW_BREATH === SLOW_BREATH - 1) {
        yield this.step(i, counts.length);
      }
    }
    return { ...words.words(), cutting, textBytes };
  }

  private step(done: number, total: number): TrainingStep {
    return { phase: 'count', vocabulary: 0, bytes: this.textBytes, done, total };
  }
}

/** The next place where `text` can be cut, after a slice: before a space between two small letters, where all cut. */
function sliceEnd(text: string, from: number): number {
  const cut = /[a-z] [a-z]/gu;
  cut.lastIndex = from + SLICE;
  return cut.test(text) ? cut.lastIndex - 2 : text.length;
}
