// A table in the order given: sticky header, marked rows, numbers to the right. With `choices` it is a list to pick
// from: each row gets a radio button, which is how bets are placed.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Cell, Column, Role, TableValue } from '../../../src/shared/trace.ts';
import { formatNumber, t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { roleName } from '../tokenChip.ts';
import { markedBytes, visiblePiece, visibleTextStyles } from '../visibleText.ts';

const SIGNS: Readonly<Record<Role, string>> = { chosen: '▸', new: '+', match: '=', warn: '!', dim: '' };

/** A text of so many letters stays on one line. */
const SHORT = 12;

export class TableView extends LitElement {
  static override properties = { value: { attribute: false }, label: {} };
  static override styles = [
    baseStyles,
    visibleTextStyles,
    css`
      .box {
        max-height: 19em;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        width: fit-content;
        max-width: 100%;
      }
      table {
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--text-small);
        line-height: 1.45;
      }
      th {
        position: sticky;
        top: 0;
        z-index: 1;
        text-align: left;
        font-weight: 600;
        background: var(--raised);
        border-bottom: 1px solid var(--line);
        vertical-align: bottom;
      }
      th,
      td {
        padding: 3px var(--space-3);
      }
      td {
        vertical-align: baseline;
        /* A narrow table scrolls before its words break; a piece without any gap still does. */
        overflow-wrap: break-word;
        max-width: 24em;
        min-width: 3ch;
      }
      tbody tr + tr td {
        border-top: 1px solid color-mix(in srgb, var(--line) 55%, transparent);
      }
      .number {
        text-align: right;
      }
      td.number,
      td.short {
        white-space: nowrap;
      }
      .bar {
        display: inline-block;
        vertical-align: middle;
        width: 5em;
        height: 0.8em;
        margin-left: var(--space-2);
      }
      .bar line {
        stroke: color-mix(in srgb, var(--ink) 45%, transparent);
      }
      .bar .above {
        fill: var(--vscode-charts-red, var(--bad));
      }
      .bar .below,
      .bar .share {
        fill: var(--vscode-charts-blue);
      }
      td.piece {
        font-family: var(--mono);
        font-size: 0.96em;
      }
      .sign-cell {
        padding-right: 0;
        width: 1.2em;
        font-weight: 700;
      }
      tr.chosen td {
        background: color-mix(in srgb, var(--accent) 20%, transparent);
        font-weight: 600;
      }
      tr.new td {
        background: color-mix(in srgb, var(--good) 20%, transparent);
        font-weight: 600;
      }
      tr.match td {
        background: color-mix(in srgb, var(--vscode-charts-yellow) 20%, transparent);
      }
      tr.warn td {
        background: color-mix(in srgb, var(--warn) 14%, transparent);
      }
      tr.dim td {
        color: var(--ink-quiet);
      }
    `,
  ];
  declare value: TableValue | undefined;
  declare label: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    const { columns, rows, marks = [], total } = this.value;
    const roles = new Map(marks.map(({ row, role }) => [row, role]));
    return html`<div class="box scroll" tabindex="0" role="group" aria-label=${this.label ?? t('Table')}>
        <table>
          <thead>
            <tr>
              ${roles.size > 0 ? html`<th class="sign-cell"><span class="sr">${t('Mark')}</span></th>` : nothing}
              ${columns.map((column) => html`<th scope="col" class=${column.type}>${column.label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${
              rows.length === 0
                ? html`<tr><td class="quiet" colspan=${columns.length}>${t('(no rows)')}</td></tr>`
                : rows.map((row, index) => this.renderRow(row, columns, roles.size > 0, roles.get(index)))
            }
          </tbody>
        </table>
      </div>
      ${
        total !== undefined && total > rows.length
          ? html`<p class="caption">${t('The first {0} of {1} rows.', rows.length, total)}</p>`
          : nothing
      }`;
  }

  private spanOf(column: number): Span {
    const numbers = (this.value?.rows ?? []).map((row) => Number(row[column] ?? 0));
    return [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  }

  private renderRow(row: readonly Cell[], columns: readonly Column[], signs: boolean, role: Role | undefined) {
    return html`<tr class=${role ?? nothing}>
      ${
        signs
          ? html`<td class="sign-cell">${
              role === undefined
                ? nothing
                : html`<span aria-hidden="true">${SIGNS[role]}</span><span class="sr">${roleName(role)}</span>`
            }</td>`
          : nothing
      }
      ${row.map((cell, index) => {
        const { type, bar } = columns[index] as Column;
        const short = typeof cell === 'string' && cell.length <= SHORT ? 'short' : '';
        return html`<td class="${type} ${short}">${renderCell(cell, type)}${bar ? barOf(cell, this.spanOf(index)) : nothing}</td>`;
      })}
    </tr>`;
  }
}

/** The least and the most of a column, 0 among them. */
type Span = readonly [least: number, most: number];

/** A number as a bar: to the right above 0 and to the left below, from the middle where there are both. */
function barOf(cell: Cell, [least, most]: Span): TemplateResult | typeof nothing {
  const largest = Math.max(-least, most);
  if (typeof cell !== 'number' || largest === 0) {
    return nothing;
  }
  const middle = least === 0 ? 0 : most === 0 ? 100 : 50;
  const length = ((middle === 50 ? 50 : 100) * Math.abs(cell)) / largest;
  const kind = least === 0 ? 'share' : cell < 0 ? 'below' : 'above';
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class=${kind} x=${cell < 0 ? middle - length : middle} y="1" width=${length} height="8" />
    <line x1=${middle} x2=${middle} y1="0" y2="10" vector-effect="non-scaling-stroke" />
  </svg>`;
}

/** A cell's content; `piece` shows white space and bytes visibly. */
export function renderCell(cell: Cell, type: Column['type']): TemplateResult | string {
  if (cell === null) {
    return html`<span class="quiet" aria-label=${t('nothing')}>–</span>`;
  }
  if (typeof cell === 'number') {
    return formatNumber(cell);
  }
  return type === 'piece' ? visiblePiece(cell) : markedBytes(cell);
}
customElements.define('table-view', TableView);
