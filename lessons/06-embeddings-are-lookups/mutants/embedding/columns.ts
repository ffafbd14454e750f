export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return ids.map((id) => {
    const row = table.map((numbers) => numbers[id]);
    if (id < 0 || id >= table.length) {
      throw new Error(`The id ${id} is outside the table: its ids go from 0 to ${table.length - 1}.`);
    }
    return [...row]; // (C)
  });
}
