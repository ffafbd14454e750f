// What was found in the text, kind by kind: what it means, how often it occurs, and the way from one to the next.

import { html, type TemplateResult } from 'lit';
import { checkIcon, warningIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';
import { placeAmong } from './findBar.ts';
import { FLAGS, type Flag, flagMeaning, flagName } from './flagNames.ts';
import type { PanelState } from './panelState.ts';
import { stepper } from './stepper.ts';
import type { TokenData } from './tokenData.ts';

/** How many places were found, of all kinds. */
export function findingsCount({ findings, column }: PanelState): number {
  return FLAGS.reduce((sum, flag) => sum + findings.of(flag, column).starts.length, 0);
}

export function findingsView(
  state: PanelState,
  options: { readonly label: string; readonly specialTokens: boolean; readonly lossy: boolean },
): TemplateResult {
  const { findings, data } = state;
  if (data === undefined || !findings.ready) {
    return html`<p class="hint" role="status">${t('Looking through the text…')}</p>`;
  }
  const found = FLAGS.filter((flag) => findings.of(flag, state.column).starts.length > 0);
  const about = html`<p class="small quiet">
    ${
      options.lossy
        ? t('{0} does not keep the whole text: what it leaves out or writes otherwise is listed here.', options.label)
        : t('{0} keeps every byte of a text: it can be had back from its ids.', options.label)
    }
  </p>`;
  return html`<div class="findings scroll" tabindex="0" role="group" aria-label=${t('Findings')}>
    ${about}
    ${
      found.length === 0
        ? html`<p class="none">${checkIcon} ${t('Nothing unusual: all characters can be seen, and each is what it looks like.')}</p>`
        : html`<ul>
            ${found.map((flag) => finding(flag, state, data, options.specialTokens))}
          </ul>`
    }
  </div>`;
}

function finding(flag: Flag, state: PanelState, data: TokenData, specialTokens: boolean): TemplateResult {
  const ranges = state.findings.of(flag, state.column);
  const name = flagName(flag);
  const count = ranges.starts.length;
  return html`<li>
    <div class="row title">
      ${warningIcon}
      <b>${name}</b>
      <span class="number">${placeAmong(ranges, data, state.current) ?? (count === 1 ? t('once') : t('{0} times', count))}</span>
      ${stepper({
        previous: t('Previous: {0}', name),
        next: t('Next: {0}', name),
        disabled: false,
        onStep: (forward) => state.stepFlag(flag, forward),
      })}
    </div>
    <p class="small">${flagMeaning(flag, specialTokens)}</p>
  </li>`;
}
