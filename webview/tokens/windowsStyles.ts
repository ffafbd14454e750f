// The look of the gauges: a bar that is hatched where the count is an estimate, so that colour alone says nothing.

import { css } from 'lit';

export const windowsStyles = css`
  :host {
    height: 100%;
    min-height: 0;
  }
  .hint {
    padding: var(--space-4);
  }
  .all {
    height: 100%;
    padding: var(--space-3);
    outline-offset: -2px;
    font-size: var(--text-small);
  }
  .gauges {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    gap: var(--space-3) var(--space-5);
    margin: 0 0 var(--space-3);
    padding: 0;
    list-style: none;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-2);
  }
  .share {
    margin-inline-start: auto;
  }
  .bar {
    block-size: 14px;
    border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    border-radius: 3px;
    overflow: hidden;
  }
  .fill {
    block-size: 100%;
    min-inline-size: 1px;
    background: var(--vscode-progressBar-background, var(--accent));
  }
  .fill.about {
    background: repeating-linear-gradient(
      -45deg,
      var(--vscode-progressBar-background, var(--accent)) 0 4px,
      color-mix(in srgb, var(--vscode-progressBar-background, var(--accent)) 45%, transparent) 4px 7px
    );
  }
  .bar.over {
    border-color: var(--bad);
    border-style: double;
    border-width: 3px;
  }
  .source {
    font-size: var(--text-tiny);
    overflow-wrap: anywhere;
  }
  .picker {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
    gap: var(--space-3);
    margin-top: var(--space-2);
  }
  fieldset {
    display: flex;
    flex-direction: column;
    align-items: start;
    margin: 0;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    min-width: 0;
  }
  legend {
    font-weight: 600;
    padding: 0 var(--space-1);
  }
`;
