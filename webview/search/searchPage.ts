// The search view: an input, filters, and what was found as one types. Everything that is found comes from the worker
// through the host; files are opened by the host.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { openPlace } from '../../src/shared/searchHits.ts';
import {
  explainHit,
  getModel,
  type IndexHealth,
  indexChanged,
  indexHealth,
  loadSearch,
  openHit,
  openSearchView,
  pauseIndex,
  rebuildIndex,
  type SearchHit,
  type SearchPlace,
  type ShownSearch,
  searchPlaceChanged,
  showSearch,
  startSearch,
} from '../../src/shared/searchMessages.ts';
import { joinFilters, readQueryText } from '../../src/shared/searchText.ts';
import { button, progressRing, textField } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { crossIcon } from '../elements/icons.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { countOf, type Filters, filterRow, filtersOf, NO_FILTERS, searchFilterOf } from './filterRow.ts';
import { groupByFile } from './groups.ts';
import { filterIcon } from './icons.ts';
import type { ResultsTree, TreeActions, Why } from './resultsTree.ts';
import { Searcher } from './searcher.ts';
import { searchStyles } from './searchStyles.ts';
import { idleState, indexBanner, modelOffer, noHits, type StateActions } from './states.ts';
import './resultsTree.ts';

type Similar = Extract<ShownSearch, { readonly similarTo: string }>;

export class SearchPage extends LitElement {
  static override properties = {
    place: { state: true },
    health: { state: true },
    text: { state: true },
    similar: { state: true },
    filters: { state: true },
    filtersShown: { state: true },
    why: { state: true },
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
  declare why: Why | undefined;
  /** Of an action; a search's own fault stands with its searcher. */
  declare fault: Fault | undefined;
  declare notice: string | undefined;
  private searcher!: Searcher;
  private kept!: ViewState;
  private version = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = new ViewState(this.api, 'search');
    this.searcher = new Searcher(this.host, () => this.requestUpdate());
    const text = this.kept.read('text');
    this.text = typeof text === 'string' ? text : '';
    this.filters = filtersOf(this.kept.read('filters'));
    this.filtersShown = this.kept.read('filtersShown') === true;
    this.host.onNotice(indexChanged, () => void this.loadHealth());
    this.host.onNotice(searchPlaceChanged, () => void this.load());
    this.host.onNotice(showSearch, (shown) => this.show(shown));
    void this.load().then(() => this.look(true));
  }

  private readonly stateActions: StateActions = {
    start: () => void this.attempt(() => this.start()),
    health: () => void this.attempt(() => this.host.request(openSearchView, { view: 'health' })),
    settings: () => void this.attempt(() => this.host.request(openSearchView, { view: 'settings' })),
    resume: () => void this.attempt(() => this.host.request(pauseIndex, { paused: false })),
    rebuild: () => void this.attempt(() => this.host.request(rebuildIndex, {})),
    clearFilters: () => this.setFilters(NO_FILTERS),
    getModel: (model) => void this.attempt(() => this.host.request(getModel, { model })),
  };

  private readonly treeActions: TreeActions = {
    open: (hit, how) => void this.open(hit, how),
    why: (hit) => void this.explain(hit),
    similar: (hit) => this.findSimilar(hit),
    inspect: ({ chunk }) =>
      void this.attempt(() => this.host.request(openSearchView, { view: 'embeddings', chunks: [chunk] })),
    ask: ({ chunk }) => {
      const query = this.queryText();
      const about = query === '' ? {} : { query };
      void this.attempt(() => this.host.request(openSearchView, { view: 'ask', chunks: [chunk], ...about }));
    },
    leave: () => this.focusInput(),
  };

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
    const set = countOf(this.filters);
    return html`<div class="ask" role="search" @keydown=${this.onInputKey}>
        ${textField({
          label: t('What do you look for?'),
          value: this.text,
          placeholder: t('words, a question, or a name'),
          onInput: (text) => this.type(text),
        })}
        ${button({
          label: set === 0 ? t('Filters') : t('Filters ({0} set)', set),
          icon: filterIcon,
          iconOnly: true,
          expanded: this.filtersShown,
          onClick: () => {
            this.filtersShown = !this.filtersShown;
            this.kept.keep('filtersShown', this.filtersShown);
          },
        })}
      </div>
      ${
        this.filtersShown
          ? filterRow({
              filters: this.filters,
              languages: Object.entries(this.health?.languages ?? {})
                .sort(([, a], [, b]) => b - a)
                .map(([language]) => language),
              folders: place.folders,
              onChange: (changed) => this.setFilters({ ...this.filters, ...changed }),
            })
          : set > 0
            ? html`<div class="row quiet">${t('{0} filters are set.', set)} ${button({ label: t('Clear filters'), onClick: () => this.setFilters(NO_FILTERS) })}</div>`
            : nothing
      }
      ${this.similar === undefined ? nothing : this.renderSimilar(this.similar)}`;
  }

  private renderSimilar({ label, similarTo }: Similar): TemplateResult {
    return html`<div class="similar">
      <div>
        <p>${t('Like {0}:', label)}</p>
        <code>${similarTo.trim().split('\n', 1)[0]}</code>
      </div>
      ${button({ label: t('Leave this search'), icon: crossIcon, iconOnly: true, onClick: () => this.leaveSimilar() })}
    </div>`;
  }

  private renderFound(place: SearchPlace): TemplateResult {
    const { searcher, health } = this;
    const { answer, answered, busy, fault } = searcher;
    if (fault !== undefined) {
      return faultView(fault, { label: t('Search again'), run: () => this.look(true) });
    }
    if (answer === undefined || answered === undefined) {
      return html`<div class="status" role="status">${busy ? t('Searching…') : nothing}</div>
        ${busy ? nothing : idleState(place, health, this.stateActions)}`;
    }
    const groups = groupByFile(answer.hits);
    const filters = Object.keys(answered.filter).length;
    const several = place.folders.length > 1;
    return html`<div class="status" role="status">
        <span>${busy ? t('Searching…') : this.counted(answer.hits.length, groups.length)}</span>
        ${this.unknown.map((word) => html`<span>${t('{0} is no filter.', word)}</span>`)}
        ${answer.notes.map((note) => html`<span>${note}</span>`)}
        ${
          answer.pending > 0 && groups.length > 0
            ? html`<span>${t('{0} files are not indexed yet.', answer.pending)}</span>`
            : nothing
        }
        ${this.notice === undefined ? nothing : html`<span>${this.notice}</span>`}
      </div>
      ${
        groups.length === 0
          ? noHits(answer, health, filters, this.stateActions)
          : html`<results-tree
              .groups=${groups}
              .why=${this.why}
              .folders=${several ? new Map(place.folders.map(({ id, name }) => [id, name])) : new Map()}
              .views=${place.views}
              .actions=${this.treeActions}
              ?stale=${busy}
            ></results-tree>`
      }`;
  }

  /** What was typed as a filter and is none. */
  private get unknown(): readonly string[] {
    return this.similar === undefined ? readQueryText(this.text).unknown : [];
  }

  private counted(hits: number, files: number): string {
    if (hits === 0) {
      return t('No results');
    }
    const inFiles = files === 1 ? t('in 1 file') : t('in {0} files', files);
    return hits === 1 ? t('1 result {0}', inFiles) : t('{0} results {1}', hits, inFiles);
  }

  private faultPart(): TemplateResult | typeof nothing {
    const forgive = () => {
      this.fault = undefined;
    };
    return this.fault === undefined ? nothing : faultView(this.fault, { label: t('Close'), run: forgive });
  }

  private readonly onInputKey = (event: KeyboardEvent): void => {
    const tree = this.shadowRoot?.querySelector<ResultsTree>('results-tree');
    const inField = (event.target as Element).localName === 'vscode-text-field';
    if (event.key === 'ArrowDown' && inField) {
      event.preventDefault();
      tree?.focus();
    } else if (event.key === 'Enter' && inField) {
      event.preventDefault();
      const best = tree?.best;
      // Once more, or what was typed just now: at once. The second Enter goes to the results.
      if (this.searcher.busy || best === undefined || this.searcher.answer === undefined) {
        this.look(true);
      } else {
        tree?.focus();
      }
    } else if (event.key === 'Escape' && this.text !== '') {
      event.preventDefault();
      this.type('');
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

  private queryText(): string {
    return this.similar === undefined ? readQueryText(this.text).query : '';
  }

  /** Looks for what is wanted now. */
  private look(now: boolean): void {
    this.why = undefined;
    this.notice = undefined;
    const { place, similar } = this;
    if (place === undefined || place.folders.length === 0 || !place.enabled) {
      return;
    }
    const filter = searchFilterOf(this.filters);
    const typed = readQueryText(this.text);
    if (similar === undefined && typed.query === '') {
      this.searcher.clear();
      return;
    }
    const begin = place.started ? Promise.resolve() : this.attempt(() => this.start());
    const wanted =
      similar === undefined
        ? { query: typed.query, filter: joinFilters(filter, typed.filter) }
        : { ...similar, filter };
    void begin.then(() => this.searcher.want(wanted, now));
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

  private findSimilar({ root, path, startLine, endLine, text }: SearchHit): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.similar = {
      similarTo: text,
      label: `${name}:${startLine}–${endLine}`,
      except: { root, path, startLine, endLine },
    };
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
      const says = {
        same: undefined,
        moved: t('The place has moved since it was indexed.'),
        changed: t('This file has changed since it was indexed: the place may be another.'),
      };
      this.notice = says[place];
    });
  }

  private async explain(hit: SearchHit | undefined): Promise<void> {
    if (hit === undefined) {
      this.why = undefined;
      return;
    }
    const { chunk } = hit;
    const answered = this.searcher.answered;
    this.why = { chunk };
    try {
      const query =
        answered === undefined ? '' : 'query' in answered ? answered.query : answered.similarTo.slice(0, 20_000);
      const reason = await this.host.request(explainHit, { query, chunk });
      this.why = this.why?.chunk === chunk ? { chunk, reason } : this.why;
    } catch (error) {
      this.why = this.why?.chunk === chunk ? { chunk, fault: asFault(error) } : this.why;
    }
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
    this.health = await this.host.request(indexHealth, {});
    // What stands in the index has changed: the same search may find more.
    const { indexed, chunks, upToDate = 0 } = this.health;
    const version = `${indexed} ${chunks} ${upToDate}`;
    if (
      this.version !== '' &&
      version !== this.version &&
      this.searcher.answer !== undefined &&
      !this.searcher.busy &&
      this.why === undefined
    ) {
      this.again();
    }
    this.version = version;
  }

  /** The same search once more, its row and its keyboard place kept. */
  private again(): void {
    const { answered } = this.searcher;
    if (answered !== undefined) {
      this.searcher.want(answered);
    }
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
