// The look of the form of a program's parameters.

import { css } from 'lit';
import { baseStyles } from './base.ts';

export const paramStyles = [
  baseStyles,
  css`
      .form {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16em, 100%), 1fr));
        gap: var(--space-3) var(--space-4);
        align-items: start;
        font-size: var(--text-small);
      }
      /* Fields stand in line, however many lines their labels take. */
      .form:not(:has(.help, .wrong)) {
        align-items: end;
      }
      .wide {
        grid-column: 1 / -1;
      }
      vscode-text-area,
      vscode-text-field,
      vscode-dropdown {
        width: 100%;
      }
      vscode-text-field:focus-within::part(root),
      vscode-text-area:focus-within::part(control) {
        outline: 2px solid var(--focus);
      }
      .number-row {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }
      .number-row input[type='range'] {
        flex: 1 1 6em;
      }
      .number-row input[type='text'] {
        width: 6.5ch;
        padding: 3px 6px;
        font: inherit;
        font-variant-numeric: tabular-nums;
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--line));
        border-radius: 2px;
      }
      .number-row input[aria-invalid='true'] {
        border-color: var(--bad);
        outline: 1px solid var(--bad);
      }
      .label {
        display: block;
        line-height: 1.5;
      }
      .help,
      .wrong {
        margin-top: 2px;
        font-size: var(--text-tiny);
        line-height: 1.4;
      }
      .wrong {
        color: var(--vscode-errorForeground, var(--bad));
        font-weight: 600;
      }
      .foot {
        display: flex;
        align-items: flex-start;
        gap: var(--space-4);
        font-size: var(--text-small);
      }
      .form + .foot {
        margin-top: var(--space-3);
      }
      details {
        flex: 1;
        min-width: 0;
      }
      summary {
        cursor: pointer;
        width: fit-content;
        padding-block: 3px;
      }
      details .form {
        margin-top: var(--space-2);
      }
      /* Beside a labelled field the box stands in line with the field. */
      .switch {
        align-self: end;
      }
      .reset {
        align-self: end;
        justify-self: end;
        grid-column-end: -1;
      }
  `,
];
