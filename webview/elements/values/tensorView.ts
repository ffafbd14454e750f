// A tensor: its shape first, its cells as a heatmap, any two of its axes at a time, its figures, and ways to take it
// away. Complete in itself; how a cell was made is cellOrigin.ts's, which listens to `cell-pick` and sets `lit`.
// Also emits `copy-text` and `export-picture`: see takeAway.ts.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { SlicedTensor } from '../../../src/shared/messages.ts';
import type { TensorSlice, TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { button } from '../controls.ts';
import { faultStyles, faultView } from '../faultView.ts';
import { fitIcon, minusIcon, plusIcon } from '../icons.ts';
import type { AxisText } from '../tensor/axes.ts';
import type { CopyFormat } from '../tensor/copyText.ts';
import { missingPart } from '../tensor/detail.ts';
import { axisControls, colorControls, displayStyles } from '../tensor/displayControls.ts';
import {
  type Choice,
  cellAt,
  extent,
  firstChoice,
  type Grid,
  gridOf,
  type Held,
  indexOf,
  nextCell,
  sizeOf,
} from '../tensor/grid.ts';
import type { Shown, TensorHeatmap } from '../tensor/heatmap.ts';
import type { Region } from '../tensor/heatmapInk.ts';
import type { CellPlace } from '../tensor/heatmapKeys.ts';
import { heldOf, heldOfSlice } from '../tensor/held.ts';
import { legend, legendStyles } from '../tensor/legend.ts';
import { exact } from '../tensor/numberText.ts';
import type { Look } from '../tensor/paint.ts';
import type { Pooling } from '../tensor/pyramid.ts';
import { firstRange, type RangeChoice, scaleOf } from '../tensor/range.ts';
import { axisNames, placeText, shapeText } from '../tensor/shapeText.ts';
import { statisticsPanel, statisticsStyles } from '../tensor/statisticsPanel.ts';
import { copyTensor, savePicture } from '../tensor/takeAway.ts';
import { tensorStyles } from '../tensor/tensorStyles.ts';
import { onThemeChange, themeKind } from '../tensor/themeKind.ts';
import type { Extent } from '../tensor/viewport.ts';
import '../tensor/heatmap.ts';

/** What `cell-pick` carries. */
export interface CellPick {
  readonly value: TensorValue;
  readonly index: readonly number[];
}

/** Gets a part of a tensor that came as a preview. */
export type FetchSlice = (value: TensorValue, slice: TensorSlice) => Promise<SlicedTensor>;

/** Milliseconds that the view stands still before its part is fetched. */
const STILL = 150;

export class TensorView extends LitElement {
  static override properties = {
    value: { attribute: false },
    buffer: { attribute: false },
    label: {},
    lit: { attribute: false },
    fetchSlice: { attribute: false },
    choice: { state: true },
    range: { state: true },
    pooling: { state: true },
    cursor: { state: true },
    hovered: { state: true },
    details: { state: true },
    fault: { state: true },
    fetching: { state: true },
    said: { state: true },
    done: { state: true },
    look: { state: true },
    seen: { state: true },
  };
  static override styles = [baseStyles, faultStyles, tensorStyles, displayStyles, legendStyles, statisticsStyles];
  declare value: TensorValue | undefined;
  /** The buffer that `value.bytes` counts in. */
  declare buffer: ArrayBuffer | undefined;
  declare label: string | undefined;
  /** Cells that light up. */
  declare lit: TensorSlice | undefined;
  declare fetchSlice: FetchSlice | undefined;
  declare choice: Choice;
  declare range: RangeChoice;
  declare pooling: Pooling;
  declare cursor: CellPlace;
  declare hovered: CellPlace | null;
  /** Parts that were fetched, the newest last. */
  declare details: readonly Held[];
  declare fault: Fault | undefined;
  declare fetching: boolean;
  /** For screen readers: where the cursor went. */
  declare said: string;
  /** What became of a copy or an export. */
  declare done: string;
  declare look: Look;
  declare seen: Shown | undefined;
  private held: Held | undefined;
  private extent: Extent = { rows: 1, columns: 1 };
  private layers: readonly Grid[] = [];
  private regions: readonly Region[] = [];
  private down: AxisText = { name: '', labels: undefined };
  private across: AxisText = { name: '', labels: undefined };
  private names: readonly string[] = [];
  private theme: { dispose(): void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.range = firstRange;
    this.pooling = 'mean';
    this.details = [];
    this.cursor = { row: 0, column: 0 };
    this.hovered = null;
    this.choice = firstChoice([]);
    this.fetching = false;
    this.said = '';
    this.done = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.theme = onThemeChange(() => {
      this.look = { ...this.look, theme: themeKind() };
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.theme?.dispose();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { value } = this;
    if (value === undefined) {
      return;
    }
    if (changed.has('value') || changed.has('buffer')) {
      this.take(value, changed.get('value'));
    }
    if (changed.has('lit') && this.lit !== undefined) {
      this.turnTo(this.lit);
    }
    const shown = ['value', 'buffer', 'choice', 'details'].some((name) => changed.has(name as keyof TensorView));
    if (shown) {
      this.extent = extent(value.shape, this.choice);
      const all = this.held === undefined ? this.details : [this.held, ...this.details];
      this.layers = all.flatMap((held) => gridOf(held, this.choice) ?? []);
      const axis = (at: number) => ({ name: this.names[at] ?? '', labels: value.labels?.[at] });
      [this.down, this.across] = [axis(this.choice.row), axis(this.choice.column)];
      this.cursor = {
        row: Math.max(0, Math.min(this.cursor.row, this.extent.rows - 1)),
        column: Math.max(0, Math.min(this.cursor.column, this.extent.columns - 1)),
      };
    }
    if (shown || changed.has('range')) {
      this.look = { scale: scaleOf(this.range, value.statistics, this.layers[0]), theme: themeKind() };
    }
    if (shown || changed.has('lit')) {
      this.regions = this.litRegions();
    }
  }

  /** A new tensor: of the same shape, what is shown of it stays the same. */
  private take(value: TensorValue, before: TensorValue | undefined): void {
    this.fault = undefined;
    this.details = [];
    this.done = '';
    this.names = axisNames(value.shape.length, value.axes, { row: t('row'), column: t('column'), axis: t('axis') });
    if (before?.shape.join() !== value.shape.join()) {
      this.choice = firstChoice(value.shape);
      this.cursor = { row: 0, column: 0 };
    }
    try {
      this.held = heldOf(value, this.buffer);
    } catch (error) {
      this.held = undefined;
      this.fault = asFault(error);
    }
    this.askLater();
  }

  /** Brings the axes that aren't shown to where something lights up. */
  private turnTo({ start, shape }: TensorSlice): void {
    const fixed = this.choice.fixed.map((at, axis) =>
      at >= (start[axis] as number) && at < (start[axis] as number) + (shape[axis] as number)
        ? at
        : (start[axis] as number),
    );
    if (fixed.some((at, axis) => at !== this.choice.fixed[axis])) {
      this.choice = { ...this.choice, fixed };
    }
  }

  private litRegions(): readonly Region[] {
    const { lit, choice } = this;
    if (lit === undefined) {
      return [];
    }
    const along = (axis: number) => (axis < 0 ? [0, 1] : [lit.start[axis], lit.shape[axis]]) as [number, number];
    const [row, rows] = along(choice.row);
    const [column, columns] = along(choice.column);
    return [{ row, rows, column, columns }];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this;
    if (value === undefined) {
      return nothing;
    }
    const name = this.label ?? t('Tensor');
    return html`<div class="tensor" role="group" aria-label=${name} @keydown=${keepKeys}>
      ${this.renderHead(value)}
      ${axisControls(value.shape, this.names, value.labels ?? {}, this.choice, (choice) => {
        this.choice = choice;
        this.askLater();
      })}
      ${this.fault === undefined ? nothing : faultView(this.fault, this.fetchSlice && { label: t('Try again'), run: () => this.ask() })}
      ${sizeOf(value.shape) === 0 ? html`<p class="quiet">${t('No elements: one of its axes has the length 0.')}</p>` : this.renderCells(value, name)}
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
    </div>`;
  }

  private renderHead({ shape, dtype, statistics, preview, bytes }: TensorValue): TemplateResult {
    const special = statistics.nan + statistics.inf;
    return html`<div class="head">
      <span class="shape"
        >(${shape.map((size, axis) => html`${axis > 0 ? ', ' : nothing}<span class="axis">${this.names[axis]}</span> <b>${size}</b>`)})
        <span class="axis">${dtype}</span></span
      >
      ${
        special === 0
          ? nothing
          : html`<span class="flagged">
              <span>${t('{0} NaN, {1} infinite', statistics.nan, statistics.inf)}</span>
              ${button({ label: t('Go to the next one'), onClick: () => this.nextSpecial() })}
            </span>`
      }
      ${bytes === undefined && preview !== undefined ? html`<span class="quiet">${this.previewNote()}</span>` : nothing}
      <span class="tools">
        ${button({ label: t('Zoom out'), icon: minusIcon, iconOnly: true, onClick: () => this.heatmap?.zoom('out') })}
        ${button({ label: t('Show the whole'), icon: fitIcon, iconOnly: true, onClick: () => this.heatmap?.zoom('fit') })}
        ${button({ label: t('Zoom in'), icon: plusIcon, iconOnly: true, onClick: () => this.heatmap?.zoom('in') })}
      </span>
    </div>`;
  }

  private previewNote(): string {
    if (this.fetching) {
      return t('Getting this part…');
    }
    const sampled = this.seen?.sampled ?? 1;
    return sampled === 1
      ? t('Only the part on the screen is here')
      : t('One cell of {0} × {0}; zoom in for the rest', sampled);
  }

  private renderCells(value: TensorValue, name: string): TemplateResult {
    return html`<tensor-heatmap
        .extent=${this.extent}
        .layers=${this.layers}
        .look=${this.look}
        .dtype=${value.dtype}
        .pooling=${this.pooling}
        .cursor=${this.cursor}
        .regions=${this.regions}
        .down=${this.down}
        .across=${this.across}
        .label=${t('{0}, shape {1}. Arrow keys go from cell to cell, + and - zoom, 0 shows the whole.', name, shapeText(value.shape))}
        @cell-move=${(event: CustomEvent<CellPlace>) => this.move(event.detail)}
        @cell-hover=${(event: CustomEvent<CellPlace | null>) => {
          this.hovered = event.detail;
        }}
        @view-change=${(event: CustomEvent<Shown>) => {
          this.seen = event.detail;
          this.askLater();
        }}
      ></tensor-heatmap>
      <p class="readout" aria-hidden="true">${this.readout(this.hovered ?? this.cursor)}</p>
      ${legend(this.look.scale, this.look.theme, value.statistics, this.poolingNote())}
      <div class="more">
        <details>
          <summary>${t('Display')}</summary>
          ${colorControls(
            this.range,
            this.pooling,
            (change) => {
              this.range = { ...this.range, ...change };
            },
            (pooling) => {
              this.pooling = pooling;
            },
          )}
        </details>
        <details>
          <summary>${t('Statistics')}</summary>
          ${statisticsPanel(value)}
        </details>
        <details>
          <summary>${t('Copy and export')}</summary>
          <div class="row">
            ${button({ label: t('Copy as JSON'), onClick: () => void this.copy('json') })}
            ${button({ label: t('Copy as NumPy'), onClick: () => void this.copy('numpy') })}
            ${button({ label: t('Copy as CSV'), onClick: () => void this.copy('csv') })}
            ${button({ label: t('Save the picture'), onClick: () => void this.savePicture() })}
          </div>
          <p class="caption" role="status">${this.done}</p>
        </details>
      </div>`;
  }

  private poolingNote(): string | undefined {
    const cells = this.seen?.pooled ?? 1;
    if (cells < 2) {
      return undefined;
    }
    switch (this.pooling) {
      case 'mean':
        return t('A point is the mean of {0} × {0} cells', cells);
      case 'max':
        return t('A point is the greatest of {0} × {0} cells', cells);
      case 'min':
        return t('A point is the least of {0} × {0} cells', cells);
    }
  }

  private get heatmap(): TensorHeatmap | null {
    return this.renderRoot.querySelector<TensorHeatmap>('tensor-heatmap');
  }

  private valueAt({ row, column }: CellPlace): number | undefined {
    for (const grid of this.layers.toReversed()) {
      const found = cellAt(grid, row, column);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  /** `row 3, column 5: 0.123`. */
  private readout(place: CellPlace): string {
    const value = this.valueAt(place);
    const index = indexOf(this.choice, place.row, place.column);
    const where = placeText(index, this.names, this.value?.labels ?? {});
    const number = value === undefined ? t('not here yet') : exact(value, this.value?.dtype ?? 'f32');
    return where === '' ? number : `${where}: ${number}`;
  }

  private move(place: CellPlace): void {
    this.cursor = place;
    this.hovered = null;
    this.said = this.readout(place);
    this.dispatchEvent(
      new CustomEvent<CellPick>('cell-pick', {
        detail: { value: this.value as TensorValue, index: indexOf(this.choice, place.row, place.column) },
        bubbles: true,
        composed: true,
      }),
    );
  }

  private nextSpecial(): void {
    const grid = this.layers.at(-1);
    const found = grid && nextCell(grid, this.cursor, (value) => !Number.isFinite(value));
    if (found === undefined) {
      this.said = t('There is none in what is shown: another slice has it.');
      this.done = this.said;
      return;
    }
    this.heatmap?.moveTo(found.row, found.column);
  }

  private askLater(): void {
    clearTimeout(this.timer);
    if (this.fetchSlice !== undefined && this.value?.bytes === undefined) {
      this.timer = setTimeout(() => this.ask(), STILL);
    }
  }

  /** Fetches what is on the screen where only a preview is here. The answer to an older question is left aside. */
  private async ask(): Promise<void> {
    const { value, fetchSlice, seen, choice } = this;
    if (value === undefined || fetchSlice === undefined) {
      return;
    }
    const held = this.held === undefined ? this.details : [this.held, ...this.details];
    const all = extent(value.shape, choice);
    const visible = seen ?? { rows: { from: 0, end: all.rows }, columns: { from: 0, end: all.columns } };
    const part = missingPart(value.shape, choice, visible, held);
    if (part === undefined) {
      return;
    }
    this.fetching = true;
    this.fault = undefined;
    try {
      const answer = heldOfSlice(part, await fetchSlice(value, part));
      if (this.value === value) {
        this.details = [...this.details.slice(-3), answer];
      }
    } catch (error) {
      if (this.value === value) {
        this.fault = asFault(error);
      }
    } finally {
      this.fetching = false;
    }
  }

  private async copy(format: CopyFormat): Promise<void> {
    if (this.value !== undefined) {
      this.done = await copyTensor(this, this.value, this.held, format);
    }
  }

  private async savePicture(): Promise<void> {
    const { value, heatmap } = this;
    if (value !== undefined && heatmap !== null) {
      this.done = await savePicture(this, value, this.label ?? '', heatmap, this.look);
    }
  }
}

/** Sliders and fields use keys that walk from step to step outside. */
function keepKeys(event: KeyboardEvent): void {
  if ((event.composedPath()[0] as Element).matches('input, select, textarea')) {
    event.stopPropagation();
  }
}
customElements.define('tensor-view', TensorView);
