// Runs trainings to their ends, and the corpus that Hugging Face's trainers learned from (make.py beside it).

import { readFileSync } from 'node:fs';
import type { TrainingStep } from '../../../../src/tokenizers/training/step.ts';
import { type Cutting, WordCounter, type WordCounts } from '../../../../src/tokenizers/training/words.ts';

const folder = new URL('../../../fixtures/tokenizers/training/', import.meta.url);

export const corpus = readFileSync(new URL('corpus.txt', folder), 'utf8');

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

/** What `steps` return, and the steps. */
export function toEnd<T>(steps: Generator<TrainingStep, T, void>): { result: T; steps: TrainingStep[] } {
  const taken: TrainingStep[] = [];
  for (;;) {
    const { value, done } = steps.next();
    if (done) {
      return { result: value as T, steps: taken };
    }
    taken.push(value as TrainingStep);
  }
}

export function wordsOf(cutting: Cutting, ...texts: readonly string[]): WordCounts {
  const counter = new WordCounter(cutting);
  for (const text of texts) {
    toEnd(counter.add(text));
  }
  return toEnd(counter.words()).result;
}

/** The different words with how often each occurs. */
export function listed({ bytes, ends, counts }: WordCounts): Record<string, number> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Object.fromEntries(
    Array.from(counts, (count, i) => [decoder.decode(bytes.subarray(ends[i], ends[i + 1])), count]),
  );
}
