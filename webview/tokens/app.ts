// The tokens panel as a whole: what is shown and by which tokenizers, the views of it, and the readout. What the parts
// agree on is in panelState.ts; here they are put together, and told what changes.

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { type TokensChoice, tokensChanged, tokensPatched } from '../../src/shared/tokensMessages.ts';
import { baseStyles } from '../elements/base.ts';
import { HeldFocus } from '../elements/heldFocus.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { formatNumber, t } from '../l10n.ts';
import { Actions } from './actions.ts';
import { appStyles } from './appStyles.ts';
import { findBar, placeAmong } from './findBar.ts';
import { findingsCount } from './findingsView.ts';
import { footer } from './footer.ts';
import { Keeper } from './keeper.ts';
import { type Loaded, TokensLoader } from './loader.ts';
import { mainView } from './mainView.ts';
import { panelKey } from './panelKeys.ts';
import { PanelState } from './panelState.ts';
import type { Change } from './ranges.ts';
import { settings } from './settings.ts';
import { empty, renewing, waiting } from './states.ts';
import { stepper } from './stepper.ts';
import { sourceButton, typedField } from './subjectBar.ts';
import { heading, size, surrogateWarning } from './summary.ts';
import { type Tab, tabsView } from './tabs.ts';
import type { TokensText } from './textView.ts';
import { tokenizerBar, tokenizerButtons } from './tokenizerBar.ts';
import { TypedText } from './typedText.ts';

/** From this width on text and table stand side by side. */
const WIDE = 1000;
/** Below this width the page keeps its room for the text. */
const NARROW = 480;

export class TokensApp extends LitElement {
  static override properties = {
    tab: { state: true },
    wide: { state: true },
    narrow: { state: true },
  };
  static override styles = [baseStyles, appStyles];

  declare tab: Tab;
  declare wide: boolean;
  declare narrow: boolean;
  readonly heldFocus = new HeldFocus(this);
  private readonly host: Host;
  private readonly keeper: Keeper;
  private readonly state: PanelState;
  private readonly actions: Actions;
  private readonly loader: TokensLoader;
  private readonly typed: TypedText;
  private readonly sizes = new ResizeObserver(() => {
    this.wide = this.clientWidth >= WIDE;
    this.narrow = this.clientWidth > 0 && this.clientWidth < NARROW;
  });
  private draft: string;

  constructor(host: Host, api: VsCodeApi) {
    super();
    this.host = host;
    this.keeper = new Keeper(api);
    const { kept } = this.keeper;
    this.tab = kept.tab;
    this.draft = kept.draft;
    this.wide = false;
    this.narrow = false;
    const redraw = () => this.requestUpdate();
    this.state = new PanelState(host, redraw, kept);
    this.actions = new Actions(host, this.state, redraw);
    this.typed = new TypedText(host, (error) => this.actions.failed(error));
    this.loader = new TokensLoader(host, (change) => this.onLoader(change));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.onKey);
    this.sizes.observe(this);
    this.host.onNotice(tokensChanged, () => void this.loader.load());
    this.host.onNotice(tokensPatched, (patch) => this.loader.patch(patch));
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
        ${
          reason === undefined
            ? waiting(this.loader, (chosen) => void this.actions.choose({ chosen }))
            : empty(this.loader, reason, () => this.startTyping())
        }
        ${this.actions.notice === undefined ? nothing : html`<p class="small" role="status">${this.actions.notice.text}</p>`}
      </main>`;
    }
    const { state, actions } = this;
    const choice = actions.choice(loaded);
    const typed = loaded.subject.what === 'text';
    const none = (state.columns[0]?.text ?? '') === '';
    return html`<main>
      <header>
        <div class="row first">
          ${heading(loaded.subject)} ${size(loaded)}
          ${sourceButton(typed, { onStart: () => this.startTyping(), onFollow: () => this.follow() })}
        </div>
        ${typed ? typedField(this.typed.text ?? state.columns[0]?.text ?? '', (text) => this.onType(text)) : nothing}
        ${tokenizerBar({
          choice,
          columns: state.columns,
          column: state.column,
          differenceCount: (column) => state.differenceCount(column),
          onChoose: (chosen) => void actions.choose({ chosen: [...chosen] }),
          onColumn: (column) => state.chooseColumn(column),
        })}
        ${this.controls(typed, choice)}
        ${surrogateWarning(state.data?.loneSurrogates ?? 0)} ${renewing(this.loader)}
      </header>
      ${none ? html`<p class="hint">${t('There is no text here: no characters, no tokens.')}</p>` : this.views(loaded)}
    </main>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.keep();
  }

  /** What is chosen more rarely; folded away where there is little room. */
  private controls(typed: boolean, choice: TokensChoice) {
    const { actions } = this;
    const controls = html`<div class="row controls">
      ${tokenizerButtons(choice, {
        onChoose: (chosen) => void actions.choose({ chosen: [...chosen] }),
        onOpenFile: () => void actions.openFile(),
      })}
      ${settings(typed, choice, (what) => void actions.choose(what))}
    </div>`;
    return this.narrow
      ? html`<details class="small"><summary>${t('Compare, open, settings')}</summary>${controls}</details>`
      : controls;
  }

  private views(loaded: Loaded) {
    const { state } = this;
    const both = this.wide && state.columns.length === 1;
    const tab = both && this.tab === 'table' ? 'text' : this.tab;
    const findings = findingsCount(state);
    const tabs = [
      { tab: 'text', label: both ? t('Text and table') : t('Text') } as const,
      ...(both ? [] : [{ tab: 'table', label: t('Table') } as const]),
      {
        tab: 'findings',
        label: t('Findings'),
        ...(state.findings.ready && { count: formatNumber(findings) }),
      } as const,
      { tab: 'vocabulary', label: t('Vocabulary') } as const,
      { tab: 'windows', label: t('Context windows') } as const,
    ];
    return html`<div class="tools">
        ${tabsView(tabs, tab, (to) => {
          this.tab = to;
        })}
        ${tab === 'text' || tab === 'table' ? this.search() : nothing}
      </div>
      <div class="view" id="view" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
        ${mainView({
          tab,
          both,
          loaded,
          state,
          calls: this.host,
          onReveal: (token) => void this.actions.reveal(token),
          onFind: (id) => {
            this.tab = 'text';
            state.look(`#${id}`);
          },
        })}
      </div>
      ${footer({ loaded, state, actions: this.actions })}`;
  }

  private search() {
    const { state } = this;
    const { data } = state;
    if (data === undefined) {
      return nothing;
    }
    const { differing } = state;
    const count = differing.starts.length;
    return html`<div class="row searching">
      ${findBar({
        query: state.query,
        hits: state.hits,
        data,
        current: state.current,
        onQuery: (query) => state.look(query),
        onStep: (forward) => state.stepHit(forward),
      })}
      ${
        state.columns.length < 2
          ? nothing
          : html`<div class="row differences" role="group" aria-label=${t('Differences')}>
              <span class="small number" role="status"
                >${
                  count === 0
                    ? t('cut alike')
                    : (placeAmong(differing, data, state.current) ??
                      (count === 1 ? t('1 difference') : t('{0} differences', count)))
                }</span
              >
              ${stepper({
                previous: t('Previous difference (P)'),
                next: t('Next difference (N)'),
                disabled: count === 0,
                onStep: (forward) => state.stepDifference(forward),
              })}
            </div>`
      }
    </div>`;
  }

  private onLoader(change?: Change): void {
    const { loaded } = this.loader.state;
    const { state } = this;
    if (change !== undefined && loaded !== undefined) {
      state.patched(loaded, change);
      this.renderRoot.querySelector<TokensText>('tokens-text')?.applyPatch(change);
    } else if (loaded !== state.loaded) {
      this.actions.arrived();
      state.load(loaded);
    }
    this.typed.arrived(loaded?.subject.what === 'text' ? loaded.columns[0]?.text : undefined);
    this.requestUpdate();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const act = panelKey(event);
    if (act === 'find') {
      event.preventDefault();
      if (this.tab !== 'table') {
        this.tab = 'text';
      }
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('.find vscode-text-field')?.focus(),
      );
    } else if (act !== undefined && this.state.columns.length > 1) {
      event.preventDefault();
      this.state.stepDifference(act === 'next');
    }
  };

  private startTyping(): void {
    this.onType(this.draft);
    const focus = () => this.renderRoot.querySelector<HTMLElement>('.typed vscode-text-area')?.focus();
    // The field comes with the first answer.
    void this.updateComplete.then(focus);
    this.focusField = focus;
  }

  /** Called once the field of the typed text is there. */
  private focusField: (() => void) | undefined;

  private onType(text: string): void {
    this.draft = text;
    this.typed.type(text);
    this.requestUpdate();
  }

  private follow(): void {
    this.typed.leave();
    void this.actions.follow();
  }

  private keep(): void {
    if (this.focusField !== undefined && this.renderRoot.querySelector('.typed') !== null) {
      this.focusField();
      this.focusField = undefined;
    }
    const { loaded, column, current, query } = this.state;
    this.keeper.keep({ tab: this.tab, column, token: current, query, draft: this.draft }, loaded);
  }
}

customElements.define('tokens-app', TokensApp);
