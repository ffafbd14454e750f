// What stands where an answer will be: that it is waited for, with how far it is and a way to stop it, or what went wrong.

import { html, nothing, type TemplateResult } from 'lit';
import { button, progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { t } from '../l10n.ts';
import type { Asked } from './asked.ts';

export function waitingFor<Params, Result>(
  asked: Asked<Params, Result>,
  says: string,
): TemplateResult | typeof nothing {
  const again = () => void asked.again();
  if (asked.state === 'failed' && asked.fault !== undefined) {
    return faultView(asked.fault, { label: t('Try again'), run: again });
  }
  if (asked.state === 'stopped') {
    return html`<div class="row small waiting" role="status">
      ${t('Stopped.')} ${button({ label: t('Go on'), onClick: again })}
    </div>`;
  }
  if (asked.state !== 'waiting') {
    return nothing;
  }
  const { progress } = asked;
  const far = progress?.total === undefined ? '' : t('{0} of {1} {2}', progress.done, progress.total, progress.unit);
  return html`<div class="row small waiting" role="status">
    ${progressRing()} <span>${says}</span> <span class="quiet number">${far}</span>
    ${button({ label: t('Cancel'), onClick: () => asked.cancel() })}
  </div>`;
}
