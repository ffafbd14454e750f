export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return [...new Set(ids)].map((id) => {
    const row = table[id];
    if (row === undefined) {
      throw new Error(`The id ${id} is outside the table: its ids go from 0 to ${table.length - 1}.`);
    }
    return [...row]; // (C)
  });
}
