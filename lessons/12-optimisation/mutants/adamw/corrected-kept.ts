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
  const correct = (averages: readonly number[], beta: number) => averages.map((value) => value / (1 - beta ** step));
  const slopes = correct(
    state.slopes.map((was, i) => beta1 * was + (1 - beta1) * gradient[i]!),
    beta1,
  );
  const squares = correct(
    state.squares.map((was, i) => beta2 * was + (1 - beta2) * gradient[i]! ** 2),
    beta2,
  );
  const weights = state.weights.map(
    (weight, i) => weight - rate * decay * weight - (rate * slopes[i]!) / (Math.sqrt(squares[i]!) + epsilon),
  );
  return { weights, slopes, squares, step };
}
