/** One row of numbers for each word. */
export type Table = readonly (readonly number[])[];

/**
 * One step of skip-gram with negative sampling. This version has two faults: trained with it, every word ends up beside
 * every other. Find them and repair them.
 *
 * The score of a word is the dot product of the centre's row in `centers` with that word's row in `contexts`. The sigmoid
 * of the score is the chance that the word is a true neighbour; its error is that chance minus the label, 1 for the
 * neighbour and 0 for a negative. Both rows then go a step against their slope, error times the other row. All errors and
 * slopes are taken from the tables as they were given; new tables are returned, and the given ones stay as they are.
 *
 * Example: with centers [[1], [0]] and contexts [[0], [0]], the centre 0, the neighbour 1, no negatives and a learning rate
 * of 1, the chance is 0.5 and the error -0.5. The centre's row stays [1], since the other row is 0. The neighbour's row of
 * `contexts` becomes [0.5].
 *
 * @param centers (V, C)
 * @param contexts (V, C)
 * @param negatives words drawn by chance, never the neighbour; one may come twice
 */
export function skipGramStep(
  centers: Table,
  contexts: Table,
  center: number,
  neighbour: number,
  negatives: readonly number[],
  learningRate: number,
): { centers: number[][]; contexts: number[][] } {
  const [newCenters, newContexts] = [centers.map((row) => [...row]), contexts.map((row) => [...row])];
  const vector = newCenters[center]!; // (C,)
  for (const word of [neighbour, ...negatives]) {
    const label = 1;
    const score = vector.reduce((sum, value, c) => sum + value * contexts[word]![c]!, 0);
    const error = 1 / (1 + Math.exp(-score)) - label;
    for (let c = 0; c < vector.length; c++) {
      newCenters[center]![c]! -= learningRate * error * contexts[word]![c]!;
      newContexts[word]![c]! -= learningRate * error * vector[c]!;
    }
  }
  return { centers: newCenters, contexts: newContexts };
}
