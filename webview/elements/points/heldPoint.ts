// A point that the learner moves: it goes where they put it at once, whatever the program takes to follow.

import type { LitElement, ReactiveController } from 'lit';
import type { Handle, PointsMove } from './moves.ts';
import type { Place } from './plane.ts';

/** How long a moved point stays where it was let go, for the program to catch up, in milliseconds. */
const CATCH_UP = 600;

/** The host has a getter `held` that gives `at`, and is told of its changes by that name. */
export class HeldPoint implements ReactiveController {
  /** Which point, and where it was put. */
  at: { readonly index: number; readonly place: Place } | undefined;
  private readonly host: LitElement;
  private readonly dragging: () => boolean;
  private letGo: ReturnType<typeof setTimeout> | undefined;

  /** @param dragging whether a pointer holds it now */
  constructor(host: LitElement, dragging: () => boolean) {
    this.host = host;
    this.dragging = dragging;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.letGo);
  }

  /** Puts a point there, and asks the block for it (`points-move`); nothing where it is there already. */
  move(index: number, from: Place, place: Place, { names }: Handle): void {
    if (place.x === from.x && place.y === from.y) {
      return;
    }
    this.set({ index, place });
    this.settle();
    const detail: PointsMove = { params: { [names.x]: place.x, [names.y]: place.y } };
    this.host.dispatchEvent(new CustomEvent('points-move', { detail, bubbles: true, composed: true }));
  }

  /** Holds it where it was put until the program has caught up, or for so long at most. */
  settle(): void {
    clearTimeout(this.letGo);
    this.letGo = setTimeout(() => {
      if (!this.dragging()) {
        this.set(undefined);
      }
    }, CATCH_UP);
  }

  /** The program has made new points: where it has caught up, nothing is held any more. */
  follow(points: readonly Place[]): void {
    const now = points[this.at?.index ?? -1];
    if (!this.dragging() && now?.x === this.at?.place.x && now?.y === this.at?.place.y) {
      this.at = undefined;
    }
  }

  /** The points as they are drawn. */
  over<P extends Place>(points: readonly P[]): readonly P[] {
    const { at } = this;
    return at === undefined ? points : points.map((point, i) => (i === at.index ? { ...point, ...at.place } : point));
  }

  private set(at: HeldPoint['at']): void {
    const before = this.at;
    this.at = at;
    this.host.requestUpdate('held', before);
  }
}
