// Looking through a tokenizer's vocabulary, by id or by text, a page at a time; how often an entry occurs in the shown
// text, and the way there.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { type Calls, copyText, searchVocabulary, type VocabularyItem } from '../../src/shared/messages.ts';
import { baseStyles } from '../elements/base.ts';
import { button, textField } from '../elements/controls.ts';
import { faultStyles, faultView } from '../elements/faultView.ts';
import { hexBytes } from '../elements/visibleText.ts';
import { formatNumber, t } from '../l10n.ts';
import { partsOfText } from './display.ts';
import { partTemplates } from './partTemplates.ts';
import { stepper } from './stepper.ts';
import type { TokenData } from './tokenData.ts';
import { tokenStyles } from './tokenStyles.ts';
import { vocabularyStyles } from './vocabularyStyles.ts';

/** Entries of a page. */
const PAGE = 100;
const TYPING_MS = 120;

/** An entry's occurrences in the text are asked for. */
export type VocabularyFindEvent = CustomEvent<{ readonly id: number }>;

export class VocabularyView extends LitElement {
  static override properties = {
    calls: { attribute: false },
    data: { attribute: false },
    label: {},
    revision: { type: Number },
    query: { state: true },
    from: { state: true },
    answer: { state: true },
    fault: { state: true },
    chosen: { state: true },
    notice: { state: true },
  };
  static override styles = [baseStyles, tokenStyles, faultStyles, vocabularyStyles];

  declare calls: Calls;
  declare data: TokenData;
  /** The tokenizer's name. */
  declare label: string;
  /** Goes up when the data was mended in place. */
  declare revision: number;
  declare query: string;
  declare from: number;
  declare answer: { readonly total: number; readonly items: readonly VocabularyItem[] } | undefined;
  declare fault: Fault | undefined;
  /** Row that is chosen. */
  declare chosen: number;
  declare notice: string;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.label = '';
    this.revision = 0;
    this.query = '';
    this.from = 0;
    this.chosen = 0;
    this.notice = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('data') && this.data.encoding !== changed.get('data')?.encoding) {
      this.from = 0;
      this.answer = undefined;
      void this.search();
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('chosen')) {
      this.renderRoot.querySelector('.entry.chosen')?.scrollIntoView({ block: 'nearest' });
    }
  }

  protected override render(): TemplateResult {
    const { answer, fault } = this;
    return html`<div class="row bar">
        ${textField({
          label: t('Search {0} by text or id', this.label),
          value: this.query,
          onInput: (query) => this.type(query),
        })}
        <span class="row pager">
          <span class="small number" role="status">${answer === undefined ? nothing : this.told(answer.total)}</span>
          ${
            answer === undefined || answer.total <= PAGE
              ? nothing
              : stepper({
                  previous: t('Previous entries'),
                  next: t('Next entries'),
                  disabled: false,
                  onStep: (forward) => this.turn(forward),
                })
          }
        </span>
      </div>
      ${fault === undefined ? nothing : faultView(fault, { label: t('Try again'), run: () => void this.search() })}
      ${
        answer === undefined
          ? fault === undefined
            ? html`<p class="hint" role="status">${t('Searching…')}</p>`
            : nothing
          : answer.items.length === 0
            ? html`<p class="hint">${t('No entry has this text or id.')}</p>`
            : this.table(answer.items)
      }`;
  }

  private told(total: number): string {
    if (total === 0) {
      return t('none');
    }
    const to = Math.min(this.from + PAGE, total);
    return this.from === 0 && to === total
      ? total === 1
        ? t('1 entry')
        : t('{0} entries', total)
      : t('{0}–{1} of {2} entries', this.from + 1, to, total);
  }

  private table(items: readonly VocabularyItem[]): TemplateResult {
    const scored = items.some(({ score }) => score !== undefined);
    const counts = this.occurrences(items);
    const item = items[this.chosen];
    const occurs = item === undefined ? 0 : (counts.get(item.id) ?? 0);
    return html`<div
        class="entries scroll"
        role="grid"
        tabindex="0"
        aria-label=${t('Entries of the vocabulary')}
        aria-rowcount=${items.length + 1}
        aria-activedescendant=${`e${this.chosen}`}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, items)}
      >
        <div class=${scored ? 'entry heading scored' : 'entry heading'} role="row">
          <span role="columnheader" class="end">${t('Id')}</span>
          <span role="columnheader">${t('Entry')}</span>
          <span role="columnheader">${t('Bytes')}</span>
          ${scored ? html`<span role="columnheader" class="end" title=${t('Natural logarithm of the piece’s probability')}>${t('Score')}</span>` : nothing}
          <span role="columnheader" class="end">${t('In the text')}</span>
        </div>
        ${items.map((entry, index) => this.row(entry, index, scored, counts.get(entry.id) ?? 0))}
      </div>
      <div class="row foot">
        ${button({
          label: t('Find in the text'),
          disabled: occurs === 0,
          onClick: () => item && this.findInText(item.id),
        })}
        ${button({ label: t('Copy entry'), onClick: () => item && void this.copy(item) })}
        <span class="small quiet" role="status">${this.notice}</span>
      </div>`;
  }

  private row(item: VocabularyItem, index: number, scored: boolean, count: number): TemplateResult {
    const text =
      item.text === null
        ? html`<span class="bytes">${hexBytes(item.bytes ?? [])}</span>`
        : partTemplates(partsOfText(item.text));
    return html`<div
      id=${`e${index}`}
      class=${`entry${scored ? ' scored' : ''}${index === this.chosen ? ' chosen' : ''}`}
      role="row"
      aria-selected=${index === this.chosen}
      @click=${() => {
        this.chosen = index;
      }}
      @dblclick=${() => this.findInText(item.id)}
    >
      <span role="gridcell" class="end number">${item.id}</span>
      <span role="gridcell" class="mono"
        ><span class="token piece">${text}</span>${item.special ? html` <span class="special">${t('special')}</span>` : nothing}</span
      >
      <span role="gridcell" class="mono">${item.bytes === undefined ? nothing : hexBytes(item.bytes)}</span>
      ${scored ? html`<span role="gridcell" class="end number">${item.score === undefined ? nothing : formatNumber(item.score, 3)}</span>` : nothing}
      <span role="gridcell" class="end number">${count === 0 ? '–' : formatNumber(count)}</span>
    </div>`;
  }

  /** How often each of the entries stands in the text. */
  private occurrences(items: readonly VocabularyItem[]): ReadonlyMap<number, number> {
    const counts = new Map(items.map(({ id }) => [id, 0]));
    for (const id of this.data.ids) {
      const count = counts.get(id);
      if (count !== undefined) {
        counts.set(id, count + 1);
      }
    }
    return counts;
  }

  private onKey(event: KeyboardEvent, items: readonly VocabularyItem[]): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: this.chosen + 1,
      ArrowUp: this.chosen - 1,
      PageDown: this.chosen + 10,
      PageUp: this.chosen - 10,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[event.key];
    const item = items[this.chosen];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (to !== undefined) {
      event.preventDefault();
      this.chosen = Math.max(0, Math.min(to, items.length - 1));
    } else if (event.key === 'Enter' && item !== undefined) {
      event.preventDefault();
      this.findInText(item.id);
    }
  }

  private type(query: string): void {
    this.query = query;
    this.from = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(), TYPING_MS);
  }

  private turn(forward: boolean): void {
    const total = this.answer?.total ?? 0;
    const last = Math.floor(Math.max(0, total - 1) / PAGE) * PAGE;
    this.from = forward ? (this.from >= last ? 0 : this.from + PAGE) : this.from === 0 ? last : this.from - PAGE;
    void this.search();
  }

  /** The latest question wins. */
  private async search(): Promise<void> {
    const mine = ++this.asked;
    const { from } = this;
    try {
      const answer = await this.calls.request(searchVocabulary, {
        encoding: this.data.encoding,
        query: this.query.slice(0, 200),
        from,
        limit: PAGE,
      });
      if (this.asked === mine) {
        this.answer = answer;
        this.chosen = 0;
        this.fault = undefined;
      }
    } catch (error) {
      if (this.asked === mine) {
        this.fault = asFault(error);
      }
    }
  }

  private findInText(id: number): void {
    this.dispatchEvent(new CustomEvent('vocabulary-find', { detail: { id } }));
  }

  private async copy(item: VocabularyItem): Promise<void> {
    try {
      await this.calls.request(copyText, { text: item.text ?? hexBytes(item.bytes ?? []) });
      this.notice = t('Copied.');
    } catch (error) {
      this.fault = asFault(error);
    }
  }
}

customElements.define('vocabulary-view', VocabularyView);
