// The look of the tree of results, and of what opens in it.

import { css } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { faultStyles } from '../elements/faultView.ts';
import { whyStyles } from './whyStyles.ts';

export const resultsStyles = [
  baseStyles,
  faultStyles,
  whyStyles,
  css`
    :host([stale]) {
      opacity: 0.75;
    }
    [role='treeitem']:focus-visible {
      outline: none;
    }
    .file,
    .hit {
      cursor: pointer;
      border: 1px solid transparent;
      padding: 0 var(--space-2);
    }
    .file {
      display: flex;
      align-items: center;
      gap: var(--space-1);
      height: 24px;
      position: sticky;
      top: 0;
      z-index: 1;
      background: var(--paper);
    }
    .file:hover,
    .hit:hover {
      background: var(--hover);
    }
    .file:focus-visible,
    .hit:focus-visible,
    .why:focus-visible {
      border-color: var(--focus);
    }
    .hit:focus .about,
    .hit:hover .about,
    .hit:focus .at,
    .hit:hover .at {
      color: var(--ink);
    }
    .hit:focus {
      background: var(--vscode-list-inactiveSelectionBackground, var(--hover));
    }
    .twisty {
      display: flex;
      flex: none;
    }
    .badge {
      flex: none;
      min-width: 2.6em;
      padding: 0 3px;
      border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
      border-radius: 3px;
      font-family: var(--mono);
      font-size: 0.75em;
      line-height: 1.4;
      text-align: center;
    }
    .name {
      flex: 0 1 auto;
      min-width: 3em;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .folder {
      flex: 1 10000 0;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      color: var(--ink-quiet);
      font-size: 0.9em;
    }
    .count {
      flex: none;
      min-width: 18px;
      padding: 0 5px;
      border-radius: 9px;
      background: var(--vscode-badge-background);
      color: var(--vscode-badge-foreground);
      font-size: 0.85em;
      line-height: 18px;
      text-align: center;
      border: 1px solid var(--vscode-contrastBorder, transparent);
    }
    .hit {
      position: relative;
      padding: 2px var(--space-2) 3px 22px;
      min-width: 0;
    }
    .line {
      overflow: hidden;
      white-space: pre;
      text-overflow: ellipsis;
    }
    mark {
      background: var(--vscode-editor-findMatchHighlightBackground, transparent);
      color: inherit;
      border-radius: 2px;
      font-weight: 600;
      border-bottom: 1px solid currentColor;
    }
    .preview {
      display: none;
      padding: var(--space-1) 0;
    }
    /* Only where the keyboard is: rows that grew below the mouse would run away from it. */
    .hit:focus .preview {
      display: block;
    }
    .hit:focus .line {
      display: none;
    }
    /* The mouse gets it over the other rows, after a moment, and can go on to those through it. */
    @media (hover: hover) {
      .hit:hover:not(:focus, [aria-expanded='true']) .preview {
        display: block;
        position: absolute;
        z-index: 2;
        top: calc(100% - 2px);
        left: 12px;
        right: var(--space-2);
        max-height: 15em;
        overflow: hidden;
        padding: var(--space-1) var(--space-2);
        border: 1px solid var(--vscode-editorHoverWidget-border, color-mix(in srgb, var(--ink) 40%, transparent));
        border-radius: var(--radius-small);
        background: var(--vscode-editorHoverWidget-background, var(--paper));
        color: var(--vscode-editorHoverWidget-foreground, var(--ink));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        pointer-events: none;
        animation: appear 0s 400ms both;
      }
      .hit[data-above]:hover:not(:focus, [aria-expanded='true']) .preview {
        top: auto;
        bottom: calc(100% - 2px);
      }
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
      to {
        visibility: visible;
      }
    }
    .preview-line {
      display: flex;
      gap: var(--space-2);
      white-space: pre;
      overflow: hidden;
    }
    .preview-line code {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .preview-line.matched {
      white-space: pre-wrap;
    }
    .preview-line.matched code {
      overflow-wrap: anywhere;
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
    }
    .tool {
      display: flex;
      padding: 3px;
      border: 0;
      border-radius: var(--radius-small);
      background: none;
      color: inherit;
      cursor: pointer;
    }
    .tool:hover {
      background: var(--vscode-toolbar-hoverBackground, var(--hover));
      color: var(--ink);
    }
    .at {
      flex: none;
      min-width: 2em;
      text-align: right;
      color: var(--ink-quiet);
      font-family: var(--mono);
      font-size: 0.85em;
      user-select: none;
    }
    .about {
      display: flex;
      align-items: center;
      gap: var(--space-2);
      min-height: 22px;
      font-size: 0.9em;
      color: var(--ink-quiet);
    }
    .trail {
      flex: 1 1 auto;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .lines {
      flex: none;
      font-variant-numeric: tabular-nums;
    }
    .score {
      flex: none;
      display: flex;
      width: 48px;
      height: 8px;
      border: 1px solid color-mix(in srgb, var(--ink) 50%, transparent);
      border-radius: 2px;
      overflow: hidden;
    }
    .words-part {
      background: var(--ink);
    }
    .meaning-part {
      background: repeating-linear-gradient(135deg, var(--accent) 0 2px, transparent 2px 4px);
    }
    .tools {
      flex: none;
      display: none;
    }
    .hit:hover .tools,
    .hit:focus .tools {
      display: flex;
    }
    .hit:hover .score,
    .hit:focus .score {
      width: 32px;
    }
    .why {
      margin: 0 var(--space-2) var(--space-2) 12px;
      container-type: inline-size;
      overflow-x: auto;
      padding: var(--space-2) var(--space-2) var(--space-3);
      border: 1px solid color-mix(in srgb, var(--ink) 25%, transparent);
      border-left: 3px solid var(--accent);
      border-radius: var(--radius-small);
      cursor: auto;
      overflow-wrap: anywhere;
    }
    @media (hover: none) {
      .tools {
        display: flex;
      }
    }
  `,
];
