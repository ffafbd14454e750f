// The bet before a plot: the question with its choices, and afterwards what was bet on and what became of it.

import { html, type TemplateResult } from 'lit';
import type { PlotBet } from '../../../src/shared/lesson.ts';
import { t } from '../../l10n.ts';
import { keptRecord } from '../blockContext.ts';
import { button } from '../controls.ts';
import { betIcon, checkIcon, crossIcon } from '../icons.ts';

/** The index of the choice that was picked, or that none was wanted. */
export type Placed = number | 'passed';

/** The bet that was placed the last time, unless the lesson has other choices now. */
export function keptBet({ choices }: PlotBet, kept: unknown): Placed | undefined {
  const { bet } = keptRecord(kept);
  return bet === 'passed' || (typeof bet === 'number' && bet in choices) ? bet : undefined;
}

/** The open bet. */
export function openBet({ question, choices }: PlotBet, place: (placed: Placed) => void): TemplateResult {
  return html`<div class="bet" role="group" aria-label=${t('Your bet')}>
    <p class="bet-question">${betIcon}<span>${question}</span></p>
    <ul class="bet-choices">
      ${choices.map(
        ({ text }, index) =>
          html`<li><button class="bet-choice" data-choice=${index} @click=${() => place(index)}>${text}</button></li>`,
      )}
    </ul>
    <div class="row">${button({ label: t('Show it without betting'), onClick: () => place('passed') })}</div>
  </div>`;
}

/** What became of the bet. */
export function betOutcome({ choices }: PlotBet, placed: number): TemplateResult {
  const { text, right, why } = choices[placed] as PlotBet['choices'][number];
  return html`<p class="outcome ${right ? 'right' : 'wrong'}" role="status">
    ${right ? checkIcon : crossIcon}<span>${t('You bet on')} <q>${text}</q>. ${why}</span>
  </p>`;
}
