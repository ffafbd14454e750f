// The bet on a step: the question, the rows to pick from, and afterwards what won and why.

import { html, nothing, type TemplateResult } from 'lit';
import type { Column, Frame, TableValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { button, checkbox } from '../controls.ts';
import { betIcon, checkIcon, crossIcon } from '../icons.ts';
import { renderCell } from '../values/tableView.ts';
import { type Bet, type BetRule, rowName } from './bet.ts';

/** The open bet; `on.bet` gets the row's index in the table. The numbers show only where the steps before showed them. */
export function openBet(
  rule: BetRule,
  { table, offered, asked, frame }: Bet,
  on: { bet(row: number): void; skip(): void; never(): void },
): TemplateResult {
  return html`<div class="bet" role="group" aria-label=${t('Your bet')}>
    <p class="bet-question">${betIcon}<span>${rule.question}</span></p>
    <ul class="bet-choices">
      ${offered.map((row) => {
        const cells = table.rows[row] ?? [];
        // Texts behind a name say how one comes to it: they are for afterwards.
        const numbers = table.columns.flatMap(({ label, type }, index) =>
          index > 0 && type === 'number' ? [`${label}: ${cells[index] ?? '–'}`] : [],
        );
        return html`<li>
          <button class="bet-choice" data-row=${row} @click=${() => on.bet(row)}>
            <span class="bet-name ${nameType(table)}">${renderCell(cells[0] ?? null, nameType(table))}</span>
            ${asked < frame || numbers.length === 0 ? nothing : html`<span class="quiet small">${numbers.join(' · ')}</span>`}
          </button>
        </li>`;
      })}
    </ul>
    <div class="row">
      ${button({ label: t('Show it without betting'), onClick: on.skip })}
      ${checkbox({ label: t("Don't ask again in this run"), checked: false, onChange: on.never })}
    </div>
  </div>`;
}

/** The bet is placed, and the step that settles it is still to come. */
export function waitingBet({ table }: Bet, row: number): TemplateResult {
  return html`<p class="outcome waiting" role="status">
    ${betIcon}
    <span>${t('You bet on')} ${quoted(table, row)}. ${t('Step on to see what is picked.')}</span>
  </p>`;
}

/** What became of the bet. */
export function betOutcome(frame: Frame, { table, winner }: Bet, row: number): TemplateResult {
  const right = winner === row;
  return html`<p class="outcome ${right ? 'right' : 'wrong'}" role="status">
    ${right ? checkIcon : crossIcon}
    <span
      >${
        winner === undefined
          ? html`${t('You bet on')} ${quoted(table, row)}.`
          : right
            ? html`${t('You won: the step picked')} ${quoted(table, winner)}.`
            : html`${t('You bet on')} ${quoted(table, row)}; ${t('the step picked')} ${quoted(table, winner)}.`
      }
      ${compare(table, row, winner)} ${frame.note ?? nothing}</span
    >
  </p>`;
}

/** The first number in which the two rows differ: that is what decided. */
function compare(table: TableValue, row: number, winner: number | undefined): string {
  if (winner === undefined || winner === row) {
    return '';
  }
  for (const [index, column] of table.columns.entries()) {
    const [mine, theirs] = [table.rows[row]?.[index], table.rows[winner]?.[index]];
    if (column.type === 'number' && mine !== theirs) {
      return t('{0}: yours has {1}, the winner {2}.', column.label, mine ?? '–', theirs ?? '–');
    }
  }
  return '';
}

/** A choice as it is spoken of in a sentence: between quotation marks, since choices may be sentences themselves. */
function quoted(table: TableValue, row: number): TemplateResult {
  const type = nameType(table);
  return html`<q class="bet-name ${type}">${renderCell(rowName(table, row), type)}</q>`;
}

/** What the choices' names are: pieces of a text, or words about it. */
function nameType({ columns }: TableValue): Column['type'] {
  return columns[0]?.type ?? 'text';
}
