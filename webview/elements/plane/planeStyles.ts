// The look of a plane: its frame, what stands on it, its key, and what is read out below.

import { css } from 'lit';

export const planeStyles = css`
  .plane {
    position: relative;
    max-width: 720px;
    border-radius: var(--radius-small);
    touch-action: pan-y;
  }
  .plane.dragging {
    cursor: grabbing;
  }
  canvas.shades {
    position: absolute;
  }
  svg.drawing {
    display: block;
    position: relative;
    width: 100%;
    font-size: var(--text-tiny);
    user-select: none;
  }
  svg.picture {
    overflow: hidden;
  }
  .frame {
    fill: none;
    stroke: color-mix(in srgb, var(--ink) 55%, transparent);
  }
  .grid {
    stroke: color-mix(in srgb, var(--ink) 14%, transparent);
  }
  .grid.faint {
    stroke: color-mix(in srgb, var(--ink) 9%, transparent);
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
    stroke-width: 3.5px;
    stroke-linejoin: round;
    pointer-events: none;
  }
  .label.chosen,
  .label.new {
    font-weight: 700;
  }
  .label.of-line {
    font-style: italic;
  }
  .leader {
    stroke: color-mix(in srgb, var(--ink) 45%, transparent);
  }
  .kind0 {
    color: var(--kind0);
    --dash: none;
  }
  .kind1 {
    color: var(--kind1);
    --dash: 9 4;
  }
  .kind2 {
    color: var(--kind2);
    --dash: 2 4;
  }
  .kind3 {
    color: var(--kind3);
    --dash: 10 3 2 3;
  }
  .kind4 {
    color: var(--kind4);
    --dash: 5 3;
  }
  .kind5 {
    color: var(--kind5);
    --dash: 14 3 3 3 3 3;
  }
  .point {
    fill: currentColor;
    stroke: var(--paper);
    stroke-width: 1.5;
    paint-order: stroke;
  }
  .point.dim {
    opacity: 0.45;
  }
  .point .ring {
    fill: none;
    stroke: var(--ink);
    stroke-width: 2;
  }
  .wrong circle,
  .wrong path {
    fill: none;
    stroke: var(--bad);
    stroke-width: 2;
  }
  .wrong .under {
    stroke: var(--paper);
    stroke-width: 4;
  }
  .path path {
    fill: none;
    stroke-linejoin: round;
  }
  .path .casing,
  .straight .casing {
    stroke: var(--paper);
    stroke-width: 5;
    opacity: 0.7;
  }
  .path .way {
    stroke: currentColor;
    stroke-width: 2.5;
    stroke-dasharray: var(--dash);
  }
  .path .start {
    fill: var(--paper);
    stroke: currentColor;
    stroke-width: 2.5;
  }
  .path .point path {
    fill: currentColor;
  }
  .straight .casing,
  .straight .edge {
    fill: none;
  }
  .straight .edge {
    stroke: var(--ink);
    stroke-width: 2.5;
  }
  .straight.dim .edge {
    stroke-width: 1.5;
    stroke-dasharray: 4 4;
    opacity: 0.7;
  }
  .straight.new .edge {
    stroke-dasharray: 10 4;
  }
  .straight.dim .side {
    opacity: 0.6;
  }
  .side,
  .arrow.plain {
    color: var(--ink);
  }
  .arrow .shaft {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.25;
  }
  .arrow .head {
    fill: currentColor;
  }
  .arrow.dim {
    opacity: 0.5;
  }
  .halo circle {
    fill: none;
    stroke: var(--focus);
    stroke-width: 2;
  }
  .halo .under {
    stroke: var(--paper);
    stroke-width: 4;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    list-style: none;
    margin: 0 0 var(--space-1);
    padding: 0;
    max-width: 720px;
    font-size: var(--text-small);
  }
  .key li {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-width: 0;
  }
  .key svg {
    flex: none;
    overflow: visible;
  }
  .key .strip {
    width: 90px;
    height: 10px;
    border: 1px solid color-mix(in srgb, var(--ink) 40%, transparent);
    image-rendering: auto;
  }
  .key .boundary {
    stroke: var(--ink);
    stroke-width: 2.5;
  }
  .readout {
    max-width: 720px;
    min-height: 1.6em;
    font-size: var(--text-small);
    line-height: 1.5;
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
