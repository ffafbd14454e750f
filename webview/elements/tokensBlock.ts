// A text that the reader can change, and its tokens by one tokenizer or by several, which follow what is typed. The latest
// text wins.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { TokensBlock } from '../../src/shared/lesson.ts';
import { type EncodedText, encodeText, inspectText, listTokenizers } from '../../src/shared/messages.ts';
import { cancelSource } from '../host.ts';
import { formatNumber, t } from '../l10n.ts';
import { type BlockContext, keptRecord, whenNear } from './blockContext.ts';
import { blockStyles } from './blockStyles.ts';
import { button, textArea } from './controls.ts';
import { encodedPieces } from './encodedPieces.ts';
import { faultView } from './faultView.ts';
import './values/tokensView.ts';

/** How long typing may pause before the text is encoded, in milliseconds. */
const PAUSE = 150;
/** How many tokens are drawn; the inspector shows them all. */
const SHOWN = 400;

export class TokensBlockElement extends LitElement {
  static override properties = {
    block: { attribute: false },
    context: { attribute: false },
    text: { state: true },
    shown: { state: true },
    fault: { state: true },
    names: { state: true },
  };
  static override styles = [
    blockStyles,
    css`
      vscode-text-area {
        width: 100%;
      }
      .result {
        display: grid;
        gap: var(--space-2);
      }
      .head {
        justify-content: space-between;
        font-size: var(--text-small);
      }
      .foot {
        justify-content: space-between;
        font-size: var(--text-small);
      }
    `,
  ];
  declare block: TokensBlock;
  declare context: BlockContext;
  declare text: string;
  /** The last answer, with the text that it is of. */
  declare shown: { readonly text: string; readonly all: readonly EncodedText[] } | undefined;
  /** What the tokenizers are called, by id. */
  declare names: ReadonlyMap<string, string>;
  declare fault: Fault | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: ReturnType<typeof cancelSource> | undefined;
  private near: { dispose(): void } | undefined;

  constructor() {
    super();
    this.text = '';
    this.names = new Map();
  }

  /** The tokenizers' ids, the main one first. */
  private get encodings(): readonly string[] {
    return this.block.encodings ?? [this.block.encoding];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.near = whenNear(this, () => void this.encode());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.near?.dispose();
    clearTimeout(this.timer);
    this.current?.cancel();
    this.current = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      const { text } = keptRecord(this.context.read(this.block));
      this.text = typeof text === 'string' ? text : this.block.text;
      if (this.hasUpdated) {
        void this.encode(); // the lesson's file changed
      }
    }
  }

  protected override render(): TemplateResult {
    const { block, shown, fault } = this;
    const [first] = shown?.all ?? [];
    const lone = first?.loneSurrogates ?? 0;
    return html`<section class="block" aria-label=${t('Tokens of a text')}>
      <div class="pad">
        ${textArea({ label: t('Text'), value: this.text, rows: 2, onInput: (text) => this.typed(text) })}
      </div>
      ${fault === undefined ? nothing : faultView(fault, { label: t('Run again'), run: () => void this.encode() })}
      <div class="pad result">
        ${
          shown === undefined
            ? html`<p class="quiet">${t('Encoding…')}</p>`
            : shown.all.map((encoded) => this.tokensOf(shown.text, encoded, shown.all))
        }
        ${
          lone > 0
            ? html`<p class="caption">${t('This text holds {0} broken characters (half of a pair). The encoder sees U+FFFD in their place.', lone)}</p>`
            : nothing
        }
        <div class="row foot">
          <span class="number" role="status"
            >${shown === undefined || first === undefined ? nothing : t('{0} tokens, {1} characters', first.count, [...shown.text].length)}
            <span class="quiet">· ${this.encodings.join(', ')}</span></span
          >
          <span class="row">
            ${button({ label: t('Reset'), disabled: this.text === block.text, onClick: () => this.typed(block.text) })}
            ${button({ label: t('Open in the inspector'), onClick: () => void this.inspect() })}
          </span>
        </div>
      </div>
      ${block.caption === undefined ? nothing : html`<p class="caption">${block.caption}</p>`}
    </section>`;
  }

  /** One tokenizer's tokens; of several with its name and how many there are. */
  private tokensOf(text: string, encoded: EncodedText, all: readonly EncodedText[]): TemplateResult {
    const { count, encoding } = encoded;
    const name = this.names.get(encoding) ?? encoding;
    const several = all.length > 1;
    return html`<div>
      ${
        several
          ? html`<p class="row head"><b>${name}</b> <span class="number">${t('{0} tokens', formatNumber(count))}</span></p>`
          : nothing
      }
      <tokens-view
        .value=${{ kind: 'tokens', pieces: encodedPieces(text, encoded, 0, SHOWN), total: count }}
        .ids=${true}
        .label=${several ? t('Tokens of the text by {0}', name) : t('Tokens of the text')}
      ></tokens-view>
    </div>`;
  }

  private typed(text: string): void {
    this.text = text;
    this.context.keep(this.block, { text });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.encode(true), PAUSE);
  }

  private async encode(byLearner = false): Promise<void> {
    this.current?.cancel();
    const source = cancelSource();
    this.current = source;
    const { text } = this;
    try {
      const { calls } = this.context;
      const all = await Promise.all(
        this.encodings.map((encoding) => calls.request(encodeText, { encoding, text }, { token: source.token })),
      );
      if (this.encodings.length > 1 && this.names.size === 0) {
        this.names = new Map((await calls.request(listTokenizers, {})).map(({ id, label }) => [id, label]));
      }
      if (this.current !== source) {
        return;
      }
      this.shown = { text, all };
      this.fault = undefined;
      if (byLearner && text !== this.block.text) {
        this.context.happened(this.block, 'change');
      }
    } catch (error) {
      if (this.current === source) {
        this.fault = asFault(error);
      }
    }
  }

  private async inspect(): Promise<void> {
    try {
      await this.context.calls.request(inspectText, { text: this.text });
    } catch (error) {
      this.context.failed(error);
    }
  }
}
customElements.define('tokens-block', TokensBlockElement);
