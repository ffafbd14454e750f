import { type Merge, mergePair } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  const ids = [...new TextEncoder().encode(preToken)];
  for (const [rank, merge] of merges.entries()) {
    const merged = mergePair(ids, merge, 256 + rank);
    if (merged.length < ids.length) {
      return merged;
    }
  }
  return ids;
}
