// The panel's layout: numbers on top, the views take what is left, the readout stays at the bottom.

import { css } from 'lit';

export const appStyles = css`
  :host {
    height: 100vh;
  }
  main {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 420px;
  }
  main.centre {
    align-items: center;
    justify-content: center;
    gap: var(--space-3);
    padding: var(--space-4);
    text-align: center;
  }
  .centre p {
    max-width: 44ch;
  }
  header {
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
  }
  h1 {
    font-size: var(--text);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  header .which {
    font-weight: 400;
    color: var(--ink-quiet);
  }
  .summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    margin: var(--space-1) 0 0;
    padding: 0;
    list-style: none;
  }
  .warning {
    color: var(--ink);
  }
  .warning svg {
    color: var(--warn);
    vertical-align: -3px;
  }
  .renewing {
    margin-top: var(--space-1);
  }
  .tools {
    align-items: end;
    padding: var(--space-2) var(--space-3);
    border-bottom: 1px solid var(--line);
  }
  .tabs {
    display: flex;
    gap: var(--space-1);
    margin-inline-end: var(--space-3);
  }
  [role='tab'] {
    font: inherit;
    font-size: var(--text-small);
    color: var(--ink-quiet);
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    padding: var(--space-1) var(--space-2);
    cursor: pointer;
  }
  [role='tab'][aria-selected='true'] {
    color: var(--ink);
    font-weight: 600;
    border-bottom-color: var(--accent);
  }
  .find {
    flex: 1 1 240px;
    align-items: end;
    flex-wrap: nowrap;
  }
  .find vscode-text-field {
    flex: 0 1 260px;
    min-width: 0;
  }
  .hits {
    white-space: nowrap;
    padding-bottom: 3px;
  }
  .view {
    flex: 1;
    min-height: 0;
  }
  .both {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(480px, 1fr);
  }
  .both > section {
    min-width: 0;
    min-height: 0;
  }
  .both > section + section {
    border-inline-start: 1px solid var(--line);
  }
  footer {
    padding: var(--space-2) var(--space-3);
    border-top: 1px solid var(--line);
    background: var(--raised);
  }
  .actions {
    margin-top: var(--space-2);
  }
  .hint {
    padding: var(--space-4);
  }
  progress {
    appearance: none;
    border: 1px solid var(--line);
    border-radius: 3px;
    height: 8px;
    width: 160px;
    max-width: 100%;
    overflow: hidden;
    background: color-mix(in srgb, var(--ink) 15%, transparent);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--vscode-progressBar-background, var(--accent));
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--vscode-progressBar-background, var(--accent)) 30%, transparent 30%) 0 / 200%;
    animation: pass 1.5s linear infinite;
  }
  @keyframes pass {
    from {
      background-position: 130% 0;
    }
    to {
      background-position: -70% 0;
    }
  }
`;
