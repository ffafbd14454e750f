export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  const copies = table.map((row) => [...row]);
  return ids.map((id) => {
    const row = copies[id];
    if (row === undefined) {
      throw new Error(`The id ${id} is outside the table: its ids go from 0 to ${table.length - 1}.`);
    }
    return row;
  });
}
