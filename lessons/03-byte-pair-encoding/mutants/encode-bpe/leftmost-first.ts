import type { Merge } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  const ids = [...new TextEncoder().encode(preToken)];
  const rankAt = (i: number) => merges.findIndex(([left, right]) => left === ids[i] && right === ids[i + 1]);
  for (;;) {
    const at = ids.findIndex((_, i) => rankAt(i) !== -1);
    if (at === -1) {
      return ids;
    }
    ids.splice(at, 2, 256 + rankAt(at));
  }
}
