// The widest gap between two pairs of places, and the line in its middle: what an ideal line finds for four corners.

export type Place2 = readonly [x: number, y: number];

export interface Gap {
  readonly weights: Place2;
  readonly bias: number;
  /** How far apart the two pairs are. */
  readonly width: number;
}

/** Closer than this is touching. */
const TOUCHING = 1e-9;

/** The line half way between two segments, the second on its positive side; undefined where they meet. */
export function widestGap(no: readonly [Place2, Place2], yes: readonly [Place2, Place2]): Gap | undefined {
  if (crossing(no, yes)) {
    return undefined;
  }
  const pairs = [
    ...no.map((end): [Place2, Place2] => [end, nearestOn(yes, end)]),
    ...yes.map((end): [Place2, Place2] => [nearestOn(no, end), end]),
  ];
  const apart = ([a, b]: [Place2, Place2]) => Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [closest] = pairs.toSorted((one, other) => apart(one) - apart(other));
  const [from, to] = closest as [Place2, Place2];
  const width = apart([from, to]);
  if (width < TOUCHING) {
    return undefined;
  }
  const weights: Place2 = [(to[0] - from[0]) / width, (to[1] - from[1]) / width];
  const middle: Place2 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return { weights, bias: -(weights[0] * middle[0] + weights[1] * middle[1]), width };
}

function nearestOn([a, b]: readonly [Place2, Place2], place: Place2): Place2 {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : ((place[0] - a[0]) * dx + (place[1] - a[1]) * dy) / square;
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + t * dx, a[1] + t * dy];
}

/** Whether two segments cross between their ends; one that only touches the other has no distance from it. */
function crossing([a, b]: readonly [Place2, Place2], [c, d]: readonly [Place2, Place2]): boolean {
  const side = (p: Place2, q: Place2, r: Place2) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
