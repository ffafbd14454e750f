// Rosenblatt's perceptron: a weighted sum, a threshold, and a rule that learns from mistakes (Rosenblatt 1958, "The
// perceptron: a probabilistic model for information storage and organization in the brain"). Plain numbers, two classes.
// Not handled: more than one unit, and points that no line can part, on which the rule never comes to rest.

export interface Perceptron {
  /** One for each input. */
  readonly weights: readonly number[];
  readonly bias: number;
}

/** Inputs, and the answer that is right for them: 1 for yes, 0 for no. */
export interface Example {
  readonly inputs: readonly number[];
  readonly target: 0 | 1;
}

/**
 * The weighted sum, bias included.
 *
 * Example: with the weights -1 and -1 and the bias 5, the inputs 3 and 1 score 1.
 */
export function weightedSum({ weights, bias }: Perceptron, inputs: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * inputs[i]!, bias);
}

/** 1 for a score above 0, else 0. */
export function decide(perceptron: Perceptron, inputs: readonly number[]): 0 | 1 {
  return weightedSum(perceptron, inputs) > 0 ? 1 : 0;
}

/**
 * One step of the rule. A right answer changes nothing. After a wrong "no" the inputs are added to the weights, and 1 to
 * the bias; after a wrong "yes" they are taken off. Each change is `rate` times that.
 */
export function learn(perceptron: Perceptron, { inputs, target }: Example, rate = 1): Perceptron {
  const error = target - decide(perceptron, inputs); // 1, 0 or -1
  return {
    weights: perceptron.weights.map((weight, i) => weight + rate * error * inputs[i]!),
    bias: perceptron.bias + rate * error,
  };
}

/** One round: every example once, in order. How many were answered wrongly when their turn came. */
export function round(perceptron: Perceptron, examples: readonly Example[], rate = 1) {
  let now = perceptron;
  let mistakes = 0;
  for (const example of examples) {
    mistakes += decide(now, example.inputs) === example.target ? 0 : 1;
    now = learn(now, example, rate);
  }
  return { perceptron: now, mistakes };
}
