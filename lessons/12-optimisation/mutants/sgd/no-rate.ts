export interface SgdState {
  readonly weights: readonly number[];
  readonly speed: readonly number[];
}

export function sgdStep(state: SgdState, gradient: readonly number[], rate: number, momentum: number): SgdState {
  const speed = state.speed.map((was, i) => momentum * was + gradient[i]!);
  const weights = state.weights.map((weight, i) => weight - speed[i]!);
  return { weights, speed };
}
