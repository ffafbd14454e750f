export function wordPiece(word: string, pieces: readonly string[]): string[] {
  const known = new Set(pieces);
  const cutFrom = (from: number): string[] | undefined => {
    if (from === word.length) {
      return [];
    }
    for (let to = word.length; to > from; to--) {
      const piece = (from > 0 ? '##' : '') + word.slice(from, to);
      const rest = known.has(piece) ? cutFrom(to) : undefined;
      if (rest !== undefined) {
        return [piece, ...rest];
      }
    }
    return undefined;
  };
  return cutFrom(0) ?? ['[UNK]'];
}
