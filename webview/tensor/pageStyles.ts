// The look of the tensor panel's page around the step view.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';

export const pageStyles = [
  baseStyles,
  faultStyles,
  css`
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-2) var(--space-4);
      padding: var(--space-3) var(--space-4);
    }
    h1 {
      font-size: 1.3em;
      line-height: 1.3;
      font-weight: 600;
      text-wrap: balance;
    }
    .message {
      max-width: 32rem;
      margin: 16vh auto;
      padding: 0 var(--space-4);
    }
    .message p {
      margin: var(--space-2) 0 var(--space-4);
    }
    .notice {
      position: fixed;
      z-index: 10;
      inset: auto var(--space-4) var(--space-4);
      max-width: 36rem;
      margin-inline: auto;
      background: var(--vscode-notifications-background, var(--raised));
      color: var(--vscode-notifications-foreground, var(--ink));
      border: 1px solid var(--line);
      border-radius: var(--radius);
      box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
    }
  `,
];
