import type { Merge } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  const bytes = [...new TextEncoder().encode(preToken)];
  const ids: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const rank = merges.findIndex(([left, right]) => left === bytes[i] && right === bytes[i + 1]);
    if (rank === -1) {
      ids.push(bytes[i]);
    } else {
      ids.push(256 + rank);
      i++;
    }
  }
  return ids;
}
