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
    min-height: 100%;
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
  .first {
    gap: 0 var(--space-4);
  }
  .first h1 {
    flex: 0 1 auto;
    min-width: 0;
  }
  .size {
    display: flex;
    gap: var(--space-3);
    white-space: nowrap;
  }
  .source {
    margin-inline-start: auto;
  }
  .typed {
    margin-top: var(--space-1);
  }
  .typed vscode-text-area {
    width: 100%;
  }
  .tokenizers {
    display: grid;
    gap: 2px;
    margin: var(--space-1) 0;
    padding: 0;
    list-style: none;
  }
  .tokenizers li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--space-3);
    padding-inline-start: var(--space-1);
    border-inline-start: 3px solid transparent;
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .tokenizers li:only-child {
    padding: 0;
    border: 0;
  }
  .tokenizers li.looked {
    border-inline-start-color: var(--accent);
    background: var(--hover);
  }
  .pick {
    font: inherit;
    font-weight: 600;
    min-width: 24px;
    min-height: 24px;
    padding: 0 6px;
    color: var(--ink);
    background: none;
    border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    border-radius: 3px;
    cursor: pointer;
  }
  .pick[aria-pressed='true'] {
    border: 2px solid var(--accent);
    text-decoration: underline;
  }
  .which vscode-dropdown {
    min-width: 150px;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    flex: 1 1 180px;
  }
  @media (max-width: 760px) {
    /* The share of the first says the same of the same text, and leaves room for the text itself. */
    .tokenizers li:not(:first-child) .ratio {
      display: none;
    }
  }
  .moves {
    display: flex;
    margin-inline-start: auto;
  }
  .controls {
    gap: var(--space-1) var(--space-3);
  }
  summary {
    cursor: pointer;
    width: fit-content;
  }
  details .controls {
    padding-top: var(--space-1);
  }
  .settings {
    gap: 0 var(--space-3);
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
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0 var(--space-4);
    padding: var(--space-1) var(--space-3);
    border-bottom: 1px solid var(--line);
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-1);
    margin-inline-start: calc(-1 * var(--space-2));
  }
  .searching {
    flex: 1 1 320px;
    min-width: 0;
    align-items: end;
  }
  .differences {
    flex-wrap: nowrap;
    white-space: nowrap;
    gap: var(--space-1);
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
  .count {
    border: 1px solid color-mix(in srgb, currentColor 60%, transparent);
    border-radius: 8px;
    padding: 0 5px;
    font-size: var(--text-tiny);
  }
  [role='tab'][aria-selected='true'] {
    color: var(--ink);
    font-weight: 600;
    border-bottom-color: var(--accent);
  }
  .find {
    flex: 1 1 220px;
    min-width: 0;
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
    flex: 1 1 0;
    /* Less than this shows nothing: then the page scrolls. */
    min-height: 240px;
    overflow: hidden;
  }
  .both {
    height: 100%;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(480px, 1fr);
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
  .findings {
    height: 100%;
    padding: var(--space-3);
    outline-offset: -2px;
  }
  .findings ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
    gap: var(--space-3) var(--space-5);
    margin: var(--space-3) 0 0;
    padding: 0;
    list-style: none;
  }
  .findings .title {
    gap: var(--space-1) var(--space-2);
    font-size: var(--text-small);
  }
  .findings .title > svg {
    color: var(--warn);
    flex: none;
  }
  .findings .title .number {
    margin-inline-start: auto;
  }
  .none svg {
    color: var(--good);
    vertical-align: -3px;
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
