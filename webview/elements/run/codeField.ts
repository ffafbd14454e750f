// A field for code: a text area with its colours drawn under it, line numbers, and a line that can be marked. Tab and
// Shift+Tab indent; after Escape they leave the field. All changes go through the browser's own editing, so that undo
// knows them. Emits `code-change` with the text, and `code-run` for Ctrl+Enter (on a Mac also Cmd+Enter).

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { t } from '../../l10n.ts';
import { adoptCodeTheme } from '../theme.ts';
import { codeFieldStyles } from './codeFieldStyles.ts';
import { type Edit, indent, newLine, outdent, placeOf } from './edits.ts';
import { linesOf, type Word, wordsOf } from './highlight.ts';

export class CodeField extends LitElement {
  static override properties = {
    value: { state: true },
    label: {},
    most: { type: Number },
    badLine: { type: Number },
    leaving: { state: true },
  };
  static override styles = codeFieldStyles;
  /** What stands in it now; set it with {@link CodeField.take} or {@link CodeField.replace}. */
  declare value: string;
  declare label: string;
  /** Longest text, in UTF-16 units. */
  declare most: number | undefined;
  /** The line at fault, from 1. */
  declare badLine: number | undefined;
  /** Escape was pressed: Tab leaves. */
  declare leaving: boolean;

  constructor() {
    super();
    this.value = '';
    this.label = '';
    this.leaving = false;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    adoptCodeTheme(root as ShadowRoot);
    return root;
  }

  private get area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** Sets the text as a beginning: nothing before it can be undone. */
  take(text: string): void {
    this.value = text;
    if (this.area !== null) {
      this.area.value = text;
    }
  }

  /** Puts another text in as an edit, which can be undone. */
  replace(text: string): void {
    const { area } = this;
    if (area !== null && area.value !== text) {
      this.apply(area, { from: 0, to: area.value.length, text, select: { start: 0, end: 0 } });
    }
  }

  /** Brings the caret to a place, both from 1. */
  goTo(line: number, column = 1): void {
    const { area } = this;
    if (area !== null) {
      const at = placeOf(area.value, line, column);
      area.setSelectionRange(at, at);
      area.focus();
    }
  }

  protected override render(): TemplateResult {
    const lines = linesOf(wordsOf(this.value));
    const numbers = lines.map((_, i) => this.number(i + 1));
    return html`<div class="code scroll">
        <pre class="numbers" aria-hidden="true">${numbers}</pre>
        <div class="layers">
          <pre class="colours" aria-hidden="true">${lines.map((words, i) => this.line(words, i + 1))}</pre>
          <textarea
            aria-label=${this.label}
            aria-describedby="keys"
            aria-invalid=${this.badLine === undefined ? nothing : 'true'}
            maxlength=${this.most ?? nothing}
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            rows="1"
            @input=${this.onInput}
            @keydown=${this.onKey}
            @blur=${() => {
              this.leaving = false;
            }}
          ></textarea>
        </div>
      </div>
      <p id="keys" class="keys" role="status">
        ${this.leaving ? t('Tab leaves the code now.') : t('Ctrl+Enter runs it. Tab indents; after Escape, Tab leaves the code.')}
      </p>`;
  }

  private number(line: number): TemplateResult {
    return line === this.badLine ? html`<b class="bad">! ${line}</b>\n` : html`${line}\n`;
  }

  private line(words: readonly Word[], line: number): TemplateResult {
    const drawn = words.map(({ text, kind }) =>
      kind === undefined ? text : html`<span class="hljs-${kind}">${text}</span>`,
    );
    return html`<span class="line ${line === this.badLine ? 'bad' : ''}">${drawn}\n</span>`;
  }

  protected override firstUpdated(): void {
    (this.area as HTMLTextAreaElement).value = this.value;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('badLine') && this.badLine !== undefined) {
      this.renderRoot.querySelector('.line.bad')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  private onInput(event: Event): void {
    this.value = (event.target as HTMLTextAreaElement).value;
    this.dispatchEvent(new CustomEvent('code-change', { detail: this.value }));
  }

  private onKey(event: KeyboardEvent): void {
    const area = event.target as HTMLTextAreaElement;
    const selection = { start: area.selectionStart, end: area.selectionEnd };
    if (event.isComposing || event.altKey) {
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.dispatchEvent(new CustomEvent('code-run'));
    } else if (event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === 'Tab' && !this.leaving) {
      this.apply(area, event.shiftKey ? outdent(area.value, selection) : indent(area.value, selection));
    } else if (event.key === 'Enter' && !event.shiftKey) {
      this.apply(area, newLine(area.value, selection));
    } else {
      this.leaving = event.key === 'Escape' || (this.leaving && ['Tab', 'Shift'].includes(event.key));
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // VS Code would take it as well
  }

  private apply(area: HTMLTextAreaElement, edit: Edit | undefined): void {
    if (edit === undefined || area.value.length + edit.text.length - (edit.to - edit.from) > (this.most ?? Infinity)) {
      return;
    }
    area.focus();
    area.setSelectionRange(edit.from, edit.to);
    // The one way by which the field's own undo takes note of a change from outside. It emits `input`.
    document.execCommand(edit.text === '' ? 'delete' : 'insertText', false, edit.text);
    area.setSelectionRange(edit.select.start, edit.select.end);
  }
}
customElements.define('code-field', CodeField);
