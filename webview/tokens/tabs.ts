// The panel's views as tabs: one tab stop, arrows between them.

import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../l10n.ts';

export const TABS = ['text', 'table', 'findings', 'vocabulary', 'windows'] as const;
export type Tab = (typeof TABS)[number];

export interface TabLabel {
  readonly tab: Tab;
  readonly label: string;
  /** Something to count in it. */
  readonly count?: string;
}

export function tabsView(tabs: readonly TabLabel[], current: Tab, onTab: (tab: Tab) => void): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ tab }) => tab === current);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]?.tab;
    if (next !== undefined) {
      event.preventDefault();
      onTab(next);
      (event.currentTarget as Element).querySelector<HTMLElement>(`#tab-${next}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('View')} @keydown=${onKey}>
    ${tabs.map(
      ({ tab, label, count }) => html`<button
        id=${`tab-${tab}`}
        role="tab"
        aria-selected=${current === tab}
        aria-controls="view"
        tabindex=${current === tab ? 0 : -1}
        @click=${() => onTab(tab)}
      >
        ${label}${count === undefined ? nothing : html` <span class="count number">${count}</span>`}
      </button>`,
    )}
  </div>`;
}
