// How a lesson reads: one calm column of text, wider blocks, the contents beside it where there is room.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { proseStyles } from './proseStyles.ts';

export const lessonStyles = [
  baseStyles,
  faultStyles,
  proseStyles,
  css`
    .page {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0 var(--space-7);
      max-width: 1240px;
      margin-inline: auto;
      padding: var(--space-6) clamp(12px, 4vw, 48px) var(--space-7);
    }
    main {
      min-width: 0;
      max-width: 54rem;
    }
    .message {
      max-width: var(--measure);
      margin: 18vh auto;
      padding: 0 var(--space-4);
    }

    /* Contents */
    .contents {
      font-size: var(--text-small);
      line-height: 1.45;
      margin-bottom: var(--space-5);
    }
    .contents summary {
      cursor: pointer;
      font-weight: 600;
      padding: var(--space-2) var(--space-3);
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }
    .contents ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    .contents ol ol {
      padding-left: var(--space-3);
    }
    .contents a {
      display: block;
      padding: 3px var(--space-3);
      color: var(--ink);
      text-decoration: none;
      border-left: 3px solid transparent;
      overflow-wrap: anywhere;
    }
    .contents ol ol a {
      color: var(--ink-quiet);
    }
    .contents a:focus-visible {
      outline-offset: -2px; /* the column scrolls, and would cut a ring outside */
    }
    .contents a:hover {
      text-decoration: underline;
    }
    .contents a[aria-current] {
      border-left-color: var(--accent);
      color: var(--accent);
    }
    .side-title {
      display: none;
    }

    /* Header */
    .eyebrow {
      font-size: var(--text-small);
      color: var(--ink-quiet);
      letter-spacing: 0.01em;
    }
    h1 {
      font-size: 2.1em;
      line-height: 1.2;
      font-weight: 650;
      letter-spacing: -0.015em;
      text-wrap: balance;
      margin-top: var(--space-1);
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-4);
      margin-top: var(--space-2);
      font-size: var(--text-small);
      color: var(--ink-quiet);
    }
    .promise {
      margin-top: var(--space-5);
      padding: var(--space-4);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--raised);
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
      gap: var(--space-4) var(--space-6);
    }
    .promise h2 {
      font-size: var(--text-small);
      font-weight: 600;
      margin: 0 0 var(--space-1);
      padding: 0;
      border: 0;
      letter-spacing: 0;
    }
    .promise ul {
      margin: 0;
      padding-left: 1.1em;
      font-size: var(--text-small);
      line-height: 1.5;
    }
    .promise li + li {
      margin-top: 2px;
    }
    .goals {
      list-style: none;
    }
    .promise .goals {
      padding-left: 0;
    }
    .goals li {
      display: flex;
      gap: var(--space-2);
      align-items: baseline;
    }
    .goals svg {
      flex: none;
      position: relative;
      top: 3px;
    }
    .goals .reached svg {
      color: var(--good);
    }
    .goals a {
      color: inherit;
    }

    /* Blocks */
    .block {
      margin: var(--space-5) 0;
      scroll-margin-top: var(--space-4);
    }
    .goal {
      display: flex;
      gap: var(--space-2);
      align-items: baseline;
      margin-top: var(--space-2);
      font-size: var(--text-small);
    }
    .goal svg {
      flex: none;
      position: relative;
      top: 3px;
    }
    .goal.reached svg {
      color: var(--good);
    }

    /* End */
    .sources {
      margin-top: var(--space-7);
      font-size: var(--text-small);
    }
    .sources h2,
    .done h2 {
      font-size: 1.22em;
      margin-top: 0;
    }
    .sources ul {
      padding-left: 1.2em;
      margin: 0;
      overflow-wrap: anywhere;
    }
    .done {
      margin-top: var(--space-7);
    }
    .done ul {
      margin: 0;
      padding: 0;
    }
    .turn {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
      gap: var(--space-4);
      margin-top: var(--space-6);
    }
    .turn button {
      font: inherit;
      color: inherit;
      text-align: left;
      background: var(--raised);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      padding: var(--space-3) var(--space-4);
      cursor: pointer;
    }
    .turn button:hover {
      border-color: var(--accent);
      background: var(--hover);
    }
    .turn .next {
      text-align: right;
      grid-column: -2 / -1;
    }
    .turn .way {
      display: block;
      font-size: var(--text-small);
      color: var(--ink-quiet);
    }
    .turn .to {
      color: var(--accent);
      font-weight: 600;
    }
    .notice {
      position: fixed;
      z-index: 10;
      right: var(--space-4);
      left: var(--space-4);
      bottom: var(--space-4);
      max-width: 36rem;
      margin-inline: auto;
      background: var(--vscode-notifications-background, var(--raised));
      color: var(--vscode-notifications-foreground, var(--ink));
      border: 1px solid var(--line);
      border-radius: var(--radius);
      box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
    }

    @media (min-width: 900px) {
      .page {
        grid-template-columns: minmax(0, 1fr) 15rem;
      }
      main {
        grid-column: 1;
        grid-row: 1;
        justify-self: end;
        width: 100%;
      }
      .contents {
        grid-column: 2;
        grid-row: 1;
        position: sticky;
        top: var(--space-6);
        align-self: start;
        max-height: calc(100vh - 2 * var(--space-6));
        overflow-y: auto;
        scrollbar-width: thin;
      }
      .contents summary {
        display: none;
      }
      .side-title {
        display: block;
        font-weight: 600;
        padding: 0 var(--space-3) var(--space-2) calc(var(--space-3) + 3px);
      }
    }
    @media (max-width: 420px) {
      h1 {
        font-size: 1.7em;
      }
      h2 {
        font-size: 1.35em;
      }
    }
  `,
];
