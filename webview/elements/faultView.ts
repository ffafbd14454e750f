// What went wrong, what to do about it, and the button that does it.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Fault } from '../../src/shared/errors.ts';
import { t } from '../l10n.ts';
import { button } from './controls.ts';
import { warningIcon } from './icons.ts';

/**
 * A fault as people see it; needs {@link faultStyles}.
 *
 * @param getModel asks the user whether a model that is missing is to be fetched
 */
export function faultView(
  fault: Fault,
  again?: { readonly label: string; run(): void },
  getModel?: (model: string) => void,
): TemplateResult {
  const missing = fault.code === 'model-missing' ? fault.where : undefined;
  const remedy = fault.remedy ?? remedyFor(fault);
  return html`<div class="fault" role="alert">
    <span class="fault-icon">${warningIcon}</span>
    <div>
      <p class="fault-what">${fault.message}</p>
      ${remedy === undefined ? nothing : html`<p>${remedy}</p>`}
      ${missing === undefined || getModel === undefined ? nothing : html`<p>${button({ label: t('Get this model…'), onClick: () => getModel(missing) })}</p>`}
      ${again === undefined ? nothing : html`<p>${button({ label: again.label, onClick: () => again.run() })}</p>`}
    </div>
  </div>`;
}

/** Where the fault itself says nothing about what to do. */
function remedyFor(fault: Fault): string | undefined {
  switch (fault.code) {
    case 'worker-died':
    case 'unknown-session':
      return t('Nothing of yours is lost: run it again.');
    case 'bad-params':
      return t('Change the parameter, or press Reset.');
    default:
      return undefined;
  }
}

export const faultStyles = css`
  .fault {
    display: flex;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    border-left: 4px solid var(--bad);
    background: color-mix(in srgb, var(--bad) 10%, transparent);
    overflow-wrap: anywhere;
  }
  .fault p + p {
    margin-top: var(--space-2);
  }
  .fault-icon {
    flex: none;
    color: var(--bad);
    padding-top: 4px;
  }
  .fault-what {
    font-weight: 600;
  }
`;
