// Logistic regression (Cox 1958) by gradient descent over all examples: a weight for each feature and a bias, learned
// together. Features are given sparsely, by name; two classes.

/** What an example has of each feature; what isn't named is 0. */
export type Features = ReadonlyMap<string, number>;

export interface Example {
  readonly features: Features;
  /** 1 for spam, 0 for wanted. */
  readonly label: 0 | 1;
}

export interface LogisticRegression {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

export interface LogisticOptions {
  readonly steps: number;
  readonly learningRate: number;
  /** Pulls each weight, not the bias, toward 0: lambda of lambda / 2 * |w|^2. */
  readonly decay: number;
}

export const LOGISTIC: LogisticOptions = { steps: 300, learningRate: 1, decay: 0.001 };

/** From any number to one between 0 and 1. */
export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The bias, and the weight of each feature as much of it as there is. Features without a weight add nothing. */
export function logisticScore({ bias, weights }: LogisticRegression, features: Features): number {
  let score = bias;
  for (const [name, value] of features) {
    score += (weights.get(name) ?? 0) * value;
  }
  return score;
}

/** Starts with all weights at 0 and goes downhill on the mean cross entropy. */
export function trainLogisticRegression(
  examples: readonly Example[],
  { steps, learningRate, decay }: LogisticOptions = LOGISTIC,
): LogisticRegression {
  const weights = new Map<string, number>();
  let bias = 0;
  for (let step = 0; step < steps; step++) {
    const slopes = new Map<string, number>();
    let biasSlope = 0;
    for (const { features, label } of examples) {
      const error = sigmoid(logisticScore({ bias, weights }, features)) - label;
      biasSlope += error;
      for (const [name, value] of features) {
        slopes.set(name, (slopes.get(name) ?? 0) + error * value);
      }
    }
    bias -= (learningRate * biasSlope) / examples.length;
    for (const [name, slope] of slopes) {
      const weight = weights.get(name) ?? 0;
      weights.set(name, weight - learningRate * (slope / examples.length + decay * weight));
    }
  }
  return { bias, weights };
}
