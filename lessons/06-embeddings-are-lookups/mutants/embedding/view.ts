export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return ids.map((id) => table[id] as number[]);
}
