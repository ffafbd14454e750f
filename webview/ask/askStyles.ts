// The look of the view that asks the workspace.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { passagesStyles } from './passagesStyles.ts';

export const askStyles = [
  baseStyles,
  faultStyles,
  passagesStyles,
  css`
    main {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-3);
      max-width: 68rem;
      margin: 0 auto;
      padding: var(--space-4) clamp(var(--space-2), 3vw, var(--space-5)) var(--space-6);
    }
    h1 {
      font-size: 1.5em;
      line-height: 1.2;
    }
    h2 {
      font-size: 1.05em;
      font-weight: 600;
    }
    h3 {
      font-size: 1em;
      font-weight: 600;
      margin: var(--space-2) 0 var(--space-1);
    }
    .question {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--space-2);
    }
    .question vscode-text-field {
      flex: 1 1 16rem;
      min-width: 0;
    }
    .destination {
      font-weight: 600;
    }
    .generator {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--space-2) var(--space-3);
    }
    .choice {
      display: grid;
      min-width: 0;
      flex: 0 1 17rem;
    }
    .choice > span {
      font-size: var(--vscode-font-size);
      line-height: normal;
      margin-bottom: 2px;
    }
    .choice vscode-dropdown {
      width: 100%;
      min-width: 0;
    }
    .problem {
      flex: 1 1 100%;
      color: var(--warn-ink, var(--ink));
      border-left: 4px solid var(--warn);
      padding-left: var(--space-2);
    }
    .banner,
    .note {
      border-left: 4px solid var(--line);
      padding: var(--space-1) var(--space-3);
      overflow-wrap: anywhere;
    }
    .banner.bad {
      border-left-color: var(--bad);
    }
    .banner progress {
      width: 100%;
    }
    .state {
      display: grid;
      gap: var(--space-2);
      max-width: var(--measure);
    }
    .state ul {
      margin: 0;
      padding-left: var(--space-4);
    }
    .hint {
      max-width: var(--measure);
      padding-top: var(--space-2);
    }
    .stages {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
    .stages > .note {
      margin-bottom: var(--space-3);
    }
    .stages.stale {
      opacity: 0.75;
    }
    .stage {
      border-top: 1px solid var(--line);
      border-color: color-mix(in srgb, var(--ink) 22%, transparent);
    }
    /* Room to grow: so that it can stand at the window's top from its first word on. */
    .stage[data-stage='answer'][open]:not(:has(> .inside > p.quiet)) {
      min-height: 70vh;
    }
    .stage > summary {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 var(--space-3);
      position: relative;
      /* Number and name hang before it: what has no room beside the name stands under it. */
      padding: var(--space-2) var(--space-1) var(--space-2) 3.1rem;
      cursor: pointer;
      list-style: none;
    }
    .stage > summary::-webkit-details-marker {
      display: none;
    }
    .stage > summary:hover {
      background: var(--hover);
    }
    .stage > summary::before {
      content: '▸';
      position: absolute;
      left: var(--space-1);
      color: var(--ink-quiet);
    }
    .stage[open] > summary::before {
      content: '▾';
    }
    .place {
      position: absolute;
      left: 1.75rem;
      color: var(--ink-quiet);
      font-variant-numeric: tabular-nums;
    }
    .outcome {
      color: var(--ink-quiet);
      overflow-wrap: anywhere;
    }
    .inside {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-2);
      padding: 0 var(--space-1) var(--space-4) var(--space-5);
    }
    @media (max-width: 480px) {
      .inside {
        padding-left: var(--space-1);
      }
    }
    .tokens {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-3);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .token {
      display: grid;
      justify-items: start;
      line-height: 1.35;
      min-width: 3.2rem;
    }
    .token.little {
      color: var(--ink-quiet);
    }
    .weight {
      width: 100%;
      height: 4px;
      background: linear-gradient(var(--accent), var(--accent)) no-repeat 0 0 / calc(var(--part) * 100%) 100%;
    }
    .text > summary {
      cursor: pointer;
      width: fit-content;
    }
    pre {
      margin: 0;
      padding: var(--space-2) var(--space-3);
      font-family: var(--mono);
      font-size: var(--text-small);
      line-height: 1.5;
      color: var(--ink);
      background: color-mix(in srgb, var(--ink) 6%, transparent);
      max-height: 24rem;
      tab-size: 2;
    }
    pre.prompt {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .shares {
      display: flex;
      height: 18px;
      border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    }
    .share {
      width: calc(var(--part) * 100%);
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-4);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .key {
      display: inline-block;
      width: 0.8em;
      height: 0.8em;
      margin-right: var(--space-1);
      border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    }
    .rules {
      background: var(--vscode-charts-purple);
    }
    .passages {
      background: var(--vscode-charts-blue);
    }
    .share.question,
    .key.question {
      background: var(--vscode-charts-yellow);
    }
    .template {
      background: var(--vscode-charts-red);
    }
    .share.answer,
    .key.answer {
      background: repeating-linear-gradient(45deg, var(--vscode-charts-green) 0 4px, transparent 4px 8px);
    }
    .answer:not(.share, .key) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-2);
      max-width: var(--measure);
      overflow-wrap: anywhere;
    }
    .coming {
      display: flex;
      align-items: center;
      gap: var(--space-2);
    }
    .coming > :not(span) {
      flex: none;
    }
    .answer ul,
    .answer ol,
    .check ul {
      margin: 0;
      padding-left: var(--space-5);
    }
    .cited {
      font-variant-numeric: tabular-nums;
      margin-left: 1px;
    }
    .cited.nothing {
      color: var(--bad);
      text-decoration: line-through;
    }
    .uncited {
      text-decoration: underline dotted var(--warn);
      text-underline-offset: 3px;
    }
    .not-found {
      border-top: 1px solid color-mix(in srgb, var(--ink) 22%, transparent);
      padding: var(--space-4) var(--space-1);
      display: grid;
      gap: var(--space-2);
    }
    .not-found > * {
      max-width: var(--measure);
    }
    .not-found h2 {
      font-size: 1.3em;
    }
  `,
];
