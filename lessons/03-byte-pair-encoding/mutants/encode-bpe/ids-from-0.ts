import { watch } from 'inside-llms';
import { type Merge, mergePair } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  let ids = [...new TextEncoder().encode(preToken)];
  for (const [rank, merge] of merges.entries()) {
    ids = watch('ids', mergePair(ids, merge, rank));
  }
  return ids;
}
