import { watch } from 'inside-llms';

export type Merge = readonly [left: number, right: number];

export function mergePair(ids: readonly number[], [left, right]: Merge, id: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      merged.push(id);
      i++;
    } else {
      merged.push(ids[i]);
    }
  }
  return merged;
}

export function trainBpe(preTokens: readonly string[], most: number): Merge[] {
  let words = preTokens.map((preToken) => [...new TextEncoder().encode(preToken)]);
  const merges: Merge[] = [];
  while (merges.length < most) {
    const best = mostFrequent(words);
    if (best === undefined) {
      break;
    }
    const id = 256 + merges.length;
    merges.push(watch('pair', best));
    words = words.map((word) => mergePair(word, best, id));
  }
  return merges;
}

/** A map keeps its keys in the order in which they came, so the first of equals is the first in the text. */
function mostFrequent(words: readonly (readonly number[])[]): Merge | undefined {
  let best: Merge | undefined;
  let most = 1; // a pair must come twice
  for (const [pair, count] of countPairs(words)) {
    if (count > most) {
      const [left, right] = pair.split(' ').map(Number);
      best = [left, right];
      most = count;
    }
  }
  return best;
}

function countPairs(words: readonly (readonly number[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    const seen = new Set<string>();
    for (let i = 0; i + 1 < word.length; i++) {
      const pair = `${word[i]} ${word[i + 1]}`;
      if (!seen.has(pair)) {
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
      seen.add(pair);
      if (word[i] === word[i + 1] && word[i + 1] === word[i + 2]) {
        i++; // of three alike, the middle one is used up
      }
    }
  }
  return counts;
}
