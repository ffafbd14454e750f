// The page's views as tabs: one tab stop, arrows between them.

import { html, type TemplateResult } from 'lit';
import { t } from '../l10n.ts';

export const TABS = ['vector', 'similarity', 'neighbours', 'analogy', 'map'] as const;
export type Tab = (typeof TABS)[number];

function nameOf(tab: Tab): string {
  switch (tab) {
    case 'vector':
      return t('Vector');
    case 'similarity':
      return t('Similarity');
    case 'neighbours':
      return t('Neighbours');
    case 'analogy':
      return t('Analogy');
    case 'map':
      return t('Workspace map');
  }
}

export function tabsView(current: Tab, onTab: (tab: Tab) => void): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const at = TABS.indexOf(current);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: TABS.length - 1,
    };
    const to = steps[event.key];
    const next = to === undefined ? undefined : TABS[(to + TABS.length) % TABS.length];
    if (next !== undefined) {
      event.preventDefault();
      onTab(next);
      (event.currentTarget as Element).querySelector<HTMLElement>(`#tab-${next}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('View')} @keydown=${onKey}>
    ${TABS.map(
      (tab) => html`<button
        id=${`tab-${tab}`}
        role="tab"
        aria-selected=${current === tab}
        aria-controls="view"
        tabindex=${current === tab ? 0 : -1}
        @click=${() => onTab(tab)}
      >
        ${nameOf(tab)}
      </button>`,
    )}
  </div>`;
}
