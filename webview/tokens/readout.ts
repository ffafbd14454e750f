// Everything about one token: its number, id, text, bytes, where it stands, and of which character it is a part.

import { css, html, LitElement, nothing } from 'lit';
import { baseStyles } from '../elements/base.ts';
import { hexBytes } from '../elements/visibleText.ts';
import { t } from '../l10n.ts';
import { codePoint, explain, partsOf } from './display.ts';
import { partTemplates } from './partTemplates.ts';
import type { TokenData, Torn } from './tokenData.ts';
import { tokenStyles } from './tokenStyles.ts';

/** Characters explained one by one at most; the rest are named as a number. */
const MOST_EXPLAINED = 6;

export class TokensReadout extends LitElement {
  static override properties = {
    data: { attribute: false },
    token: { type: Number },
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
        min-width: 6.5em;
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
        /* One line is kept free, so that the text doesn't jump from token to token. */
        min-height: 1.5em;
        max-height: 6em;
        overflow: auto;
      }
    `,
  ];

  declare data: TokenData | undefined;
  declare token: number;

  constructor() {
    super();
    this.token = -1;
  }

  override render() {
    const { data, token } = this;
    if (data === undefined || token < 0 || token >= data.count) {
      return nothing;
    }
    const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const looks = html`<span class=${`mono token k${token % 4}${token % 2 === 1 ? ' odd' : ''}`}
      >${partTemplates(partsOf(data, token))}</span
    >`;
    return html`<dl class="facts">
        ${fact(t('Token'), t('{0} of {1}', token + 1, data.count))} ${fact(t('Id'), String(data.id(token)))}
        ${fact(t('Text'), looks)} ${fact(t('Bytes'), html`<span class="mono">${hexBytes(data.bytesOf(token))}</span>`)}
        ${fact(t('UTF-16 offsets'), `${data.start(token)}–${data.end(token)}`)}
        ${fact(t('UTF-8 offsets'), `${data.byteStart(token)}–${data.byteEnd(token)}`)}
      </dl>
      ${this.notes(data, token)}`;
  }

  private notes(data: TokenData, token: number) {
    const torn = data.tornBy(token);
    const lines = torn.length > 0 ? torn.map(tornNote) : unseenNotes(data.textOf(token) ?? '');
    return html`<ul class="notes">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
  }
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
