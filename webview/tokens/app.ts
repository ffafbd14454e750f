// The tokens panel as a whole: what is shown, the numbers on top, finding, the text and the table, and the readout.
// The views draw; here is what they agree on: the current token, the one under the pointer, what was found.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { asFault } from '../../src/shared/errors.ts';
import { copyText, followEditor, revealToken, tokensChanged } from '../../src/shared/messages.ts';
import { baseStyles } from '../elements/base.ts';
import { button } from '../elements/controls.ts';
import { warningIcon } from '../elements/icons.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { appStyles } from './appStyles.ts';
import { idsAsJson, tokensAsJson } from './copy.ts';
import { type Found, find, hitFrom, nextHit } from './find.ts';
import { findBar } from './findBar.ts';
import { type Loaded, TokensLoader } from './loader.ts';
import './readout.ts';
import { empty, renewing, waiting } from './states.ts';
import { heading, summary, surrogateWarning } from './summary.ts';
import type { TokensTable } from './tableView.ts';
import './tableView.ts';
import { type Tab, tabsView } from './tabs.ts';
import type { TokenEvent, TokensText } from './textView.ts';
import './textView.ts';

/** What the page keeps when it is hidden or the window is loaded again. */
export interface KeptState {
  readonly tab?: Tab;
  readonly token?: number;
  readonly query?: string;
  /** A text that stands in no editor; the host asks for it back. */
  readonly handed?: string;
}

/** From this width on text and table stand side by side. */
const WIDE = 1000;
/** A handed text is kept over a reload up to this many UTF-16 units. */
const MOST_KEPT = 200_000;
const TYPING_MS = 150;

export class TokensApp extends LitElement {
  static override properties = {
    tab: { state: true },
    current: { state: true },
    hovered: { state: true },
    query: { state: true },
    found: { state: true },
    notice: { state: true },
    wide: { state: true },
  };
  static override styles = [baseStyles, appStyles];

  declare tab: Tab;
  declare current: number;
  declare hovered: number;
  declare query: string;
  declare found: Found | undefined;
  declare notice: { readonly text: string; readonly bad: boolean } | undefined;
  declare wide: boolean;
  private readonly host: Host;
  private readonly api: VsCodeApi;
  private readonly loader: TokensLoader;
  private readonly sizes = new ResizeObserver(() => {
    this.wide = this.clientWidth >= WIDE;
  });
  private shown: Loaded | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, api: VsCodeApi) {
    super();
    this.host = host;
    this.api = api;
    const kept = (api.getState() ?? {}) as KeptState;
    this.tab = kept.tab === 'table' ? 'table' : 'text';
    this.current = Number.isInteger(kept.token) ? (kept.token as number) : 0;
    this.query = typeof kept.query === 'string' ? kept.query : '';
    this.hovered = -1;
    this.wide = false;
    this.loader = new TokensLoader(host, () => this.onLoader());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.onKey);
    this.sizes.observe(this);
    this.host.onNotice(tokensChanged, () => void this.loader.load());
    void this.loader.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.onKey);
    this.sizes.disconnect();
  }

  override render() {
    const { loaded, reason } = this.loader.state;
    if (loaded === undefined) {
      return html`<main class="centre">
        ${reason === undefined ? waiting(this.loader) : empty(this.loader, reason)}
      </main>`;
    }
    const { data, subject } = loaded;
    return html`<main>
      <header>
        ${heading(subject)} ${summary(loaded)}
        ${surrogateWarning(data.loneSurrogates)}
        ${renewing(this.loader)}
      </header>
      ${data.count === 0 ? html`<p class="hint">${t('There is no text here: no characters, no tokens.')}</p>` : this.views(loaded)}
    </main>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('tab') || changed.has('current') || changed.has('query')) {
      this.keep();
    }
  }

  private views({ data, subject }: Loaded) {
    const text = html`<tokens-text
      .data=${data}
      .current=${this.current}
      .hovered=${this.hovered}
      .found=${this.found}
      @token-choose=${this.onChoose}
      @token-hover=${this.onHover}
    ></tokens-text>`;
    const table = html`<tokens-table
      .data=${data}
      .current=${this.current}
      .hovered=${this.hovered}
      .found=${this.found}
      @token-choose=${this.onChoose}
      @token-hover=${this.onHover}
    ></tokens-table>`;
    const token = this.hovered >= 0 ? this.hovered : this.current;
    return html`<div class="tools row">
        ${
          this.wide
            ? nothing
            : tabsView(this.tab, (tab) => {
                this.tab = tab;
              })
        }
        ${findBar({
          query: this.query,
          found: this.found,
          current: this.current,
          onQuery: (query) => this.onQuery(query),
          onStep: (forward) => this.step(forward),
        })}
      </div>
      ${
        this.wide
          ? html`<div class="both">
              <section aria-label=${t('Text')}>${text}</section>
              <section aria-label=${t('Table')}>${table}</section>
            </div>`
          : html`<div class="view" id="view" role="tabpanel" aria-labelledby=${`tab-${this.tab}`}>
              ${this.tab === 'text' ? text : table}
            </div>`
      }
      <footer>
        <tokens-readout .data=${data} .token=${token}></tokens-readout>
        <div class="row actions">
          ${
            subject.what === 'text'
              ? button({ label: t('Follow the editor'), onClick: () => this.follow() })
              : button({
                  label: t('Show in editor'),
                  title: t('Selects the token in the editor (Enter, or a double click)'),
                  onClick: () => void this.reveal(this.current),
                })
          }
          ${button({ label: t('Copy ids'), onClick: () => this.copy(async () => idsAsJson(data)) })}
          ${button({ label: t('Copy JSON'), onClick: () => this.copy(() => tokensAsJson(data, nextTurn)) })}
          <span role="status" class="small">
            ${
              this.notice === undefined
                ? nothing
                : html`<span class=${this.notice.bad ? 'warning' : 'quiet'}
                    >${this.notice.bad ? warningIcon : nothing} ${this.notice.text}</span
                  >`
            }
          </span>
        </div>
      </footer>`;
  }

  private onLoader(): void {
    const { loaded } = this.loader.state;
    if (loaded !== this.shown) {
      const before = this.shown;
      this.shown = loaded;
      this.hovered = -1;
      this.notice = undefined;
      const count = loaded?.data.count ?? 0;
      // After a reload the kept token is taken up again; another text starts at its beginning.
      this.current = before === undefined && this.current < count ? this.current : 0;
      this.search();
      this.keep();
    }
    this.requestUpdate();
  }

  private readonly onChoose = ({ detail: { token, reveal } }: TokenEvent): void => {
    this.current = token;
    if (reveal) {
      void this.reveal(token);
    }
  };

  private readonly onHover = ({ detail: { token } }: TokenEvent): void => {
    this.hovered = token;
  };

  /** Find, as everywhere in VS Code: the panel's own, for VS Code's finds no token by its id and none off the screen. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>('.find vscode-text-field')?.focus();
    }
  };

  private onQuery(query: string): void {
    this.query = query;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.search();
      const hit = this.found === undefined ? -1 : hitFrom(this.found, this.current);
      if (hit >= 0) {
        this.current = this.found?.first[hit] as number;
      }
    }, TYPING_MS);
  }

  private search(): void {
    this.found = this.shown === undefined || this.query === '' ? undefined : find(this.shown.data, this.query);
  }

  private step(forward: boolean): void {
    const hit = this.found === undefined ? -1 : nextHit(this.found, this.current, forward);
    if (hit >= 0) {
      this.current = this.found?.first[hit] as number;
    }
  }

  private async reveal(token: number): Promise<void> {
    const data = this.shown?.data;
    if (data === undefined || this.shown?.subject.what === 'text') {
      return;
    }
    await this.attempt(async () => {
      await this.host.request(revealToken, { start: data.start(token), end: data.end(token) });
      return undefined;
    });
  }

  private async copy(make: () => Promise<string>): Promise<void> {
    await this.attempt(async () => {
      await this.host.request(copyText, { text: await make() });
      return t('Copied.');
    });
  }

  private async follow(): Promise<void> {
    await this.attempt(async () => {
      await this.host.request(followEditor, {});
      return undefined;
    });
  }

  private async attempt(act: () => Promise<string | undefined>): Promise<void> {
    try {
      const text = await act();
      this.notice = text === undefined ? undefined : { text, bad: false };
    } catch (error) {
      this.notice = { text: asFault(error).full, bad: true };
    }
  }

  private keep(): void {
    const subject = this.shown?.subject;
    const before = (this.api.getState() ?? {}) as KeptState;
    const handed = subject === undefined ? before.handed : subject.what === 'text' ? subject.text : undefined;
    this.api.setState({
      tab: this.tab,
      token: this.current,
      query: this.query,
      ...(handed !== undefined && handed.length <= MOST_KEPT && { handed }),
    } satisfies KeptState);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

declare global {
  interface HTMLElementTagNameMap {
    'tokens-text': TokensText;
    'tokens-table': TokensTable;
  }
}

customElements.define('tokens-app', TokensApp);
