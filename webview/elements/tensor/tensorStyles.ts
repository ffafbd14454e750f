// The look of the tensor view around its cells.

import { css } from 'lit';

export const tensorStyles = css`
  .tensor {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2);
    max-width: 100%;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .shape {
    font-family: var(--mono);
  }
  .shape .axis {
    color: var(--ink-quiet);
  }
  .flagged {
    display: inline-flex;
    align-items: center;
    flex-wrap: wrap;
    gap: var(--space-2);
    padding: 0 var(--space-2);
    border: 1px dashed var(--warn);
    border-radius: var(--radius-small);
  }
  .flagged.calm {
    border: 1px solid var(--line);
  }
  .tools {
    display: flex;
    gap: 2px;
  }
  .readout {
    font-family: var(--mono);
    font-size: var(--text-small);
    line-height: 1.5;
    min-height: 1.5em;
    overflow-wrap: anywhere;
  }
  .readout b {
    font-weight: 700;
  }
  details {
    font-size: var(--text-small);
  }
  summary {
    cursor: pointer;
    width: fit-content;
    padding: 1px 0;
  }
  details > :not(summary) {
    margin-top: var(--space-2);
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }
  .more details[open] {
    flex-basis: 100%;
  }
`;
