import { answers } from 'mine/perceptron-step';

/**
 * One round of the perceptron rule. Each row is judged in turn, by the weights as they are by then, and a wrong answer
 * moves them: after a wrong no the inputs are added to the weights and 1 to the bias, after a wrong yes they are taken
 * off. A right answer changes nothing. Each change is `rate` times as large.
 *
 * This one has a fault: right answers change the weights too. Find the line, and repair it.
 *
 * Example: from the weights [0, 0] and the bias 0, the row [0, 2] with the target 1 is answered with 0. After it the
 * weights are [0, 2] and the bias is 1.
 *
 * @param weights D numbers
 * @param rows B rows of D inputs
 * @param targets B right answers, each 0 or 1
 * @returns the weights and the bias after the round; what was given stays as it was
 */
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
    const error = targets[r] === 1 ? 1 : -1;
    now = now.map((weight, i) => weight + rate * error * inputs[i]!);
    b += rate * error;
  }
  return { weights: now, bias: b };
}
