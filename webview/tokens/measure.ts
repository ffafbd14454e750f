// Measures the running text: how wide a character is and how high a line, for the pages that are not drawn.

import type { Metrics } from './pages.ts';

/** Borders and gap of a token, in px; see tokenStyles. */
const TOKEN_EXTRA = 2;
const PROBE = 20;

/** @param beside how many columns share the width */
export function measure(
  holder: HTMLElement,
  { lanes, beside }: { readonly lanes: number; readonly beside: number },
): Metrics {
  const probe = document.createElement('span');
  probe.textContent = 'n'.repeat(PROBE);
  holder.append(probe);
  const character = probe.getBoundingClientRect().width / PROBE || 8;
  probe.remove();
  return {
    width: Math.max(50, holder.clientWidth / beside),
    lineHeight: Number.parseFloat(getComputedStyle(holder).lineHeight) || 24,
    character,
    token: TOKEN_EXTRA,
    lanes,
  };
}
