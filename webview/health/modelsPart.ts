// The models that make vectors: which are here, how far they are, and the way to get one that isn't.

import { html, nothing, type TemplateResult } from 'lit';
import type { IndexHealth, ModelHealth } from '../../src/shared/searchMessages.ts';
import { button } from '../elements/controls.ts';
import { t } from '../l10n.ts';

export function modelsPart(
  { models, chunks }: IndexHealth,
  onGet: (id: string) => void,
): TemplateResult | typeof nothing {
  if (models.length === 0) {
    return nothing;
  }
  return html`<section aria-labelledby="models">
    <h2 id="models">${t('Models')}</h2>
    <ul class="models">
      ${models.map(
        (model) => html`<li class="card">
          <h3>${model.label}</h3>
          <p class="small quiet">${model.detail}</p>
          <p class="small">${stateSays(model, chunks)}</p>
          ${model.message === undefined ? nothing : html`<p class="small">${model.message}</p>`}
          ${
            model.state === 'missing' || model.state === 'broken'
              ? html`<p>${button({ label: t('Get it…'), title: t('Get {0}', model.label), onClick: () => onGet(model.id) })}</p>`
              : nothing
          }
        </li>`,
      )}
    </ul>
  </section>`;
}

function stateSays({ state, vectors, dimensions }: ModelHealth, chunks: number): string {
  switch (state) {
    case 'missing':
      return t('Not on this machine.');
    case 'broken':
      return t('Broken: it is not what it should be.');
    case 'loading':
      return t('Loading…');
    case 'off':
      return t('Switched off by the settings.');
    case 'ready':
      return t('{0} of {1} chunks have a vector of {2} numbers.', vectors, chunks, dimensions);
  }
}
