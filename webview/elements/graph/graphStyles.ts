// The look of graphs.

import { css } from 'lit';

export const graphStyles = css`
  .frame {
    max-width: 100%;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--paper);
    overflow-x: auto;
    overflow-y: hidden;
  }
  svg {
    display: block;
    font-size: var(--text-tiny);
    user-select: none;
  }
  text {
    fill: var(--ink);
    text-anchor: middle;
    font-variant-numeric: tabular-nums;
  }
  .between rect {
    fill: color-mix(in srgb, var(--ink) 7%, transparent);
  }
  .between text {
    font-family: var(--mono);
    font-size: var(--mono-size);
  }
  .node circle {
    fill: var(--paper);
    stroke: currentColor;
    stroke-width: 2;
  }
  .node.chosen circle,
  .node.new circle {
    fill: currentColor;
  }
  .node.match circle {
    stroke-width: 3.5;
  }
  .node.warn circle {
    stroke-dasharray: 3 2;
  }
  .node-label {
    fill: var(--ink-quiet);
  }
  .node.chosen .node-note,
  .node.new .node-note {
    font-weight: 700;
  }
  .plain {
    color: color-mix(in srgb, var(--ink) 75%, var(--paper));
  }
  .chosen {
    color: var(--accent);
  }
  .new {
    color: var(--good);
  }
  .match {
    color: var(--vscode-charts-yellow);
  }
  .warn {
    color: var(--warn);
  }
  .dim {
    color: color-mix(in srgb, var(--ink) 50%, var(--paper));
  }
  .edge {
    outline: none;
    cursor: default;
  }
  .edge path,
  .line {
    fill: none;
    stroke: currentColor;
  }
  .tip {
    fill: currentColor;
    stroke: none;
  }
  .edge .hit {
    stroke: transparent;
    stroke-width: 16;
    pointer-events: stroke;
  }
  /* A ring along the whole arc: a broad line, and the ground again inside it. */
  .edge .focus,
  .edge .gap {
    stroke: none;
    stroke-linecap: round;
  }
  .edge:focus-visible .focus {
    stroke: var(--focus);
    stroke-width: 12;
  }
  .edge:focus-visible .gap {
    stroke: var(--paper);
    stroke-width: 8;
  }
  .line {
    stroke-width: 1.5;
  }
  .chosen .line {
    stroke-width: 3.5;
  }
  .new .line {
    stroke-width: 2.25;
    stroke-dasharray: 10 4;
  }
  .match .line {
    stroke-width: 2;
    stroke-dasharray: 12 3 3 3;
  }
  .warn .line {
    stroke-width: 2;
    stroke-dasharray: 4 3;
  }
  .dim .line {
    stroke-width: 1;
    stroke-dasharray: 2 3;
  }
  .pointed .line {
    stroke-width: 3;
  }
  .chosen.pointed .line {
    stroke-width: 4.5;
  }
  .adjustable {
    cursor: ns-resize;
    touch-action: none;
  }
  .grip circle {
    fill: var(--paper);
    stroke: var(--accent);
    stroke-width: 1.75;
  }
  .grip path {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.6;
  }
  .grip.pointed circle {
    fill: color-mix(in srgb, var(--accent) 30%, var(--paper));
  }
  .box rect {
    fill: var(--paper);
    stroke: currentColor;
    stroke-width: 1.25;
  }
  .box.chosen rect,
  .box.new rect {
    stroke-width: 2.5;
    fill: color-mix(in srgb, currentColor 12%, var(--paper));
  }
  .box.match rect {
    stroke-width: 2.5;
    stroke-dasharray: 12 3 3 3;
  }
  .box.warn rect {
    stroke-width: 2;
    stroke-dasharray: 4 3;
  }
  .box .node-label {
    font-family: var(--mono);
    font-size: 11px;
  }
  .box .node-value {
    font-weight: 700;
  }
  .box .node-under,
  .label .back {
    fill: var(--accent);
    font-weight: 700;
  }
  .lines,
  .labels {
    pointer-events: none;
  }
  .label {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  .label .piece {
    font-family: var(--mono);
    font-size: var(--text-small);
  }
  .label .number {
    fill: var(--ink-quiet);
  }
  .label.chosen .piece,
  .label.new .piece {
    font-weight: 700;
  }
  .label.dim .piece {
    fill: var(--ink-quiet);
  }
  .readout {
    min-height: 1.5em;
    font-size: var(--text-small);
    line-height: 1.5;
    padding-top: 2px;
    overflow-wrap: anywhere;
  }
  details {
    font-size: var(--text-small);
  }
  summary {
    cursor: pointer;
    width: fit-content;
  }
`;
