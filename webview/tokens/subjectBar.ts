// Where the text comes from: the editor, or a field to type in.

import { html, nothing, type TemplateResult } from 'lit';
import { button, textArea } from '../elements/controls.ts';
import { t } from '../l10n.ts';

/** A longer text is shown, and not put into the field. */
const MOST_TYPED = 50_000;

/** From the one to the other. */
export function sourceButton(
  typed: boolean,
  { onStart, onFollow }: { readonly onStart: () => void; readonly onFollow: () => void },
): TemplateResult {
  return html`<span class="source">
    ${
      typed
        ? button({ label: t('Follow the editor'), onClick: onFollow })
        : button({ label: t('Type a text'), onClick: onStart })
    }
  </span>`;
}

export function typedField(text: string, onType: (text: string) => void): TemplateResult | typeof nothing {
  return text.length > MOST_TYPED
    ? nothing
    : html`<div class="typed">${textArea({ label: t('Your text'), value: text, rows: 3, onInput: onType })}</div>`;
}
