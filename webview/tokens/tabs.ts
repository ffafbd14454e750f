// The two tabs of a narrow panel, text and table: one tab stop, arrows between them.

import { html, type TemplateResult } from 'lit';
import { t } from '../l10n.ts';

export type Tab = 'text' | 'table';

export function tabsView(current: Tab, onTab: (tab: Tab) => void): TemplateResult {
  const tab = (name: Tab, label: string) => html`<button
    id=${`tab-${name}`}
    role="tab"
    aria-selected=${current === name}
    aria-controls="view"
    tabindex=${current === name ? 0 : -1}
    @click=${() => onTab(name)}
  >
    ${label}
  </button>`;
  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowLeft: 'text', Home: 'text', ArrowRight: 'table', End: 'table' }[event.key] as Tab | undefined;
    if (to !== undefined) {
      event.preventDefault();
      onTab(to);
      (event.currentTarget as Element).querySelector<HTMLElement>(`#tab-${to}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('View')} @keydown=${onKey}>
    ${tab('text', t('Text'))} ${tab('table', t('Table'))}
  </div>`;
}
