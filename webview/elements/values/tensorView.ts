// A tensor: its shape first, its cells as a heatmap, any two of its axes at a time, its figures, and ways to take it
// away. Complete in itself; how a cell was made is cellOrigin.ts's, which listens to `cell-pick` and sets `lit`.
// Also emits `copy-text` and `export-picture` (takeAway.ts), and `run-again` (tensorFaults.ts).

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { TensorSlice, TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { faultStyles } from '../faultView.ts';
import type { Against } from '../tensor/against.ts';
import type { Shown } from '../tensor/cellPainter.ts';
import { Comparison } from '../tensor/comparison.ts';
import { sameContext, type TensorContext } from '../tensor/context.ts';
import type { CopyFormat } from '../tensor/copyText.ts';
import { axisControls, displayStyles, keepKeys } from '../tensor/displayControls.ts';
import { type Choice, firstChoice, type Held, indexOf, nextCell, regionOf, sizeOf, topCell } from '../tensor/grid.ts';
import type { TensorHeatmap } from '../tensor/heatmap.ts';
import type { Region } from '../tensor/heatmapInk.ts';
import { type CellPlace, within } from '../tensor/heatmapKeys.ts';
import { heldOf } from '../tensor/held.ts';
import { legend, legendStyles, poolingNote } from '../tensor/legend.ts';
import { type FetchSlice, PartFetcher } from '../tensor/partFetcher.ts';
import type { Pooling } from '../tensor/pyramid.ts';
import { firstRange, type RangeChoice } from '../tensor/range.ts';
import { readoutOf } from '../tensor/readout.ts';
import { axisNames, shapeText } from '../tensor/shapeText.ts';
import { nothingShown, type ShownTensor, shownTensor } from '../tensor/shownTensor.ts';
import { statisticsStyles } from '../tensor/statisticsPanel.ts';
import { copyTensor, savePicture, shownOf, wholeOf } from '../tensor/takeAway.ts';
import { tensorFaults } from '../tensor/tensorFaults.ts';
import { tensorHead } from '../tensor/tensorHead.ts';
import { lookOf, type TensorLook } from '../tensor/tensorLook.ts';
import { tensorMore } from '../tensor/tensorMore.ts';
import { tensorStyles } from '../tensor/tensorStyles.ts';
import { onThemeChange, themeKind } from '../tensor/themeKind.ts';
import '../tensor/heatmap.ts';

/** What `cell-pick` carries. */
export interface CellPick {
  readonly value: TensorValue;
  readonly index: readonly number[];
}

export class TensorView extends LitElement {
  static override properties = {
    value: { attribute: false },
    buffer: { attribute: false },
    label: {},
    lit: { attribute: false },
    fetchSlice: { attribute: false },
    against: { attribute: false, hasChanged: (now?: Against, before?: Against) => now?.value !== before?.value },
    around: { attribute: false, hasChanged: (now: TensorContext, before: TensorContext) => !sameContext(now, before) },
    choice: { state: true },
    range: { state: true },
    pooling: { state: true },
    cursor: { state: true },
    hovered: { state: true },
    parts: { state: true },
    fault: { state: true },
    said: { state: true },
    done: { state: true },
    onlyShown: { state: true },
    look: { state: true },
    seen: { state: true },
  };
  static override styles = [baseStyles, faultStyles, tensorStyles, displayStyles, legendStyles, statisticsStyles];
  declare value: TensorValue | undefined;
  /** The buffer that `value.bytes` counts in. */
  declare buffer: ArrayBuffer | undefined;
  declare label: string | undefined;
  /** Cells that light up. */
  declare lit: readonly TensorSlice[];
  declare fetchSlice: FetchSlice | undefined;
  /** Another of its shape: cells that differ from it are marked, and read out with both numbers. */
  declare against: Against | undefined;
  /** What the trace says of it beside its numbers. */
  declare around: TensorContext | undefined;
  declare choice: Choice;
  declare range: RangeChoice;
  declare pooling: Pooling;
  declare cursor: CellPlace;
  declare hovered: CellPlace | null;
  /** What `fetcher` has got. */
  declare parts: readonly Held[];
  /** Its numbers are not where the trace says. */
  declare fault: Fault | undefined;
  /** For screen readers: where the cursor went. */
  declare said: string;
  /** What became of a copy or an export. */
  declare done: string;
  /** Copy what is on the screen, and not all of it. */
  declare onlyShown: boolean;
  declare look: TensorLook;
  declare seen: Shown | undefined;
  /** What the trace brought. */
  held: Held | undefined;
  private shown: ShownTensor = nothingShown;
  private regions: readonly Region[] = [];
  private readonly comparison = new Comparison();
  private names: readonly string[] = [];
  private theme: { dispose(): void } | undefined;
  private readonly fetcher = new PartFetcher(this, () => {
    this.parts = this.fetcher.parts;
    this.requestUpdate();
  });

  constructor() {
    super();
    this.lit = [];
    this.range = firstRange;
    this.pooling = 'mean';
    this.parts = [];
    this.cursor = { row: 0, column: 0 };
    this.hovered = null;
    this.choice = firstChoice([]);
    this.said = '';
    this.done = '';
    this.onlyShown = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.theme = onThemeChange(() => {
      this.look = { ...this.look, theme: themeKind() };
    });
    this.fetcher.askLater();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.theme?.dispose();
    this.fetcher.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { value } = this;
    if (value === undefined) {
      return;
    }
    if (changed.has('value') || changed.has('buffer')) {
      this.take(value, changed.get('value'));
    }
    if (changed.has('value') || changed.has('against')) {
      const first = this.comparison.take(value, this.held, this.against);
      if (first !== undefined) {
        this.goTo(first);
      }
    }
    if (changed.has('lit') && this.lit.length > 0) {
      this.turnTo(this.lit);
    }
    const shown = ['value', 'buffer', 'against', 'choice', 'parts'].some((name) =>
      changed.has(name as keyof TensorView),
    );
    if (shown) {
      const all = this.held === undefined ? this.parts : [this.held, ...this.parts];
      this.shown = shownTensor(value, this.names, this.choice, all);
      this.cursor = within(this.cursor, this.shown.extent);
      this.comparison.show(this.shown.layers[0], this.choice);
    }
    if (shown || changed.has('range') || changed.has('around')) {
      const numbers = { held: this.held, grid: this.shown.layers[0] };
      this.look = lookOf(value, numbers, this.range, this.around, themeKind());
    }
    if (shown || changed.has('lit')) {
      this.regions = this.lit.flatMap((slice) => regionOf(slice, this.choice) ?? []);
    }
  }

  /** A new tensor: of the same shape, what is shown of it stays the same. */
  private take(value: TensorValue, before: TensorValue | undefined): void {
    this.fault = undefined;
    this.fetcher.reset();
    this.parts = [];
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
    this.fetcher.askLater();
  }

  /** Brings an element to the screen, and the cursor to it; silently. */
  goTo(index: readonly number[]): void {
    this.choice = { ...this.choice, fixed: index };
    const { row, column } = this.choice;
    this.cursor = { row: index[row] ?? 0, column: index[column] ?? 0 };
    this.hovered = null;
  }

  /** Brings the axes that aren't shown to where something lights up. */
  private turnTo(lit: readonly TensorSlice[]): void {
    const [first] = lit;
    if (first !== undefined && lit.every((slice) => regionOf(slice, this.choice) === undefined)) {
      this.choice = { ...this.choice, fixed: first.start };
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this;
    if (value === undefined) {
      return nothing;
    }
    const name = this.label ?? t('Tensor');
    return html`<div class="tensor" role="group" aria-label=${name} @keydown=${keepKeys}>
      ${tensorHead(value, {
        names: this.names,
        fetching: this.fetcher.fetching,
        seen: this.seen,
        look: this.look,
        onZoom: (how) => this.heatmap?.zoom(how),
        onNextSpecial: () => this.nextSpecial(),
      })}
      ${axisControls(value.shape, this.names, value.labels ?? {}, this.choice, (choice) => {
        this.choice = choice;
        this.fetcher.askLater();
      })}
      ${tensorFaults(this, this.fault, this.fetcher)}
      ${sizeOf(value.shape) === 0 ? html`<p class="quiet">${t('No elements: one of its axes has the length 0.')}</p>` : this.renderCells(value, name)}
      <div class="sr" role="status" aria-live="polite">${this.said}</div>
    </div>`;
  }

  private renderCells(value: TensorValue, name: string): TemplateResult {
    const { extent, layers, down, across, ghosts } = this.shown;
    return html`<tensor-heatmap
        .extent=${extent}
        .layers=${layers}
        .look=${this.look}
        .dtype=${value.dtype}
        .pooling=${this.pooling}
        .cursor=${this.cursor}
        .regions=${this.regions}
        .ghosts=${ghosts}
        .differing=${this.comparison.regions}
        .down=${down}
        .across=${across}
        .label=${t('{0}, shape {1}. Arrow keys go from cell to cell, + and - zoom, 0 shows the whole.', name, shapeText(value.shape))}
        @cell-move=${(event: CustomEvent<CellPlace>) => this.move(event.detail)}
        @cell-hover=${(event: CustomEvent<CellPlace | null>) => {
          this.hovered = event.detail;
        }}
        @view-change=${(event: CustomEvent<Shown>) => {
          this.seen = event.detail;
          this.fetcher.askLater();
        }}
      ></tensor-heatmap>
      <p class="readout" aria-hidden="true">${this.readout(this.hovered ?? this.cursor)}</p>
      ${sizeOf(value.shape) === 1 ? nothing : this.renderMore(value)}`;
  }

  /** What a single number has no use for. */
  private renderMore(value: TensorValue): TemplateResult {
    const pooled = poolingNote(this.pooling, this.seen?.pooled ?? 1);
    const hatched = this.shown.ghosts.length > 0 ? t('Hatched: copies that exist only in the picture') : undefined;
    return html`${legend(this.look, value, [pooled, hatched])}
      ${tensorMore(value, {
        range: this.range,
        pooling: this.pooling,
        onlyShown: this.onlyShown,
        done: this.done,
        shared: this.around?.shared,
        onChange: (change) => void Object.assign(this, change),
        onCopy: (format) => void this.copy(format),
        onSave: () => void this.savePicture(),
      })}`;
  }

  private get heatmap(): TensorHeatmap | null {
    return this.renderRoot.querySelector<TensorHeatmap>('tensor-heatmap');
  }

  private readout(place: CellPlace): string {
    const index = indexOf(this.choice, place.row, place.column);
    const cell = topCell(this.shown.layers, place.row, place.column);
    return this.value === undefined
      ? ''
      : readoutOf(this.value, this.names, index, cell) + this.comparison.words(index, cell);
  }

  private move(place: CellPlace): void {
    this.cursor = place;
    this.hovered = null;
    this.said = this.readout(place);
    const detail = { value: this.value as TensorValue, index: indexOf(this.choice, place.row, place.column) };
    this.dispatchEvent(new CustomEvent<CellPick>('cell-pick', { detail, bubbles: true, composed: true }));
  }

  private nextSpecial(): void {
    const grid = this.shown.layers.at(-1);
    const found = grid && nextCell(grid, this.cursor, (value) => !Number.isFinite(value));
    if (found !== undefined) {
      this.heatmap?.moveTo(found.row, found.column);
      return;
    }
    this.said = t('There is none in what is shown: another slice has it.');
    this.done = this.said;
  }

  private async copy(format: CopyFormat): Promise<void> {
    const { value, seen } = this;
    if (value !== undefined) {
      const shown = this.onlyShown && seen !== undefined;
      const what = shown ? shownOf(value, seen, this.shown.layers) : wholeOf(value, this.held);
      this.done = await copyTensor(this, what, format);
    }
  }

  private async savePicture(): Promise<void> {
    const { value, heatmap } = this;
    if (value !== undefined && heatmap !== null) {
      this.done = await savePicture(this, value, this.label ?? '', heatmap, this.look);
    }
  }
}
customElements.define('tensor-view', TensorView);
