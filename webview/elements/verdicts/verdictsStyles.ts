// The look of verdicts: the line with its marks, the threshold, and the table of four counts.

import { css } from 'lit';

export const verdictsStyles = css`
  .line {
    position: relative;
    max-width: 720px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    font-size: var(--text-tiny);
    user-select: none;
  }
  text {
    fill: var(--ink);
  }
  .quiet-text {
    fill: var(--ink-quiet);
  }
  .floor {
    stroke: color-mix(in srgb, var(--ink) 45%, transparent);
  }
  .called {
    fill: color-mix(in srgb, var(--ink) 7%, transparent);
  }
  .mark {
    stroke-width: 1.5;
    stroke: currentColor;
  }
  .mark.positive {
    color: var(--vscode-charts-red, var(--bad));
  }
  .mark.negative {
    color: var(--vscode-charts-blue);
  }
  .mark.right {
    fill: currentColor;
  }
  .mark.wrong {
    fill: var(--paper);
    stroke-width: 2;
  }
  .threshold {
    stroke: var(--accent);
    stroke-width: 2.5;
  }
  .grip {
    fill: var(--paper);
    stroke: var(--accent);
    stroke-width: 2.5;
  }
  .handle {
    cursor: ew-resize;
    touch-action: none;
    outline: none;
  }
  .handle .hit {
    fill: transparent;
  }
  .handle .focus {
    fill: none;
    stroke: none;
    stroke-width: 2;
  }
  .handle:focus-visible .focus {
    stroke: var(--focus);
  }
  .readout {
    min-height: 3em;
    max-width: 720px;
    font-size: var(--text-small);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-5);
    align-items: center;
  }
  table {
    border-collapse: collapse;
    font-size: var(--text-small);
  }
  th {
    font-weight: 600;
    padding: 2px var(--space-2);
    text-align: left;
  }
  td {
    border: 1px solid var(--line);
    padding: var(--space-1) var(--space-3);
    min-width: 6.5em;
    vertical-align: top;
  }
  td b {
    display: block;
    font-size: 1.5em;
    line-height: 1.3;
    font-variant-numeric: tabular-nums;
  }
  td.right {
    background: color-mix(in srgb, var(--good) 16%, transparent);
  }
  td.wrong {
    background: color-mix(in srgb, var(--warn) 16%, transparent);
  }
  dl {
    display: grid;
    grid-template-columns: auto auto;
    gap: 2px var(--space-3);
    margin: 0;
    font-size: var(--text-small);
  }
  dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
`;
