export interface SgdState {
  readonly weights: readonly number[];
  readonly speed: readonly number[];
}

export function sgdStep(state: SgdState, gradient: readonly number[], rate: number, momentum: number): SgdState {
  const weights = state.weights.map((weight, i) => weight - rate * gradient[i]!);
  return { weights, speed: state.speed };
}
