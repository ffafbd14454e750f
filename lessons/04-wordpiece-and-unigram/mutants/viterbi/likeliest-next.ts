export function bestCut(word: string, logProbabilities: ReadonlyMap<string, number>): string[] {
  const cut: string[] = [];
  for (let from = 0; from < word.length; ) {
    let best = word[from];
    for (let to = from + 1; to <= word.length; to++) {
      const piece = word.slice(from, to);
      if ((logProbabilities.get(piece) ?? -Infinity) > (logProbabilities.get(best) ?? -Infinity)) {
        best = piece;
      }
    }
    cut.push(best);
    from += best.length;
  }
  return cut;
}
