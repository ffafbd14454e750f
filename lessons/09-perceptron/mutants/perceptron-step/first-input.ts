export function answers(weights: readonly number[], bias: number, rows: readonly (readonly number[])[]): number[] {
  return rows.map((inputs) => (weights[0]! * inputs[0]! + bias > 0 ? 1 : 0));
}
