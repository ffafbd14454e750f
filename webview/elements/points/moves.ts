// Moving a point by hand: which parameters may be set, and to what. A view asks for them with a `points-offer` event,
// whose handler fills in `params`; it says what it wants by `points-move`. Neither runs anything: the block does.

import type { NumberParam } from '../../../src/shared/params.ts';
import type { MapPoint } from '../../../src/shared/trace.ts';
import type { Place } from './plane.ts';

/** Where each arrow key leads, y upwards. */
export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The detail of `points-offer`: the handler puts the number parameters there that the learner may change. */
export interface PointsOffer {
  params: Readonly<Record<string, NumberParam>>;
}

/** The detail of `points-move`: values of parameters, all within their bounds and on their steps. */
export interface PointsMove {
  readonly params: Readonly<Record<string, number>>;
}

/** The parameters behind a point's two coordinates. */
export interface Handle {
  readonly x: NumberParam;
  readonly y: NumberParam;
  readonly names: { readonly x: string; readonly y: string };
}

/** Asks whoever stands above `element` which parameters may be set; none where nobody answers. */
export function askOffer(element: Element): PointsOffer['params'] {
  const detail: PointsOffer = { params: {} };
  element.dispatchEvent(new CustomEvent('points-offer', { detail, bubbles: true, composed: true }));
  return detail.params;
}

/** How a point can be moved; undefined where it can't. */
export function handleOf({ move }: MapPoint, params: PointsOffer['params']): Handle | undefined {
  if (move === undefined) {
    return undefined;
  }
  const [x, y] = [params[move.x], params[move.y]];
  return x === undefined || y === undefined ? undefined : { x, y, names: move };
}

/** The nearest place that both parameters can take. */
export function reachable(place: Place, { x, y }: Handle): Place {
  return { x: snapped(place.x, x), y: snapped(place.y, y) };
}

/** A place to go to by one key: the step of each parameter, or a hundredth of its range where that is more. */
export function stepped(place: Place, dx: number, dy: number, large: boolean, { x, y }: Handle): Place {
  const step = (param: NumberParam) => Math.max(param.step, (param.max - param.min) / 100) * (large ? 10 : 1);
  return { x: snapped(place.x + dx * step(x), x), y: snapped(place.y + dy * step(y), y) };
}

/** The nearest value that a parameter can take. */
export function snapped(value: number, { min, max, step }: NumberParam): number {
  const steps = Math.round((value - min) / step);
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + 2);
  return Number(Math.min(max, Math.max(min, min + steps * step)).toFixed(digits));
}
