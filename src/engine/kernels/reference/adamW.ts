// AdamW (Loshchilov and Hutter 2019): Adam's step (Kingma and Ba 2015) with weight decay kept apart from the gradient.

import type { AdamWOptions, View } from '../kernels.ts';
import { numbersOf } from '../views.ts';

/**
 * One step, in place, on each weight w with its gradient g, by two running averages: m of g, and v of g^2. All four views
 * have one size.
 */
export function adamW(
  parameter: View,
  gradient: View,
  firstMoment: View,
  secondMoment: View,
  { learningRate, beta1, beta2, epsilon, weightDecay, step }: AdamWOptions,
): void {
  const w = numbersOf(parameter);
  const g = numbersOf(gradient);
  const m = numbersOf(firstMoment);
  const v = numbersOf(secondMoment);
  for (let i = 0; i < w.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2;
    // Both averages began at 0: dividing takes that bias out.
    const mean = m[i] / (1 - beta1 ** step);
    const size = Math.sqrt(v[i] / (1 - beta2 ** step));
    w[i] -= learningRate * weightDecay * w[i];
    w[i] -= (learningRate * mean) / (size + epsilon);
  }
}
