// What the panel says while it loads, when it can't, and when there is nothing to show.

import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../elements/controls.ts';
import { warningIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';
import type { LoadState, TokensLoader } from './loader.ts';

/** The tokenizer that the panel starts with: it ships. */
const SAFE = 'r50k_base';

/** The first load: there is nothing to show yet. */
export function waiting(loader: TokensLoader, onChoose: (chosen: string[]) => void): TemplateResult {
  const { fault } = loader.state;
  return fault === undefined
    ? html`<p role="status">${t('Cutting the text into tokens…')}</p>
        ${progressBar(loader.state)} ${button({ label: t('Cancel'), onClick: () => loader.cancel() })}`
    : html`<p class="warning" role="alert">
          ${warningIcon} ${fault.code === 'cancelled' ? t('Stopped before the tokens were ready.') : fault.full}
        </p>
        <div class="row">
          ${button({ label: t('Try again'), primary: true, onClick: () => void loader.load() })}
          ${
            fault.code === 'cancelled'
              ? nothing
              : button({
                  label: t('Use GPT-2’s tokenizer'),
                  title: t('In place of the chosen ones, one of which may be what is at fault'),
                  onClick: () => onChoose([SAFE]),
                })
          }
        </div>`;
}

export function empty(loader: TokensLoader, reason: string, onType: () => void): TemplateResult {
  return html`<h1>${t('Inspect Tokenization')}</h1>
    <p role="status">${reason}</p>
    <div class="row">
      ${button({ label: t('Type a text'), primary: true, onClick: onType })}
      ${button({ label: t('Look again'), onClick: () => void loader.load() })}
    </div>`;
}

/** A later load, while the tokens of before are on the screen; nothing when these are the newest. */
export function renewing(loader: TokensLoader): TemplateResult | typeof nothing {
  const { progress, fault } = loader.state;
  if (progress !== undefined) {
    return html`<div class="row small renewing">
      <span role="status">${t('The text changed; its new tokens are on the way.')}</span> ${progressBar(loader.state)}
      ${button({ label: t('Cancel'), onClick: () => loader.cancel() })}
    </div>`;
  }
  return fault === undefined
    ? nothing
    : html`<div class="row small renewing">
        <span class="warning" role="alert"
          >${warningIcon} ${t('These are the tokens of before.')}
          ${fault.code === 'cancelled' ? t('Renewing them was stopped.') : fault.full}</span
        >
        ${button({ label: t('Try again'), onClick: () => void loader.load() })}
      </div>`;
}

function progressBar({ progress }: LoadState): TemplateResult {
  const total = progress === true ? undefined : progress?.total;
  if (progress === undefined || progress === true || total === undefined || total <= 0) {
    return html`<progress aria-label=${t('Progress')}></progress>`;
  }
  return html`<progress max=${total} value=${progress.done} aria-label=${t('Progress')}></progress>
    <span class="number small">${Math.floor((100 * progress.done) / total)}%</span>`;
}
