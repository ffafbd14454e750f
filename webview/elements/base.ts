// The look that all our elements share: spacing, type, focus, scroll bars. Colours are VS Code's own variables only.

import { css } from 'lit';

/** For the page itself: the custom properties that reach into every shadow root. */
export const pageStyles = css`
  :root {
    --space-1: 4px;
    --space-2: 8px;
    --space-3: 12px;
    --space-4: 16px;
    --space-5: 24px;
    --space-6: 32px;
    --space-7: 48px;
    --radius: 6px;
    --radius-small: 4px;
    --text: calc(var(--vscode-font-size, 13px) * 1.15);
    --text-small: var(--vscode-font-size, 13px);
    --text-tiny: calc(var(--vscode-font-size, 13px) * 0.88);
    --mono: var(--vscode-editor-font-family, monospace);
    --mono-size: calc(var(--text) * 0.92);
    --measure: 70ch;
    --ink: var(--vscode-editor-foreground);
    --ink-quiet: var(--vscode-descriptionForeground, var(--vscode-foreground));
    --paper: var(--vscode-editor-background);
    --raised: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-editorWidget-border)));
    --accent: var(--vscode-textLink-foreground);
    --focus: var(--vscode-focusBorder);
    --hover: var(--vscode-list-hoverBackground);
    --good: var(--vscode-charts-green, var(--vscode-testing-iconPassed));
    --bad: var(--vscode-editorError-foreground, var(--vscode-charts-red));
    --warn: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
  }
  /* What the browser itself draws, radio buttons and sliders, follows the theme and not the system. */
  html:has(body.vscode-light, body.vscode-high-contrast-light) {
    color-scheme: light;
  }
  html:has(body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light)) {
    color-scheme: dark;
  }
  html {
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
  }
  body {
    margin: 0;
    padding: 0;
    background: var(--paper);
    color: var(--ink);
    font-family: var(--vscode-font-family, sans-serif);
    font-size: var(--text);
    line-height: 1.6;
  }
`;

/** First in the `styles` of every element. */
export const baseStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  h4,
  p {
    margin: 0;
  }
  a {
    color: var(--accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: 2px;
  }
  /* Switched off, and still holding the focus. */
  vscode-button[aria-disabled='true'] > * {
    opacity: 0.4;
  }
  code,
  kbd {
    font-family: var(--mono);
    font-size: 0.92em;
  }
  .card {
    background: var(--raised);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .quiet {
    color: var(--ink-quiet);
  }
  .small {
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }
  .scroll {
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
  }
  .caption {
    color: var(--ink-quiet);
    font-size: var(--text-small);
    line-height: 1.5;
    max-width: var(--measure);
  }
  input[type='range'] {
    appearance: none;
    min-width: 0;
    height: 20px;
    margin: 0;
    background: none;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--ink) 35%, transparent);
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 14px;
    height: 14px;
    margin-top: -5px;
    border-radius: 50%;
    border: 2px solid var(--paper);
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** True when the user asked the system for less motion. */
export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
