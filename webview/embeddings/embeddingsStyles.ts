// The look of the embedding inspector.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { answerStyles } from './answerStyles.ts';

export const embeddingsStyles = [
  baseStyles,
  faultStyles,
  answerStyles,
  css`
    main {
      max-width: 100rem;
      margin: 0 auto;
      padding: var(--space-4) var(--space-4) var(--space-7);
      display: grid;
      gap: var(--space-4);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      justify-content: space-between;
      gap: var(--space-2) var(--space-5);
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
      line-height: 1.4;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    h4 {
      margin-top: var(--space-2);
      font-size: var(--text-small);
      font-weight: 600;
    }
    label {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-1) var(--space-2);
      font-size: var(--text-small);
      max-width: 100%;
    }
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-4) var(--space-5);
      align-items: start;
    }
    .columns.whole > .items {
      order: 2;
    }
    @media (min-width: 960px) {
      .columns:not(.whole) {
        grid-template-columns: minmax(16rem, 22rem) minmax(0, 1fr);
      }
    }
    .items,
    .view {
      display: grid;
      gap: var(--space-3);
      min-width: 0;
      align-content: start;
    }
    .items .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-2);
    }
    .add {
      display: grid;
      gap: var(--space-2);
    }
    vscode-text-area {
      width: 100%;
    }
    ul.list {
      list-style: none;
      margin: 0;
      padding: 0;
      max-height: min(24rem, 45vh);
      border: 1px solid var(--line, transparent);
      border-radius: var(--radius-small);
    }
    ul.list li {
      display: flex;
      align-items: start;
      gap: var(--space-1);
      padding-right: var(--space-1);
    }
    ul.list li:hover {
      background: var(--hover);
    }
    ul.list li.current {
      background: var(--vscode-list-inactiveSelectionBackground, transparent);
      box-shadow: inset 3px 0 0 var(--accent);
    }
    ul.list .item {
      flex: 1;
      min-width: 0;
      display: grid;
      padding: var(--space-1) var(--space-2);
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      font-size: var(--text-small);
      line-height: 1.5;
      text-align: left;
      cursor: pointer;
    }
    ul.list .item:focus-visible {
      outline-offset: -2px;
    }
    ul.list .item .name {
      overflow: hidden;
      text-overflow: ellipsis;
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow-wrap: anywhere;
    }
    ul.list .tools {
      flex: none;
      display: inline-flex;
      padding-top: 2px;
    }
    .from {
      color: var(--ink-quiet);
      font-size: var(--text-tiny);
      line-height: 1.5;
      overflow-wrap: anywhere;
    }
    .left {
      margin: var(--space-1) 0 0;
      padding-left: var(--space-4);
      overflow-wrap: anywhere;
    }
    summary {
      cursor: pointer;
      width: fit-content;
    }
    .tabs {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-1);
      border-bottom: 1px solid color-mix(in srgb, var(--ink) 25%, transparent);
    }
    [role='tab'] {
      padding: 4px 10px;
      border: 0;
      border-bottom: 3px solid transparent;
      background: none;
      color: var(--ink-quiet);
      font: inherit;
      font-size: var(--text-small);
      cursor: pointer;
    }
    [role='tab']:hover {
      color: var(--ink);
    }
    [role='tab'][aria-selected='true'] {
      color: var(--ink);
      border-bottom-color: var(--accent);
      font-weight: 600;
    }
    [role='tab']:focus-visible {
      outline-offset: -2px;
    }
    .empty {
      display: grid;
      gap: var(--space-3);
      justify-items: start;
      max-width: var(--measure);
      padding: var(--space-4);
      border: 1px dashed color-mix(in srgb, var(--ink) 35%, transparent);
      border-radius: var(--radius);
    }
    .place {
      display: grid;
      gap: var(--space-2);
      padding: var(--space-3) var(--space-4);
    }
    .excerpt {
      font-family: var(--mono);
      font-size: var(--text-tiny);
      line-height: 1.5;
      overflow-wrap: anywhere;
    }
    .waiting {
      min-height: 28px;
    }
  `,
];
