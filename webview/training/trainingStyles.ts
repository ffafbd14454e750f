// The look of the training page.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { progressStyles } from '../elements/progressStyles.ts';
import { visibleTextStyles } from '../elements/visibleText.ts';

export const trainingStyles = [
  baseStyles,
  faultStyles,
  progressStyles,
  visibleTextStyles,
  css`
    main {
      max-width: 80rem;
      margin: 0 auto;
      padding: var(--space-4) var(--space-4) var(--space-7);
      display: grid;
      gap: var(--space-5);
    }
    h1 {
      font-size: 1.4em;
      line-height: 1.3;
      font-weight: 600;
      text-wrap: balance;
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
    header p {
      max-width: var(--measure);
      margin-top: var(--space-2);
    }
    section {
      display: grid;
      gap: var(--space-3);
      min-width: 0;
    }
    summary {
      cursor: pointer;
      width: fit-content;
    }
    .files {
      list-style: none;
      margin: var(--space-2) 0 0;
      padding: var(--space-2) var(--space-3);
      max-height: 14rem;
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
    }
    .files li {
      display: flex;
      justify-content: space-between;
      gap: var(--space-3);
    }
    .files li span:first-child {
      overflow-wrap: anywhere;
    }
    .files li span + span {
      flex: none;
    }
    .options {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-3) var(--space-5);
      align-items: end;
    }
    fieldset {
      border: 0;
      margin: 0;
      padding: 0;
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-4);
    }
    legend {
      padding: 0;
      font-size: var(--text-small);
    }
    .says {
      margin: 0;
      padding-left: var(--space-4);
    }
    .courses {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
      gap: var(--space-4);
    }
    article {
      display: flex;
      flex-direction: column;
      gap: var(--space-2);
      padding: var(--space-3) var(--space-4) var(--space-4);
      min-width: 0;
      align-items: start;
    }
    article > vscode-button {
      margin-top: auto;
    }
    article > * {
      max-width: 100%;
    }
    dl {
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
      font-weight: 600;
    }
    .pieces {
      list-style: none;
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1);
      margin: 0;
      padding: 0;
      height: 164px; /* six rows, whole */
      width: 100%;
      align-content: start;
      overflow: hidden;
      font-family: var(--mono);
      font-size: var(--text-small);
    }
    .pieces li {
      height: 24px;
      line-height: 22px;
      padding: 0 var(--space-1);
      border: 1px solid color-mix(in srgb, var(--ink) 30%, transparent);
      border-radius: var(--radius-small);
      white-space: pre;
      max-width: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
    }
  `,
];
