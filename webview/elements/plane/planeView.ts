// A piece of the plane: heights as shades and contour lines on a canvas, and over it axes, points, lines and paths. It is
// drawn anew as often as its value changes. What the block offers as parameters can be moved by pointer or keyboard; it
// only says where to (`points-move`): the program that made the plane runs again, or goes on with it.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PlanePoint, PlaneValue } from '../../../src/shared/planeValue.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { colorsOfMap } from '../map/mapPalette.ts';
import { handleStyles } from '../points/handleStyles.ts';
import { HeldPoint } from '../points/heldPoint.ts';
import { ARROWS, askOffer, type Handle, handleOf, reachable, stepped } from '../points/moves.ts';
import { neighbour } from '../points/picture.ts';
import type { Place } from '../points/plane.ts';
import { labelFont } from '../points/textWidth.ts';
import { moveHint } from '../points/words.ts';
import { onThemeChange, themeKind } from '../tensor/themeKind.ts';
import { type Ground, groundOf, inside, MARGINS, pixelOf, placeAt } from './ground.ts';
import { type Relief, reliefOf } from './heights.ts';
import { KINDS } from './marks.ts';
import { type Look, paint } from './paint.ts';
import { planeKey } from './planeKey.ts';
import { axes, handleAt, labelsOf, scene } from './planeScene.ts';
import { planeStyles } from './planeStyles.ts';
import { describe, numbersOf, placeText, pointText, stopsOf } from './planeWords.ts';
import '../values/tableView.ts';

const WIDEST = 720;
/** How far from a point the pointer may be to mean it, in pixels. */
const NEAR = 16;

export class PlaneView extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    width: { state: true },
    stop: { state: true },
    under: { state: true },
    dragging: { state: true },
    tableOpen: { state: true },
  };
  static override styles = [baseStyles, handleStyles, planeStyles];
  declare value: PlaneValue | undefined;
  declare label: string | undefined;
  declare width: number;
  /** The point or the path's end that is read out. */
  declare stop: number | undefined;
  /** The place under the pointer. */
  declare under: Place | undefined;
  /** The point that a pointer holds. */
  declare dragging: number | undefined;
  declare tableOpen: boolean;
  private offered: ReturnType<typeof askOffer> = {};
  private relief: Relief | undefined;
  private said = '';
  private readonly holding = new HeldPoint(this, () => this.dragging !== undefined);
  private theme: { dispose(): void } | undefined;
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
    this.theme = onThemeChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.theme?.dispose();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || this.value === undefined) {
      return;
    }
    const before = changed.get('value');
    if (before?.heights !== this.value.heights) {
      this.relief = this.value.heights === undefined ? undefined : reliefOf(this.value.heights);
    }
    this.offered = askOffer(this);
    this.holding.follow(this.value.points ?? []);
    if ((this.stop ?? 0) >= stopsOf(this.value).length) {
      this.stop = undefined;
    }
  }

  /** A point that is being moved. */
  get held(): HeldPoint['at'] {
    return this.holding.at;
  }

  /** The value as it is drawn: a held point where the learner has it. */
  private get shown(): PlaneValue {
    const value = this.value as PlaneValue;
    return this.held === undefined || value.points === undefined
      ? value
      : { ...value, points: this.holding.over(value.points) };
  }

  private get ground(): Ground {
    return groundOf(this.value as PlaneValue, this.width);
  }

  private get look(): Look {
    const style = getComputedStyle(this);
    const color = (name: string) => style.getPropertyValue(name).trim();
    return {
      theme: themeKind(),
      paper: color('--vscode-editor-background'),
      ink: color('--vscode-editor-foreground'),
    };
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    const { ground, shown, relief, look } = this;
    const { width, height } = ground.size;
    const name = this.label ?? t('Plane');
    const stops = stopsOf(shown);
    const labels = labelsOf(shown, ground, labelFont(this));
    return html`<div
        class="plane ${this.dragging === undefined ? '' : 'dragging'}"
        tabindex="0"
        role="application"
        aria-roledescription=${t('plane')}
        aria-label=${describe(name, shown, relief)}
        @keydown=${this.onKey}
        @pointerdown=${this.grab}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @pointerleave=${() => {
          this.stop = undefined;
          this.under = undefined;
        }}
      >
        <canvas class="shades" aria-hidden="true" ?hidden=${relief === undefined}></canvas>
        <svg class="drawing" height=${height + MARGINS.top + MARGINS.bottom} role="presentation">
          <g aria-hidden="true">${axes(ground, shown, relief !== undefined)}</g>
          <svg class="picture" aria-hidden="true" x=${MARGINS.left} y=${MARGINS.top} width=${width} height=${height}>
            ${scene(shown, ground, labels, stops[this.stop ?? -1])}
          </svg>
          <g transform="translate(${MARGINS.left} ${MARGINS.top})">
            ${(shown.points ?? []).map((point, index) => {
              const handle = handleOf(point, this.offered);
              return handle === undefined ? nothing : handleAt(shown, relief, ground, point, index, handle);
            })}
          </g>
        </svg>
      </div>
      ${planeKey(shown, relief, look)}
      <p class="readout">${this.readout(shown, stops)}</p>
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
      <details
        @toggle=${(event: Event) => {
          this.tableOpen = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary>${t('The numbers as a table')}</summary>
        ${this.tableOpen ? html`<table-view .value=${numbersOf(shown, relief)} .label=${name}></table-view>` : nothing}
      </details>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value') || changed.size === 0) {
      colorsOfMap(themeKind())
        .slice(0, KINDS)
        .forEach((color, kind) => {
          this.style.setProperty(`--kind${kind}`, `rgb(${color.join(' ')})`);
        });
    }
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas.shades');
    const moved = ['stop', 'under', 'held', 'tableOpen', 'dragging'].some((name) =>
      changed.has(name as keyof PlaneView),
    );
    if (canvas === null || this.relief === undefined || (moved && !changed.has('value'))) {
      return;
    }
    const { width, height } = this.ground.size;
    const ratio = Math.min(2, window.devicePixelRatio);
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      Object.assign(canvas, { width: wide, height: high });
    }
    const { style } = canvas;
    [style.left, style.top] = [`${MARGINS.left}px`, `${MARGINS.top}px`];
    [style.width, style.height] = [`${width}px`, `${height}px`];
    paint(canvas, this.relief, this.look, ratio);
  }

  private readout(shown: PlaneValue, stops: readonly PlanePoint[]): string {
    const point = this.held === undefined ? stops[this.stop ?? -1] : shown.points?.[this.held.index];
    if (point !== undefined) {
      return pointText(shown, this.relief, point);
    }
    return this.under === undefined
      ? moveHint((shown.points ?? []).filter((candidate) => handleOf(candidate, this.offered) !== undefined))
      : placeText(shown, this.relief, this.under);
  }

  private move(index: number, place: Place): void {
    const point = this.shown.points?.[index];
    const handle = point && handleOf(point, this.offered);
    if (point !== undefined && handle !== undefined) {
      this.holding.move(index, point, place, handle);
    }
  }

  private pixelUnder(event: MouseEvent): Place {
    const { left, top } = (this.renderRoot.querySelector('.frame') as Element).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private grab(event: PointerEvent): void {
    const handle = event.composedPath().find((node) => (node as Element).classList?.contains('handle'));
    if (event.button === 0 && handle !== undefined) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.dragging = Number((handle as SVGElement).dataset.index);
    }
  }

  private onPointerMove(event: PointerEvent): void {
    const { ground, shown } = this;
    const pixel = this.pixelUnder(event);
    if (this.dragging !== undefined) {
      const handle = handleOf(shown.points?.[this.dragging] as PlanePoint, this.offered) as Handle;
      this.move(this.dragging, reachable(placeAt(ground, pixel), handle));
      return;
    }
    const far = (stop: PlanePoint) => {
      const { x, y } = pixelOf(ground, stop);
      return Math.hypot(x - pixel.x, y - pixel.y);
    };
    const [nearest] = stopsOf(shown)
      .map((stop, index) => ({ index, distance: far(stop) }))
      .filter(({ distance }) => distance < NEAR)
      .toSorted((a, b) => a.distance - b.distance);
    this.stop = nearest?.index;
    this.under = inside(ground, pixel) ? placeAt(ground, pixel) : undefined;
  }

  private release(): void {
    if (this.dragging !== undefined) {
      this.dragging = undefined;
      this.holding.settle();
    }
  }

  private onKey(event: KeyboardEvent): void {
    const direction = ARROWS[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // the step view has keys of its own
    const { ground, shown } = this;
    const index = Number((event.target as SVGElement).dataset.index ?? Number.NaN);
    const point = shown.points?.[index];
    const handle = point && handleOf(point, this.offered);
    if (point !== undefined && handle !== undefined) {
      this.move(index, stepped(point, ...direction, event.shiftKey, handle));
      return;
    }
    // Nearness as it is seen: by pixels, y upwards.
    const stops = stopsOf(shown);
    const seen = stops.map((stop) => pixelOf(ground, stop)).map(({ x, y }) => ({ x, y: -y }));
    this.stop = neighbour(seen, this.stop, ...direction);
    const stop = stops[this.stop ?? -1];
    this.said = stop === undefined ? '' : pointText(shown, this.relief, stop);
  }
}
customElements.define('plane-view', PlaneView);
