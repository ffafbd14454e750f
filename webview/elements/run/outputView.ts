// What learners' code printed: line by line, what was warned or said of an error told apart by more than its colour.

import { css, html, type TemplateResult } from 'lit';
import type { OutputLine } from '../../../src/shared/exercise.ts';
import { t } from '../../l10n.ts';

const SIGNS: Readonly<Record<OutputLine['stream'], string>> = { log: '', warn: '!', error: '×' };

/** Needs {@link outputStyles}. */
export function outputView(lines: readonly OutputLine[]): TemplateResult {
  return html`<div class="output scroll" tabindex="0" role="group" aria-label=${t('What it printed')}>
    ${lines.map(
      ({ stream, text }) => html`<div class="out ${stream}">
        <span class="sign" aria-hidden="true">${SIGNS[stream]}</span
        >${stream === 'log' ? '' : html`<span class="sr">${stream === 'warn' ? t('Warning:') : t('Error:')}</span>`}<span
          class="words"
          >${text}</span
        >
      </div>`,
    )}
  </div>`;
}

export const outputStyles = css`
  .output {
    max-height: 17em;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--vscode-textCodeBlock-background);
    font-family: var(--mono);
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .out {
    display: flex;
    gap: var(--space-2);
    min-height: 1.5em;
  }
  .sign {
    flex: none;
    width: 1ch;
    font-weight: 700;
    user-select: none;
  }
  /* Where nothing has a sign, the words stand at the edge. */
  .output:not(:has(.warn, .error)) .sign {
    display: none;
  }
  .out .words {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    min-width: 0;
  }
  .out.warn .sign {
    color: var(--warn);
  }
  .out.error .sign {
    color: var(--bad);
  }
  .out.error .words {
    font-style: italic;
  }
`;
