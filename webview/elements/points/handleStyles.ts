// The look of what can be taken by the hand and moved, in every picture of points.

import { css } from 'lit';

export const handleStyles = css`
  .handle {
    cursor: grab;
    touch-action: none;
    outline: none;
  }
  .dragging .handle {
    cursor: grabbing;
  }
  .handle .hit {
    fill: transparent;
  }
  .handle .grip {
    fill: color-mix(in srgb, var(--accent) 18%, transparent);
    stroke: var(--accent);
    stroke-width: 1.75;
  }
  .handle:hover .grip {
    fill: color-mix(in srgb, var(--accent) 40%, transparent);
  }
  .handle .focus {
    fill: none;
    stroke: none;
    stroke-width: 2.5;
  }
  .handle:focus-visible .focus {
    stroke: var(--focus);
  }
`;
