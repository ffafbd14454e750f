// What is wrong with a tensor's numbers: they are not where the trace says, or the part on the screen could not be got.

import { html, nothing, type TemplateResult } from 'lit';
import type { Fault } from '../../../src/shared/errors.ts';
import { t } from '../../l10n.ts';
import { faultView } from '../faultView.ts';
import type { PartFetcher } from './partFetcher.ts';

/** @param element emits `run-again` where only a new run brings the numbers back. */
export function tensorFaults(element: HTMLElement, fault: Fault | undefined, fetcher: PartFetcher): TemplateResult {
  const runAgain = () => element.dispatchEvent(new CustomEvent('run-again', { bubbles: true, composed: true }));
  const again = fetcher.lost
    ? { label: t('Run again'), run: runAgain }
    : { label: t('Try again'), run: () => void fetcher.ask() };
  return html`${fault === undefined ? nothing : faultView(fault)}
  ${fetcher.fault === undefined ? nothing : faultView(fetcher.fault, again)}`;
}
