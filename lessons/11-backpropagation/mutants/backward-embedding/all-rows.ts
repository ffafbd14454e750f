export function embeddingBackward(
  dy: readonly (readonly number[])[],
  ids: readonly number[],
  rows: number,
  channels: number,
): number[][] {
  const table: number[][] = Array(rows).fill(Array(channels).fill(0));
  ids.forEach((id, t) => {
    for (let c = 0; c < channels; c++) {
      table[id]![c]! += dy[t]![c]!;
    }
  });
  return table;
}
