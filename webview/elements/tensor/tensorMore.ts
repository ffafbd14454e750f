// Under a tensor's cells, folded away: how it is coloured, its figures, and ways to take it along.

import { html, type TemplateResult } from 'lit';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { button, checkbox } from '../controls.ts';
import type { CopyFormat } from './copyText.ts';
import { colorControls } from './displayControls.ts';
import type { Pooling } from './pyramid.ts';
import type { RangeChoice } from './range.ts';
import type { SharedRange } from './sharedRange.ts';
import { statisticsPanel } from './statisticsPanel.ts';

/** What the learner may change. */
export interface Display {
  readonly range: RangeChoice;
  readonly pooling: Pooling;
  /** Copy what is on the screen, and not all of it. */
  readonly onlyShown: boolean;
}

export interface TensorMore extends Display {
  /** What became of a copy or an export. */
  readonly done: string;
  /** Its colours may go by a range that it shares. */
  readonly shared: SharedRange | undefined;
  onChange(part: Partial<Display>): void;
  onCopy(format: CopyFormat): void;
  onSave(): void;
}

export function tensorMore(
  value: TensorValue,
  { range, pooling, onlyShown, done, shared, ...on }: TensorMore,
): TemplateResult {
  const copy = (label: string, format: CopyFormat) => button({ label, onClick: () => on.onCopy(format) });
  return html`<div class="more">
    <details>
      <summary>${t('Display')}</summary>
      ${colorControls(
        range,
        pooling,
        shared,
        (change) => on.onChange({ range: { ...range, ...change } }),
        (next) => on.onChange({ pooling: next }),
      )}
    </details>
    <details>
      <summary>${t('Statistics')}</summary>
      ${statisticsPanel(value)}
    </details>
    <details>
      <summary>${t('Copy and export')}</summary>
      <div class="row">
        ${copy(t('Copy as JSON'), 'json')} ${copy(t('Copy as NumPy'), 'numpy')} ${copy(t('Copy as CSV'), 'csv')}
        ${button({ label: t('Save the picture'), onClick: () => on.onSave() })}
      </div>
      ${checkbox({
        label: t('Copy only what is on the screen'),
        checked: onlyShown,
        onChange: (only) => on.onChange({ onlyShown: only }),
      })}
      <p class="caption" role="status">${done}</p>
    </details>
  </div>`;
}
