// The figures of the index: files, chunks, sizes, languages, and when it was last brought up to date.

import { html, nothing, type TemplateResult } from 'lit';
import type { IndexHealth } from '../../src/shared/searchMessages.ts';
import { formatNumber, t } from '../l10n.ts';
import { duration, filesOf, moment, size } from './stateWords.ts';

/** Languages that are listed. */
const LISTED = 12;

export function figures(health: IndexHealth): TemplateResult {
  const { seen, indexed, pending, chunks, textBytes, storeBytes, store, upToDate, lastRun, languages } = health;
  const left = Object.values(health.leftOut).reduce((sum, count) => sum + count, 0);
  return html`<section aria-labelledby="figures">
    <h2 id="figures">${t('Figures')}</h2>
    <dl>
      ${figure(t('Files seen'), formatNumber(seen))} ${figure(t('Indexed'), formatNumber(indexed))}
      ${pending > 0 ? figure(t('Not yet indexed'), formatNumber(pending)) : nothing}
      ${figure(t('Left out'), formatNumber(left))} ${figure(t('Chunks'), formatNumber(chunks))}
      ${figure(t('Text'), size(textBytes))} ${figure(t('Size of the index'), size(storeBytes))}
      ${figure(t('Last up to date'), upToDate === undefined ? t('never yet') : moment(upToDate))}
      ${
        lastRun === undefined
          ? nothing
          : figure(t('Last run'), t('{0}, {1} read', duration(lastRun.milliseconds), filesOf(lastRun.read)))
      }
    </dl>
    ${store === '' ? nothing : html`<p class="small quiet">${t('Kept in')} <code class="path">${store}</code></p>`}
    ${languagesPart(languages)}
  </section>`;
}

function figure(name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd class="number">${value}</dd>
  </div>`;
}

function languagesPart(languages: IndexHealth['languages']): TemplateResult | typeof nothing {
  const sorted = Object.entries(languages).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) {
    return nothing;
  }
  const rest = sorted.slice(LISTED).reduce((sum, [, count]) => sum + count, 0);
  return html`<p class="small">
    ${t('Languages:')}
    ${sorted.slice(0, LISTED).map(([language, count], at) => html`${at === 0 ? '' : ', '}${language} <span class="quiet number">${formatNumber(count)}</span>`)}${rest === 0 ? nothing : html`, ${t('others')} <span class="quiet number">${formatNumber(rest)}</span>`}
  </p>`;
}
