export function embeddingBackward(
  dy: readonly (readonly number[])[],
  ids: readonly number[],
  rows: number,
  channels: number,
): number[][] {
  const table = Array.from({ length: rows }, () => Array.from({ length: channels }, () => 0)); // (V, C)
  new Set(ids).forEach((id) => {
    for (let c = 0; c < channels; c++) {
      table[id]![c]! += dy[ids.indexOf(id)]![c]!;
    }
  });
  return table;
}
