// How much of some models' context windows the shown text fills: bars for the models that the user picks. Counts with the
// model's own tokenizer where that ships, else says with which it estimates. Knows no prices.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { type Calls, countTokens } from '../../src/shared/messages.ts';
import { type ContextWindow, loadContextWindows, pickContextWindows } from '../../src/shared/tokensMessages.ts';
import { baseStyles } from '../elements/base.ts';
import { button, checkbox } from '../elements/controls.ts';
import { faultStyles, faultView } from '../elements/faultView.ts';
import { formatNumber, t } from '../l10n.ts';
import type { TokenData } from './tokenData.ts';
import { windowsStyles } from './windowsStyles.ts';

/** A text up to this many UTF-16 units is counted with other tokenizers unasked. */
const COUNTED_UNASKED = 300_000;
const SETTLE_MS = 400;

export class WindowsView extends LitElement {
  static override properties = {
    calls: { attribute: false },
    columns: { attribute: false },
    label: {},
    revision: { type: Number },
    specialTokens: { type: Boolean },
    windows: { state: true },
    picked: { state: true },
    picking: { state: true },
    counts: { state: true },
    fault: { state: true },
  };
  static override styles = [baseStyles, faultStyles, windowsStyles];

  declare calls: Calls;
  declare columns: readonly TokenData[];
  /** Name of the first column's tokenizer. */
  declare label: string;
  /** Goes up when the text was changed in place. */
  declare revision: number;
  /** Whether the columns make special tokens from text that looks like them: then so does the count. */
  declare specialTokens: boolean;
  declare windows: readonly ContextWindow[] | undefined;
  declare picked: readonly string[];
  declare picking: boolean;
  /** Tokens of the text by tokenizers that are not among the columns. */
  declare counts: ReadonlyMap<string, number>;
  declare fault: Fault | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private run = 0;

  constructor() {
    super();
    this.columns = [];
    this.label = '';
    this.revision = 0;
    this.specialTokens = false;
    this.picked = [];
    this.picking = false;
    this.counts = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.run++;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('columns') || changed.has('revision')) {
      this.counts = new Map();
    }
    if (changed.has('columns') || changed.has('revision') || changed.has('picked') || changed.has('windows')) {
      this.run++;
      clearTimeout(this.timer);
      const { text = '' } = this.columns[0] ?? {};
      if (text.length <= COUNTED_UNASKED) {
        this.timer = setTimeout(() => void this.count(), changed.has('revision') ? SETTLE_MS : 0);
      }
    }
  }

  protected override render(): TemplateResult {
    const { windows, fault } = this;
    if (windows === undefined) {
      return fault === undefined
        ? html`<p class="hint" role="status">${t('Reading the list of models…')}</p>`
        : faultView(fault, { label: t('Try again'), run: () => void this.load() });
    }
    const shown = windows.filter(({ id }) => this.picked.includes(id));
    return html`<div class="all scroll" tabindex="0" role="group" aria-label=${t('Context windows')}>
      ${fault === undefined ? nothing : faultView(fault)}
      ${
        shown.length === 0
          ? html`<p>${t('Pick models to see how much of their context windows this text fills.')}</p>`
          : html`<ul class="gauges">
              ${shown.map((window) => this.gauge(window))}
            </ul>`
      }
      ${this.uncounted(shown)}
      <p>
        ${button({
          label: this.picking ? t('Done') : t('Pick models'),
          primary: shown.length === 0 && !this.picking,
          expanded: this.picking,
          onClick: () => {
            this.picking = !this.picking;
          },
        })}
      </p>
      ${this.picking ? this.picker(windows) : nothing}
    </div>`;
  }

  private gauge(window: ContextWindow): TemplateResult {
    const { count, exact } = this.countFor(window);
    const share = (100 * count) / window.tokens;
    const percent = share > 0 && share < 0.1 ? t('under 0.1%') : `${formatNumber(share, share < 10 ? 1 : 0)}%`;
    const how = exact ? t('exact') : t('an estimate, counted with {0}', this.label);
    const source = t('Window: {0}, read on {1}', window.source, window.date);
    return html`<li>
      <div class="head">
        <b>${window.model}</b> <span class="quiet">${window.vendor}</span>
        <span class="number share">${percent}</span>
      </div>
      <div
        class=${share > 100 ? 'bar over' : 'bar'}
        role="meter"
        tabindex="0"
        title=${source}
        aria-label=${t('{0}: share of the context window', window.model)}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.min(100, Math.round(share))}
        aria-valuetext=${`${percent}, ${how}. ${source}`}
      >
        <div class=${exact ? 'fill' : 'fill about'} .style=${`inline-size: ${Math.min(100, share)}%`}></div>
      </div>
      <p class="small">
        <span class="number">${t('{0} of {1} tokens', count, window.tokens)}</span> · ${how}${share > 100 ? html` · <b>${t('does not fit')}</b>` : nothing}
      </p>
      <p class="source quiet">${source}</p>
    </li>`;
  }

  private countFor({ encoding }: ContextWindow): { readonly count: number; readonly exact: boolean } {
    const own = this.columns.find((data) => data.encoding === encoding)?.count;
    const counted = encoding === undefined ? undefined : (own ?? this.counts.get(encoding));
    return { count: counted ?? this.columns[0]?.count ?? 0, exact: counted !== undefined };
  }

  /** A large text is counted anew only when asked. */
  private uncounted(shown: readonly ContextWindow[]): TemplateResult | typeof nothing {
    const { text = '' } = this.columns[0] ?? {};
    return text.length <= COUNTED_UNASKED || this.missing(shown).length === 0
      ? nothing
      : html`<p>${button({ label: t('Count exactly'), onClick: () => void this.count() })}</p>`;
  }

  private picker(windows: readonly ContextWindow[]): TemplateResult {
    const vendors = [...new Set(windows.map(({ vendor }) => vendor))];
    return html`<div class="picker">
      ${vendors.map(
        (vendor) => html`<fieldset>
          <legend>${vendor}</legend>
          ${windows
            .filter((window) => window.vendor === vendor)
            .map((window) =>
              checkbox({
                label: t('{0} ({1} tokens)', window.model, window.tokens),
                checked: this.picked.includes(window.id),
                onChange: (checked) => void this.pick(window.id, checked),
              }),
            )}
        </fieldset>`,
      )}
    </div>`;
  }

  /** Tokenizers that ship, that a shown model counts with, and that have not counted yet. */
  private missing(shown: readonly ContextWindow[]): string[] {
    const known = new Set([...this.columns.map(({ encoding }) => encoding), ...this.counts.keys()]);
    const wanted = shown.flatMap(({ encoding }) => (encoding === undefined || known.has(encoding) ? [] : [encoding]));
    return [...new Set(wanted)];
  }

  private async count(): Promise<void> {
    const run = ++this.run;
    const text = this.columns[0]?.text ?? '';
    const shown = (this.windows ?? []).filter(({ id }) => this.picked.includes(id));
    for (const encoding of this.missing(shown)) {
      try {
        const { count } = await this.calls.request(countTokens, {
          encoding,
          text,
          specialTokens: this.specialTokens,
        });
        if (this.run !== run) {
          return;
        }
        this.counts = new Map([...this.counts, [encoding, count]]);
      } catch (error) {
        if (this.run === run) {
          this.fault = asFault(error);
        }
        return;
      }
    }
  }

  private async load(): Promise<void> {
    try {
      const { windows, picked } = await this.calls.request(loadContextWindows, {});
      this.fault = undefined;
      this.windows = windows;
      this.picked = picked;
    } catch (error) {
      this.fault = asFault(error);
    }
  }

  private async pick(id: string, checked: boolean): Promise<void> {
    this.picked = checked ? [...this.picked, id] : this.picked.filter((other) => other !== id);
    try {
      await this.calls.request(pickContextWindows, { picked: [...this.picked] });
    } catch (error) {
      this.fault = asFault(error);
    }
  }
}

customElements.define('context-windows', WindowsView);
