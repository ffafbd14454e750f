export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return ids.map((id) => {
    const row = table[Math.min(Math.max(id, 0), table.length - 1)];
    return [...row]; // (C)
  });
}
