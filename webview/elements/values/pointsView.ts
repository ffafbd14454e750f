// Places in the plane: arrows from the origin, or dots. Both axes have one scale; what the block offers as parameters can
// be moved by pointer or by keyboard. It only says where to (`points-move`): the program that made the points runs again.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MapPoint, PointsValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { button } from '../controls.ts';
import { fitIcon, minusIcon, plusIcon } from '../icons.ts';
import { axes, MARGINS } from '../points/axes.ts';
import { handleStyles } from '../points/handleStyles.ts';
import { HeldPoint } from '../points/heldPoint.ts';
import { ARROWS, askOffer, type Handle, handleOf, reachable, stepped } from '../points/moves.ts';
import { extentFor, labelsFor, nearestTo, neighbour, numbersOf } from '../points/picture.ts';
import {
  type Extent,
  fitted,
  heightFor,
  type Place,
  type Plane,
  panned,
  pixelOf,
  placeAt,
  revealing,
  steadied,
  zoomed,
} from '../points/plane.ts';
import { pointsStyles } from '../points/pointsStyles.ts';
import { handleAt, scene } from '../points/scene.ts';
import { labelFont } from '../points/textWidth.ts';
import { describe, hiddenText, moveHint, pointText } from '../points/words.ts';
import './tableView.ts';

const WIDEST = 720;
const [LEAST_HEIGHT, MOST_HEIGHT] = [220, 400];
const ZOOM = 1.5;

export class PointsView extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    width: { state: true },
    zoomedTo: { state: true },
    pointed: { state: true },
    tableOpen: { state: true },
  };
  static override styles = [baseStyles, handleStyles, pointsStyles];
  declare value: PointsValue | undefined;
  declare label: string | undefined;
  declare width: number;
  /** What the learner zoomed to; undefined shows all. */
  declare zoomedTo: Pick<Plane, 'center' | 'scale'> | undefined;
  /** The point that is read out. */
  declare pointed: number | undefined;
  declare tableOpen: boolean;
  private offered: ReturnType<typeof askOffer> = {};
  private extent: Extent | undefined;
  private said = '';
  private placed: { readonly parts: readonly unknown[]; readonly labels: ReturnType<typeof labelsFor> } | undefined;
  private drag:
    | { readonly pointer: number; readonly index: number | undefined; readonly x: number; readonly y: number }
    | undefined;
  private readonly holding = new HeldPoint(this, () => this.drag !== undefined);
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.min(WIDEST, Math.round(entry?.contentRect.width ?? 0));
  });

  constructor() {
    super();
    this.width = 480;
    this.tableOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && this.value !== undefined) {
      this.offered = askOffer(this);
      this.extent = steadied(extentFor(this.value, this.offered), this.extent);
      this.holding.follow(this.value.points);
      if ((this.pointed ?? 0) >= this.value.points.length) {
        this.pointed = undefined;
      }
    }
  }

  /** A point that is being moved. */
  get held(): HeldPoint['at'] {
    return this.holding.at;
  }

  /** The points as they are drawn: a held one where the learner has it. */
  private get points(): readonly MapPoint[] {
    return this.holding.over(this.value?.points ?? []);
  }

  private get home(): Plane {
    const extent = this.extent as Extent;
    const width = Math.max(80, this.width - MARGINS.left - MARGINS.right);
    return fitted(extent, { width, height: heightFor(extent, width, LEAST_HEIGHT, MOST_HEIGHT) });
  }

  private get plane(): Plane {
    return { ...this.home, ...this.zoomedTo };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this;
    if (value === undefined) {
      return nothing;
    }
    const { plane } = this;
    const { width, height } = plane.size;
    const shown = { ...value, points: this.points };
    const labels = this.labelsOf(shown, plane);
    const hidden = hiddenText(labels.wishes.length - labels.placed.length);
    const whole = this.zoomedTo === undefined;
    return html`<div
        class="plane ${this.drag === undefined ? '' : 'dragging'}"
        tabindex="0"
        role="application"
        aria-roledescription=${t('map')}
        aria-label=${describe(this.label ?? t('Points'), shown)}
        @keydown=${this.onKey}
        @wheel=${this.onWheel}
        @pointerdown=${(event: PointerEvent) => this.grab(event)}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @pointerleave=${() => {
          this.pointed = undefined;
        }}
      >
        <svg height=${height + MARGINS.top + MARGINS.bottom} role="presentation">
          <g aria-hidden="true">${axes(plane, value.xLabel ?? 'x', value.yLabel ?? 'y')}</g>
          <svg class="picture" aria-hidden="true" x=${MARGINS.left} y=${MARGINS.top} width=${width} height=${height}>
            ${scene(shown, plane, labels, this.pointed)}
          </svg>
          <g transform="translate(${MARGINS.left} ${MARGINS.top})">
            ${shown.points.map((point, index) => {
              const handle = handleOf(point, this.offered);
              return handle === undefined ? nothing : handleAt(shown, index, handle, plane);
            })}
          </g>
        </svg>
      </div>
      <div class="under">
        <span class="readout">${this.readout()} <span class="quiet">${hidden}</span></span>
        <span class="tools">
          ${button({ label: t('Zoom out'), icon: minusIcon, iconOnly: true, disabled: whole, onClick: () => this.zoom(1 / ZOOM) })}
          ${button({ label: t('Zoom in'), icon: plusIcon, iconOnly: true, onClick: () => this.zoom(ZOOM) })}
          ${button({ label: t('Show all'), icon: fitIcon, iconOnly: true, disabled: whole, onClick: () => this.showAll() })}
        </span>
      </div>
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
      <details
        @toggle=${(event: Event) => {
          this.tableOpen = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary>${t('The points as a table')}</summary>
        ${
          this.tableOpen
            ? html`<table-view .value=${numbersOf(value)} .label=${this.label ?? t('Points')}></table-view>`
            : nothing
        }
      </details>`;
  }

  /** Placed anew only when something has moved: hovering changes nothing. */
  private labelsOf(shown: PointsValue, plane: Plane): ReturnType<typeof labelsFor> {
    const parts = [this.value, this.held, plane.scale, plane.center.x, plane.center.y, plane.size.width];
    if (this.placed === undefined || parts.some((part, i) => part !== this.placed?.parts[i])) {
      this.placed = { parts, labels: labelsFor(shown, plane, labelFont(this)) };
    }
    return this.placed.labels;
  }

  private readout(): string {
    const point = this.points[this.held?.index ?? this.pointed ?? -1];
    return point === undefined
      ? moveHint(this.points.filter((candidate) => handleOf(candidate, this.offered) !== undefined))
      : pointText(point, this.value as PointsValue);
  }

  // Moving a point

  private move(index: number, place: Place): void {
    const point = this.points[index];
    if (point !== undefined) {
      this.holding.move(index, point, place, handleOf(point, this.offered) as Handle);
    }
  }

  private pixelUnder(event: MouseEvent): Place {
    const { left, top } = (this.renderRoot.querySelector('.paper') as Element).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private grab(event: PointerEvent): void {
    const handle = event.composedPath().find((node) => (node as Element).classList?.contains('handle'));
    const pannable = this.zoomedTo !== undefined && event.pointerType !== 'touch';
    if (event.button !== 0 || (handle === undefined && !pannable)) {
      return;
    }
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const index = handle === undefined ? undefined : Number((handle as SVGElement).dataset.index);
    this.drag = { pointer: event.pointerId, index, x: event.clientX, y: event.clientY };
    this.requestUpdate();
  }

  private onPointerMove(event: PointerEvent): void {
    const { drag, plane } = this;
    if (drag === undefined) {
      this.pointed = nearestTo(this.pixelUnder(event), this.points, plane);
      return;
    }
    if (drag.index === undefined) {
      const { center, scale } = panned(plane, event.clientX - drag.x, event.clientY - drag.y);
      this.zoomedTo = { center, scale };
      this.drag = { ...drag, x: event.clientX, y: event.clientY };
      return;
    }
    const handle = handleOf(this.points[drag.index] as MapPoint, this.offered) as Handle;
    this.move(drag.index, reachable(placeAt(plane, this.pixelUnder(event)), handle));
  }

  private release(): void {
    if (this.drag !== undefined) {
      this.drag = undefined;
      this.holding.settle();
      this.requestUpdate();
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.takeKey(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // the step view has keys of its own
  }

  /** Does what a key asks for; false where it asks for nothing here. */
  private takeKey({ key, shiftKey, target }: KeyboardEvent): boolean {
    const direction = ARROWS[key];
    const index = (target as SVGElement).dataset.index;
    if (direction !== undefined && index !== undefined) {
      const point = this.points[Number(index)] as MapPoint;
      this.move(Number(index), stepped(point, ...direction, shiftKey, handleOf(point, this.offered) as Handle));
    } else if (direction !== undefined) {
      this.point(neighbour(this.points, this.pointed, ...direction));
    } else if (key === '+' || key === '=' || key === '-') {
      this.zoom(key === '-' ? 1 / ZOOM : ZOOM);
    } else if (key === '0') {
      this.showAll();
    } else {
      return false;
    }
    return true;
  }

  /** Reads out a point, and brings it into sight. */
  private point(index: number | undefined): void {
    this.pointed = index;
    const point = this.points[index ?? -1];
    if (point !== undefined) {
      this.said = pointText(point, this.value as PointsValue);
      if (this.zoomedTo !== undefined) {
        const { center, scale } = revealing(this.plane, point);
        this.zoomedTo = { center, scale };
      }
    }
  }

  // Zoom

  private onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(1.002 ** -event.deltaY, this.pixelUnder(event));
    }
  }

  private zoom(factor: number, at?: Place): void {
    const { home, plane } = this;
    const point = this.points[this.pointed ?? -1];
    const middle = point === undefined ? { x: plane.size.width / 2, y: plane.size.height / 2 } : pixelOf(plane, point);
    const next = zoomed(plane, factor, at ?? middle, home);
    this.zoomedTo = next === home ? undefined : { center: next.center, scale: next.scale };
  }

  private showAll(): void {
    this.zoomedTo = undefined;
  }
}
customElements.define('points-view', PointsView);
