// Around a step's values: when a cell of its output is picked, the cells of the inputs that made it light up, and the
// arithmetic is handed to the `<cell-arithmetic>` among them. What isn't known about the operation is not said.

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Frame, TensorSlice, TensorValue, Trace, Value } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import type { CellPick, TensorView } from '../values/tensorView.ts';
import { write } from './arithmetic.ts';
import type { Answer, CellArithmetic } from './cellArithmetic.ts';
import { elementAt, type Held } from './grid.ts';
import { heldOf } from './held.ts';
import type { Input } from './origin.ts';
import { explains, originOf } from './provenance.ts';
import { axisNames, placeText } from './shapeText.ts';
import './cellArithmetic.ts';

export class CellOrigin extends LitElement {
  static override properties = {
    trace: { attribute: false },
    frame: { attribute: false },
  };
  static override styles = baseStyles;
  declare trace: Trace;
  declare frame: Frame;

  protected override render(): TemplateResult {
    return html`<slot @cell-pick=${(event: CustomEvent<CellPick>) => this.pick(event)}></slot>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('frame') || changed.has('trace')) {
      const known = explains(this.frame.op) && this.frame.outputs.some(({ value }) => this.tensor(value) !== undefined);
      this.say(undefined, known ? t('Pick a cell of the result to see how it was made.') : undefined);
      this.light(new Map());
    }
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
    const { value, index } = event.detail;
    const port = this.frame.outputs.find((output) => this.trace.values[output.value] === value);
    const fromInput = event
      .composedPath()
      .some((node) => node instanceof Element && node.classList.contains('in') && node.classList.contains('ports'));
    if (port === undefined || fromInput) {
      return;
    }
    const inputs = this.frame.inputs.map((input) => this.input(this.trace.values[input.value]));
    const found = inputs.includes(undefined)
      ? undefined
      : originOf({
          op: this.frame.op,
          attributes: this.frame.attributes ?? {},
          inputs: inputs as Input[],
          shape: value.shape,
          index,
        });
    const cell = this.input(value)?.read(index);
    if (found === undefined || found === 'partial' || cell === undefined) {
      this.say(
        undefined,
        found === 'partial' || cell === undefined
          ? t('Only a part of the numbers that made this cell is in the page.')
          : undefined,
      );
      this.light(new Map());
      return;
    }
    const names = axisNames(value.shape.length, value.axes, { row: t('row'), column: t('column'), axis: t('axis') });
    this.say({
      port: port.name,
      place: placeText(index, names, value.labels ?? {}),
      cell,
      steps: write(found.steps, cell),
    });
    this.light(new Map(found.sources.map(({ input, cells }) => [this.frame.inputs[input]?.name ?? '', cells])));
  }

  /** Undefined for what is no number and no tensor. */
  private input(value: Value | undefined): Input | undefined {
    if (value?.kind === 'scalar') {
      return { shape: [], read: () => value.value };
    }
    if (value?.kind !== 'tensor') {
      return undefined;
    }
    let held: Held | undefined;
    try {
      held = heldOf(value, this.trace.buffer);
    } catch {
      held = undefined; // the tensor's own view says what is wrong
    }
    return { shape: value.shape, read: (index) => held && elementAt(held, index) };
  }

  /** Lights up cells of the inputs by the ports' names, and puts out all others. */
  private light(cells: ReadonlyMap<string, TensorSlice>): void {
    for (const port of this.querySelectorAll<HTMLElement>('.ports.in [data-port]')) {
      const view = port.querySelector<TensorView>('tensor-view');
      if (view !== null) {
        view.lit = cells.get(port.dataset.port ?? '');
      }
    }
  }
}

customElements.define('cell-origin', CellOrigin);
