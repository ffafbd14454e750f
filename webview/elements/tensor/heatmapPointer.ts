// What mouse, pen and touchpad do in a heatmap: hover, pick, drag, and zoom by the wheel with Ctrl or a pinch.

/** What the gestures mean to whoever shows the cells. Positions are pixels in the box. */
export interface PointerActions {
  hover(at: { readonly x: number; readonly y: number } | null): void;
  pick(at: { readonly x: number; readonly y: number }): void;
  /** @returns false where there is nothing on that side. */
  pan(dx: number, dy: number): boolean;
  zoom(factor: number, at: { readonly x: number; readonly y: number }): void;
}

/** A press that moves less than this is a click. */
const STILL = 4;
/** Pixels of a wheel's step that is told in lines. */
const LINE = 16;

export class HeatmapPointer {
  private readonly actions: PointerActions;
  private drag: { x: number; y: number; moved: boolean } | undefined;

  constructor(actions: PointerActions) {
    this.actions = actions;
  }

  /**
   * A listener for `@wheel`: without Ctrl the wheel scrolls the page, but sideways the cells, where there are more; a
   * pinch arrives as a wheel with Ctrl.
   */
  readonly wheel = {
    passive: false,
    handleEvent: (event: WheelEvent) => {
      const unit = event.deltaMode === 1 ? LINE : 1;
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const steps = -event.deltaY / (event.deltaMode === 1 ? 6 : 200);
        this.actions.zoom(2 ** steps, placeOf(event));
      } else if (Math.abs(sideways) >= Math.abs(event.deltaY) && this.actions.pan(-sideways * unit, 0)) {
        event.preventDefault();
      }
    },
  };

  readonly down = (event: PointerEvent): void => {
    if (event.button === 0) {
      this.drag = { x: event.clientX, y: event.clientY, moved: false };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
  };

  readonly move = (event: PointerEvent): void => {
    if (this.drag === undefined) {
      this.actions.hover(placeOf(event));
      return;
    }
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.moved && Math.hypot(dx, dy) < STILL) {
      return;
    }
    this.drag = { x: event.clientX, y: event.clientY, moved: true };
    (event.currentTarget as Element).classList.add('dragging');
    this.actions.pan(dx, dy);
  };

  readonly up = (event: PointerEvent): void => {
    const clicked = this.drag?.moved === false;
    this.drag = undefined;
    (event.currentTarget as Element).classList.remove('dragging');
    if (clicked) {
      this.actions.pick(placeOf(event));
    }
  };

  readonly leave = (): void => this.actions.hover(null);
}

function placeOf({ offsetX, offsetY }: MouseEvent): { x: number; y: number } {
  return { x: offsetX, y: offsetY };
}
