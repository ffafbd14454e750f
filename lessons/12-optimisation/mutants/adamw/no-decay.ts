export interface AdamState {
  readonly weights: readonly number[];
  readonly slopes: readonly number[];
  readonly squares: readonly number[];
  readonly step: number;
}

export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
}

export function adamwStep(state: AdamState, gradient: readonly number[], settings: AdamSettings): AdamState {
  const { rate, beta1, beta2, epsilon, decay } = settings;
  const step = state.step + 1;
  const slopes = state.slopes.map((was, i) => beta1 * was + (1 - beta1) * gradient[i]!);
  const squares = state.squares.map((was, i) => beta2 * was + (1 - beta2) * gradient[i]! ** 2);
  const weights = state.weights.map((weight, i) => {
    const mean = slopes[i]! / (1 - beta1 ** step);
    const size = Math.sqrt(squares[i]! / (1 - beta2 ** step));
    return weight - (rate * mean) / (size + epsilon);
  });
  return { weights, slopes, squares, step };
}
