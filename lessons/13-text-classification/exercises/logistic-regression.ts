import { todo } from 'inside-llms';

/** A weight for each feature, and the bias. */
export interface Model {
  readonly weights: readonly number[];
  readonly bias: number;
}

/**
 * One step of gradient descent on the mean cross entropy of logistic regression.
 *
 * A row's score is the bias plus each feature times its weight. The sigmoid of the score, 1 / (1 + exp(-score)), is the
 * chance of spam; its error is that chance minus the label. A weight's slope is the mean over all rows of the error times
 * the row's feature; the bias's slope is the mean error. Each of them goes a step against its slope.
 *
 * Example: from the weight [0] and the bias 0, with the rows [[2], [1]], the labels [1, 0] and a learning rate of 1, both
 * chances are 0.5 and the errors are -0.5 and 0.5. The slopes are (-0.5 * 2 + 0.5 * 1) / 2 = -0.25 and 0. The result is
 * { weights: [0.25], bias: 0 }.
 *
 * @param features N rows of C numbers
 * @param labels N numbers: 1 for spam, 0 for wanted
 * @returns a new model: C weights and a bias
 */
export function logisticStep(
  { weights, bias }: Model,
  features: readonly (readonly number[])[],
  labels: readonly number[],
  learningRate: number,
): Model {
  return todo('Work out one error for each row first; then each weight needs the mean of error times feature.');
}
