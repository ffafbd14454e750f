// The look of the table. Its rows have one fixed height, ROW in tableView.ts.

import { css } from 'lit';

export const tableStyles = css`
  :host {
    display: block;
    min-height: 0;
    height: 100%;
  }
  .scroller {
    height: 100%;
    overflow: auto;
    overflow-anchor: none;
    outline-offset: -2px;
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
    font-size: var(--text-small);
  }
  .space {
    position: relative;
    min-width: 480px;
  }
  .window {
    position: sticky;
    top: 0;
    overflow: hidden;
    contain: layout style;
  }
  .rows {
    position: absolute;
    inset: 26px 0 auto;
  }
  .line {
    display: grid;
    grid-template-columns: minmax(4em, 7em) minmax(4em, 6em) minmax(8em, 2fr) minmax(8em, 2fr) minmax(7em, 10em);
    height: 26px;
    line-height: 25px;
    border-bottom: 1px solid color-mix(in srgb, var(--ink) 12%, transparent);
    cursor: pointer;
  }
  .line.pieces {
    grid-template-columns: minmax(4em, 7em) minmax(4em, 6em) minmax(7em, 2fr) minmax(6em, 1fr) minmax(7em, 2fr) minmax(7em, 10em);
  }
  .line > span {
    padding: 0 var(--space-2);
    overflow: hidden;
    white-space: pre;
    text-overflow: ellipsis;
  }
  .heading {
    position: relative;
    z-index: 1;
    cursor: default;
    font-weight: 600;
    background: var(--raised);
  }
  .end {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--mono);
  }
  .line .token {
    cursor: inherit;
    margin: 0;
    border-bottom-width: 1px;
    white-space: pre;
  }
  .line.hovered {
    background: var(--hover);
  }
  .line.hit .number {
    text-decoration: underline;
    text-decoration-thickness: 2px;
  }
  .line.current {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
`;
