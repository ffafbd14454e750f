// Lesson 03's text, and byte pair encoding a second time: what the tests of its sections share.

import { decode, encode as encodeGpt2 } from 'gpt-tokenizer/encoding/r50k_base';
import { blockOf, readLesson } from './lessonProse.ts';

export const lesson = readLesson('03-byte-pair-encoding');
export const line = blockOf(lesson, 'tide').body.params.text;
/** Bytes, merges, the special one (Radford et al. 2019). */
export const GPT2_IDS = 256 + 50_000 + 1;

/** Ids of GPT-2. Typed text is ordinary text, whatever it looks like. */
export const gpt2 = (text: string) => encodeGpt2(text, { disallowedSpecial: new Set() });
export const pieces = (text: string) => gpt2(text).map((id) => decode([id]));
export const bytesOf = (text: string) => Buffer.byteLength(text);

/** Byte pair encoding written a second time, over strings and without any cleverness; ASCII only. */
export function plainBpe(
  words: readonly string[],
  choices: readonly string[] | number,
): { pair: string; saved: number }[] {
  let cut = words.map((word) => [...word]);
  const total = () => cut.reduce((sum, word) => sum + word.length, 0);
  const mergeAll = (pair: string) =>
    cut.map((word) => {
      const merged: string[] = [];
      for (let i = 0; i < word.length; i++) {
        merged.push(`${word[i]}+${word[i + 1]}` === pair ? word[i]! + word[++i]! : word[i]!);
      }
      return merged;
    });
  const steps: { pair: string; saved: number }[] = [];
  const count = typeof choices === 'number' ? choices : choices.length;
  for (let k = 0; k < count; k++) {
    const pairs = [...new Set(cut.flatMap((word) => word.slice(1).map((right, i) => `${word[i]}+${right}`)))];
    const saving = (pair: string) => total() - mergeAll(pair).reduce((sum, word) => sum + word.length, 0);
    // The first of the best: pairs are in the order in which they stand in the text.
    const best = pairs.reduce((a, b) => (saving(b) > saving(a) ? b : a));
    const pair = typeof choices === 'number' ? best : choices[k]!;
    const saved = saving(pair);
    if (saved < 2) {
      break;
    }
    cut = mergeAll(pair);
    steps.push({ pair, saved });
  }
  return steps;
}
