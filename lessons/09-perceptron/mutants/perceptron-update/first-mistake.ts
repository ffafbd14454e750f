import { answers } from 'mine/perceptron-step';

export function learnRound(
  weights: readonly number[],
  bias: number,
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  rate: number,
): { weights: number[]; bias: number } {
  for (const [r, inputs] of rows.entries()) {
    const error = targets[r]! - answers(weights, bias, [inputs])[0]!;
    if (error !== 0) {
      return { weights: weights.map((weight, i) => weight + rate * error * inputs[i]!), bias: bias + rate * error };
    }
  }
  return { weights: [...weights], bias };
}
