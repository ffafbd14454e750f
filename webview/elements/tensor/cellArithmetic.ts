// The arithmetic of one cell, written out: what cellOrigin.ts found, beside the result that it explains.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { number, type WrittenStep } from './arithmetic.ts';
import type { StepName } from './origin.ts';

export interface Answer {
  /** Name of the value, and the place in it as people write it. */
  readonly port: string;
  readonly place: string;
  readonly cell: number;
  /** Absent where it is not known how the cell was made. */
  readonly steps?: readonly WrittenStep[];
  /** Of a tensor that reads a list: the list's name, and how the place in it comes about. */
  readonly reading?: { readonly list: string; readonly arithmetic: string; readonly ghost: boolean };
  /** Of a list that tensors read: how many cells read this element, and how many of them are ghosts. */
  readonly readBy?: { readonly cells: number; readonly ghosts: number };
}

export class CellArithmetic extends LitElement {
  static override properties = { answer: { attribute: false }, why: {} };
  static override styles = [
    baseStyles,
    css`
      .made {
        margin-top: var(--space-4);
        border-left: 3px solid var(--accent);
        padding: var(--space-1) 0 var(--space-1) var(--space-3);
        font-size: var(--text-small);
        line-height: 1.6;
      }
      h5 {
        margin: 0 0 var(--space-1);
        font-size: inherit;
      }
      .line {
        font-family: var(--mono);
        overflow-wrap: anywhere;
      }
      .name {
        font-family: var(--vscode-font-family, sans-serif);
        color: var(--ink-quiet);
      }
      .terms {
        max-height: 24em;
        width: fit-content;
        max-width: 100%;
        margin: var(--space-1) 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
      }
      table {
        border-collapse: collapse;
        font-family: var(--mono);
      }
      td,
      th {
        padding: 1px var(--space-2);
        text-align: right;
        font-weight: 400;
        white-space: nowrap;
        vertical-align: top;
      }
      td:not(:last-child) {
        white-space: normal;
      }
      td:not(:last-child) + td {
        padding-left: 0;
      }
      th {
        color: var(--ink-quiet);
      }
      tfoot td,
      tfoot th {
        position: sticky;
        bottom: 0;
        background: var(--paper);
        border-top: 1px solid var(--ink);
        font-weight: 700;
        color: var(--ink);
      }
      b {
        font-weight: 700;
      }
    `,
  ];
  declare answer: Answer | undefined;
  /** What to say where there is no answer; nothing if absent. */
  declare why: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.answer !== undefined) {
      return this.renderAnswer(this.answer);
    }
    return this.why === undefined ? nothing : html`<p class="caption">${this.why}</p>`;
  }

  private renderAnswer({ port, place, cell, steps, reading, readBy }: Answer): TemplateResult {
    const title = steps === undefined ? t('Where this cell stands') : t('How this cell was made');
    return html`<section class="made" aria-label=${title}>
      <h5>${title}</h5>
      <p class="line"><b>${port}</b> <span class="name">${place}</span> = <b>${number(cell)}</b></p>
      ${reading === undefined ? nothing : renderReading(reading)}
      ${
        readBy === undefined
          ? nothing
          : html`<p>
              ${readBy.cells === 1 ? t('One cell reads this number.') : t('{0} cells read this number.', readBy.cells)}
              ${readBy.ghosts === 0 ? nothing : t('Copies that exist only in the picture: {0}.', readBy.ghosts)}
            </p>`
      }
      ${steps?.map((step) => (step.kind === 'sum' ? this.renderSum(step) : renderFormula(step)))}
    </section>`;
  }

  private renderSum({ name, terms, rest, rounding, result }: WrittenStep): TemplateResult {
    const plain = terms.every(({ text }) => !/[^\d.e+-]/.test(text));
    return html`<div class="terms scroll" tabindex="0" role="group" aria-label=${stepName(name)}>
      <table>
        <tbody>
          ${terms.map(
            ({ text, value }, at) =>
              html`<tr><th scope="row">${at}</th>${plain ? nothing : html`<td>${text}</td>`}<td>${value}</td></tr>`,
          )}
          ${
            rest === undefined
              ? nothing
              : html`<tr><th scope="row">…</th>${plain ? nothing : html`<td>${t('{0} more', rest.count)}</td>`}<td>${rest.value}</td></tr>`
          }
          ${
            rounding === undefined
              ? nothing
              : html`<tr><th scope="row"></th>${plain ? nothing : html`<td>${t('32-bit rounding')}</td>`}<td>${rounding}</td></tr>`
          }
        </tbody>
        <tfoot>
          <tr><th scope="row">Σ</th>${plain ? nothing : html`<td>${stepName(name)}</td>`}<td>${result}</td></tr>
        </tfoot>
      </table>
    </div>`;
  }
}

function renderReading({ list, arithmetic, ghost }: NonNullable<Answer['reading']>): TemplateResult {
  return html`<p class="line"><span class="name">${t('place in {0}', list)}</span> = ${arithmetic}</p>
    ${ghost ? html`<p>${t('A copy that exists only in the picture: its stride is 0, so the same number is read again.')}</p>` : nothing}`;
}

function renderFormula({ name, text, rounding, result }: WrittenStep): TemplateResult {
  return html`<p class="line">
    <span class="name">${stepName(name)}</span> = ${text === result ? nothing : html`${text} = `}<b>${result}</b>
    ${rounding === undefined ? nothing : html`<span class="name">${t('({0} of it by 32-bit rounding)', rounding)}</span>`}
  </p>`;
}

function stepName(name: StepName): string {
  switch (name) {
    case 'cell':
      return t('the cell');
    case 'total':
      return t('sum');
    case 'mean':
      return t('mean');
    case 'largest':
      return t('the largest of the row');
    case 'numerator':
      return t('above the line');
    case 'denominator':
      return t('below the line');
    case 'squares':
      return t('sum of squares');
    case 'variance':
      return t('variance');
    case 'normalised':
      return t('normalised');
    case 'inner':
      return t('inside');
    case 'slope':
      return t('the slope here');
    case 'probability':
      return t('the probability');
    case 'pull':
      return t('what the whole row is pulled by');
    case 'gradientMean':
      return t('mean of the gradients');
    case 'productMean':
      return t('mean of gradient × normalised');
  }
}
customElements.define('cell-arithmetic', CellArithmetic);
