// How two runs beside each other look, over what a single one looks like. It adapts to its own width, not to the window's.

import { css } from 'lit';
import { playerStyles } from '../../elements/trace/playerStyles.ts';

export const stepsStyles = [
  ...playerStyles,
  css`
      .sentence {
        margin-bottom: var(--space-3);
        padding: var(--space-2) var(--space-3);
        border-left: 4px solid var(--good);
        background: color-mix(in srgb, var(--good) 10%, transparent);
        max-width: var(--measure);
        overflow-wrap: anywhere;
      }
      .sentence.alone {
        border-left-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 10%, transparent);
      }
      .sentence.differs,
      .sentence.ended {
        border-left-color: var(--warn);
        background: color-mix(in srgb, var(--warn) 10%, transparent);
      }
      .runs {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      .run {
        min-width: 0;
        container-type: inline-size;
      }
      .run + .run {
        border-top: 1px solid var(--line);
        padding-top: var(--space-4);
      }
      .whose {
        font-size: var(--text-small);
        font-weight: 600;
        color: var(--ink-quiet);
        margin: 0 0 var(--space-1);
      }
      /* Beside code, in half a window, the two runs need the room more than the list does. */
      @container (max-width: 820px) {
        :host([room]) .body {
          grid-template-columns: minmax(0, 1fr);
        }
        :host([room]) step-tree {
          position: static;
          height: 117px; /* half a row at the end says that there are more */
          min-height: 0;
          border-right: none;
          border-bottom: 1px solid var(--line);
        }
      }
      @container (min-width: 520px) {
        .runs {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .run + .run {
          border-top: none;
          padding-top: 0;
          border-left: 1px solid var(--line);
          padding-left: var(--space-4);
        }
      }
    `,
];
