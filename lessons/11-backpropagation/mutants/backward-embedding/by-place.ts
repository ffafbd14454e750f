export function embeddingBackward(
  dy: readonly (readonly number[])[],
  ids: readonly number[],
  rows: number,
  channels: number,
): number[][] {
  const table = Array.from({ length: rows }, () => Array.from({ length: channels }, () => 0)); // (V, C)
  ids.forEach((_, t) => {
    for (let c = 0; c < channels; c++) {
      table[t]![c]! += dy[t]![c]!;
    }
  });
  return table;
}
