export function pool(states: readonly (readonly number[])[], mask: readonly number[]): number[] {
  const pooled = states[0].map(() => 0); // (C)
  states.forEach((state, t) => {
    if (mask[t] === 1) {
      state.forEach((value, c) => {
        pooled[c] += value;
      });
    }
  });
  const length = pooled.reduce((sum, value) => sum + value, 0);
  return length === 0 ? pooled : pooled.map((value) => value / length);
}
