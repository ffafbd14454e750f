// Numbers in sentences.

/** At most `digits` decimals, with a true minus sign, and never "-0": `decimal(-0.456)` is "−0.46". */
export function decimal(value: number, digits = 2): string {
  const rounded = Number(Math.abs(value).toFixed(digits));
  return value < 0 && rounded !== 0 ? `−${rounded}` : String(rounded);
}

/** `(0.5, −1, 2)`. */
export function decimals(values: ArrayLike<number>, digits = 2): string {
  return `(${Array.from(values, (value) => decimal(value, digits)).join(', ')})`;
}
