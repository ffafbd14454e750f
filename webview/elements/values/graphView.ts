// A graph: a row of nodes with arcs above it, or a flow from left to right. Edges are read out one by one, by pointer or by keys; one whose number is a
// parameter that the block offers can be pulled up and down. It only says to what (`points-move`, as points do): the
// program that made the graph runs again.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { NumberParam } from '../../../src/shared/params.ts';
import type { GraphEdge, GraphValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { ABOVE, flow, flowIn } from '../graph/flow.ts';
import { type FlowLayout, middleOf } from '../graph/flowLayout.ts';
import { graphStyles } from '../graph/graphStyles.ts';
import { describeGraph, drawnLabel, edgesTable, edgeText, nodesTable, pullHint } from '../graph/graphWords.ts';
import { BELOW, row } from '../graph/row.ts';
import { type RowLayout, rowLayout } from '../graph/rowLayout.ts';
import { askOffer, type PointsMove, snapped } from '../points/moves.ts';
import { labelFont } from '../points/textWidth.ts';
import './tableView.ts';

/** How far an edge is pulled for the whole range of its number, in pixels. */
const PULL = 180;
/** How far a pulled edge bends at most, in pixels. */
const BEND = 24;
/** How wide labels and notes are drawn, against the font that they are measured in. */
const [MONO, TINY] = [1.08, 0.88];
/** Air above the highest label. */
const TOP = 8;

/** A pull that is going on. */
interface Pull {
  readonly pointer: number;
  readonly index: number;
  readonly y: number;
  readonly value: number;
  readonly lift: number;
}

export class GraphView extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    width: { state: true },
    current: { state: true },
    pointed: { state: true },
    pull: { state: true },
    tableOpen: { state: true },
  };
  static override styles = [baseStyles, graphStyles];
  declare value: GraphValue | undefined;
  declare label: string | undefined;
  declare width: number;
  /** The edge that the Tab key comes to. */
  declare current: number;
  /** The edge that is read out. */
  declare pointed: number | undefined;
  declare pull: Pull | undefined;
  declare tableOpen: boolean;
  private offered: Readonly<Record<string, NumberParam>> = {};
  /** Edges as the keys go through them. */
  private order: readonly number[] = [];
  private layout: RowLayout | undefined;
  /** In place of {@link layout}, of a flow. */
  private flowLayout: FlowLayout | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.width = 480;
    this.current = 0;
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
    const { value } = this;
    if (value === undefined || !(changed.has('value') || changed.has('width'))) {
      return;
    }
    if (changed.has('value')) {
      this.offered = askOffer(this);
      this.order = value.edges
        .map((_, index) => index)
        .sort((a, b) => edgeOf(value, a).from - edgeOf(value, b).from || edgeOf(value, a).to - edgeOf(value, b).to);
      if (this.current >= value.edges.length || changed.get('value') === undefined) {
        this.current = this.order.find((index) => this.paramOf(index) !== undefined) ?? this.order[0] ?? 0;
      }
      if ((this.pointed ?? 0) >= value.edges.length) {
        this.pointed = undefined;
      }
    }
    this.layout = value.look === 'row' ? this.laidOut(value, changed.has('width')) : undefined;
    this.flowLayout = value.look === 'flow' ? flowIn(value, labelFont(this).measure, this.width - 2) : undefined;
  }

  /** A flow that is wider than its room shows what its step is about. */
  protected override updated(changed: PropertyValues<this>): void {
    const { value, flowLayout } = this;
    const frame = this.renderRoot.querySelector('.frame');
    if (changed.has('value') && value !== undefined && flowLayout !== undefined && frame !== null) {
      const middle = middleOf(value, flowLayout, frame.clientWidth);
      frame.scrollLeft = middle === undefined ? frame.scrollLeft : middle - frame.clientWidth / 2;
    }
  }

  /** While an edge is pulled, the ground stands still: nodes move apart where they must, and never together. */
  private laidOut(value: GraphValue, anew: boolean): RowLayout {
    const { measure } = labelFont(this);
    const widths = {
      edge: (index: number) => {
        const { label, note = '', role } = edgeOf(value, index);
        return Math.max(measure(drawnLabel(label, role)) * MONO, measure(note) * TINY);
      },
      node: (index: number) => measure(value.nodes[index]?.note ?? '') * TINY,
      between: (index: number) => measure(drawnLabel(value.between?.[index] ?? '')),
    };
    const before = anew || this.pull === undefined ? undefined : this.layout;
    const same = before?.arcs.length === value.edges.length;
    const room = same ? Math.max(this.width, before?.width ?? 0) : this.width;
    return rowLayout(value, widths, room - 2);
  }

  private paramOf(index: number): NumberParam | undefined {
    const name = this.value?.edges[index]?.adjust?.param;
    return name === undefined ? undefined : this.offered[name];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this;
    const picture = value === undefined ? undefined : this.picture(value);
    if (value === undefined || picture === undefined) {
      return nothing;
    }
    const name = this.label ?? t('Graph');
    return html`<div
        class="frame scroll"
        role="group"
        aria-label=${describeGraph(name, value)}
        tabindex=${value.edges.length === 0 ? 0 : nothing}
        @keydown=${this.onKey}
        @focusin=${(event: FocusEvent) => this.comeTo(indexUnder(event))}
        @focusout=${() => {
          this.pointed = undefined;
        }}
        @pointerdown=${this.grab}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @pointerleave=${() => {
          this.pointed = undefined;
        }}
      >
        ${picture}
      </div>
      <p class="readout">${this.readout(value)}</p>
      <details
        @toggle=${(event: Event) => {
          this.tableOpen = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary>${t('The graph as a table')}</summary>
        ${this.tableOpen ? this.tables(value, name) : nothing}
      </details>`;
  }

  private picture(value: GraphValue): TemplateResult | undefined {
    const { layout, flowLayout, current, pointed, pull } = this;
    if (layout !== undefined) {
      return html`<svg width=${layout.width.toFixed(0)} height=${TOP + layout.height + BELOW} role="presentation">
        <g transform="translate(0 ${TOP + layout.height})">
          ${row(value, layout, this.offered, { current, pointed, pulled: pull })}
        </g>
      </svg>`;
    }
    return flowLayout === undefined
      ? undefined
      : html`<svg width=${flowLayout.width.toFixed(0)} height=${flowLayout.height} role="presentation">
          <g transform="translate(0 ${ABOVE})">${flow(value, flowLayout, { current, pointed })}</g>
        </svg>`;
  }

  private tables(value: GraphValue, name: string): TemplateResult {
    const nodes = nodesTable(value);
    return html`<table-view .value=${edgesTable(value, this.order)} .label=${t('{0}: edges', name)}></table-view>
      ${nodes === undefined ? nothing : html`<table-view .value=${nodes} .label=${t('{0}: nodes', name)}></table-view>`}`;
  }

  private readout(value: GraphValue): string {
    const shown = value.edges[this.pull?.index ?? this.pointed ?? -1];
    return shown === undefined
      ? pullHint(value.edges.filter((_, index) => this.paramOf(index) !== undefined))
      : edgeText(shown, value);
  }

  private comeTo(index: number | undefined): void {
    if (index !== undefined) {
      this.current = index;
      this.pointed = index;
    }
  }

  // Keys

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.takeKey(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // the step view has keys of its own
  }

  /** Does what a key asks for; false where it asks for nothing here. */
  private takeKey({ key, shiftKey }: KeyboardEvent): boolean {
    const place = this.order.indexOf(this.current);
    const goal = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: this.order.length - 1 }[key];
    if (goal !== undefined) {
      this.focusEdge(this.order[goal]);
      return true;
    }
    const param = this.paramOf(this.current);
    const up = { ArrowUp: 1, ArrowDown: -1 }[key];
    if (param === undefined || up === undefined) {
      return false;
    }
    const step = Math.max(param.step, (param.max - param.min) / 100) * (shiftKey ? 10 : 1);
    this.set(this.current, (this.value as GraphValue).edges[this.current]?.adjust?.value ?? 0, up * step);
    return true;
  }

  private focusEdge(index: number | undefined): void {
    this.renderRoot.querySelector<SVGElement>(`.edge[data-index="${index}"]`)?.focus();
  }

  // Pulling

  private grab(event: PointerEvent): void {
    const index = indexUnder(event);
    const value = this.value?.edges[index ?? -1]?.adjust?.value;
    if (event.button !== 0 || index === undefined || value === undefined || this.paramOf(index) === undefined) {
      return;
    }
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.preventDefault(); // no text is marked meanwhile
    this.focusEdge(index);
    this.pull = { pointer: event.pointerId, index, y: event.clientY, value, lift: 0 };
  }

  private onPointerMove(event: PointerEvent): void {
    const { pull } = this;
    if (pull === undefined) {
      this.pointed = indexUnder(event);
      return;
    }
    const up = pull.y - event.clientY;
    const { min, max } = this.paramOf(pull.index) as NumberParam;
    this.pull = { ...pull, lift: Math.min(BEND, Math.max(-BEND, up)) };
    this.set(pull.index, pull.value, (up / PULL) * (max - min));
  }

  private release(): void {
    this.pull = undefined;
  }

  /** Asks for a number that is `by` more than `from`, as near as its parameter goes. */
  private set(index: number, from: number, by: number): void {
    const { adjust } = edgeOf(this.value as GraphValue, index);
    const next = snapped(from + by, this.paramOf(index) as NumberParam);
    if (adjust !== undefined && next !== adjust.value) {
      const detail: PointsMove = { params: { [adjust.param]: next } };
      this.dispatchEvent(new CustomEvent('points-move', { detail, bubbles: true, composed: true }));
    }
  }
}

function edgeOf(value: GraphValue, index: number): GraphEdge {
  return value.edges[index] as GraphEdge;
}

/** The edge under an event. */
function indexUnder(event: Event): number | undefined {
  const edge = event.composedPath().find((node) => (node as Element).classList?.contains('edge'));
  return edge === undefined ? undefined : Number((edge as SVGElement).dataset.index);
}
customElements.define('graph-view', GraphView);
