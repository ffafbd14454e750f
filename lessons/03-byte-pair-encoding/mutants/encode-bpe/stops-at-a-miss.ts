import { watch } from 'inside-llms';
import { type Merge, mergePair } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  let ids = [...new TextEncoder().encode(preToken)];
  for (const [rank, merge] of merges.entries()) {
    const merged = watch('ids', mergePair(ids, merge, 256 + rank));
    if (merged.length === ids.length) {
      break;
    }
    ids = merged;
  }
  return ids;
}
