import { answers } from 'mine/perceptron-step';

export function learnRound(
  weights: readonly number[],
  bias: number,
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  rate: number,
): { weights: number[]; bias: number } {
  let now = [...weights];
  let b = bias;
  for (const [r, inputs] of rows.entries()) {
    const [answer] = answers(now, b, [inputs]);
    const error = answer === targets[r] ? 0 : 1;
    now = now.map((weight, i) => weight + rate * error * inputs[i]!);
    b += rate * error;
  }
  return { weights: now, bias: b };
}
