// AdamW (Loshchilov and Hutter 2019): Adam's step (Kingma and Ba 2015) with weight decay kept apart from the gradient.

import type { AdamWOptions, View } from '../kernels.ts';
import { numbersOf } from '../views.ts';

export function adamW(
  parameter: View,
  gradient: View,
  firstMoment: View,
  secondMoment: View,
  { learningRate, beta1, beta2, epsilon, weightDecay, step }: AdamWOptions,
): void {
  const weights = numbersOf(parameter);
  const slopes = numbersOf(gradient);
  const m = numbersOf(firstMoment);
  const v = numbersOf(secondMoment);
  for (let i = 0; i < weights.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * slopes[i];
    v[i] = beta2 * v[i] + (1 - beta2) * slopes[i] ** 2;
    // Both moments begin at 0: dividing takes that bias out.
    const mean = m[i] / (1 - beta1 ** step);
    const spread = Math.sqrt(v[i] / (1 - beta2 ** step));
    weights[i] -= learningRate * weightDecay * weights[i];
    weights[i] -= (learningRate * mean) / (spread + epsilon);
  }
}
