// A text with stretches of it marked and its white space visible. Long texts scroll; what is only a beginning says so.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { TextValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { roleName } from '../tokenChip.ts';
import { visibleText, visibleTextStyles } from '../visibleText.ts';

export class TextView extends LitElement {
  static override properties = { value: { attribute: false }, label: {} };
  static override styles = [
    baseStyles,
    visibleTextStyles,
    css`
      .text {
        font-family: var(--mono);
        font-size: var(--mono-size);
        line-height: 1.7;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        max-height: 16em;
      }
      mark {
        color: inherit;
        background: color-mix(in srgb, var(--accent) 25%, transparent);
        border-bottom: 2px solid var(--accent);
        border-radius: 2px 2px 0 0;
      }
      mark.new {
        background: color-mix(in srgb, var(--good) 25%, transparent);
        border-bottom: 2px solid var(--good);
        font-weight: 600;
      }
      mark.match {
        background: color-mix(in srgb, var(--vscode-charts-yellow) 25%, transparent);
        border-bottom: 3px double currentColor;
      }
      mark.warn {
        background: none;
        border-bottom: none;
        outline: 1px dashed var(--warn);
      }
      mark.dim {
        background: none;
        color: var(--ink-quiet);
        border-bottom: 1px dotted currentColor;
      }
    `,
  ];
  declare value: TextValue | undefined;
  declare label: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    const { text, marks = [], total } = this.value;
    const parts: TemplateResult[] = [];
    let at = 0;
    for (const { start, end, role } of marks) {
      parts.push(lines(text.slice(at, start)));
      parts.push(
        html`<mark class=${role}>${lines(text.slice(start, end))}<span class="sr"> (${roleName(role)})</span></mark>`,
      );
      at = end;
    }
    parts.push(lines(text.slice(at)));
    return html`<div class="text scroll" tabindex="0" role="group" aria-label=${this.label ?? t('Text')}>${
      text === '' ? html`<span class="quiet">${t('(empty)')}</span>` : parts
    }</div>
      ${
        total !== undefined && total > text.length
          ? html`<p class="caption">${t('The first {0} of {1} characters.', text.length, total)}</p>`
          : nothing
      }`;
  }
}

/** Spaces stay as they are between words: only a dot for each would drown running text. Line ends get a sign. */
function lines(text: string): TemplateResult {
  const pieces = text.split('\n');
  return html`${pieces.map((line, index) => html`${words(line)}${index < pieces.length - 1 ? visibleText('\n') : nothing}`)}`;
}

function words(line: string): TemplateResult {
  // A single space between two visible characters shows itself; leading, trailing and double ones don't.
  return html`${line.split(/(?<=\S)( )(?=\S)/).map((part) => (part === ' ' ? ' ' : visibleText(part)))}`;
}
customElements.define('text-view', TextView);
