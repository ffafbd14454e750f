// The embedding inspector: texts on one side, on the other what a model makes of them: the numbers, which are alike, what
// is near, analogies, and a map of the whole index. All is computed by the search worker.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { type ChunkPlace, MOST_ITEMS } from '../../src/shared/embeddingMessages.ts';
import type { PanelItems } from '../../src/shared/embeddingPanelMessages.ts';
import {
  addPanelChunks,
  addPanelSource,
  addPanelTexts,
  loadPanelItems,
  openPanelItem,
  panelItemsChanged,
  removePanelItems,
} from '../../src/shared/embeddingPanelMessages.ts';
import { copyText, type Method } from '../../src/shared/messages.ts';
import { indexChanged } from '../../src/shared/searchMessages.ts';
import { openHit, startSearch } from '../../src/shared/searchViewMessages.ts';
import { dropdown, progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { HeldFocus } from '../elements/heldFocus.ts';
import { answerTakeAway } from '../elements/takeOut.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { embeddingsStyles } from './embeddingsStyles.ts';
import { Inspection } from './inspection.ts';
import { itemsPart } from './itemsPart.ts';
import { analogyOf, keptAnalogy, keptBeginning, keptTexts, textsOf } from './keptTexts.ts';
import { EXAMPLES } from './states.ts';
import { TABS, type Tab, tabsView } from './tabs.ts';
import { Views } from './views.ts';

const KEPT = 'page';
const BOX = 'box';
const ANALOGY = 'analogy';

interface Kept {
  readonly tab: Tab;
  readonly model: string;
  /** What it was last opened for: see PanelItems. */
  readonly opened: number;
  /** Typed texts come back after a reload of the window; what came from files doesn't. */
  readonly typed: readonly string[];
}

export class EmbeddingsPage extends LitElement {
  static override properties = { tab: { state: true }, typed: { state: true } };
  static override styles = embeddingsStyles;
  readonly heldFocus = new HeldFocus(this);
  host!: Host;
  api!: VsCodeApi;
  declare tab: Tab;
  /** What stands in the box for new texts. */
  declare typed: string;
  private inspection!: Inspection;
  private views!: Views;
  private kept!: ViewState;
  private opened = 0;
  /** Kept texts that the host has not taken yet. */
  private back: readonly string[] = [];

  constructor() {
    super();
    this.tab = 'vector';
    this.typed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { host } = this;
    this.inspection = new Inspection(host, () => this.requestUpdate());
    this.views = new Views(this.inspection, {
      renew: () => this.requestUpdate(),
      open: (place) => void this.openPlace(place),
      inspect: (chunk) => void this.inspectChunk(chunk),
      copy: (text) => host.request(copyText, { text }),
      examples: () => void this.change(addPanelTexts, { texts: [...EXAMPLES] }),
      start: () => void this.startIndex(),
      typed: (analogy) => this.kept.keep(ANALOGY, keptAnalogy(analogy)),
    });
    this.kept = new ViewState(this.api, 'embeddings');
    answerTakeAway(this, host);
    host.onNotice(panelItemsChanged, () => void this.load());
    host.onNotice(indexChanged, () => void this.views.indexChanged());
    void this.begin();
  }

  private async begin(): Promise<void> {
    const kept = (this.kept.read(KEPT) ?? {}) as Partial<Kept>;
    if (TABS.includes(kept.tab as Tab)) {
      this.tab = kept.tab as Tab;
    }
    this.inspection.model = typeof kept.model === 'string' ? kept.model : '';
    this.opened = typeof kept.opened === 'number' ? kept.opened : 0;
    this.back = textsOf(kept.typed);
    const box = this.kept.read(BOX);
    this.typed = typeof box === 'string' ? keptBeginning(box) : '';
    this.views.analogy = analogyOf(this.kept.read(ANALOGY));
    await Promise.all([this.restore(), this.inspection.loadModels()]);
  }

  /** Loads the texts, and hands the host those that it has lost: with its window, if not with its list. */
  private async restore(): Promise<void> {
    await this.load();
    const { shown } = this.inspection;
    const empty = shown?.items.length === 0;
    if (shown !== undefined && (!empty || this.back.length === 0 || (await this.addTexts(this.back)))) {
      this.back = [];
      this.keep();
    }
  }

  private async load(): Promise<void> {
    await this.inspection.attempt(async () => this.take(await this.host.request(loadPanelItems, {})));
  }

  private take(shown: PanelItems): void {
    this.inspection.take(shown);
    if (shown.opened > this.opened) {
      // Opened for something: it is shown, whatever was looked at before.
      this.opened = shown.opened;
      if (shown.view === 'map') {
        this.tab = 'map';
      } else if (this.tab === 'map') {
        this.tab = 'vector';
      }
    }
    this.keep();
  }

  private keep(): void {
    const listed = this.inspection.items.flatMap(({ from, text }) =>
      from === undefined && text !== undefined ? [text] : [],
    );
    const typed = keptTexts([...listed, ...this.back]);
    const kept: Kept = { tab: this.tab, model: this.inspection.model, opened: this.opened, typed };
    this.kept.keep(KEPT, kept);
  }

  /** Asks the host for another set of items. @returns whether it has answered */
  private async change<Params>(method: Method<Params, PanelItems>, params: Params): Promise<boolean> {
    let done = false;
    await this.inspection.attempt(async () => {
      this.take(await this.host.request(method, params));
      done = true;
    });
    return done;
  }

  private addTexts(texts: readonly string[]): Promise<boolean> {
    return this.change(addPanelTexts, { texts: [...texts] });
  }

  protected override render(): TemplateResult {
    const { inspection } = this;
    const { shown, fault } = inspection;
    return html`<main>
      <header>
        <h1>${t('Embeddings')}</h1>
        ${this.renderModel()}
      </header>
      ${
        fault === undefined
          ? nothing
          : faultView(fault, {
              label: t('Try again'),
              run: () => void Promise.all([this.restore(), inspection.loadModels()]),
            })
      }
      ${
        shown === undefined
          ? fault === undefined
            ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>`
            : nothing
          : this.renderColumns(shown)
      }
    </main>`;
  }

  private renderModel(): TemplateResult | typeof nothing {
    const { models, model, info } = this.inspection;
    return models.length === 0
      ? nothing
      : html`<div>
          <label
            ><span>${t('Model')}</span>
            ${dropdown({
              label: t('Model'),
              value: model,
              options: models.map(({ id, label, state }) => ({
                value: id,
                label,
                disabled: state === 'missing' || state === 'off',
              })),
              onChange: (value) => {
                this.inspection.chooseModel(value);
                this.keep();
              },
            })}</label
          >
          <p class="from">${info?.detail ?? nothing}</p>
        </div>`;
  }

  private renderColumns(shown: PanelItems): TemplateResult {
    const { inspection, tab } = this;
    return html`<div class="columns ${tab === 'map' ? 'whole' : ''}">
      ${itemsPart({
        shown,
        chosen: inspection.chosenItem?.id,
        typed: this.typed,
        onType: (text) => this.type(text),
        onAdd: () => void this.addTyped(),
        onSource: (from) => void this.change(addPanelSource, { from }),
        onChoose: (id) => inspection.choose(id),
        onOpen: (item) => void inspection.attempt(async () => void (await this.host.request(openPanelItem, { item }))),
        onRemove: (items) => void this.change(removePanelItems, { items: [...items] }),
      })}
      <section class="view" aria-label=${t('What the model makes of them')}>
        ${tabsView(tab, (to) => {
          this.tab = to;
          this.keep();
        })}
        <div id="view" role="tabpanel" class="view" aria-labelledby=${`tab-${tab}`}>${this.views.show(tab)}</div>
      </section>
    </div>`;
  }

  protected override updated(): void {
    if (this.inspection.shown !== undefined && this.inspection.info !== undefined) {
      this.views.ask(this.tab);
    }
  }

  private async addTyped(): Promise<void> {
    const lines = this.typed.split('\n').map((line) => line.trim());
    const texts = lines.filter((line) => line !== '').slice(0, MOST_ITEMS);
    if (await this.addTexts(texts)) {
      this.type('');
    }
  }

  private type(text: string): void {
    this.typed = text;
    this.kept.keep(BOX, keptBeginning(text));
  }

  private async inspectChunk(chunk: number): Promise<void> {
    await this.change(addPanelChunks, { chunks: [chunk] });
    const item = this.inspection.items.find((one) => one.chunk === chunk);
    if (item !== undefined) {
      this.inspection.choose(item.id);
      this.tab = 'vector';
    }
  }

  private async openPlace({ root, path, startLine, endLine }: ChunkPlace): Promise<void> {
    await this.inspection.attempt(async () => {
      await this.host.request(openHit, { root, path, startLine, endLine });
    });
  }

  private async startIndex(): Promise<void> {
    await this.inspection.attempt(async () => {
      await this.host.request(startSearch, {});
    });
    await Promise.all([this.load(), this.inspection.loadModels()]);
  }
}
customElements.define('embeddings-page', EmbeddingsPage);
