export function pool(states: readonly (readonly number[])[], mask: readonly number[]): number[] {
  const pooled = states[0].map(() => 0); // (C)
  states.forEach((state, t) => {
    if (mask[t] === 1) {
      state.forEach((value, c) => {
        pooled[c] += value;
      });
    }
  });
  const tokens = mask.reduce((sum, each) => sum + each, 0);
  return pooled.map((value) => value / tokens);
}
