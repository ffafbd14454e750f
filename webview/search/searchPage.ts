// The search view: an input, filters, and what was found as one types. Everything that is found comes from the worker
// through the host; files are opened by the host.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Method } from '../../src/shared/messages.ts';
import { openPlace } from '../../src/shared/searchHits.ts';
import { type IndexHealth, indexChanged, indexHealth, type SearchHit } from '../../src/shared/searchMessages.ts';
import { readQueryText } from '../../src/shared/searchText.ts';
import {
  loadSearch,
  openHit,
  type SearchPlace,
  type ShownSearch,
  searchPlaceChanged,
  showSearch,
  startSearch,
} from '../../src/shared/searchViewMessages.ts';
import { progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { type Filters, filtersOf, NO_FILTERS } from './filterRow.ts';
import { foundPart } from './foundPart.ts';
import { contentOf, stateActionsOf, treeActionsOf } from './pageActions.ts';
import { queryKey, queryPart, type Similar, similarOf, wantedOf } from './queryPart.ts';
import { placeSays, Reasons } from './reasons.ts';
import type { ResultsTree } from './resultsTree.ts';
import { Searcher } from './searcher.ts';
import { searchStyles } from './searchStyles.ts';
import { indexBanner, modelOffer } from './states.ts';

export class SearchPage extends LitElement {
  static override properties = {
    place: { state: true },
    health: { state: true },
    text: { state: true },
    similar: { state: true },
    filters: { state: true },
    filtersShown: { state: true },
    fault: { state: true },
    notice: { state: true },
  };
  static override styles = searchStyles;
  host!: Host;
  api!: VsCodeApi;
  declare place: SearchPlace | undefined;
  declare health: IndexHealth | undefined;
  declare text: string;
  declare similar: Similar | undefined;
  declare filters: Filters;
  declare filtersShown: boolean;
  /** Of an action; a search's own fault stands with its searcher. */
  declare fault: Fault | undefined;
  declare notice: string | undefined;
  private reasons!: Reasons;
  private searcher!: Searcher;
  private kept!: ViewState;
  /** Counts what was looked for: what an older one waits for has come too late. */
  private looks = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = new ViewState(this.api, 'search');
    this.searcher = new Searcher(this.host, () => this.requestUpdate());
    this.searcher.inUse = () =>
      this.reasons.why !== undefined ||
      this.shadowRoot?.querySelector('results-tree:is(:hover, :focus-within)') != null;
    this.searcher.stays = () => this.reasons.why !== undefined;
    this.reasons = new Reasons(this.host, this.searcher, () => {
      this.requestUpdate();
      this.searcher.freshen();
    });
    const text = this.kept.read('text');
    this.text = typeof text === 'string' ? text : '';
    this.filters = filtersOf(this.kept.read('filters'));
    this.filtersShown = this.kept.read('filtersShown') === true;
    this.host.onNotice(indexChanged, () => void this.loadHealth());
    this.host.onNotice(searchPlaceChanged, () => void this.load());
    this.host.onNotice(showSearch, (shown) => this.show(shown));
    void this.load().then(() => this.look(true));
  }

  private readonly send = <Params, Result>(method: Method<Params, Result>, params: Params): void =>
    void this.attempt(() => this.host.request(method, params));

  private readonly stateActions = stateActionsOf(this.send, {
    start: () => void this.attempt(() => this.start()),
    clearFilters: () => this.clearFilters(),
  });

  private readonly treeActions = treeActionsOf(this.send, () => this.queryText(), {
    open: (hit, how) => void this.open(hit, how),
    why: (hit) => void this.reasons.ask(hit),
    similar: (hit) => this.findSimilar(hit),
    leave: () => this.focusInput(),
  });

  protected override render(): TemplateResult {
    const { place } = this;
    if (place === undefined) {
      return html`<main>
        ${this.fault === undefined ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>` : this.faultPart()}
      </main>`;
    }
    const usable = place.folders.length > 0 && place.enabled;
    return html`<main>
      ${usable ? this.renderInput(place) : nothing} ${this.faultPart()}
      ${usable && place.started ? indexBanner(this.health, this.stateActions) : nothing}
      ${this.renderFound(place)}
      ${usable && place.started ? modelOffer(this.health, this.stateActions) : nothing}
    </main>`;
  }

  private renderInput(place: SearchPlace): TemplateResult {
    return queryPart({
      text: this.text,
      filters: this.filters,
      filtersShown: this.filtersShown,
      languages: Object.entries(this.health?.languages ?? {})
        .sort(([, a], [, b]) => b - a)
        .map(([language]) => language),
      folders: place.folders,
      similar: this.similar,
      onType: (text) => this.type(text),
      onKey: this.onInputKey,
      onFilters: (filters) => this.setFilters(filters),
      onShowFilters: (shown) => {
        this.filtersShown = shown;
        this.kept.keep('filtersShown', shown);
      },
      onLeaveSimilar: () => this.leaveSimilar(),
    });
  }

  private renderFound(place: SearchPlace): TemplateResult | typeof nothing {
    return foundPart({
      place,
      health: this.health,
      searcher: this.searcher,
      // What was typed as a filter and is none.
      unknown: this.similar === undefined ? readQueryText(this.text).unknown : [],
      notice: this.notice,
      why: this.reasons.why,
      treeActions: this.treeActions,
      stateActions: this.stateActions,
      onAgain: () => this.look(true),
    });
  }

  private faultPart(): TemplateResult | typeof nothing {
    const forgive = () => {
      this.fault = undefined;
    };
    return this.fault === undefined ? nothing : faultView(this.fault, { label: t('Close'), run: forgive });
  }

  private readonly onInputKey = (event: KeyboardEvent): void => {
    const tree = this.shadowRoot?.querySelector<ResultsTree>('results-tree');
    const key = queryKey(event, this.text !== '');
    if (key === undefined) {
      return;
    }
    event.preventDefault();
    if (key === 'clear') {
      this.type('');
    } else if (key === 'enter' && (this.searcher.busy || this.searcher.answer === undefined || !tree?.best)) {
      this.look(true); // once more, or what was typed just now: at once. The second Enter goes to the results.
    } else {
      tree?.focus();
    }
  };

  private type(text: string): void {
    this.text = text;
    this.similar = undefined;
    this.kept.keep('text', text);
    this.look(false);
  }

  private setFilters(filters: Filters): void {
    this.filters = filters;
    this.kept.keep('filters', filters);
    this.look(false);
  }

  /** Those that were typed with the query too. */
  private clearFilters(): void {
    this.text = readQueryText(this.text).query;
    this.kept.keep('text', this.text);
    this.setFilters(NO_FILTERS);
  }

  private queryText(): string {
    return this.similar === undefined ? readQueryText(this.text).query : '';
  }

  /** Looks for what is wanted now. */
  private look(now: boolean): void {
    this.reasons.clear();
    this.notice = undefined;
    this.looks += 1;
    const { place, looks, similar } = this;
    if (place === undefined || place.folders.length === 0 || !place.enabled) {
      return;
    }
    const wanted = wantedOf(this.text, similar, this.filters);
    if (wanted === undefined) {
      this.searcher.clear();
      return;
    }
    const begin = place.started ? Promise.resolve() : this.attempt(() => this.start());
    void begin.then(() => looks === this.looks && this.searcher.want(wanted, now));
  }

  /** Takes what the view was opened for. */
  private show(shown: ShownSearch): void {
    if ('similarTo' in shown) {
      this.similar = shown;
      this.look(true);
    } else if (shown.query !== '') {
      this.type(shown.query);
    }
    this.focusInput();
  }

  private findSimilar(hit: SearchHit): void {
    this.similar = similarOf(hit);
    this.look(true);
    this.focusInput();
  }

  private leaveSimilar(): void {
    this.similar = undefined;
    this.look(true);
    this.focusInput();
  }

  private focusInput(): void {
    void this.updateComplete.then(() => {
      this.shadowRoot?.querySelector<HTMLElement>('.ask vscode-text-field')?.focus();
    });
  }

  private async open(hit: SearchHit, how: { readonly preview?: boolean; readonly beside?: boolean }): Promise<void> {
    await this.attempt(async () => {
      const { place } = await this.host.request(openHit, { ...openPlace(hit), ...how });
      this.notice = placeSays(place);
    });
  }

  private async start(): Promise<void> {
    await this.host.request(startSearch, {});
    await this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      const place = await this.host.request(loadSearch, {});
      const first = this.place === undefined;
      this.place = place;
      const { root } = this.filters;
      if (root !== '' && !place.folders.some(({ id }) => id === root)) {
        this.setFilters({ ...this.filters, root: '' }); // its folder was taken out of the workspace
      }
      await this.loadHealth();
      if (place.shown !== undefined) {
        this.show(place.shown);
      } else if (first) {
        this.focusInput();
      }
    });
  }

  private async loadHealth(): Promise<void> {
    if (this.place?.started !== true) {
      return;
    }
    const before = this.health?.state;
    this.health = await this.host.request(indexHealth, {});
    const { state } = this.health;
    if (state === 'failed' || state === 'closed') {
      return; // a search would start it again, and that is for the user to do
    }
    const { fault } = this.searcher;
    if (fault !== undefined && (state !== before || fault.code === 'worker-died')) {
      this.look(true); // what failed with the index is found once it works again
    }
    this.searcher.indexHas(contentOf(this.health));
  }

  private async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      this.fault = undefined;
      await act();
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
  }
}

customElements.define('search-page', SearchPage);
