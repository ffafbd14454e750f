// Everything about one token: its number, id, text, piece, bytes, where it stands, and what is worth knowing about it.

import { css, html, LitElement, nothing } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { hexBytes } from '../elements/visibleText.ts';
import { t } from '../l10n.ts';
import { looks, placeInLine } from './colours.ts';
import { codePoint, explain, partsOf, partsOfText } from './display.ts';
import type { Special } from './findings.ts';
import { type Flag, flagMeaning, flagName } from './flagNames.ts';
import { looksLike } from './homoglyphs.ts';
import { partTemplates } from './partTemplates.ts';
import { utf8Length } from './textCounts.ts';
import type { TokenData } from './tokenData.ts';
import { insertedPiece } from './tokenFlags.ts';
import { tokenStyles } from './tokenStyles.ts';
import { type Torn, tornBy } from './torn.ts';

/** Characters explained one by one at most; the rest are named as a number. */
const MOST_EXPLAINED = 6;

/** A kind of finding at the token, with what the text spells where that is a special token. */
export interface Noted {
  readonly flag: Flag;
  readonly text: string;
  readonly specials: readonly Special[];
}

export class TokensReadout extends LitElement {
  static override properties = {
    data: { attribute: false },
    token: { type: Number },
    revision: { type: Number },
    label: {},
    noted: { attribute: false },
    specialTokens: { type: Boolean },
    differs: { type: Boolean },
  };
  static override styles = [
    baseStyles,
    tokenStyles,
    css`
      :host {
        font-size: var(--text-small);
        line-height: 1.5;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        margin: 0;
      }
      .facts > div {
        min-width: 5.5em;
        max-width: 100%;
      }
      dt {
        color: var(--ink-quiet);
        font-size: var(--text-tiny);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      .mono {
        font-family: var(--mono);
        white-space: pre-wrap;
      }
      .token {
        cursor: default;
      }
      .notes {
        margin: var(--space-1) 0 0;
        padding: 0;
        list-style: none;
        /* Of one height, so that the text doesn't jump from token to token. */
        height: 3em;
        overflow: auto;
      }
    `,
  ];

  declare data: TokenData | undefined;
  declare token: number;
  /** Goes up when the data was mended in place. */
  declare revision: number;
  /** The tokenizer's name; absent where there is but one. */
  declare label: string | undefined;
  declare noted: readonly Noted[];
  declare specialTokens: boolean;
  /** Another tokenizer cuts the text here otherwise. */
  declare differs: boolean;

  constructor() {
    super();
    this.token = -1;
    this.revision = 0;
    this.noted = [];
    this.specialTokens = false;
    this.differs = false;
  }

  override render() {
    const { data, token } = this;
    if (data === undefined || token < 0 || token >= data.count) {
      return nothing;
    }
    const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const text = html`<span class=${`mono ${looks(placeInLine(data, token))}`}>${partTemplates(partsOf(data, token))}</span>`;
    const piece = data.pieces.get(data.id(token));
    const byteStart =
      data.bytes.length === data.textBytes ? data.byteStart(token) : utf8Length(data.text.slice(0, data.start(token)));
    const bytes = data.bytesOf(token);
    return html`<dl class="facts">
        ${this.label === undefined ? nothing : fact(t('Tokenizer'), this.label)}
        ${fact(t('Token'), t('{0} of {1}', token + 1, data.count))} ${fact(t('Id'), String(data.id(token)))}
        ${fact(t('Text'), text)}
        ${piece === undefined ? nothing : fact(t('Piece'), html`<span class="mono">${partTemplates(partsOfText(piece))}</span>`)}
        ${fact(t('Bytes'), html`<span class="mono">${hexBytes(bytes)}</span>`)}
        ${fact(t('UTF-16 offsets'), `${data.start(token)}–${data.end(token)}`)}
        ${fact(t('UTF-8 offsets'), `${byteStart}–${byteStart + bytes.length}`)}
      </dl>
      ${this.notes(data, token)}`;
  }

  private notes(data: TokenData, token: number) {
    const torn = tornBy(data, token);
    const text = data.textOf(token) ?? '';
    const lines: unknown[] = [
      ...(torn.length > 0 ? torn.map(tornNote) : unseenNotes(text)),
      ...(insertedPiece(data, token) === undefined
        ? []
        : [
            t('The tokenizer puts this piece there to say that a word begins. No character of the text stands for it.'),
          ]),
      ...(this.differs ? [t('Another of the tokenizers cuts the text here in other places.')] : []),
      ...this.noted
        .filter(({ flag }) => flag !== 'fragment' || torn.length === 0)
        .map((noted) => this.note(noted, data)),
    ];
    return html`<ul class="notes" tabindex="0" aria-label=${t('Notes on the token')}>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
  }

  private note({ flag, text, specials }: Noted, data: TokenData) {
    const what =
      flag === 'special'
        ? t('Spells the special token {0} (id {1})', text, specials.map(({ id }) => String(id)).join(', '))
        : flag === 'look-alike'
          ? t('{0}: {1}', flagName(flag), likenesses(text))
          : flagName(flag);
    const made =
      flag === 'special' && specials.some(({ encoding }) => encoding === data.encoding) && this.specialTokens;
    return html`<b>${what}.</b> ${flagMeaning(flag, made)}`;
  }
}

/** `а (U+0430) for a` */
function likenesses(word: string): string {
  const letters = new Set(Array.from(word).filter((letter) => looksLike(letter) !== undefined));
  return Array.from(letters, (letter) =>
    t('{0} ({1}) for {2}', letter, codePoint(letter), looksLike(letter) ?? ''),
  ).join(', ');
}

function tornNote({ character, first, last, of }: Torn): string {
  const code = codePoint(character);
  const name = explain(character);
  const shown = name === undefined ? `${character} (${code})` : `${code} (${name})`;
  return first === last
    ? t('A fragment: byte {0} of the {1} bytes of {2}', first, of, shown)
    : t('A fragment: bytes {0} to {1} of the {2} bytes of {3}', first, last, of, shown);
}

function unseenNotes(text: string): string[] {
  const counts = new Map<string, number>();
  for (const character of text) {
    if (explain(character) !== undefined && character !== ' ') {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
  }
  const notes = Array.from(counts, ([character, count]) => {
    const what = `${codePoint(character)}: ${explain(character)}`;
    return count === 1 ? what : t('{0}, {1} times', what, count);
  });
  const more = notes.length - MOST_EXPLAINED;
  return more > 0 ? [...notes.slice(0, MOST_EXPLAINED), t('and {0} more invisible characters', more)] : notes;
}

customElements.define('tokens-readout', TokensReadout);
