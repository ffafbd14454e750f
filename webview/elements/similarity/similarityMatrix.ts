// Which of several things are alike: their cosines as a heatmap with names on both axes, in the given order or with what
// is alike together. Emits `pair-pick` with a {@link Pair} when a cell is chosen.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { checkbox } from '../controls.ts';
import type { AxisText } from '../tensor/axes.ts';
import type { Grid } from '../tensor/grid.ts';
import type { TensorHeatmap } from '../tensor/heatmap.ts';
import type { CellPlace } from '../tensor/heatmapKeys.ts';
import { legendStyles } from '../tensor/legend.ts';
import { withPlaces } from '../tensor/numberText.ts';
import type { Look } from '../tensor/paint.ts';
import { onThemeChange, themeKind } from '../tensor/themeKind.ts';
import { colorKey } from './colorKey.ts';
import { orderBySimilarity } from './order.ts';
import '../tensor/heatmap.ts';

/** Two things by their numbers as they were given, and how alike they are. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly cosine: number;
}

export class SimilarityMatrix extends LitElement {
  static override properties = {
    similarities: { attribute: false },
    names: { attribute: false },
    label: {},
    sorted: { type: Boolean },
    cursor: { state: true },
    hovered: { state: true },
    look: { state: true },
    said: { state: true },
  };
  static override styles = [
    baseStyles,
    legendStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        align-content: start;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
      }
      .readout {
        min-height: 3em;
        font-size: var(--text-small);
        line-height: 1.5;
        overflow-wrap: anywhere;
      }
      .readout b {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  /** n × n cosines, row-major. */
  declare similarities: Float32Array;
  /** One a row; as many as there are rows. */
  declare names: readonly string[];
  declare label: string;
  /** What is alike stands together. */
  declare sorted: boolean;
  declare cursor: CellPlace;
  declare hovered: CellPlace | null;
  declare look: Look;
  declare said: string;
  private order: readonly number[] = [];
  private layers: readonly Grid[] = [];
  private axis: AxisText = { name: '', labels: [] };
  private watched: { dispose(): void } | undefined;

  constructor() {
    super();
    this.similarities = new Float32Array();
    this.names = [];
    this.label = '';
    this.sorted = false;
    this.cursor = { row: 0, column: 0 };
    this.hovered = null;
    this.said = '';
    this.look = { scale: { map: 'sequential', low: 0, high: 1 }, theme: 'dark' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watched = onThemeChange(() => {
      this.look = { ...this.look, theme: themeKind() };
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watched?.dispose();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('similarities') || changed.has('names') || changed.has('sorted')) {
      const n = this.names.length;
      this.order = this.sorted ? orderBySimilarity(this.similarities, n) : Array.from({ length: n }, (_, i) => i);
      const data = Float32Array.from({ length: n * n }, (_, at) => this.at(Math.floor(at / n), at % n));
      this.layers = [grid(data.map(rounded), n)];
      this.axis = { name: '', labels: this.order.map((index) => this.names[index] as string) };
      this.look = { scale: scaleOf(data), theme: themeKind() };
      const last = Math.max(0, n - 1);
      this.cursor = { row: Math.min(this.cursor.row, last), column: Math.min(this.cursor.column, last) };
    }
  }

  /** The cosine at a cell of the picture. */
  private at(row: number, column: number): number {
    return this.similarities[
      (this.order[row] as number) * this.names.length + (this.order[column] as number)
    ] as number;
  }

  protected override render(): TemplateResult | typeof nothing {
    const n = this.names.length;
    if (n === 0) {
      return nothing;
    }
    const name = this.label === '' ? t('Similarities') : this.label;
    return html`<div class="head">
        ${checkbox({
          label: t('Put together what is alike'),
          checked: this.sorted,
          onChange: (sorted) => {
            this.sorted = sorted;
          },
        })}
        <div class="legend">${colorKey(this.look)}</div>
      </div>
      <tensor-heatmap
        .extent=${{ rows: n, columns: n }}
        .layers=${this.layers}
        .look=${this.look}
        .cursor=${this.cursor}
        .down=${this.axis}
        .across=${this.axis}
        .label=${t('{0}, {1} by {1}. Arrow keys go from cell to cell, + and - zoom, 0 shows the whole.', name, n)}
        @cell-move=${(event: CustomEvent<CellPlace>) => this.move(event.detail)}
        @cell-hover=${(event: CustomEvent<CellPlace | null>) => {
          this.hovered = event.detail;
        }}
      ></tensor-heatmap>
      <p class="readout" aria-hidden="true">${this.readout(this.hovered ?? this.cursor)}</p>
      <div class="sr" role="status" aria-live="polite">${this.said}</div>`;
  }

  private pairAt({ row, column }: CellPlace): Pair {
    return { a: this.order[row] as number, b: this.order[column] as number, cosine: this.at(row, column) };
  }

  private readout(place: CellPlace): TemplateResult {
    const { a, b, cosine } = this.pairAt(place);
    return html`${this.names[a]} <span class="quiet">${t('and')}</span> ${this.names[b]}: <b>${withPlaces(cosine, 3)}</b>`;
  }

  private move(place: CellPlace): void {
    this.cursor = place;
    this.hovered = null;
    const pair = this.pairAt(place);
    this.said = t(
      '{0} and {1}: {2}',
      this.names[pair.a] as string,
      this.names[pair.b] as string,
      withPlaces(pair.cosine, 3),
    );
    this.dispatchEvent(new CustomEvent<Pair>('pair-pick', { detail: pair, bubbles: true, composed: true }));
  }

  /** The heatmap within, for those who measure. */
  get heatmap(): TensorHeatmap | null {
    return this.renderRoot.querySelector<TensorHeatmap>('tensor-heatmap');
  }
}
customElements.define('similarity-matrix', SimilarityMatrix);

/** Two decimal places are what cells have room for; the readout has more. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function grid(data: Float32Array, n: number): Grid {
  return {
    data,
    offset: 0,
    rows: n,
    columns: n,
    rowStride: n,
    columnStride: 1,
    rowStart: 0,
    rowStep: 1,
    columnStart: 0,
    columnStep: 1,
  };
}

/** Cosines from 0 to 1, or from -1 where some are below zero by more than what rounding leaves. */
function scaleOf(data: Float32Array): Look['scale'] {
  return data.some((value) => value < -0.05)
    ? { map: 'diverging', low: -1, high: 1 }
    : { map: 'sequential', low: 0, high: 1 };
}
