import { watch } from 'inside-llms';
import { type Merge, mergePair } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  let ids = Array.from({ length: preToken.length }, (_, i) => preToken.charCodeAt(i));
  for (const [rank, merge] of merges.entries()) {
    ids = watch('ids', mergePair(ids, merge, 256 + rank));
  }
  return ids;
}
