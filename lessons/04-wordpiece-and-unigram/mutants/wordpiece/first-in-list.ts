export function wordPiece(word: string, pieces: readonly string[]): string[] {
  const cut: string[] = [];
  for (let from = 0; from < word.length; ) {
    const letters = (piece: string) => (from > 0 ? piece.slice(2) : piece);
    const fits = (piece: string) => piece.startsWith('##') === from > 0 && word.startsWith(letters(piece), from);
    const found = pieces.find(fits);
    if (found === undefined) {
      return ['[UNK]'];
    }
    cut.push(found);
    from += letters(found).length;
  }
  return cut;
}
