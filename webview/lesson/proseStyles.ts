// How a lesson's running text looks: headings, lists, code, quotations, tables, formulas.

import { css } from 'lit';

export const proseStyles = css`
  section + section {
    margin-top: var(--space-7);
  }
  h2 {
    font-size: 1.55em;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
    margin: var(--space-7) 0 var(--space-4);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
    scroll-margin-top: var(--space-3);
    text-wrap: balance;
  }
  .prose {
    overflow-wrap: break-word;
  }
  .prose > * {
    margin: 0 0 var(--space-4);
    max-width: var(--measure);
  }
  .prose > :is(pre, table) {
    max-width: 100%;
  }
  .prose > :last-child {
    margin-bottom: 0;
  }
  .prose :is(h3, h4) {
    line-height: 1.3;
    font-weight: 600;
    margin: var(--space-6) 0 var(--space-3);
    scroll-margin-top: var(--space-4);
    text-wrap: balance;
  }
  .prose h3 {
    font-size: 1.22em;
  }
  .prose h4 {
    font-size: 1.05em;
  }
  .prose > :is(h3, h4):first-child {
    margin-top: 0;
  }
  .prose :is(ul, ol) {
    padding-left: 1.5em;
  }
  .prose li + li {
    margin-top: var(--space-1);
  }
  .prose code {
    padding: 0.1em 0.35em;
    border-radius: 3px;
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid color-mix(in srgb, var(--line) 60%, transparent);
    overflow-wrap: anywhere;
    white-space: break-spaces;
  }
  .prose pre {
    padding: var(--space-3) var(--space-4);
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    overflow-x: auto;
    line-height: 1.55;
    scrollbar-width: thin;
    tab-size: 2;
  }
  .prose pre code {
    padding: 0;
    border: 0;
    background: none;
    font-size: var(--text-small);
    white-space: pre;
    overflow-wrap: normal;
  }
  .prose blockquote {
    margin-inline: 0;
    padding: var(--space-1) var(--space-4);
    border-left: 4px solid var(--vscode-textBlockQuote-border, var(--line));
    color: var(--ink);
    background: color-mix(in srgb, var(--ink) 4%, transparent);
  }
  .prose blockquote > p {
    margin: var(--space-2) 0;
  }
  .prose table {
    display: block;
    width: fit-content;
    max-width: 100%;
    overflow-x: auto;
    border-collapse: collapse;
    font-size: var(--text-small);
    line-height: 1.45;
  }
  .prose :is(th, td) {
    padding: var(--space-1) var(--space-3);
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
  }
  .prose .align-right {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .prose .align-center {
    text-align: center;
  }
  .prose th {
    font-weight: 600;
    border-bottom-width: 2px;
  }
  /* Chromium leaves a root sign out where the first font that is there doesn't have one, so fonts with it come first. */
  .prose math {
    font-family:
      'Cambria Math', 'STIX Two Math', 'Latin Modern Math', 'DejaVu Math TeX Gyre', 'Noto Sans Math', 'DejaVu Sans', math,
      serif;
    font-size: 1.08em;
  }
  /* Browsers centre every column, whatever a formula says of its own. */
  .prose mtable[columnalign^='left'] mtd,
  .prose mtable[columnalign^='right left'] mtd:nth-child(even) {
    text-align: left;
  }
  /* A cell's content is a block, which plain right leaves where it is. */
  .prose mtable[columnalign^='right left'] mtd:nth-child(odd) {
    text-align: -webkit-right;
  }
  .prose mtable[columnalign^='right left'] mtd {
    padding-inline: 0;
  }
  .prose math[display='block'] {
    display: block math;
    max-width: 100%;
    overflow-x: auto;
    overflow-y: hidden;
    padding: var(--space-2) 0;
    margin-block: var(--space-2);
    text-align: center;
  }
`;
