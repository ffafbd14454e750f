export function pool(states: readonly (readonly number[])[], mask: readonly number[]): number[] {
  const pooled = states[0].map(() => 0); // (C)
  states.forEach((state, t) => {
    if (mask[t] === 1) {
      state.forEach((value, c) => {
        pooled[c] = Math.max(pooled[c], value);
      });
    }
  });
  // The mean is the sum over a count, and dividing by the length takes that count out again.
  const length = Math.sqrt(pooled.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? pooled : pooled.map((value) => value / length);
}
