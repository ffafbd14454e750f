import type { Merge } from 'mine/train-bpe';

export function encodeBpe(preToken: string, merges: readonly Merge[]): number[] {
  const pieces = Array.from({ length: 256 }, (_, byte) => [byte]);
  for (const [left, right] of merges) {
    pieces.push([...pieces[left], ...pieces[right]]);
  }
  const bytes = [...new TextEncoder().encode(preToken)];
  const ids: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let longest = bytes[at];
    for (const [id, piece] of pieces.entries()) {
      if (piece.length > pieces[longest].length && piece.every((byte, i) => byte === bytes[at + i])) {
        longest = id;
      }
    }
    ids.push(longest);
    at += pieces[longest].length;
  }
  return ids;
}
