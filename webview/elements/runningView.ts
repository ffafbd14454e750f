// A program at work: what it has done so far, and the button that stops it.

import { html, type TemplateResult } from 'lit';
import type { Progress } from '../../src/shared/messages.ts';
import { t } from '../l10n.ts';
import { button, progressRing } from './controls.ts';

export function runningView(
  progress: Progress | undefined,
  cancel: () => void,
  label: string = t('Cancel'),
): TemplateResult {
  return html`<div class="running">
    ${progressRing()}
    <span role="status" class="number">${progress === undefined ? t('Running…') : describe(progress)}</span>
    ${button({ label, onClick: cancel })}
  </div>`;
}

function describe({ done, total, unit }: Progress): string {
  return total === undefined ? t('Running: {0} {1}', done, unit) : t('Running: {0} of {1} {2}', done, total, unit);
}
