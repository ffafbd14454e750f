export function wordPiece(word: string, pieces: readonly string[]): string[] {
  const known = new Set(pieces);
  const best: (string[] | undefined)[] = [[]];
  for (let to = 1; to <= word.length; to++) {
    for (let from = 0; from < to; from++) {
      const before = best[from];
      const piece = (from > 0 ? '##' : '') + word.slice(from, to);
      if (before !== undefined && known.has(piece) && before.length + 1 < (best[to]?.length ?? Infinity)) {
        best[to] = [...before, piece];
      }
    }
  }
  return best[word.length] ?? ['[UNK]'];
}
