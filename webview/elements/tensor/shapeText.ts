// A tensor's shape and a cell's place as people write and hear them. Pure.

/** The axes' names; where there is none, `row` and `column` for the last two, and `axis 0` and so on. */
export function axisNames(
  rank: number,
  axes: readonly string[] | undefined,
  words: { readonly row: string; readonly column: string; readonly axis: string },
): string[] {
  return Array.from({ length: rank }, (_, axis) => {
    const given = axes?.[axis];
    if (given !== undefined && given !== '') {
      return given;
    }
    return axis === rank - 1 ? words.column : axis === rank - 2 ? words.row : `${words.axis} ${axis}`;
  });
}

/** `(2, 3, 4)`, a vector `(3,)` and a scalar `()`, as NumPy writes them. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** An axis's name before a number: `row`, `T`, and `axis 0:`, because two numbers beside each other read as one. */
export function axisLabel(name: string): string {
  return /\d$/.test(name) ? `${name}:` : name;
}

/** Letters that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A label within a sentence that runs from left to right: isolated, so that it turns nothing but itself. */
export function isolated(label: string): string {
  return RIGHT_TO_LEFT.test(label) ? `\u2068${label}\u2069` : label;
}

/** `row 3, column 5`, each with its label where it has one. */
export function placeText(
  index: readonly number[],
  names: readonly string[],
  labels: Readonly<Record<number, readonly string[]>>,
): string {
  return index
    .map((at, axis) => {
      const label = labels[axis]?.[at];
      return `${axisLabel(names[axis] ?? '')} ${at}${label === undefined ? '' : ` “${isolated(label)}”`}`;
    })
    .join(', ');
}
