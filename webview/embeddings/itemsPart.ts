// The texts that are looked at: where they come from, which is the chosen one, and ways to add and to remove.

import { html, nothing, type TemplateResult } from 'lit';
import { MOST_ITEMS } from '../../src/shared/embeddingMessages.ts';
import type { PanelItem, PanelItems } from '../../src/shared/embeddingPanelMessages.ts';
import { button, textArea } from '../elements/controls.ts';
import { crossIcon, openIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';

export interface ItemsPart {
  readonly shown: PanelItems;
  readonly chosen: string | undefined;
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly onAdd: () => void;
  readonly onSource: (from: 'selection' | 'lines' | 'files') => void;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onRemove: (ids: readonly string[]) => void;
}

export function itemsPart(part: ItemsPart): TemplateResult {
  const { shown, typed } = part;
  const { items } = shown;
  const full = items.length >= MOST_ITEMS;
  return html`<section class="items" aria-labelledby="items-heading">
    <div class="head">
      <h2 id="items-heading">${t('Texts')} <span class="quiet number small">${items.length}</span></h2>
      ${
        items.length === 0
          ? nothing
          : button({ label: t('Remove all'), onClick: () => part.onRemove(items.map(({ id }) => id)) })
      }
    </div>
    ${items.length === 0 ? nothing : list(part)} ${leftOut(shown)}
    <div class="add">
      ${textArea({
        label: t('Type texts, one a line'),
        value: typed,
        rows: 2,
        placeholder: t('the cat sat on the mat'),
        onInput: part.onType,
      })}
      <div class="row">
        ${button({ label: t('Add'), primary: true, disabled: full || typed.trim() === '', onClick: part.onAdd })}
        ${button({ label: t('Selection'), title: t('Add what is selected in the editor'), disabled: full, onClick: () => part.onSource('selection') })}
        ${button({ label: t('Lines'), title: t('Add the selected lines one by one'), disabled: full, onClick: () => part.onSource('lines') })}
        ${button({ label: t('Files…'), disabled: full, onClick: () => part.onSource('files') })}
      </div>
      ${full ? html`<p class="small quiet">${t('No more than {0} texts are compared at once.', MOST_ITEMS)}</p>` : nothing}
    </div>
  </section>`;
}

function list({ shown: { items }, chosen, onChoose, onOpen, onRemove }: ItemsPart): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const at = items.findIndex(({ id }) => id === chosen);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[event.key];
    const next = to === undefined ? undefined : items[Math.max(0, Math.min(items.length - 1, to))];
    if (next !== undefined && (event.target as Element).classList.contains('item')) {
      event.preventDefault();
      onChoose(next.id);
      const all = (event.currentTarget as Element).querySelectorAll<HTMLElement>('.item');
      all[items.indexOf(next)]?.focus();
    }
  };
  return html`<ul class="list scroll" @keydown=${onKey}>
    ${items.map(
      (item) => html`<li class=${item.id === chosen ? 'current' : ''}>
        <button
          type="button"
          class="item"
          aria-current=${item.id === chosen ? 'true' : 'false'}
          tabindex=${item.id === chosen ? 0 : -1}
          @click=${() => onChoose(item.id)}
        >
          <span class="name">${item.name}</span>
          ${whence(item)}
        </button>
        <span class="tools">
          ${
            item.opens
              ? button({
                  label: t('Open {0}', item.from ?? item.name),
                  icon: openIcon,
                  iconOnly: true,
                  onClick: () => onOpen(item.id),
                })
              : nothing
          }
          ${button({ label: t('Remove {0}', item.name), icon: crossIcon, iconOnly: true, onClick: () => onRemove([item.id]) })}
        </span>
      </li>`,
    )}
  </ul>`;
}

function whence({ from, text, total }: PanelItem): TemplateResult | typeof nothing {
  const cut = total === undefined ? undefined : t('the first {0} of {1} characters', text?.length ?? 0, total);
  const said = [from, cut].filter((part) => part !== undefined).join(', ');
  return said === '' ? nothing : html`<span class="from">${said}</span>`;
}

function leftOut({ leftOut: left, leftOutCount }: PanelItems): TemplateResult | typeof nothing {
  return leftOutCount === 0
    ? nothing
    : html`<details class="small">
        <summary>${leftOutCount === 1 ? t('1 text was left out') : t('{0} texts were left out', leftOutCount)}</summary>
        <ul class="left">
          ${left.map(({ name, why }) => html`<li>${name}: <span class="quiet">${why}</span></li>`)}
          ${leftOutCount > left.length ? html`<li class="quiet">${t('and {0} more', leftOutCount - left.length)}</li>` : nothing}
        </ul>
      </details>`;
}
