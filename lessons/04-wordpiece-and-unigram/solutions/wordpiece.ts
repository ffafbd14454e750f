export function wordPiece(word: string, pieces: readonly string[]): string[] {
  const known = new Set(pieces);
  const cut: string[] = [];
  for (let from = 0; from < word.length; ) {
    let to = word.length;
    while (to > from && !known.has(pieceAt(word, from, to))) {
      to--;
    }
    if (to === from) {
      return ['[UNK]'];
    }
    cut.push(pieceAt(word, from, to));
    from = to;
  }
  return cut;
}

function pieceAt(word: string, from: number, to: number): string {
  return (from > 0 ? '##' : '') + word.slice(from, to);
}
