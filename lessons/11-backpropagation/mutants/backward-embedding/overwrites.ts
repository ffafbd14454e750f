export function embeddingBackward(
  dy: readonly (readonly number[])[],
  ids: readonly number[],
  rows: number,
  channels: number,
): number[][] {
  const table = Array.from({ length: rows }, () => Array.from({ length: channels }, () => 0)); // (V, C)
  ids.forEach((id, t) => {
    table[id] = [...dy[t]!];
  });
  return table;
}
