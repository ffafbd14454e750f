// What is drawn and listed of the drinks on their map: dots, axes, the true distances beside those on the map, and the
// drinks to bet on. Rows are lists of numbers; how they came about is not known here.

import type { MapLine, PointsValue, TableValue } from '../shared/trace.ts';
import { DRINKS, INGREDIENTS } from './cafeMenu.ts';
import { decimal } from './decimal.ts';
import { tableValue } from './views.ts';

/** From this weight on an ingredient is named as what a direction is about. */
const HEAVY = 0.5;
/** How many drinks there are to bet on. */
const GUESSES = 4;
/** Closer than this, dots are one. */
const SAME_PLACE = 1e-4;
const CHECK: TableValue['columns'] = [
  { id: 'drink', label: 'drink', type: 'text' },
  { id: 'true', label: 'in all six', type: 'number' },
  { id: 'map', label: 'on the map', type: 'number' },
];

/** To so many decimals. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** How far row a is from row b, over all their numbers. */
export function distance(rows: readonly (readonly number[])[], a: number, b: number): number {
  return Math.hypot(...rows[a]!.map((value, axis) => value - rows[b]![axis]!));
}

/** The row nearest to another one; of equals the first. */
export function closest(rows: readonly (readonly number[])[], to: number): { id: number; distance: number } {
  return rows
    .map((_, id) => ({ id, distance: rounded(distance(rows, to, id), 5) }))
    .filter(({ id }) => id !== to)
    .reduce((best, candidate) => (candidate.distance < best.distance ? candidate : best));
}

/** Whether the drink that seems nearest is: `near` truly is, and `truth` is how far off the other one truly is. */
export function checkSentence(
  drink: string,
  near: { readonly id: number; readonly distance: number },
  seems: { readonly id: number; readonly distance: number },
  truth: number,
): string {
  return truth < near.distance + 1e-4
    ? `Nearest to ${drink} is ${DRINKS[near.id]}, on the map and in all six dimensions.`
    : `On the map ${DRINKS[seems.id]} is nearest to ${drink}, ${decimal(seems.distance)} away. In all six dimensions it’s ${decimal(truth)} away, and ${DRINKS[near.id]} is nearer: ${decimal(near.distance)}.`;
}

/** The ingredients that a direction weighs most, with their weights: "milk (0.76), tea (−0.63)". */
export function weights(direction: readonly number[]): string {
  return heavy(direction)
    .map(({ ingredient, weight }) => `${ingredient} (${decimal(weight)})`)
    .join(', ');
}

function heavy(direction: readonly number[]): { readonly ingredient: string; readonly weight: number }[] {
  return direction
    .map((weight, i) => ({ ingredient: INGREDIENTS[i]!, weight }))
    .filter(({ weight }) => Math.abs(weight) >= HEAVY)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** What lies where along an axis of the map: "first direction: + milk, − tea". */
function axisName(name: string, direction: readonly number[]): string {
  return `${name}: ${heavy(direction)
    .map(({ ingredient, weight }) => `${weight < 0 ? '−' : '+'} ${ingredient}`)
    .join(', ')}`;
}

/** Drinks at the same place share a dot and its label. */
export function mapOf(
  rows: readonly (readonly number[])[],
  directions: readonly (readonly number[])[],
  lines: readonly MapLine[],
  from: number,
): PointsValue {
  const dots: { x: number; y: number; ids: number[] }[] = [];
  rows.forEach(([x = 0, y = 0], id) => {
    const dot = dots.find((other) => Math.hypot(other.x - x, other.y - y) < SAME_PLACE);
    if (dot === undefined) {
      dots.push({ x, y, ids: [id] });
    } else {
      dot.ids.push(id);
    }
  });
  return {
    kind: 'points',
    look: 'dots',
    points: dots.map(({ x, y, ids }) => ({
      x,
      y,
      label: ids.map((id) => DRINKS[id]!).join(', '),
      ...(ids.includes(from) && { role: 'chosen' as const }),
    })),
    lines,
    xLabel: axisName('first direction', directions[0]!),
    yLabel: axisName('second direction', directions[1]!),
  };
}

/** Drinks to bet on: the ones that the map puts near, and the one that truly is, which is marked. */
export function guessesOf(
  inSpace: readonly (readonly number[])[],
  onMap: readonly (readonly number[])[],
  from: number,
  near: { readonly id: number; readonly distance: number },
): TableValue {
  const asNear = (id: number) => distance(inSpace, from, id) < near.distance + 1e-4;
  const others = DRINKS.map((_, id) => id)
    .filter((id) => id !== from && !asNear(id))
    .sort((a, b) => distance(onMap, from, a) - distance(onMap, from, b))
    .slice(0, GUESSES - 1);
  return tableValue(
    [{ id: 'drink', label: 'drink', type: 'text' }],
    [near.id, ...others].map((id) => [DRINKS[id]!]),
    [{ row: 0, role: 'chosen' }],
  );
}

/** From a drink to its nearest, and to the one that seems so. */
export function linesOf(rows: readonly (readonly number[])[], from: number, near: number, seems: number): MapLine[] {
  const place = (id: number) => [rows[id]![0]!, rows[id]![1]!] as const;
  return [
    { from: place(from), to: place(near), label: 'nearest', role: 'match' },
    ...(seems === near ? [] : [{ from: place(from), to: place(seems), label: 'seems nearest', role: 'warn' } as const]),
  ];
}

export function distancesOf(
  inSpace: readonly (readonly number[])[],
  onMap: readonly (readonly number[])[],
  from: number,
  near: number,
  seems: number,
): TableValue {
  const order = DRINKS.map((_, id) => id)
    .filter((id) => id !== from)
    .map((id) => ({ id, truth: rounded(distance(inSpace, from, id), 3), map: rounded(distance(onMap, from, id), 3) }))
    .sort((a, b) => a.truth - b.truth);
  const at = (wanted: number) => order.findIndex(({ id }) => id === wanted);
  return tableValue(
    CHECK,
    order.map(({ id, truth, map }) => [DRINKS[id]!, truth, map]),
    [{ row: at(near), role: 'match' }, ...(seems === near ? [] : [{ row: at(seems), role: 'warn' as const }])],
  );
}
