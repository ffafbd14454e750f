// The project's own code, quoted, with its line numbers and a link that opens the file.

import { css, html, LitElement, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { SourceBlock } from '../../src/shared/lesson.ts';
import { openSource } from '../../src/shared/messages.ts';
import { t } from '../l10n.ts';
import type { BlockContext } from './blockContext.ts';
import { blockStyles } from './blockStyles.ts';
import { adoptCodeTheme } from './theme.ts';

export class SourceBlockElement extends LitElement {
  static override properties = { block: { attribute: false }, context: { attribute: false } };
  static override styles = [
    blockStyles,
    css`
      .block {
        background: var(--vscode-textCodeBlock-background);
      }
      .head {
        padding: var(--space-2) var(--space-4);
        border-bottom: 1px solid var(--line);
        font-size: var(--text-small);
      }
      .name {
        font-family: var(--mono);
        font-size: 0.95em;
        overflow-wrap: anywhere;
      }
      .code {
        display: flex;
        max-height: 34em;
        border-radius: 0 0 var(--radius) var(--radius);
      }
      pre {
        margin: 0;
        padding: var(--space-3) 0;
        font-family: var(--mono);
        font-size: var(--text-small);
        line-height: 1.55;
        tab-size: 2;
      }
      pre code {
        font: inherit;
      }
      .lines {
        position: sticky;
        left: 0;
        padding-inline: var(--space-3) var(--space-2);
        text-align: right;
        color: var(--ink-quiet);
        background: var(--vscode-textCodeBlock-background);
        user-select: none;
        font-variant-numeric: tabular-nums;
      }
      .body {
        padding-inline: var(--space-2) var(--space-4);
      }
    `,
  ];
  declare block: SourceBlock;
  declare context: BlockContext;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    adoptCodeTheme(root as ShadowRoot);
    return root;
  }

  protected override render(): TemplateResult {
    const { file, firstLine, lastLine, html: code } = this.block;
    const numbers = Array.from({ length: lastLine - firstLine + 1 }, (_, index) => firstLine + index).join('\n');
    return html`<section class="block" aria-label=${t('Source: {0}', file)}>
      <div class="head">
        <span class="name">${file}</span>
        <a href="#" @click=${this.open}>${t('Open the file at line {0}', firstLine)}</a>
      </div>
      <div class="code scroll" tabindex="0" role="group" aria-label=${t('Code of {0}', file)}>
        <pre class="lines" aria-hidden="true">${numbers}</pre>
        <div class="body">${unsafeHTML(code)}</div>
      </div>
    </section>`;
  }

  private async open(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await this.context.calls.request(openSource, { file: this.block.file, line: this.block.firstLine });
    } catch (error) {
      this.context.failed(error);
    }
  }
}
customElements.define('source-block', SourceBlockElement);
