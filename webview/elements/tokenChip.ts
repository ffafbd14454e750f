// One token, drawn as a chip. Colours only help to tell neighbours apart: so do the gap and the line below, which
// alternates, and the text keeps the editor's own colour on a faint ground, so its contrast stays the theme's.

import { css, html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Piece, Role } from '../../src/shared/trace.ts';
import { t } from '../l10n.ts';
import { hexBytes, visibleText } from './visibleText.ts';

/** How many colours there are before they start again. */
export const CHIP_COLOURS = 4;

export interface ChipOptions {
  /** Place in the sequence: gives the colour and the line. */
  readonly index: number;
  /** False draws a plain chip, where colours would drown what is marked. */
  readonly coloured?: boolean;
  readonly showId?: boolean;
  readonly selected?: boolean;
}

/** A token's chip; needs {@link chipStyles} and visibleTextStyles. A fragment of a character shows its bytes. */
export function chip(piece: Piece, { index, coloured = true, showId = false, selected }: ChipOptions): TemplateResult {
  const unknown = piece.id === null;
  const classes = {
    chip: true,
    [`c${index % CHIP_COLOURS}`]: coloured,
    odd: index % 2 === 1,
    fragment: piece.text === null,
    unknown,
    selected: selected === true,
    [`role-${piece.role}`]: piece.role !== undefined,
  };
  return html`<span class=${classMap(classes)} title=${piece.bytes === undefined ? nothing : hexBytes(piece.bytes)}
    ><span class="piece">${piece.text === null ? hexBytes(piece.bytes ?? []) : visibleText(piece.text)}</span>${
      piece.role === undefined ? nothing : html`<span class="sr"> (${roleName(piece.role)})</span>`
    }${
      showId || unknown
        ? html`<span class="id">${unknown ? t('unknown') : piece.id === undefined ? nothing : String(piece.id)}</span>`
        : nothing
    }</span
  >`;
}

/** A role in a word, for those who can't see how it is drawn. */
export function roleName(role: Role): string {
  switch (role) {
    case 'chosen':
      return t('chosen');
    case 'new':
      return t('new');
    case 'match':
      return t('match');
    case 'warn':
      return t('attention');
    case 'dim':
      return t('not taking part');
  }
}

export const chipStyles = css`
  .chip {
    --tint: transparent;
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    vertical-align: top;
    min-width: 1.1em;
    margin: 1px 1px 3px;
    padding: 0 3px;
    font-family: var(--mono);
    font-size: var(--mono-size);
    line-height: 1.5;
    color: var(--ink);
    background: color-mix(in srgb, var(--tint) 22%, transparent);
    border-radius: 3px 3px 0 0;
    border-bottom: 2px solid color-mix(in srgb, var(--tint) 90%, var(--ink) 10%);
    white-space: nowrap;
    max-width: 100%;
  }
  .chip:not(.c0):not(.c1):not(.c2):not(.c3) {
    border-bottom-color: color-mix(in srgb, var(--ink) 45%, transparent);
    background: color-mix(in srgb, var(--ink) 7%, transparent);
  }
  .chip.odd {
    border-bottom-style: dashed;
  }
  .chip .piece {
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .chip .id {
    font-size: 0.72em;
    line-height: 1.3;
    color: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .c0 {
    --tint: var(--vscode-charts-blue);
  }
  .c1 {
    --tint: var(--vscode-charts-yellow);
  }
  .c2 {
    --tint: var(--vscode-charts-purple);
  }
  .c3 {
    --tint: var(--vscode-charts-green);
  }
  .chip.fragment .piece {
    font-size: 0.82em;
    letter-spacing: 0.02em;
    font-style: italic;
  }
  .chip.unknown,
  .chip.role-warn {
    outline: 1px dashed var(--warn);
    outline-offset: -1px;
  }
  .chip.role-new {
    --tint: var(--good) !important;
    background: color-mix(in srgb, var(--good) 25%, transparent) !important;
    outline: 2px solid var(--good);
    outline-offset: -1px;
    border-radius: 3px;
    font-weight: 600;
  }
  .chip.role-chosen {
    background: color-mix(in srgb, var(--accent) 25%, transparent) !important;
    outline: 2px solid var(--accent);
    outline-offset: -1px;
    border-radius: 3px;
  }
  .chip.role-match {
    background: color-mix(in srgb, var(--vscode-charts-yellow) 25%, transparent) !important;
    border-bottom: 3px double var(--ink);
  }
  .chip.role-dim {
    background: none !important;
    color: var(--ink-quiet);
    border-bottom-style: dotted;
  }
  .chip.selected {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
`;
