// The look of the search view around its results.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { progressStyles } from '../elements/progressStyles.ts';

export const searchStyles = [
  baseStyles,
  faultStyles,
  progressStyles,
  css`
    main {
      display: flex;
      flex-direction: column;
      gap: var(--space-2);
      padding: var(--space-2) 0 var(--space-4);
    }
    main > :not(results-tree) {
      margin: 0 var(--space-3);
    }
    h2 {
      font-size: 1.1em;
      font-weight: 600;
    }
    .ask {
      display: flex;
      align-items: end;
      gap: var(--space-1);
    }
    .ask vscode-text-field {
      flex: 1;
      min-width: 0;
    }
    vscode-text-field {
      width: 100%;
    }
    .filters {
      display: grid;
      gap: var(--space-2);
    }
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
      gap: var(--space-2);
    }
    .choice {
      display: grid;
      min-width: 0;
    }
    .choice > span {
      color: var(--ink);
      margin-bottom: 2px;
    }
    .choice vscode-dropdown {
      width: 100%;
      min-width: 0;
    }
    .status {
      min-height: 1.5em;
      color: var(--ink-quiet);
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-2);
    }
    .better {
      position: sticky;
      bottom: var(--space-2);
    }
    .state {
      display: grid;
      gap: var(--space-2);
      max-width: var(--measure);
    }
    .state ul {
      margin: 0;
      padding-left: var(--space-4);
      display: grid;
      gap: var(--space-1);
    }
    .state .examples {
      list-style: none;
      padding: 0;
    }
    .examples code {
      overflow-wrap: anywhere;
    }
    .banner {
      display: grid;
      gap: var(--space-1);
      padding: var(--space-1) var(--space-3);
      border-left: 3px solid var(--accent);
      background: color-mix(in srgb, var(--accent) 8%, transparent);
      overflow-wrap: anywhere;
    }
    .banner.bad {
      border-left-color: var(--bad);
      background: color-mix(in srgb, var(--bad) 10%, transparent);
    }
    .similar {
      display: flex;
      align-items: start;
      gap: var(--space-2);
      padding: var(--space-1) var(--space-2) var(--space-1) var(--space-3);
      border-left: 3px solid var(--accent);
    }
    .similar div {
      flex: 1;
      min-width: 0;
    }
    .similar code {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    progress {
      height: 4px;
    }
  `,
];
