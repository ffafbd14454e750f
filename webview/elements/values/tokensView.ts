// A text cut into pieces: chips in a row, a wider gap between words. Colours tell neighbours apart; where something is
// marked, the rest is drawn plain so that the marks are what one sees.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Piece, TokensValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { baseStyles } from '../base.ts';
import { chip, chipStyles } from '../tokenChip.ts';
import { visibleTextStyles } from '../visibleText.ts';

export class TokensView extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: {},
    ids: { type: Boolean },
    plain: { type: Boolean },
  };
  static override styles = [
    baseStyles,
    visibleTextStyles,
    chipStyles,
    css`
      .pieces {
        max-height: 17em;
        padding: 2px;
      }
      .word {
        display: inline-block;
        max-width: 100%;
        margin-right: 0.35em;
      }
    `,
  ];
  declare value: TokensValue | undefined;
  declare label: string | undefined;
  /** Show each token's id below it. On by default where every piece has one. */
  declare ids: boolean | undefined;
  /** Draw the pieces without colours, as where something is marked. */
  declare plain: boolean | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    const { pieces, total } = this.value;
    const coloured = this.plain !== true && !pieces.some((piece) => piece.role !== undefined);
    const showId = this.ids ?? pieces.some((piece) => piece.id !== undefined);
    let index = 0;
    return html`<div class="pieces scroll" tabindex="0" role="group" aria-label=${this.label ?? t('Tokens')}>${
      pieces.length === 0
        ? html`<span class="quiet">${t('(none)')}</span>`
        : words(pieces).map(
            (word) =>
              html`<span class="word">${word.map((piece) => chip(piece, { index: index++, coloured, showId }))}</span> `,
          )
    }</div>
      ${
        total !== undefined && total > pieces.length
          ? html`<p class="caption">${t('The first {0} of {1}.', pieces.length, total)}</p>`
          : nothing
      }`;
  }
}

/** The pieces grouped where `word` changes; without words they are one group each, so that the row can wrap. */
function words(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last !== undefined && (last[0] as Piece).word === piece.word) {
      last.push(piece);
    } else {
      groups.push([piece]);
    }
  }
  return groups;
}
customElements.define('tokens-view', TokensView);
