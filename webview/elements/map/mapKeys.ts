// What keys mean on a map, and the point that an arrow leads to. Pure.

import type { Place } from '../points/plane.ts';

export type MapAction =
  | { readonly do: 'go'; readonly dx: number; readonly dy: number }
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'fit' | 'pick' | 'open' | 'leave' };

export const ZOOM = 1.5;
/** Pixels that a key pans by. */
const PAN = 80;
const ARROWS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Arrows go from point to point, with Shift they pan; undefined for a key that means nothing here. */
export function mapAction(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): MapAction | undefined {
  const { key, shiftKey } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return undefined;
  }
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const [dx, dy] = arrow;
    return shiftKey ? { do: 'pan', dx: -dx * PAN, dy: dy * PAN } : { do: 'go', dx, dy };
  }
  switch (key) {
    case '+':
    case '=':
      return { do: 'zoom', factor: ZOOM };
    case '-':
    case '_':
      return { do: 'zoom', factor: 1 / ZOOM };
    case '0':
    case 'Home':
      return { do: 'fit' };
    case ' ':
      return { do: 'pick' };
    case 'Enter':
      return { do: 'open' };
    case 'Escape':
      return { do: 'leave' };
    default:
      return undefined;
  }
}

/** What a map can do for a key. */
export interface MapActs {
  go(dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number): void;
  fit(): void;
  pick(): void;
  open(): void;
  leave(): void;
}

export function perform(action: MapAction, acts: MapActs): void {
  if (action.do === 'go' || action.do === 'pan') {
    acts[action.do](action.dx, action.dy);
  } else if (action.do === 'zoom') {
    acts.zoom(action.factor);
  } else {
    acts[action.do]();
  }
}

/**
 * The point to go to from one, by a key that points along (dx, dy), y upwards: the nearest on that side, where what lies
 * off the straight way counts double; the same where none is there.
 */
export function towards(
  xy: Float32Array,
  from: number,
  dx: number,
  dy: number,
  takes: (index: number) => boolean,
): number {
  const start: Place = { x: xy[from * 2] as number, y: xy[from * 2 + 1] as number };
  let [found, least] = [from, Infinity];
  for (let index = 0; index * 2 < xy.length; index++) {
    const x = (xy[index * 2] as number) - start.x;
    const y = (xy[index * 2 + 1] as number) - start.y;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (along > 0 && along >= across / 2 && along + 2 * across < least && index !== from && takes(index)) {
      [found, least] = [index, along + 2 * across];
    }
  }
  return found;
}
