// The look of the index health page.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { progressStyles } from '../elements/progressStyles.ts';

export const healthStyles = [
  baseStyles,
  faultStyles,
  progressStyles,
  css`
    main {
      max-width: 60rem;
      margin: 0 auto;
      padding: var(--space-4) var(--space-4) var(--space-7);
      display: grid;
      gap: var(--space-5);
    }
    h1 {
      font-size: 1.4em;
      line-height: 1.3;
      font-weight: 600;
    }
    h2 {
      font-size: 1.1em;
      line-height: 1.4;
      font-weight: 600;
    }
    h3 {
      font-size: 1em;
      font-weight: 600;
    }
    section {
      display: grid;
      gap: var(--space-2);
      min-width: 0;
    }
    .now {
      padding: var(--space-3) var(--space-4);
      border-left: 4px solid var(--accent);
      background: var(--raised);
      overflow-wrap: anywhere;
    }
    .now.bad {
      border-left-color: var(--bad);
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-3) var(--space-5);
      margin: 0;
    }
    dt {
      font-size: var(--text-small);
      color: var(--ink-quiet);
    }
    dd {
      margin: 0;
      font-weight: 600;
    }
    summary {
      cursor: pointer;
      width: fit-content;
    }
    .files {
      list-style: none;
      margin: var(--space-2) 0;
      padding: var(--space-2) var(--space-3);
      max-height: 18rem;
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
      font-size: var(--text-small);
    }
    .files li {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 var(--space-3);
    }
    .path {
      overflow-wrap: anywhere;
    }
    .link {
      padding: 0;
      border: 0;
      background: none;
      color: var(--accent);
      font: inherit;
      text-align: left;
      text-decoration: underline;
      cursor: pointer;
    }
    .models {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
      gap: var(--space-3);
    }
    .models li {
      padding: var(--space-3) var(--space-4);
      overflow-wrap: anywhere;
    }
  `,
];
