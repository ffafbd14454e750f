// The thread's side of `train-tokenizer`: reads one file after the other, counts its words, then learns from the counts.

import { writeTokenizerJson } from '../formats/tokenizerJson.ts';
import { decodeUtf8 } from '../services/utf8.ts';
import type { TokenizerDefinition } from '../tokenizers/definition.ts';
import { trainBpe } from '../tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../tokenizers/training/cuttings.ts';
import type { TrainingStep } from '../tokenizers/training/step.ts';
import { trainUnigram } from '../tokenizers/training/unigram.ts';
import { trainWordPiece } from '../tokenizers/training/wordPiece.ts';
import { WordCounter, type WordCounts } from '../tokenizers/training/words.ts';
import { readInput } from './streams.ts';
import type { Tasks } from './task.ts';

type Task = Tasks['trainTokenizer'];

/** Thrown where the run was told to stop, past everything that would go on. */
class Stopped extends Error {}

/** @throws Fault as the trainers, and for a file that can't be read or is no UTF-8, with the first byte at fault. */
export async function trainTokenizerInThread(
  input: Task['input'],
  onProgress: (step: TrainingStep) => void,
): Promise<Task['output']> {
  const flag = new Int32Array(input.stop);
  let last: TrainingStep | undefined;
  const toEnd = <T>(steps: Generator<TrainingStep, T, void>): T => {
    for (;;) {
      const { value, done } = steps.next();
      if (Atomics.load(flag, 0) !== 0) {
        throw new Stopped();
      }
      if (done) {
        return value as T;
      }
      last = value as TrainingStep;
      onProgress(last);
    }
  };
  try {
    const counter = new WordCounter(cuttingOf(input));
    for (const file of input.files) {
      // Nothing is read from standard input, which is what would be announced.
      toEnd(counter.add(decodeUtf8(await readInput(file, () => {}), file)));
    }
    const words = toEnd(counter.words());
    const definition = toEnd(trainerOf(input, words));
    const { tokens, early } = last ?? {};
    return {
      vocabulary: definition.model.pieces.length,
      bytes: words.textBytes,
      words: words.counts.length,
      // Of the others the encoder may cut otherwise than the training did.
      ...(input.kind === 'bpe' && tokens !== undefined && { tokens }),
      ...(early !== undefined && { early }),
      file: new TextEncoder().encode(writeTokenizerJson(definition)).buffer,
    };
  } catch (error) {
    if (error instanceof Stopped) {
      return { vocabulary: 0, bytes: 0, words: 0, file: undefined };
    }
    throw error;
  }
}

function cuttingOf({ kind, pattern }: Task['input']) {
  return kind === 'bpe' ? byteLevel(pattern) : kind === 'wordpiece' ? bertWords : metaspaceWords;
}

function trainerOf(input: Task['input'], words: WordCounts): Generator<TrainingStep, TokenizerDefinition, void> {
  const { kind, name, vocabularySize, minFrequency, specialTokens } = input;
  const options = {
    name,
    vocabularySize,
    ...(minFrequency !== undefined && { minFrequency }),
    ...(specialTokens !== undefined && { specialTokens }),
  };
  switch (kind) {
    case 'bpe':
      return trainBpe(words, options);
    case 'wordpiece':
      return trainWordPiece(words, options);
    case 'unigram':
      return trainUnigram(words, options);
  }
}
