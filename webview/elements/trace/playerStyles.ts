// How the step view looks. It adapts to its own width, not to the window's.

import { css } from 'lit';
import { baseStyles } from '../base.ts';
import { betStyles } from '../betStyles.ts';
import { visibleTextStyles } from '../visibleText.ts';

export const playerStyles = [
  baseStyles,
  visibleTextStyles,
  betStyles,
  css`
    :host {
      container-type: inline-size;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-2) var(--space-3);
      padding: var(--space-2) var(--space-4);
      border-block: 1px solid var(--line);
      background: color-mix(in srgb, var(--ink) 3%, transparent);
    }
    .keys {
      display: flex;
      gap: 2px;
      margin-left: -6px; /* the icons stand in line with the text, not their buttons */
    }
    .scrubber {
      flex: 1 1 100px;
    }
    .count {
      font-size: var(--text-small);
      white-space: nowrap;
    }
    .speed {
      display: inline-flex;
      align-items: center;
      gap: var(--space-2);
    }
    .speed vscode-dropdown {
      min-width: 0;
      width: 9.5em;
      z-index: 3;
    }
    .list-button {
      display: none;
    }
    .body {
      display: grid;
      grid-template-columns: minmax(0, 13.5em) minmax(0, 1fr);
    }
    step-tree {
      border-right: 1px solid var(--line);
      min-height: 17em;
      contain: size;
    }
    /* One step alone has nothing to walk through, and its picture the whole width. */
    .single .bar,
    .single step-tree {
      display: none;
    }
    .single .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .stage {
      padding: var(--space-4);
      min-width: 0;
      container-type: inline-size;
      scroll-margin-top: 60px; /* for the bar above it */
    }
    .path {
      font-size: var(--text-small);
      color: var(--ink-quiet);
      line-height: 1.4;
      margin-bottom: 2px;
    }
    .path span + span::before {
      content: ' › ';
    }
    .frame-label {
      font-size: 1.12em;
      line-height: 1.35;
      font-weight: 600;
      outline: none;
    }
    .note {
      margin-top: var(--space-1);
      max-width: var(--measure);
    }
    .formula {
      margin-top: var(--space-2);
    }
    .formula code {
      display: inline-block;
      padding: 2px var(--space-2);
      background: var(--vscode-textCodeBlock-background);
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
      max-width: 100%;
      overflow-wrap: anywhere;
    }
    .values {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-4);
      margin-top: var(--space-3);
    }
    @container (min-width: 480px) {
      .values.two {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      }
      .values.two .out {
        border-left: 1px solid var(--line);
        padding-left: var(--space-4);
      }
    }
    /* Many inputs or outputs stand side by side where there is a whole editor's room. */
    @container (min-width: 900px) {
      .values.two.many-in {
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
      }
      .values.two.many-out {
        grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
      }
      .many-in .in,
      .many-out .out {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space-4);
        align-content: start;
      }
      .many-in .in h5,
      .many-out .out h5,
      .many-out cell-arithmetic {
        grid-column: 1 / -1;
        margin-bottom: calc(-1 * var(--space-3));
      }
      .many-in .in .port + .port,
      .many-out .out .port + .port {
        margin-top: 0;
      }
    }
    /* A value and its gradient stand side by side where there is room. */
    .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(17em, 100%), 1fr));
      gap: var(--space-3) var(--space-4);
    }
    .pair + .pair {
      margin-top: var(--space-4);
    }
    .pair .port + .port {
      margin-top: 0;
    }
    .port-name .quiet {
      font-weight: 400;
    }
    h5 {
      margin: 0 0 var(--space-1);
      font-size: var(--text-tiny);
      font-weight: 600;
      color: var(--ink-quiet);
      text-transform: uppercase;
      letter-spacing: 0.06em;
    }
    .port + .port {
      margin-top: var(--space-3);
    }
    .port-name {
      font-size: var(--text-small);
      font-weight: 600;
      margin-bottom: 2px;
    }
    .place {
      margin-top: var(--space-3);
      font-family: var(--mono);
      font-size: var(--text-tiny);
      overflow-wrap: anywhere;
    }
    /* With a page to itself: the bar and the list stay where they are while the step scrolls by. */
    :host([room]) .bar {
      position: sticky;
      top: 0;
      z-index: 4;
      min-height: 47px;
      background: color-mix(in srgb, var(--ink) 3%, var(--paper));
    }
    :host([room]) .body {
      grid-template-columns: minmax(0, clamp(14em, 22vw, 22em)) minmax(0, 1fr);
    }
    :host([room]) step-tree {
      position: sticky;
      top: 47px;
      height: calc(100vh - 47px);
    }
    @container (min-width: 900px) {
      :host([room]) .stage {
        padding-inline: var(--space-5);
      }
    }
    @container (max-width: 620px) {
      :host([room]) .body {
        grid-template-columns: minmax(0, 1fr);
      }
      :host([room]) step-tree {
        position: static;
        height: 169px; /* half a row at the end says that there are more */
      }
      :host([room]) .list-button {
        display: none;
      }
      :host([room]) .player:not(.list-open) step-tree {
        display: block;
      }
      .list-button {
        display: inline;
      }
      .speed > span {
        display: none;
      }
      .speed vscode-dropdown {
        width: 8em;
      }
      .body {
        grid-template-columns: minmax(0, 1fr);
      }
      .player:not(.list-open) step-tree {
        display: none;
      }
      step-tree {
        height: 195px; /* half a row at the end, as above */
        min-height: 0;
        border-right: none;
        border-bottom: 1px solid var(--line);
      }
      .scrubber {
        order: 5;
        flex-basis: 100%;
      }
    }
  `,
];
