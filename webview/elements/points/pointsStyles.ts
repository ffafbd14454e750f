// The look of the plane and of what stands in it.

import { css } from 'lit';

export const pointsStyles = css`
  .plane {
    position: relative;
    max-width: 720px;
    border-radius: var(--radius-small);
    touch-action: pan-y;
  }
  .plane.dragging {
    cursor: grabbing;
  }
  svg {
    display: block;
    width: 100%;
    font-size: var(--text-tiny);
    user-select: none;
    overflow: hidden;
  }
  .paper {
    fill: var(--paper);
    stroke: var(--line);
  }
  .grid {
    stroke: color-mix(in srgb, var(--ink) 12%, transparent);
  }
  .axis {
    stroke: color-mix(in srgb, var(--ink) 60%, transparent);
    stroke-width: 1.25;
  }
  text {
    fill: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .tick {
    fill: var(--ink-quiet);
  }
  .axis-label {
    font-weight: 600;
  }
  .label {
    font-size: var(--text-small);
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
    pointer-events: none;
  }
  .label.chosen,
  .label.new {
    font-weight: 700;
  }
  .label.dim {
    fill: var(--ink-quiet);
  }
  .label.of-line {
    font-size: var(--text-tiny);
    font-style: italic;
  }
  .leader {
    stroke: color-mix(in srgb, var(--ink) 45%, transparent);
  }
  .plain {
    color: var(--vscode-charts-blue);
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
    color: color-mix(in srgb, var(--ink) 55%, var(--paper));
  }
  .dot {
    fill: currentColor;
    stroke: var(--paper);
  }
  .dot .ring,
  .dot .hollow {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
  }
  .shaft {
    stroke: currentColor;
    stroke-width: 2.25;
  }
  .head {
    fill: currentColor;
  }
  .chosen .shaft {
    stroke-width: 3.75;
  }
  .new .shaft {
    stroke-width: 2.75;
    stroke-dasharray: 10 4;
  }
  .match .shaft {
    stroke-dasharray: 12 3 3 3;
  }
  .warn .shaft {
    stroke-dasharray: 4 3;
  }
  .dim .shaft {
    stroke-width: 1.25;
  }
  .between line {
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-dasharray: 5 4;
  }
  .between.plain {
    color: color-mix(in srgb, var(--ink) 75%, var(--paper));
  }
  .between.chosen line {
    stroke-width: 3;
    stroke-dasharray: none;
  }
  .between.new line {
    stroke-width: 2.25;
    stroke-dasharray: 2 3;
  }
  .between.match line {
    stroke-dasharray: 10 3 2 3;
  }
  .between.warn line {
    stroke-width: 2.25;
    stroke-dasharray: 6 2;
  }
  .between.dim line {
    stroke-width: 1;
    stroke-dasharray: 1 3;
  }
  .halo {
    fill: none;
    stroke: var(--focus);
    stroke-width: 2;
  }
  .under {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: var(--space-2);
    max-width: 720px;
    min-height: 26px;
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .readout {
    min-width: 0;
    overflow-wrap: anywhere;
    padding-top: 2px;
  }
  .tools {
    display: flex;
    flex: none;
  }
  details {
    font-size: var(--text-small);
  }
  summary {
    cursor: pointer;
    width: fit-content;
  }
`;
