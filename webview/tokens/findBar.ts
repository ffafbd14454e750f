// The field that finds tokens by text or by id, with how many there are and the way to the next and the one before.

import { html, nothing, type TemplateResult } from 'lit';
import { textField } from '../elements/controls.ts';
import { t } from '../l10n.ts';
import { idIn } from './find.ts';
import { overlapping, type Ranges } from './ranges.ts';
import { stepper } from './stepper.ts';
import type { TokenData } from './tokenData.ts';

export interface FindOptions {
  readonly query: string;
  /** Undefined when nothing is looked for. */
  readonly hits: Ranges | undefined;
  readonly data: TokenData;
  readonly current: number;
  readonly onQuery: (query: string) => void;
  readonly onStep: (forward: boolean) => void;
}

export function findBar(options: FindOptions): TemplateResult {
  const { query, hits, onQuery, onStep } = options;
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
    ${stepper({
      previous: t('Previous hit'),
      next: t('Next hit'),
      disabled: hits === undefined || hits.starts.length === 0,
      onStep,
    })}
    <span class="hits small number" role="status">${hits === undefined ? nothing : tell(hits, options)}</span>
  </div>`;
}

function tell(hits: Ranges, { query, data, current }: FindOptions): string {
  const count = hits.starts.length;
  if (count === 0) {
    return idIn(query) === undefined && /^\s*\d+\s*$/.test(query)
      ? t('none; for the id write #{0}', query.trim())
      : t('none');
  }
  return placeAmong(hits, data, current) ?? t('{0} found', count);
}

/** `3 of 17` where the current token stands in one of the stretches. */
export function placeAmong(ranges: Ranges, data: TokenData, current: number): string | undefined {
  const count = ranges.starts.length;
  const at = data.count === 0 ? -1 : overlapping(ranges, data.start(current), data.end(current));
  return at < 0 ? undefined : t('{0} of {1}', at + 1, count);
}
