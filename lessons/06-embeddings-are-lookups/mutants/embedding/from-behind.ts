export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return ids.map((id) => {
    const row = table.at(id);
    if (row === undefined) {
      throw new Error(`The id ${id} is outside the table: its ids go from 0 to ${table.length - 1}.`);
    }
    return [...row]; // (C)
  });
}
