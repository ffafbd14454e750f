export function bestCut(word: string, logProbabilities: ReadonlyMap<string, number>): string[] {
  const cut: string[] = [];
  for (let from = 0; from < word.length; ) {
    let to = word.length;
    while (to > from + 1 && !logProbabilities.has(word.slice(from, to))) {
      to--;
    }
    cut.push(word.slice(from, to));
    from = to;
  }
  return cut;
}
