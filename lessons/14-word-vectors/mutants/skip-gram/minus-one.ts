/** One row of numbers for each word. */
export type Table = readonly (readonly number[])[];

export function skipGramStep(
  centers: Table,
  contexts: Table,
  center: number,
  neighbour: number,
  negatives: readonly number[],
  learningRate: number,
): { centers: number[][]; contexts: number[][] } {
  const [newCenters, newContexts] = [centers.map((row) => [...row]), contexts.map((row) => [...row])];
  const vector = centers[center]!; // (C,)
  for (const word of [neighbour, ...negatives]) {
    const label = word === neighbour ? 1 : -1;
    const score = vector.reduce((sum, value, c) => sum + value * contexts[word]![c]!, 0);
    const error = 1 / (1 + Math.exp(-score)) - label;
    for (let c = 0; c < vector.length; c++) {
      newCenters[center]![c]! -= learningRate * error * contexts[word]![c]!;
      newContexts[word]![c]! -= learningRate * error * vector[c]!;
    }
  }
  return { centers: newCenters, contexts: newContexts };
}
