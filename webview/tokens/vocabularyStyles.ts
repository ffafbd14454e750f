// The look of the vocabulary's entries.

import { css } from 'lit';

export const vocabularyStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
  }
  .bar,
  .foot {
    padding: var(--space-2) var(--space-3);
    align-items: end;
  }
  .bar vscode-text-field {
    flex: 0 1 320px;
    min-width: 0;
  }
  .pager {
    flex-wrap: nowrap;
    white-space: nowrap;
  }
  .foot {
    border-top: 1px solid var(--line);
  }
  .hint {
    padding: var(--space-4);
  }
  .entries {
    flex: 1;
    min-height: 0;
    position: relative;
    font-size: var(--text-small);
    outline-offset: -2px;
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(4em, 6em) minmax(8em, 2fr) minmax(6em, 2fr) minmax(5em, 8em);
    min-width: 320px;
    min-height: 26px;
    line-height: 25px;
    border-bottom: 1px solid color-mix(in srgb, var(--ink) 12%, transparent);
    cursor: pointer;
  }
  .entry.scored {
    grid-template-columns: minmax(4em, 6em) minmax(8em, 2fr) minmax(5em, 1fr) minmax(4em, 6em) minmax(5em, 8em);
  }
  .entry > span {
    padding: 0 var(--space-2);
    overflow: hidden;
    white-space: pre;
    text-overflow: ellipsis;
  }
  .heading {
    position: sticky;
    top: 0;
    z-index: 1;
    cursor: default;
    font-weight: 600;
    background: var(--raised);
  }
  .end {
    text-align: end;
  }
  .mono {
    font-family: var(--mono);
  }
  .piece {
    cursor: inherit;
    margin: 0;
    border-bottom-width: 1px;
    white-space: pre;
  }
  .special {
    font-family: var(--vscode-font-family, sans-serif);
    font-size: var(--text-tiny);
    border: 1px solid currentColor;
    border-radius: 3px;
    padding: 0 4px;
  }
  .entry:not(.heading):hover {
    background: var(--hover);
  }
  .entry.chosen {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
`;
