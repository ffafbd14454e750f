// An open-book exam in small, shared by the programs on retrieval-augmented generation: a file cut into passages, the
// passages nearest to a question, and a reader that can only point. It picks the sentence nearest to the question and
// writes no word of its own, so whatever is wrong in its answer was wrong in what it was handed.

import type { Embedder } from '../retrieval/embedder.ts';
import { type Ranked, rank } from '../retrieval/vectors/neighbours.ts';

/** UTF-16 offsets into a text, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * A border each `size` words, wherever that falls in a sentence.
 *
 * @param shift words before the first border, from 0; with 0 or `size` the first passage is whole
 * @param overlap words that a passage repeats from before its first border
 */
export function cutByWords(text: string, size: number, shift: number, overlap: number): Stretch[] {
  const words = Array.from(text.matchAll(/\S+/g), ({ index, 0: word }) => ({ start: index, end: index + word.length }));
  const stretches: Stretch[] = [];
  for (let border = shift % size; border < words.length + size; border += size) {
    const first = words[Math.max(0, border - size - overlap)];
    const last = words[Math.min(border, words.length) - 1];
    if (first !== undefined && last !== undefined && (stretches.at(-1)?.end ?? 0) < last.end) {
      stretches.push({ start: first.start, end: last.end });
    }
  }
  return stretches;
}

/** A passage a paragraph. */
export function cutByParagraphs(text: string): Stretch[] {
  return Array.from(text.matchAll(/\S(?:.*\S)?/g), ({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}

/** The sentences of a stretch; at its ends they may be parts of sentences. */
export function sentencesIn(text: string, { start, end }: Stretch): Stretch[] {
  const found = text.slice(start, end).matchAll(/\S[^.?!\n]*(?:[.?!]+(?=\s|$)|$|(?=\n))/gm);
  return Array.from(found, ({ index, 0: sentence }) => ({
    start: start + index,
    end: start + index + sentence.trimEnd().length,
  }));
}

/** The whole sentence of the file that a stretch belongs to. */
export function wholeSentence(text: string, { start, end }: Stretch): Stretch {
  const all = sentencesIn(text, { start: 0, end: text.length });
  return all.find((sentence) => sentence.start <= start && end <= sentence.end) ?? { start, end };
}

/** From 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export const textOf = (text: string, { start, end }: Stretch) => text.slice(start, end);

/** Texts by their cosine with the question, best first. */
export async function nearestTo(embedder: Embedder, question: string, texts: readonly string[]): Promise<Ranked[]> {
  const [asked, ...vectors] = await vectorsOf(embedder, [question, ...texts]);
  return rank(vectors, asked!, texts.length);
}

const MOST_KEPT = 500;
const kept = new WeakMap<Embedder, Map<string, Float32Array>>();

/** A vector (C,) for each text. Those made last are kept: dragging a slider asks for the same ones again and again. */
export async function vectorsOf(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  const known = kept.get(embedder) ?? new Map<string, Float32Array>();
  kept.set(embedder, known);
  const missing = [...new Set(texts.filter((text) => !known.has(text)))];
  const made = missing.length === 0 ? [] : await embedder.embed(missing);
  const all = new Map([...known, ...missing.map((text, i) => [text, made[i]!] as const)]);
  missing.forEach((text) => void known.set(text, all.get(text)!));
  for (const text of known.keys()) {
    if (known.size <= MOST_KEPT) {
      break;
    }
    known.delete(text);
  }
  return texts.map((text) => all.get(text)!);
}
