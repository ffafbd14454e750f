// Mouse, pen, touch and wheel on a map: point, pick, pan with one, zoom with two fingers or the wheel. Tells what was
// meant and changes nothing itself.

import type { Place } from '../points/plane.ts';

export interface MapGestures {
  /** Pointed at a pixel; null when the pointer has left. */
  point(at: Place | null): void;
  pick(at: Place): void;
  /** Picked twice in short order. */
  open(at: Place): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Place): void;
  /** Whether the wheel alone zooms: else it scrolls the page, and zooms with Ctrl or Cmd. */
  ownsWheel(): boolean;
}

/** Pixels that a press may move and still be a pick. */
const STILL = 4;

export class MapPointer {
  private readonly gestures: MapGestures;
  private readonly down = new Map<number, Place>();
  private start: Place | undefined;
  private dragged = false;

  constructor(gestures: MapGestures) {
    this.gestures = gestures;
  }

  get dragging(): boolean {
    return this.dragged;
  }

  readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) {
      return;
    }
    const at = pixelUnder(event);
    this.down.set(event.pointerId, at);
    if (this.down.size === 1) {
      this.start = at;
      this.dragged = false;
    } else {
      this.start = undefined; // two fingers pick nothing
    }
  };

  readonly onMove = (event: PointerEvent): void => {
    const at = pixelUnder(event);
    const before = this.down.get(event.pointerId);
    if (before === undefined) {
      this.gestures.point(at);
      return;
    }
    const { start } = this;
    if (this.down.size === 1 && !this.dragged && start !== undefined && distance(start, at) <= STILL) {
      return;
    }
    if (!this.dragged) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.dragged = true;
    }
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    this.down.set(event.pointerId, at);
    if (other === undefined) {
      this.gestures.pan(at.x - before.x, at.y - before.y);
      return;
    }
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const was = distance(before, other);
    if (was > 0) {
      this.gestures.zoom(distance(at, other) / was, middle);
    }
    this.gestures.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
  };

  readonly onUp = (event: PointerEvent): void => {
    const picked = this.down.size === 1 && !this.dragged && this.start !== undefined && event.type === 'pointerup';
    this.down.delete(event.pointerId);
    if (this.down.size === 0) {
      this.dragged = false;
    }
    if (picked) {
      this.gestures.pick(pixelUnder(event));
    }
  };

  readonly onLeave = (): void => {
    if (this.down.size === 0) {
      this.gestures.point(null);
    }
  };

  readonly onDouble = (event: MouseEvent): void => {
    this.gestures.open(pixelUnder(event));
  };

  readonly onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey || this.gestures.ownsWheel()) {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      this.gestures.zoom(1.002 ** (-event.deltaY * lines), pixelUnder(event));
    }
  };
}

function pixelUnder(event: MouseEvent): Place {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  return { x: event.clientX - left - 1, y: event.clientY - top - 1 }; // without the border
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
