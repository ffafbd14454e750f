// The frame around every live block: a card with a head, a body and a line about its goal.

import { css } from 'lit';
import { baseStyles } from './base.ts';
import { faultStyles } from './faultView.ts';

export const blockStyles = [
  baseStyles,
  faultStyles,
  css`
    .block {
      background: var(--raised);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      min-width: 0;
    }
    :host([room]) .block {
      background: none;
      border: none;
      border-radius: 0;
    }
    .pad {
      padding: var(--space-4);
    }
    .head + .pad {
      padding-top: 0;
    }
    .pad + .pad {
      border-top: 1px solid var(--line);
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: var(--space-1) var(--space-3);
      padding: var(--space-3) var(--space-4);
    }
    .title {
      flex: 1 1 10em;
      min-width: 0;
      font-weight: 600;
    }
    /* Buttons that have come below the title keep off it, in spite of their margins. */
    .head:has(vscode-button) {
      row-gap: calc(var(--space-2) + 6px);
    }
    .head vscode-button {
      align-self: center;
      margin-block: -6px; /* the head is as high as its title */
    }
    .running {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: var(--space-3);
      padding: var(--space-2) var(--space-4);
      border-top: 1px solid var(--line);
      font-size: var(--text-small);
    }
    .running vscode-progress-ring {
      width: 18px;
      height: 18px;
    }
    .caption {
      padding: var(--space-3) var(--space-4);
      border-top: 1px solid var(--line);
      max-width: none;
    }
  `,
];
