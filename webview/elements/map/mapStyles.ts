// The look of a map around its points.

import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: grid;
    gap: var(--space-2);
    align-content: start;
  }
  .plane {
    position: relative;
    border: 1px solid var(--line, transparent);
    outline-offset: 1px;
    border-radius: var(--radius-small);
    background: var(--paper);
    cursor: crosshair;
    touch-action: pan-y;
    overflow: hidden;
    user-select: none;
  }
  .plane.near {
    touch-action: none;
  }
  .plane.dragging {
    cursor: grabbing;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    display: block;
  }
  .under {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: start;
    gap: var(--space-2);
  }
  .apart {
    flex: 1 1 100%;
    order: 1;
    font-size: var(--text-small);
    color: var(--ink-quiet);
  }
  .under .readout {
    flex: 1 1 12rem;
    min-width: 0;
  }
  .map-tools {
    flex: none;
    display: inline-flex;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .legend button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    padding: 1px 8px 1px 4px;
    border: 1px solid transparent;
    border-radius: var(--radius-small);
    background: none;
    color: var(--ink);
    font: inherit;
    font-size: var(--text-tiny);
    line-height: 1.6;
    cursor: pointer;
    text-align: left;
  }
  .legend button:hover {
    background: var(--hover);
    border-color: var(--vscode-contrastActiveBorder, transparent);
  }
  .legend .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    max-width: 16rem;
  }
  .legend button[aria-pressed='false'] .name {
    text-decoration: line-through;
    color: var(--ink-quiet);
  }
  .legend button[aria-pressed='false'] canvas {
    opacity: 0.35;
  }
  .legend canvas {
    position: static;
    flex: none;
    width: 16px;
    height: 16px;
  }
  .readout {
    min-height: 1.5em;
    font-size: var(--text-small);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  summary {
    cursor: pointer;
    width: fit-content;
    font-size: var(--text-small);
  }
  ol.near {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-5);
    font-size: var(--text-small);
  }
  ol.near button {
    vertical-align: top;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    font: inherit;
    text-align: left;
    text-decoration: underline;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
`;
