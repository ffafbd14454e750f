// The look of the threshold and of the passages.

import { css } from 'lit';

export const passagesStyles = css`
  .threshold {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
  }
  .threshold label {
    font-weight: 600;
  }
  .threshold input {
    flex: 1 1 9rem;
    max-width: 26rem;
  }
  .hits {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .hit {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-1);
    padding: var(--space-2) 0 var(--space-2) var(--space-2);
    border-left: 4px solid var(--accent);
    margin-bottom: var(--space-3);
  }
  .hit.out {
    border-left: 4px dotted var(--ink-quiet);
    color: var(--ink-quiet);
  }
  .hit-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--space-2);
    min-width: 0;
  }
  .hit.out .link {
    color: var(--ink-quiet);
  }
  .standing {
    margin-left: auto;
  }
  .cite {
    font-variant-numeric: tabular-nums;
    min-width: 2em;
  }
  .link {
    font: inherit;
    color: var(--accent);
    background: none;
    border: 0;
    padding: 0;
    text-align: left;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }
  .scores {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--space-3);
  }
  .acts {
    margin-left: auto;
  }
  .bar {
    position: relative;
    flex: 1 1 8rem;
    max-width: 20rem;
    height: 10px;
    background: color-mix(in srgb, var(--ink) 14%, transparent);
  }
  .fill {
    position: absolute;
    inset: 0 auto 0 0;
    width: calc(var(--part) * 100%);
    background: var(--accent);
  }
  .hit.out .fill {
    background: color-mix(in srgb, var(--ink) 45%, transparent);
  }
  .bar::after {
    content: '';
    position: absolute;
    top: -4px;
    bottom: -4px;
    left: calc(var(--threshold) * 100%);
    border-left: 2px solid var(--ink);
  }
  .warning {
    display: flex;
    gap: var(--space-2);
    padding: var(--space-1) var(--space-2);
    border-left: 4px solid var(--warn);
    background: color-mix(in srgb, var(--warn) 12%, transparent);
    color: var(--ink);
  }
  .warning svg {
    flex: none;
    margin-top: 4px;
  }
  mark.suspicious {
    background: color-mix(in srgb, var(--warn) 22%, transparent);
    color: inherit;
    text-decoration: underline wavy var(--warn);
    text-underline-offset: 3px;
  }
`;
