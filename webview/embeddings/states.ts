// What stands in the place of a view that has nothing to show: what it would show, and what to do.

import { html, nothing, type TemplateResult } from 'lit';
import type { EmbedderInfo } from '../../src/shared/embeddingMessages.ts';
import { button, progressRing } from '../elements/controls.ts';
import { t } from '../l10n.ts';

function empty(what: string, ...acts: readonly TemplateResult[]): TemplateResult {
  return html`<div class="empty" role="status">
    <p>${what}</p>
    ${acts.length === 0 ? nothing : html`<div class="row">${acts}</div>`}
  </div>`;
}

/** It is not known yet which models there are. */
export function opening(): TemplateResult {
  return html`<div class="row small waiting" role="status">${progressRing()} ${t('Opening…')}</div>`;
}

/** A few texts to begin with: two subjects, and one word that belongs to both. */
export const EXAMPLES = [
  'the cat sat on the mat',
  'a kitten sleeps on the rug',
  'the dog barked all night',
  'interest rates rose again',
  'the central bank raised its rate',
  'she sat down on the bank of the river',
] as const;

export function noItems(onExamples: () => void): TemplateResult {
  return empty(
    t(
      'An embedding turns a text into a list of numbers, so that texts of like meaning have like numbers. Add some texts to look at theirs.',
    ),
    button({ label: t('Try six sentences'), primary: true, onClick: onExamples }),
  );
}

export function oneItem(): TemplateResult {
  return empty(t('One text alone is like nothing. Add another one.'));
}

export function noWorkspace(): TemplateResult {
  return empty(t('No folder is open: there is nothing to make a map of.'));
}

export function noIndex(onStart: () => void): TemplateResult {
  return empty(
    t('This workspace is not indexed yet. Its files are cut into chunks, each with a vector, on this machine.'),
    button({ label: t('Index this workspace'), primary: true, onClick: onStart }),
  );
}

/** Why a model can't be used now. */
export function modelState({ label, state, message }: EmbedderInfo): TemplateResult | typeof nothing {
  switch (state) {
    case 'ready':
      return nothing;
    case 'loading':
      return html`<p class="note" role="status">${t('{0} is being loaded.', label)}</p>`;
    case 'missing':
      return html`<p class="note" role="status">${message ?? t('{0} is not on this machine.', label)}</p>`;
    default:
      return html`<p class="note" role="status">${message ?? t('{0} can’t be used.', label)}</p>`;
  }
}
