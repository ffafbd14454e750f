// Around a step's values: when a cell is picked, the cells that it was made of light up in the step's inputs, and the
// arithmetic is handed to the `<cell-arithmetic>` among them; a cell of a tensor that reads a list and its element of the
// list light up each other. What isn't known about the operation is not said.

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { asFault } from '../../../src/shared/errors.ts';
import type { Frame, Port, TensorSlice, TensorValue, Trace, Value } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import type { CellPick, TensorView } from '../values/tensorView.ts';
import { write } from './arithmetic.ts';
import type { Answer, CellArithmetic } from './cellArithmetic.ts';
import { elementAt, type Held, sizeOf, wholeSlice } from './grid.ts';
import { heldOf, heldOfSlice } from './held.ts';
import { comesTo, type Input, type Origin, oneCell } from './origin.ts';
import type { FetchSlice } from './partFetcher.ts';
import { explains, originOf } from './provenance.ts';
import { placeIn } from './provenanceMoves.ts';
import { cellsReading, isGhost, placeArithmetic, placeOf } from './reading.ts';
import { axisNames, placeText } from './shapeText.ts';
import './cellArithmetic.ts';

/** A port of the frame, as `data-port-at` says it on the element that shows it: `in-0`, `out-1`. */
type PortAt = `${'in' | 'out'}-${number}`;
/** Tensors with more elements than this are not fetched whole for the sake of one cell. */
const MOST_FETCHED = 1 << 20;
type Lit = ReadonlyMap<PortAt, readonly TensorSlice[]>;

export class CellOrigin extends LitElement {
  static override properties = {
    trace: { attribute: false },
    frame: { attribute: false },
    fetchSlice: { attribute: false },
  };
  static override styles = baseStyles;
  declare trace: Trace;
  declare frame: Frame;
  /** Gets what a preview lacks. */
  declare fetchSlice: FetchSlice | undefined;
  /** Tensors of this frame that came as previews, got whole. */
  private readonly fetched = new Map<Value, Held>();
  /** The pick that was made last: what comes late for another one is left aside. */
  private latest: object | undefined;

  protected override render(): TemplateResult {
    return html`<slot @cell-pick=${(event: CustomEvent<CellPick>) => this.pick(event)}></slot>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('frame') || changed.has('trace')) {
      this.fetched.clear();
      this.latest = undefined;
      const shown = this.frame.outputs.some(({ value }) => this.tensor(value) !== undefined);
      const known = shown && explains(this.operation);
      this.say(undefined, known ? t('Pick a cell of the result to see how it was made.') : this.readingHint());
      this.light(new Map());
    }
  }

  private get operation(): string {
    return this.frame.operation ?? this.frame.op;
  }

  private readingHint(): string | undefined {
    return this.ports().some(({ port }) => this.tensor(port.value)?.reads !== undefined)
      ? t('Pick a cell to see where in the list it is read.')
      : undefined;
  }

  private ports(): { readonly at: PortAt; readonly port: Port }[] {
    const list = (kind: 'in' | 'out', ports: readonly Port[]) =>
      ports.map((port, index) => ({ at: `${kind}-${index}` as PortAt, port }));
    return [...list('in', this.frame.inputs), ...list('out', this.frame.outputs)];
  }

  private say(answer: Answer | undefined, why?: string): void {
    const place = this.querySelector<CellArithmetic>('cell-arithmetic');
    if (place !== null) {
      place.answer = answer;
      place.why = why;
    }
  }

  private tensor(value: number): TensorValue | undefined {
    const found = this.trace.values[value];
    return found?.kind === 'tensor' ? found : undefined;
  }

  private pick(event: CustomEvent<CellPick>): void {
    const at = event
      .composedPath()
      .map((node) => (node instanceof HTMLElement ? node.dataset.portAt : undefined))
      .find((name) => name !== undefined);
    const picked = this.ports().find((one) => one.at === at);
    this.latest = event.detail;
    if (picked !== undefined) {
      this.explain(picked, event.detail);
    }
  }

  private explain(picked: { readonly at: PortAt; readonly port: Port }, pick: CellPick): void {
    const { value, index } = pick;
    const cell = this.input(value)?.read(index);
    const made = picked.at.startsWith('out') ? this.madeOf(picked.port, value, index, cell) : undefined;
    const links = this.links(picked.port, value, index);
    if (made === 'partial' || (cell === undefined && (made !== undefined || links !== undefined))) {
      this.light(new Map());
      void this.complete(picked, pick);
      return;
    }
    if ((made === undefined && links === undefined) || cell === undefined) {
      if (picked.at.startsWith('out')) {
        this.say(undefined);
        this.light(new Map());
      }
      return; // a cell of an input says nothing: what was said of the result stays
    }
    const names = axisNames(value.shape.length, value.axes, { row: t('row'), column: t('column'), axis: t('axis') });
    this.say({
      port: picked.port.name,
      place: placeText(index, names, value.labels ?? {}),
      cell,
      ...(made !== undefined && { steps: write(made.steps, cell) }),
      ...links?.said,
    });
    const lit = new Map<PortAt, TensorSlice[]>();
    const add = (to: PortAt, cells: readonly TensorSlice[]) => lit.set(to, [...(lit.get(to) ?? []), ...cells]);
    for (const { input, cells } of made?.sources ?? []) {
      add(`in-${input}`, [cells]);
    }
    for (const [to, cells] of links?.lit ?? []) {
      add(to, cells);
    }
    this.light(lit);
  }

  /** Gets the numbers that are missing, where they are not too many, and explains the cell then. */
  private async complete(picked: { readonly at: PortAt; readonly port: Port }, pick: CellPick): Promise<void> {
    const ids = [picked.port, ...this.frame.inputs].map(({ value }) => value);
    const missing = [...new Set(ids)].flatMap((id) => this.tensor(id) ?? []).filter((one) => this.lacks(one));
    const { fetchSlice } = this;
    if (fetchSlice === undefined || missing.length === 0 || missing.some(({ shape }) => sizeOf(shape) > MOST_FETCHED)) {
      this.say(undefined, t('Only a part of the numbers that made this cell is in the page.'));
      return;
    }
    this.say(undefined, t('Getting the numbers that made this cell…'));
    let why: unknown;
    const got = await Promise.all(
      missing.map(async (value) => {
        const slice = wholeSlice(value.shape);
        return [value, heldOfSlice(slice, await fetchSlice(value, slice))] as const;
      }),
    ).catch((error: unknown) => {
      why = error;
      return undefined;
    });
    if (this.latest !== pick) {
      return;
    }
    if (got === undefined) {
      this.say(undefined, t('The numbers that made this cell could not be got: {0}', asFault(why).message));
      return;
    }
    for (const [value, held] of got) {
      this.fetched.set(value, held);
    }
    this.explain(picked, pick);
  }

  private lacks(value: TensorValue): boolean {
    return value.bytes === undefined && sizeOf(value.shape) > 0 && !this.fetched.has(value);
  }

  private madeOf(
    port: Port,
    { shape }: TensorValue,
    index: readonly number[],
    cell: number | undefined,
  ): Origin | 'partial' | undefined {
    const { inputs, attributes = {} } = this.frame;
    const read = inputs.map(({ value }) => this.input(this.trace.values[value]));
    if (!explains(this.operation) || cell === undefined || read.includes(undefined)) {
      return cell === undefined && explains(this.operation) ? 'partial' : undefined;
    }
    const of = inputs.findIndex(({ name, gradientOf }) => gradientOf === undefined && name === port.gradientOf);
    const given = { op: this.operation, attributes, inputs: read as Input[], shape, index, cell };
    const found = originOf(of < 0 ? given : { ...given, of });
    // A program may call a step of its own by an operation's name: what doesn't come to the cell isn't how it was made.
    return typeof found !== 'object' || comesTo(found, cell) ? found : undefined;
  }

  /** What reads a list, and the list: which cells are the same number, and what there is to say about it. */
  private links(port: Port, value: TensorValue, index: readonly number[]) {
    const shown = this.ports();
    const { reads } = value;
    if (reads !== undefined) {
      const lists = shown.filter((one) => one.port.value === reads.list);
      // The list is most often (N,); one of another shape is counted row by row.
      const { shape = [] } = this.tensor(reads.list) ?? {};
      const cell = oneCell(placeIn(shape, [sizeOf(shape)], [placeOf(reads, index)]));
      const reading = {
        list: lists[0]?.port.name ?? t('the list'),
        arithmetic: placeArithmetic(reads, index),
        ghost: isGhost(reads, index),
      };
      return { said: { reading }, lit: lists.map(({ at }) => [at, [cell]] as const) };
    }
    const [place = 0] = placeIn([sizeOf(value.shape)], value.shape, index);
    const readers = shown.flatMap(({ at, port: other }) => {
      const reader = this.tensor(other.value);
      return reader?.reads?.list === port.value ? [{ at, cells: cellsReading(reader.reads, reader.shape, place) }] : [];
    });
    if (readers.length === 0) {
      return undefined;
    }
    const cells = readers.flatMap((one) => one.cells);
    const count = cells.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    // Each stretch begins with the cell that is no copy.
    const readBy = { cells: count, ghosts: count - cells.length };
    return { said: { readBy }, lit: readers.map((one) => [one.at, one.cells] as const) };
  }

  /** Undefined for what is no number and no tensor. */
  private input(value: Value | undefined): Input | undefined {
    if (value?.kind === 'scalar') {
      return { shape: [], read: () => value.value };
    }
    if (value?.kind !== 'tensor') {
      return undefined;
    }
    let held = this.fetched.get(value);
    try {
      held ??= heldOf(value, this.trace.buffer);
    } catch {
      held = undefined; // the tensor's own view says what is wrong
    }
    return { shape: value.shape, read: (index) => held && elementAt(held, index) };
  }

  /** Lights up cells, and puts out all others. */
  private light(cells: Lit): void {
    for (const port of this.querySelectorAll<HTMLElement>('[data-port-at]')) {
      const view = port.querySelector<TensorView>('tensor-view');
      if (view !== null) {
        view.lit = cells.get(port.dataset.portAt as PortAt) ?? [];
      }
    }
  }
}

customElements.define('cell-origin', CellOrigin);
