// The look of a heatmap around its canvas.

import { css } from 'lit';

export const heatmapStyles = css`
      :host {
        position: relative;
      }
      svg {
        display: block;
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        overflow: hidden;
        pointer-events: none;
        font-size: 11px;
        font-family: var(--mono);
      }
      text {
        fill: var(--ink-quiet);
        unicode-bidi: plaintext;
      }
      .track {
        fill: color-mix(in srgb, var(--ink) 14%, transparent);
      }
      .thumb {
        fill: var(--ink-quiet);
      }
      .cells {
        position: absolute;
        touch-action: pan-y;
        cursor: crosshair;
      }
      .cells.dragging {
        cursor: grabbing;
      }
      canvas {
        display: block;
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
`;
