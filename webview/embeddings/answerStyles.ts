// The look of lists of neighbours and answers, and of what is noted about them.

import { css } from 'lit';

export const answerStyles = css`
    .beside {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
      gap: var(--space-4) var(--space-5);
      align-items: start;
    }
    .beside > div {
      display: grid;
      gap: var(--space-1);
      min-width: 0;
    }
    ol.near {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 2px;
      font-size: var(--text-small);
      line-height: 1.5;
    }
    ol.near li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-2);
      align-items: baseline;
      padding: 1px var(--space-1);
      min-width: 0;
    }
    ol.near button {
      display: flex;
      gap: var(--space-2);
      align-items: baseline;
      width: 100%;
      padding: 1px 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      cursor: pointer;
    }
    ol.near li:has(button):hover {
      background: var(--hover);
    }
    ol.near .name {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    ol.near .from {
      flex-basis: 100%;
    }
    .cosine {
      flex: none;
      font-family: var(--mono);
      font-size: var(--text-tiny);
      min-width: 3.4em;
      text-align: right;
    }
    meter {
      flex: none;
      align-self: center;
      appearance: none;
      width: 48px;
      height: 6px;
      border-radius: 3px;
      border: 1px solid var(--vscode-contrastBorder, transparent);
      overflow: hidden;
      background: color-mix(in srgb, var(--ink) 15%, transparent);
    }
    meter::-webkit-meter-bar {
      height: 100%;
      border: 0;
      border-radius: 0;
      background: transparent;
    }
    meter::-webkit-meter-optimum-value {
      background: var(--accent);
    }
    .badge {
      padding: 0 6px;
      border: 1px solid color-mix(in srgb, var(--ink) 40%, transparent);
      border-radius: var(--radius-small);
      font-size: var(--text-tiny);
    }
    .note {
      padding: var(--space-2) var(--space-3);
      border-left: 4px solid var(--warn);
      background: color-mix(in srgb, var(--warn) 10%, transparent);
      font-size: var(--text-small);
      line-height: 1.5;
      overflow-wrap: anywhere;
    }
    .note.good {
      border-color: var(--good);
      background: color-mix(in srgb, var(--good) 10%, transparent);
    }
    .analogy {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--space-2);
    }
    .analogy .sign {
      font-size: 1.2em;
      line-height: 1.6;
    }
    .analogy vscode-text-field {
      width: 9rem;
      max-width: 100%;
    }
    .figures {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-4);
      margin: 0;
    }
    dt {
      font-size: var(--text-tiny);
      color: var(--ink-quiet);
    }
    dd {
      margin: 0;
      font-family: var(--mono);
      font-size: var(--text-small);
    }
`;
