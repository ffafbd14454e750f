// The look of a field for code: the text area lies exactly over the coloured text, and its own text is not painted.

import { css } from 'lit';
import { baseStyles } from '../base.ts';

/** Code as it stands on the page, to be read and not written. */
export const shownCode = css`
  .shown-code {
    margin: 0;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--vscode-textCodeBlock-background);
    font-family: var(--mono);
    font-size: var(--text-small);
    line-height: 1.5;
    tab-size: 2;
  }
`;

export const codeFieldStyles = [
  baseStyles,
  css`
    .code {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      max-height: 30em;
      border: 1px solid var(--vscode-input-border, color-mix(in srgb, var(--ink) 30%, transparent));
      border-radius: var(--radius-small);
      background: var(--vscode-input-background, var(--paper));
    }
    .code:focus-within {
      border-color: var(--focus);
      outline: 1px solid var(--focus);
      outline-offset: -1px;
    }
    pre,
    textarea {
      margin: 0;
      padding: var(--space-2) 0;
      font-family: var(--mono);
      font-size: var(--text-small);
      font-weight: 400;
      line-height: 20px;
      letter-spacing: 0;
      tab-size: 2;
      white-space: pre;
      text-align: left;
    }
    .numbers {
      position: sticky;
      left: 0;
      z-index: 1;
      padding-inline: var(--space-2);
      min-width: 3.2em;
      text-align: right;
      color: var(--ink-quiet);
      background: var(--vscode-input-background, var(--paper));
      border-right: 1px solid color-mix(in srgb, var(--ink) 15%, transparent);
      user-select: none;
      font-variant-numeric: tabular-nums;
    }
    .numbers .bad {
      color: var(--ink);
      box-shadow: inset 0 -2px var(--bad);
    }
    .layers {
      display: grid;
      min-width: 100%;
      width: max-content;
    }
    .layers > * {
      grid-area: 1 / 1;
    }
    .colours {
      padding-inline: var(--space-2);
      color: var(--ink);
      min-height: calc(60px + 2 * var(--space-2));
    }
    /* Bold and slanted letters may be wider: the two texts would part. */
    .colours span {
      font-weight: 400;
      font-style: normal;
    }
    .line {
      display: block;
    }
    .line.bad {
      scroll-margin-left: 100vw; /* its beginning comes into sight, beside the numbers */
      text-decoration: underline wavy var(--bad);
      text-decoration-skip-ink: none;
      text-underline-offset: 3px;
      background: color-mix(in srgb, var(--bad) 12%, transparent);
    }
    textarea {
      display: block;
      width: 100%;
      height: 100%;
      padding-inline: var(--space-2);
      border: 0;
      outline: none;
      resize: none;
      overflow: hidden;
      background: transparent;
      color: var(--ink);
      caret-color: var(--ink);
      -webkit-text-fill-color: transparent;
    }
    textarea::selection {
      background: var(--vscode-editor-selectionBackground);
      -webkit-text-fill-color: var(--vscode-editor-selectionForeground, var(--ink));
    }
    .keys {
      margin-top: var(--space-1);
      font-size: var(--text-tiny);
      color: var(--ink-quiet);
      line-height: 1.4;
    }
  `,
];
