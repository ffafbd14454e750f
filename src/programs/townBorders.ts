// The borders between the town's districts: where two middles are equally near, and no other is nearer.

import type { MapLine } from '../shared/trace.ts';
import { onGlobe, type Place } from './town.ts';

/** Half the town's side. */
const SIDE = 1;

/** Districts' middles on the globe, (3,) each of length 1; lines on the town's map come back. */
export function borders(centres: readonly ArrayLike<number>[]): MapLine[] {
  return centres.flatMap((a, i) =>
    centres.slice(i + 1).flatMap((b) => {
      const others = centres.filter((other) => other !== a && other !== b);
      return borderOf(a, b, others) ?? [];
    }),
  );
}

/** What is left of the line between two middles within the town, where neither another middle is nearer. */
function borderOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  others: readonly ArrayLike<number>[],
): MapLine | undefined {
  const line = lead(a, b);
  const length = Math.hypot(line.x, line.y);
  if (length === 0) {
    return undefined;
  }
  // A point of the line, and the way along it.
  const foot = { x: (-line.rest * line.x) / length ** 2, y: (-line.rest * line.y) / length ** 2 };
  const way = { x: -line.y / length, y: line.x / length };
  let [from, to] = [-3, 3];
  /** Keeps what has `x` * east + `y` * north + `rest` of 0 or more. */
  const keep = ({ x, y, rest }: Lead) => {
    const [start, slope] = [x * foot.x + y * foot.y + rest, x * way.x + y * way.y];
    if (slope > 0) {
      from = Math.max(from, -start / slope);
    } else if (slope < 0) {
      to = Math.min(to, -start / slope);
    } else if (start < 0) {
      to = from;
    }
  };
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    keep({ x, y, rest: SIDE });
  }
  for (const other of others) {
    keep(lead(a, other));
  }
  const at = (along: number) => [short(foot.x + along * way.x), short(foot.y + along * way.y)] as const;
  return to > from ? { from: at(from), to: at(to) } : undefined;
}

/** How much nearer one middle is than another, as `x` * east + `y` * north + `rest`. */
interface Lead extends Place {
  readonly rest: number;
}

/** The town is so small that the globe's height is the same all over it, to half a percent. */
function lead(a: ArrayLike<number>, b: ArrayLike<number>): Lead {
  const [east, north, up] = [0, 1, 2].map((axis) => a[axis]! - b[axis]!) as [number, number, number];
  const scale = onGlobe({ x: 1, y: 0 })[0]!;
  return { x: scale * east, y: scale * north, rest: onGlobe({ x: 0.5, y: 0.5 })[2]! * up };
}

const short = (value: number) => Math.round(1000 * value) / 1000;
