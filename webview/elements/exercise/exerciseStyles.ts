// The look of an exercise's card and of the report in it.

import { css } from 'lit';

export const exerciseStyles = css`
  :host {
    container-type: inline-size;
  }
  .block {
    border-left: 4px solid var(--accent);
  }
  .kicker {
    font-size: var(--text-small);
    color: var(--ink-quiet);
    line-height: 1.4;
  }
  .head {
    align-items: flex-start;
  }
  .head h3 {
    font-size: 1.12em;
    line-height: 1.35;
    font-weight: 600;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    padding: 1px var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    font-size: var(--text-small);
    line-height: 1.5;
  }
  .state.passed svg,
  .verdict.good svg,
  .parts .right svg {
    color: var(--good);
  }
  .state.tried svg {
    color: var(--warn);
  }
  .facts {
    margin-bottom: var(--space-3);
  }
  .facts code {
    overflow-wrap: anywhere;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .waits {
    margin-top: var(--space-2);
    color: var(--ink-quiet);
  }
  .refused {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
    margin-top: var(--space-2);
  }
  .refused svg {
    flex: none;
    position: relative;
    top: 3px;
    color: var(--warn);
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    padding: var(--space-2) var(--space-4);
    border-top: 1px solid var(--line);
    background: color-mix(in srgb, var(--accent) 10%, transparent);
  }
  .offer p {
    flex: 1 1 16em;
  }
  .report {
    padding: var(--space-3) var(--space-4) var(--space-4);
    border-top: 1px solid var(--line);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  /* Dimmed by its inks and not by opacity: it can still be read. In some themes the quiet ink is as dark as the other. */
  .report.stale > :not(.said-stale) {
    color: color-mix(in srgb, var(--ink) 75%, var(--raised));
    filter: grayscale(1);
  }
  .report.stale mark {
    background: none;
  }
  .report.stale .quiet {
    color: inherit;
  }
  .said-stale {
    padding-left: var(--space-3);
    border-left: 4px dashed var(--warn);
  }
  .verdict {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
    max-width: var(--measure);
  }
  .verdict svg,
  .parts svg {
    flex: none;
    position: relative;
    top: 3px;
  }
  .verdict.bad svg {
    color: var(--bad);
  }
  .places {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-2);
    margin-top: var(--space-2);
  }
  .stand-ins {
    margin-top: var(--space-2);
    padding-left: var(--space-3);
    border-left: 4px solid var(--warn);
  }
  .parts {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .parts li {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
  }
  .evidence {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2);
  }
  h4 {
    font-size: var(--text-small);
    font-weight: 600;
    line-height: 1.5;
  }
  .input {
    margin: 0;
    display: grid;
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    gap: var(--space-1) var(--space-3);
    align-items: baseline;
  }
  .input > div {
    display: contents;
  }
  .input dt {
    overflow-wrap: anywhere;
  }
  .input dd {
    margin: 0;
    min-width: 0;
  }
  .input .shown-code {
    padding-block: 1px;
  }
  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
  }
  @container (min-width: 560px) {
    .sides {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
  .evidence .shown-code {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-height: 14em;
  }
  mark {
    color: inherit;
    font-weight: 700;
    background: color-mix(in srgb, var(--warn) 25%, transparent);
    border-bottom: 2px solid var(--warn);
    padding: 0 1px;
  }
  .printed summary {
    cursor: pointer;
    width: fit-content;
    font-size: var(--text-small);
  }
  .printed .output {
    margin-top: var(--space-2);
  }
  .hints {
    margin: 0;
    padding: var(--space-3) var(--space-4);
    border-top: 1px solid var(--line);
  }
  .hints ol {
    margin: var(--space-1) 0 0;
    padding-left: 1.6em;
  }
  .hints li {
    padding-left: 2px;
  }
  .hints p {
    max-width: var(--measure);
  }
  .hints li:focus {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .hints li + li,
  .hints p + p,
  .hints .shown-code {
    margin-top: var(--space-2);
  }
`;
