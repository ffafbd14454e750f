// The layout of the running text: one tokenizer's as it flows; several beside each other, or one under the other.

import { css } from 'lit';

export const textStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    height: 100%;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    position: relative;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
    outline-offset: -2px;
  }
  .pages {
    padding: var(--space-2) var(--space-3);
    font-family: var(--mono);
    font-size: var(--vscode-editor-font-size, 14px);
    line-height: 1.9;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 4;
  }
  .page {
    contain: layout style;
  }
  .parts {
    padding: var(--space-1) var(--space-3);
    border-bottom: 1px solid var(--line);
  }
  .gap {
    color: var(--ink-quiet);
    opacity: 0.75;
  }
  .heads,
  .line {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
  }
  .heads {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--paper);
    border-bottom: 1px solid var(--line);
  }
  .head {
    padding: var(--space-1) var(--space-3);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .head + .head,
  .cell + .cell {
    border-inline-start: 1px solid var(--line);
  }
  .several .pages {
    padding-inline: 0;
  }
  .cell {
    min-width: 0;
    padding: 0 var(--space-3);
  }
  :host([stacked]) .line {
    display: block;
    border-bottom: 1px solid color-mix(in srgb, var(--ink) 14%, transparent);
  }
  :host([stacked]) .cell {
    position: relative;
    border: 0;
    padding-inline-start: 30px;
  }
  /* A token of the line before reaches over this one: there is nothing of it here. */
  :host([stacked]) .cell:empty {
    display: none;
  }
  :host([stacked]) .cell::before {
    content: attr(data-number);
    position: absolute;
    inset-inline-start: 12px;
    color: var(--ink-quiet);
    font-size: var(--text-tiny);
  }
`;
