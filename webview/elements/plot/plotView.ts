// Lines over one axis pair, as SVG. The lines differ by dash as well as by colour; a slider below reads them out by
// keyboard, the mouse by hovering; the numbers are there as a table too.

import { scaleLinear } from 'd3-scale';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { TableValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { lastOfAll, maxima, minima, placesOf, valueAt } from './reading.ts';
import type { Line } from './series.ts';
import '../values/tableView.ts';

const HEIGHT = 260;
const MARGIN = { top: 12, right: 16, bottom: 42, left: 58 };
/** Rows of the table beside the plot. */
const TABLE_ROWS = 100;

export class PlotView extends LitElement {
  static override properties = {
    lines: { attribute: false },
    xLabel: {},
    yLabel: {},
    label: {},
    width: { state: true },
    cursor: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      svg.plot {
        display: block;
        width: 100%;
        height: 260px;
        font-size: var(--text-tiny);
        touch-action: pan-y;
      }
      .grid {
        stroke: color-mix(in srgb, var(--ink) 14%, transparent);
      }
      .axis {
        stroke: color-mix(in srgb, var(--ink) 60%, transparent);
      }
      text {
        fill: var(--ink);
        font-variant-numeric: tabular-nums;
      }
      text.axis-label {
        font-weight: 600;
      }
      .line {
        fill: none;
        stroke-width: 2.25;
        stroke-linejoin: round;
        stroke-linecap: butt;
      }
      .line0,
      .dot0 {
        stroke: var(--vscode-charts-blue);
      }
      .line1,
      .dot1 {
        stroke: var(--vscode-charts-yellow);
        stroke-dasharray: 7 4;
      }
      .line2,
      .dot2 {
        stroke: var(--vscode-charts-purple);
        stroke-dasharray: 2 3;
      }
      .line3,
      .dot3 {
        stroke: var(--vscode-charts-green);
        stroke-dasharray: 9 3 2 3;
      }
      .dot {
        fill: var(--paper);
        stroke-width: 2.25;
        stroke-dasharray: none;
      }
      .cursor {
        stroke: var(--ink);
        stroke-dasharray: 2 2;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        list-style: none;
        margin: 0 0 var(--space-1);
        padding: 0;
        font-size: var(--text-small);
      }
      .legend li {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
      }
      .legend svg {
        flex: none;
      }
      .read {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--space-3);
        align-items: center;
        font-size: var(--text-small);
      }
      details {
        margin-top: var(--space-2);
        font-size: var(--text-small);
      }
      summary {
        cursor: pointer;
        width: fit-content;
      }
    `,
  ];
  declare lines: readonly Line[];
  declare xLabel: string | undefined;
  declare yLabel: string | undefined;
  declare label: string | undefined;
  declare width: number;
  /** Index of the place that is read out; where it is undefined, the last of which all lines say something. */
  declare cursor: number | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.lines = [];
    this.width = 600;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override render(): TemplateResult {
    const points = this.lines.flatMap((line) => line.points);
    const xs = placesOf(this.lines);
    const at = Math.min(this.cursor ?? lastOfAll(this.lines, xs), xs.length - 1);
    const [left = 0, right = 1] = [...minima(points, 0), ...maxima(points, 0)];
    // From 0 on, unless that would leave a third of the width empty.
    const from = left > right / 3 || left < 0 ? left : 0;
    const x = scaleLinear(
      [from, Math.max(from + 1, right)],
      [MARGIN.left, Math.max(MARGIN.left + 40, this.width - MARGIN.right)],
    );
    const y = scaleLinear(
      [Math.min(0, ...minima(points, 1)), points.length === 0 ? 1 : Math.max(1e-9, ...maxima(points, 1))],
      [HEIGHT - MARGIN.bottom, MARGIN.top],
    ).nice(5);
    return html`${this.renderLegend(xs[at])}
      <svg
        class="plot"
        role="img"
        aria-label=${this.describe(xs)}
        viewBox="0 0 ${this.width} ${HEIGHT}"
        @pointermove=${(event: PointerEvent) => this.hover(event, xs, x.invert(event.offsetX))}
        @pointerleave=${() => {
          this.cursor = undefined;
        }}
      >
        ${this.renderAxes(x, y)}
        ${this.lines.map((line, index) => (line.points.length === 1 ? dot(line, index, x, y) : svg`<path class="line line${index % 4}" d=${path(line, x, y)} />`))}
        ${xs[at] === undefined ? nothing : this.renderCursor(xs[at], x, y)}
      </svg>
      ${
        xs.length < 2
          ? nothing
          : html`<label class="read"
              ><span>${t('Read the lines at')}</span>
              <input
                type="range"
                min="0"
                max=${xs.length - 1}
                .value=${live(String(at))}
                aria-valuetext=${this.readout(xs[at] ?? 0)}
                @input=${(event: Event) => {
                  this.cursor = Number((event.target as HTMLInputElement).value);
                }}
            /></label>`
      }
      ${
        xs.length === 0
          ? nothing
          : html`<details>
              <summary>${t('The numbers as a table')}</summary>
              <table-view .value=${this.table(xs)} .label=${t('The plotted numbers')}></table-view>
            </details>`
      }`;
  }

  private renderLegend(where: number | undefined): TemplateResult {
    return html`<ul class="legend">
      ${this.lines.map((line, index) => {
        const value = where === undefined ? undefined : valueAt(line, where);
        return html`<li>
          <svg width="28" height="8" aria-hidden="true"><path class="line line${index % 4}" d="M0 4H28" /></svg>
          <span>${line.label}</span> <strong class="number">${value === undefined ? nothing : formatNumber(value)}</strong>
        </li>`;
      })}
      ${where === undefined ? nothing : html`<li class="quiet number">${this.xLabel ?? 'x'} ${formatNumber(where)}</li>`}
    </ul>`;
  }

  private renderAxes(x: Scale, y: Scale): TemplateResult {
    const bottom = HEIGHT - MARGIN.bottom;
    const right = this.width - MARGIN.right;
    const xTicks = x.ticks(Math.max(2, Math.floor(this.width / 110)));
    return svg`${y.ticks(5).map(
      (tick) => svg`<line class="grid" x1=${MARGIN.left} x2=${right} y1=${y(tick)} y2=${y(tick)} />
        <text x=${MARGIN.left - 8} y=${y(tick)} dy="0.32em" text-anchor="end">${formatNumber(tick)}</text>`,
    )}
    ${xTicks.map(
      (tick) => svg`<line class="axis" x1=${x(tick)} x2=${x(tick)} y1=${bottom} y2=${bottom + 5} />
        <text x=${x(tick)} y=${bottom + 17} text-anchor="middle">${formatNumber(tick)}</text>`,
    )}
    <line class="axis" x1=${MARGIN.left} x2=${right} y1=${bottom} y2=${bottom} />
    <text class="axis-label" x=${right} y=${HEIGHT - 6} text-anchor="end">${this.xLabel ?? nothing}</text>
    <text class="axis-label" x=${14} y=${(MARGIN.top + bottom) / 2} text-anchor="middle"
      transform="rotate(-90 14 ${(MARGIN.top + bottom) / 2})">${this.yLabel ?? nothing}</text>` as TemplateResult;
  }

  private renderCursor(at: number, x: Scale, y: Scale): TemplateResult {
    const where = x(at);
    return svg`${
      this.cursor === undefined
        ? nothing
        : svg`<line class="cursor" x1=${where} x2=${where} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom} />`
    }
    ${this.lines.map((line, index) => {
      const value = valueAt(line, at);
      return value === undefined
        ? nothing
        : svg`<circle class="dot dot${index % 4}" cx=${where} cy=${y(value)} r="4" />`;
    })}` as TemplateResult;
  }

  private hover(event: PointerEvent, xs: readonly number[], at: number): void {
    if (event.pointerType === 'touch' || xs.length === 0) {
      return;
    }
    let nearest = 0;
    xs.forEach((x, index) => {
      if (Math.abs(x - at) < Math.abs((xs[nearest] as number) - at)) {
        nearest = index;
      }
    });
    this.cursor = nearest;
  }

  private readout(x: number): string {
    const values = this.lines.flatMap((line) => {
      const value = valueAt(line, x);
      return value === undefined ? [] : [`${line.label} ${formatNumber(value)}`];
    });
    return `${this.xLabel ?? 'x'} ${formatNumber(x)}: ${values.join(', ')}`;
  }

  private describe(xs: readonly number[]): string {
    const name = this.label ?? t('Plot');
    const last = xs.at(-1);
    return last === undefined ? t('{0}, no points yet', name) : `${name}. ${this.readout(last)}`;
  }

  private table(xs: readonly number[]): TableValue {
    const every = Math.ceil(xs.length / TABLE_ROWS);
    const rows = xs
      .filter((_, index) => index % every === 0 || index === xs.length - 1)
      .map((x) => [x, ...this.lines.map((line) => valueAt(line, x) ?? null)]);
    const column = (id: string, label: string) => ({ id, label, type: 'number' as const });
    return {
      kind: 'table',
      columns: [column('x', this.xLabel ?? 'x'), ...this.lines.map((line) => column(line.id, line.label))],
      rows,
    };
  }
}

/** A line of one point has no length: a dot stands for it. */
function dot({ points: [point] }: Line, index: number, x: Scale, y: Scale) {
  return point && svg`<circle class="dot dot${index % 4}" cx=${x(point[0])} cy=${y(point[1])} r="4" />`;
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function path(line: Line, x: Scale, y: Scale): string {
  return line.points.map(([a, b], index) => `${index === 0 ? 'M' : 'L'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join('');
}

customElements.define('plot-view', PlotView);
