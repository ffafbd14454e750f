// A map of many points: pan, zoom, point at one, choose one, see which it is and what is near it. Draws only when
// something has changed. Names may come late: `names-wanted` asks for them. Emits `point-pick` when one is chosen or left
// (undefined), `point-open` for Enter and double clicks, `point-hover` when another one is pointed at.

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { t } from '../../l10n.ts';
import { baseStyles, reducedMotion } from '../base.ts';
import type { Place } from '../points/plane.ts';
import { onThemeChange, themeKind } from '../tensor/themeKind.ts';
import { MapCamera } from './mapCamera.ts';
import { type LegendItem, legendOf, type MapData, NO_POINTS } from './mapData.ts';
import { drawMap, type MapShown, nearestOnMap, pointUnder, wantedNames } from './mapDraw.ts';
import { NamesAsker, tellPoint } from './mapEvents.ts';
import { type MapActs, mapAction, perform, towards } from './mapKeys.ts';
import { mapLegend } from './mapLegend.ts';
import { MapPicture, type PainterKind } from './mapPicture.ts';
import { MapPointer } from './mapPointer.ts';
import { mapStyles } from './mapStyles.ts';
import { apartSays, describeMap, mapTools, nearPart, pointName } from './mapWords.ts';

const ALL = 0x1ff;
/** What changes no point's picture. */
const OVER_POINTS = ['pointed', 'chosen', 'linked', 'nameOf', 'label', 'listOpen'];

export class ScatterMap extends LitElement {
  static override properties = {
    data: { attribute: false },
    label: {},
    nameOf: { attribute: false },
    chosen: { attribute: false },
    linked: { attribute: false },
    force: {},
    pointed: { state: true },
    shown: { state: true },
    generation: { state: true },
    listOpen: { state: true },
  };
  static override styles = [baseStyles, mapStyles];
  declare data: MapData;
  declare label: string;
  /** A point's name; undefined while it isn't known. Another function means that names are new. */
  declare nameOf: (index: number) => string | undefined;
  declare chosen: number | undefined;
  /** Points that lines lead to from the chosen one: its true neighbours. */
  declare linked: readonly number[];
  /** Which painter draws; by the number of points if undefined. */
  declare force: PainterKind | undefined;
  declare pointed: number | undefined;
  /** Bit s is set where the points of slot s are shown. */
  declare shown: number;
  /** Another canvas each time that one is lost. */
  declare generation: number;
  declare listOpen: boolean;
  readonly picture = new MapPicture(() => {
    this.generation += 1;
  });
  readonly camera = new MapCamera(() => this.drawSoon(true));
  private legend: readonly LegendItem[] = [];
  private frame = 0;
  private stale = true;
  private readonly names = new NamesAsker(this, () =>
    wantedNames(this.seen, this.listOpen).filter((index) => this.nameOf(index) === undefined),
  );
  /** The point that a key went to: said to screen readers, and again when its name comes. */
  private spoken: number | undefined;
  private watched: { dispose(): void } | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    if (this.camera.resize(Math.round(entry?.contentRect.width ?? 0))) {
      this.drawSoon(true);
    }
  });
  private readonly pointer = new MapPointer({
    point: (at) => this.pointAt(at === null ? undefined : pointUnder(this.seen, at).index),
    pick: (at) => this.pickUnder(at),
    open: (at) => tellPoint(this, 'point-open', pointUnder(this.seen, at).index),
    pan: (dx, dy) => this.camera.pan(dx, dy),
    zoom: (factor, at) => this.camera.zoom(factor, at),
    ownsWheel: () => this.matches(':focus-within'),
  });

  private readonly acts: MapActs = {
    go: (dx, dy) => this.go(dx, dy),
    pan: (dx, dy) => this.camera.pan(dx, dy),
    zoom: (factor) => this.camera.zoom(factor, this.middle()),
    fit: () => this.camera.fit(),
    pick: () => this.pick(this.pointed ?? this.chosen),
    open: () => tellPoint(this, 'point-open', this.pointed ?? this.chosen),
    leave: () => this.pick(undefined),
  };

  constructor() {
    super();
    this.data = NO_POINTS;
    this.label = '';
    this.nameOf = () => undefined;
    this.linked = [];
    this.shown = ALL;
    this.generation = 0;
    this.listOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
    this.watched = onThemeChange(() => this.drawSoon(true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.watched?.dispose();
    cancelAnimationFrame(this.frame);
    this.names.dispose();
    this.picture.dispose();
    this.generation += 1; // a canvas that was given back is of no more use
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('data')) {
      this.picture.take(this.data, !reducedMotion());
      this.camera.take(this.data.xy);
      this.legend = legendOf(this.data);
      const { count } = this.picture;
      this.pointed = this.pointed !== undefined && this.pointed < count ? this.pointed : undefined;
      this.spoken = undefined;
    }
  }

  /** Whether a point may be pointed at: its kind is switched on. */
  private readonly takes = (index: number): boolean => {
    return ((this.shown >> (this.picture.slots[index] as number)) & 1) === 1;
  };

  private get seen(): MapShown {
    const { data, picture, shown, force, chosen, linked, pointed, nameOf, takes } = this;
    const { plane, home, apart } = this.camera;
    return {
      data,
      picture,
      plane,
      home,
      apart,
      theme: themeKind(),
      shown,
      force,
      chosen,
      linked,
      pointed,
      nameOf,
      takes,
    };
  }

  protected override render(): TemplateResult {
    const { pointer, camera } = this;
    const read = this.pointed ?? this.chosen;
    const name = (index: number) => pointName(this.data, index, this.nameOf(index));
    return html`${mapLegend(this.legend, this.shown, themeKind(), (slot, alone) => this.toggle(slot, alone))}
      <div
        data-at=${camera.where}
        class="plane ${camera.whole ? '' : 'near'} ${pointer.dragging ? 'dragging' : ''}"
        tabindex="0"
        role="application"
        aria-roledescription=${t('map')}
        aria-label=${describeMap(this.label, this.picture.count)}
        @keydown=${this.onKey}
        @wheel=${pointer.onWheel}
        @pointerdown=${(event: PointerEvent) => {
          this.arrive();
          pointer.onDown(event);
        }}
        @pointermove=${pointer.onMove}
        @pointerup=${pointer.onUp}
        @pointercancel=${pointer.onUp}
        @pointerleave=${pointer.onLeave}
        @dblclick=${pointer.onDouble}
      >
        ${keyed(this.generation, html`<canvas class="points" aria-hidden="true"></canvas>`)}
        <canvas class="marks" aria-hidden="true"></canvas>
      </div>
      <div class="under">
        <p class="readout" aria-hidden="true">
          ${read === undefined ? t('Point at a place, or use the arrow keys.') : name(read)}
        </p>
        ${mapTools(camera, (factor) => (factor === undefined ? camera.fit() : camera.zoom(factor, this.middle())))}
        ${apartSays(camera)}
      </div>
      <div class="sr" role="status" aria-live="polite">${this.spoken === undefined ? '' : name(this.spoken)}</div>
      ${nearPart(
        this.listOpen ? nearestOnMap(this.seen) : undefined,
        name,
        (index) => this.pick(index),
        (open) => {
          this.listOpen = open;
        },
      )}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.drawSoon([...changed.keys()].some((name) => !OVER_POINTS.includes(String(name))));
  }

  private drawSoon(points: boolean): void {
    this.stale ||= points;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  /** Draws at once what has changed: the points if they have, and what stands over them. */
  draw(): void {
    const plane = this.renderRoot.querySelector<HTMLElement>('.plane');
    const points = plane?.querySelector<HTMLCanvasElement>('.points');
    const marks = plane?.querySelector<HTMLCanvasElement>('.marks');
    if (plane === null || !points || !marks || !this.camera.ready) {
      return;
    }
    if (this.picture.wantsFresh(points, this.force)) {
      this.picture.dispose();
      this.generation += 1;
      return;
    }
    plane.style.height = `${this.camera.home.size.height + 2}px`;
    const { stale } = this;
    this.stale = false;
    if (plane.dataset.at !== this.camera.where) {
      this.requestUpdate('label'); // the tools' states
    }
    if (drawMap(this, { points, marks }, this.seen, stale)) {
      this.drawSoon(true);
    } else {
      this.names.askSoon();
    }
  }

  /** A point that lies apart, off the screen, is gone to. */
  private pickUnder(pixel: Place): void {
    const { index, off } = pointUnder(this.seen, pixel);
    this.pick(index);
    if (off) {
      this.camera.reveal(this.picture.placeOf(index as number));
    }
  }

  /** The pixel that keys zoom about: what is read out, or the middle. */
  private middle(): Place | undefined {
    const read = this.pointed ?? this.chosen;
    return read === undefined ? undefined : this.camera.pixelOf(this.picture.placeOf(read));
  }

  private pointAt(index: number | undefined): void {
    if (index !== this.pointed) {
      this.pointed = index;
      tellPoint(this, 'point-hover', index);
    }
  }

  private pick(index: number | undefined): void {
    this.chosen = index;
    tellPoint(this, 'point-pick', index);
  }

  private toggle(slot: number, alone: boolean): void {
    const bit = 1 << slot;
    this.shown = alone ? (this.shown === bit ? ALL : bit) : this.shown ^ bit;
  }

  /** Whatever one does, points that are on their way arrive. */
  private arrive(): void {
    if (this.picture.settle()) {
      this.drawSoon(true);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const action = mapAction(event);
    if (action !== undefined) {
      this.arrive();
      perform(action, this.acts);
      event.preventDefault();
      event.stopPropagation(); // the same keys mean something to the step view
    }
  }

  private go(dx: number, dy: number): void {
    const from = this.pointed ?? this.chosen;
    const next =
      from === undefined
        ? this.picture.grid.nearestFew(this.camera.plane.center, 1, this.takes)[0]
        : towards(this.data.xy, from, dx, dy, this.takes);
    if (next !== undefined) {
      this.pointAt(next);
      this.spoken = next;
      this.camera.reveal(this.picture.placeOf(next));
    }
  }
}
customElements.define('scatter-map', ScatterMap);
