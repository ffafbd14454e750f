// What it costs to find one row of a table: by the one-hot product, and by picking it.

export interface LookUpCost {
  /** Of the product: one for every weight in the table. */
  readonly multiplications: number;
  /** Of the product: one fewer than there are rows, for each number of the result. */
  readonly additions: number;
  /** Of picking: the numbers of one row. It multiplies and adds nothing. */
  readonly copied: number;
}

/** For one id and a table of `rows` rows with `columns` numbers each. */
export function lookUpCost(rows: number, columns: number): LookUpCost {
  return { multiplications: rows * columns, additions: (rows - 1) * columns, copied: columns };
}
