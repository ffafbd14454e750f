// The look of "why this hit".

import { css } from 'lit';

export const whyStyles = css`
  .why h3 {
    margin: var(--space-3) 0 var(--space-1);
    font-size: 1em;
    font-weight: 600;
  }
  .why h3:first-child {
    margin-top: 0;
  }
  .why p {
    margin: var(--space-1) 0;
    overflow-wrap: anywhere;
  }
  .why table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .why th {
    text-align: left;
    font-weight: 400;
    overflow-wrap: break-word;
  }
  .why tbody th code {
    overflow-wrap: break-word;
  }
  /* A narrow side bar: the figures stay, what only shows them again goes. */
  @container (max-width: 16rem) {
    .why td .bar {
      display: none;
    }
    .why table {
      font-size: 0.92em;
    }
    .why td,
    .why th {
      padding-right: var(--space-1);
    }
  }
  .why thead th {
    color: var(--ink-quiet);
    font-size: 0.9em;
  }
  .why td,
  .why th {
    padding: 1px var(--space-2) 1px 0;
    vertical-align: baseline;
  }
  .why td,
  .why thead th + th {
    text-align: right;
    white-space: nowrap;
  }
  .why td:last-child,
  .why th:last-child {
    padding-right: 0;
  }
  .why tfoot td,
  .why tfoot th {
    border-top: 1px solid color-mix(in srgb, var(--ink) 50%, transparent);
    font-weight: 600;
  }
  .bar {
    display: inline-block;
    width: 32px;
    height: 6px;
    border: 1px solid color-mix(in srgb, var(--ink) 40%, transparent);
  }
  .bar span {
    display: block;
    height: 100%;
    background: var(--ink);
  }
  .plain {
    list-style: none;
    margin: var(--space-1) 0;
    padding: 0;
  }
  .sentences {
    margin: var(--space-1) 0;
    padding-left: var(--space-4);
  }
  .sentences code {
    overflow-wrap: anywhere;
  }
  .around {
    max-height: 14em;
    border: 1px solid color-mix(in srgb, var(--ink) 20%, transparent);
  }
  .around-line {
    display: flex;
    gap: var(--space-2);
    white-space: pre;
    min-width: max-content;
    border-left: 3px solid transparent;
    color: var(--ink-quiet);
  }
  .around-line.own {
    border-left-color: var(--accent);
    color: inherit;
  }
  .around-line.first {
    border-top: 1px dashed var(--accent);
  }
  .around-line.last {
    border-bottom: 1px dashed var(--accent);
  }
  .borders li {
    color: var(--ink-quiet);
    overflow-wrap: anywhere;
  }
  .borders li[aria-current] {
    color: inherit;
  }
`;
