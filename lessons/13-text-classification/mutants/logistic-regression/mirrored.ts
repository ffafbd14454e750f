/** A weight for each feature, and the bias. */
export interface Model {
  readonly weights: readonly number[];
  readonly bias: number;
}

export function logisticStep(
  { weights, bias }: Model,
  features: readonly (readonly number[])[],
  labels: readonly number[],
  learningRate: number,
): Model {
  const errors = features.map((row, i) => {
    const score = row.reduce((sum, value, j) => sum + value * weights[j]!, bias);
    return 1 / (1 + Math.exp(score)) - labels[i]!;
  }); // (N,)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    weights: weights.map(
      (weight, j) => weight - learningRate * mean(errors.map((error, i) => error * features[i]![j]!)),
    ),
    bias: bias - learningRate * mean(errors),
  };
}
