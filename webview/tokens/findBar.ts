// The field that finds tokens by text or by id, with how many there are and the way to the next and the one before.

import { html, nothing, type TemplateResult } from 'lit';
import { button, textField } from '../elements/controls.ts';
import { nextIcon, previousIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';
import { type Found, hitFrom, idIn } from './find.ts';

export interface FindOptions {
  readonly query: string;
  /** Undefined when nothing is looked for. */
  readonly found: Found | undefined;
  readonly current: number;
  readonly onQuery: (query: string) => void;
  readonly onStep: (forward: boolean) => void;
}

export function findBar({ query, found, current, onQuery, onStep }: FindOptions): TemplateResult {
  const none = found === undefined || found.first.length === 0;
  return html`<div
    class="find row"
    role="search"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' || event.key === 'F3') {
        event.preventDefault();
        onStep(!event.shiftKey);
      }
    }}
  >
    ${textField({ label: t('Find text, or an id as #995'), value: query, onInput: onQuery })}
    ${button({ label: t('Previous hit'), icon: previousIcon, iconOnly: true, disabled: none, onClick: () => onStep(false) })}
    ${button({ label: t('Next hit'), icon: nextIcon, iconOnly: true, disabled: none, onClick: () => onStep(true) })}
    <span class="hits small number" role="status">${found === undefined ? nothing : tell(found, query, current)}</span>
  </div>`;
}

function tell(found: Found, query: string, current: number): string {
  const count = found.first.length;
  if (count === 0) {
    return idIn(query) === undefined && /^\s*\d+\s*$/.test(query)
      ? t('none; for the id write #{0}', query.trim())
      : t('none');
  }
  const hit = hitFrom(found, current);
  return found.first[hit] === current ? t('{0} of {1}', hit + 1, count) : t('{0} found', count);
}
