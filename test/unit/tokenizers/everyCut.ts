// All ways to cut a text, by trying each subset of its borders: nothing in common with a lattice.

export function everyCut(text: string): string[][] {
  const characters = [...text];
  if (characters.length === 0) {
    return [[]];
  }
  return Array.from({ length: 2 ** (characters.length - 1) }, (_, borders) => {
    const cut: string[] = [];
    let piece = '';
    characters.forEach((character, i) => {
      piece += character;
      if (i === characters.length - 1 || (borders >> i) % 2 === 1) {
        cut.push(piece);
        piece = '';
      }
    });
    return cut;
  });
}

/** The product of the pieces' probabilities; 0 where one is no piece. */
export function probabilityOf(cut: readonly string[], of: ReadonlyMap<string, number>): number {
  return cut.reduce((product, piece) => product * (of.get(piece) ?? 0), 1);
}
