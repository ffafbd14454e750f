// The `merges` of a BPE model in a tokenizer.json: `"a b"` in old files, `["a", "b"]` in new ones. Checked one by one:
// both parts and what they make must be pieces, and nothing may make one of its own parts.

import { type JsonPart, shown } from './jsonPart.ts';
import { HIGHEST_ID, type Vocabulary } from './tokenizerVocabulary.ts';

type Merge = readonly [left: string, right: string];

/** @throws Fault `bad-input` naming the merge that is wrong. */
export function readMerges(part: JsonPart, vocabulary: Vocabulary, continuingPrefix: string): Merge[] {
  const merges = new Map<number, Merge>();
  part.list().forEach((entry, index) => {
    if (typeof entry === 'string' && entry.startsWith('#version')) {
      return; // old files took over the first line of merges.txt
    }
    const merge = readMerge(entry);
    if (merge === undefined) {
      const what = `is ${shown(entry)}, and must be a pair of pieces`;
      throw part.indexed(index).fault(what, 'Write it as "a b" or as ["a", "b"].');
    }
    check(merge, index, part, vocabulary, continuingPrefix);
    // A pair that comes twice has its last place, as in Hugging Face's library.
    const key = vocabulary.ids.get(merge[0])! * (HIGHEST_ID + 1) + vocabulary.ids.get(merge[1])!;
    merges.delete(key);
    merges.set(key, merge);
  });
  return [...merges.values()];
}

function readMerge(entry: unknown): Merge | undefined {
  const parts: unknown[] = typeof entry === 'string' ? entry.split(' ') : Array.isArray(entry) ? entry : [];
  const [left, right] = parts;
  return parts.length === 2 && typeof left === 'string' && typeof right === 'string' ? [left, right] : undefined;
}

function check(merge: Merge, index: number, part: JsonPart, { ids }: Vocabulary, continuingPrefix: string): void {
  const fault = (what: string, remedy: string) => part.indexed(index).fault(what, remedy);
  for (const piece of merge) {
    if (!ids.has(piece)) {
      throw fault(`names a piece ${shown(piece)} that is not in model.vocab`, 'Add it there, or take the merge out.');
    }
  }
  const [left, right] = merge;
  if (continuingPrefix !== '' && !right.startsWith(continuingPrefix)) {
    const what = `can never happen: ${shown(right)} does not begin with ${shown(continuingPrefix)}`;
    throw fault(what, 'Take it out, or mend model.continuing_subword_prefix.');
  }
  const made = left + right.slice(continuingPrefix.length);
  if (made === left || made === right) {
    throw fault(`makes ${shown(made)} of itself, over and over`, 'Take it out.');
  }
  if (!ids.has(made)) {
    throw fault(`makes a piece ${shown(made)} that is not in model.vocab`, 'Add it there, or take the merge out.');
  }
}

/** As JSON: as texts, which old readers know as well, unless a piece has a space in it. */
export function writeMerges(merges: readonly Merge[]): string {
  const hasSpaces = merges.some(([left, right]) => left.includes(' ') || right.includes(' '));
  return JSON.stringify(hasSpaces ? merges : merges.map(([left, right]) => `${left} ${right}`));
}
