import { watch } from 'inside-llms';

export function bestCut(word: string, logProbabilities: ReadonlyMap<string, number>): string[] {
  const best = [0]; // by border: the score of the best way to it
  const begins = [0]; // and where the last piece of that way begins
  for (let to = 1; to <= word.length; to++) {
    best[to] = Number.NEGATIVE_INFINITY;
    for (let from = 0; from < to; from++) {
      const score = best[from] + (logProbabilities.get(word.slice(from, to)) ?? Number.NEGATIVE_INFINITY);
      if (score > best[to]) {
        best[to] = score;
      }
    }
  }
  watch('best score to each border', best);
  const cut: string[] = [];
  for (let to = word.length; to > 0; to = begins[to]) {
    cut.unshift(word.slice(begins[to], to));
  }
  return cut;
}
