export function wordPiece(word: string, pieces: readonly string[]): string[] {
  const known = new Set(pieces);
  const cut: string[] = [];
  for (let from = 0; from < word.length; ) {
    let to = word.length;
    const fits = () => [word.slice(from, to), `##${word.slice(from, to)}`].find((piece) => known.has(piece));
    while (to > from && fits() === undefined) {
      to--;
    }
    const piece = fits();
    if (to === from || piece === undefined) {
      return ['[UNK]'];
    }
    cut.push(piece);
    from = to;
  }
  return cut;
}
