// The page's views: what each asks of the worker, and what it shows while it waits, when there is nothing, and when there
// is an answer.

import { html, nothing, type TemplateResult } from 'lit';
import { type ChunkPlace, type IndexMap, MOST_ITEMS, type Neighbour } from '../../src/shared/embeddingMessages.ts';
import { t } from '../l10n.ts';
import { AMONG, type Among, type AnalogyInput, analogyPart, firstAnalogy } from './analogyPart.ts';
import { type ColoredBy, indexMapPart } from './indexMapPart.ts';
import { asItem, type Inspection } from './inspection.ts';
import { neighboursPart } from './neighboursPart.ts';
import { PointNames } from './pointNames.ts';
import { similarityPart } from './similarityPart.ts';
import { modelState, noIndex, noItems, noWorkspace, oneItem, opening } from './states.ts';
import type { Tab } from './tabs.ts';
import { vectorPart } from './vectorPart.ts';
import { waitingFor } from './waiting.ts';

/** How many neighbours, and answers of an analogy, are listed. */
const LISTED = 10;
/** How many true neighbours a point of the map is joined with. */
const LINKED = 5;

/** The same for the same answer: a map whose lines don't change isn't drawn again. */
const linked = new WeakMap<readonly Neighbour[], readonly number[]>();

function linksOf(found: readonly Neighbour[], names: PointNames): readonly number[] {
  const links = linked.get(found) ?? found.flatMap(({ place }) => (place && names.indexOf(place.chunk)) ?? []);
  linked.set(found, links);
  return links;
}

export interface ViewActs {
  readonly renew: () => void;
  readonly open: (place: ChunkPlace) => void;
  readonly inspect: (chunk: number) => void;
  readonly copy: (text: string) => Promise<unknown>;
  readonly examples: () => void;
  readonly start: () => void;
  readonly typed: (analogy: AnalogyInput) => void;
}

export class Views {
  private readonly inspection: Inspection;
  private readonly acts: ViewActs;
  private readonly names: PointNames;
  private copied = '';
  analogy: AnalogyInput = firstAnalogy;
  private method: 'pca' | 'umap' = 'umap';
  private by: ColoredBy = 'folders';
  private point: number | undefined;
  /** While an index grows it has news several times a second. */
  private looking: 'once' | 'again' | undefined;

  constructor(inspection: Inspection, acts: ViewActs) {
    this.inspection = inspection;
    this.acts = acts;
    this.names = new PointNames(inspection.host, acts.renew);
  }

  /** Asks for what a view shows; what was asked already is not asked again. */
  ask(tab: Tab): void {
    const { inspection } = this;
    const { model, chosenItem, shown, info } = inspection;
    if (info?.state !== 'ready' || shown === undefined) {
      return;
    }
    if (tab === 'map') {
      this.askMap();
      return;
    }
    if (chosenItem === undefined) {
      return;
    }
    switch (tab) {
      case 'vector':
        void inspection.vector.ask({ model, item: asItem(chosenItem) });
        break;
      case 'similarity':
        void inspection.compared.ask({ model, items: inspection.asItems }, inspection.itemsKey);
        break;
      case 'neighbours':
        void inspection.compared.ask({ model, items: inspection.asItems }, inspection.itemsKey);
        void inspection.neighbours.ask(
          { model, item: asItem(chosenItem), among: inspection.asItems, limit: LISTED },
          `${inspection.itemsKey} of ${chosenItem.id}`,
        );
        break;
      default:
    }
  }

  private askMap(): void {
    const { model, shown, info, pca, umap } = this.inspection;
    if (shown?.indexed !== true || (info?.vectors ?? 0) === 0) {
      return;
    }
    void pca.ask({ model, method: 'pca' });
    if (pca.state === 'there') {
      void umap.ask({ model, method: 'umap' });
    }
  }

  /** The index has news: a map of it is made anew when it has grown by much, and not for every saved file. */
  async indexChanged(): Promise<void> {
    const { inspection } = this;
    const before = inspection.pca.answer;
    if (this.looking !== undefined) {
      this.looking = 'again'; // the last news is the one that counts
      return;
    }
    do {
      this.looking = 'once';
      await inspection.loadModels();
    } while ((this.looking as string) === 'again');
    this.looking = undefined;
    const now = inspection.info?.vectors ?? 0;
    if (before !== undefined && (now > before.count * 1.2 || now < before.count * 0.8)) {
      inspection.pca.forget();
      inspection.umap.forget();
      this.point = undefined;
    }
    this.acts.renew();
  }

  show(tab: Tab): TemplateResult {
    const { inspection, acts } = this;
    const { info, items } = inspection;
    if (info === undefined && inspection.fault === undefined) {
      return opening();
    }
    const state = info === undefined ? nothing : modelState(info);
    if (tab === 'map') {
      return html`${state} ${this.map()}`;
    }
    if (tab === 'analogy') {
      return html`${state} ${this.analogies()}`;
    }
    if (items.length === 0) {
      return html`${state} ${noItems(acts.examples)}`;
    }
    if (tab === 'vector') {
      return html`${state} ${this.vector()}`;
    }
    return html`${state} ${items.length === 1 && tab === 'similarity' ? oneItem() : tab === 'similarity' ? this.similarity() : this.neighbours()}`;
  }

  private vector(): TemplateResult {
    const { vector, chosenItem } = this.inspection;
    return html`${waitingFor(vector, t('Computing the vector…'))}
      ${
        vector.answer === undefined || vector.state === 'failed'
          ? nothing
          : vectorPart({
              name: chosenItem?.name ?? '',
              answer: vector.answer,
              done: this.copied,
              onCopy: (text, said) => void this.copy(text, said),
            })
      }`;
  }

  private similarity(): TemplateResult {
    const { compared } = this.inspection;
    return html`${waitingFor(compared, t('Comparing the texts…'))}
      ${compared.answer === undefined ? nothing : similarityPart(compared.answer, compared.answer.items.length > 8, ({ a }) => this.chooseItem(a))}`;
  }

  private neighbours(): TemplateResult {
    const { inspection } = this;
    const { compared, neighbours } = inspection;
    const same = compared.answer?.items.length === inspection.items.length;
    return html`${waitingFor(compared, t('Comparing the texts…'))}
      ${waitingFor(neighbours, t('Looking for neighbours…'))}
      ${
        compared.answer === undefined || !same
          ? nothing
          : neighboursPart({
              compared: compared.answer,
              chosen: inspection.chosenIndex,
              answer: neighbours.answer,
              onChoose: (index) => this.chooseItem(index),
              onOpen: ({ place }) => place !== undefined && this.acts.open(place),
            })
      }`;
  }

  private analogies(): TemplateResult {
    const { inspection } = this;
    const { analogy } = inspection;
    const ask = () => {
      const { a, b, c, among } = this.analogy;
      const items = among === 'items' ? { items: inspection.asItems } : {};
      void analogy.ask({ model: inspection.model, a, b, c, among, limit: LISTED, ...items });
    };
    const can = AMONG.filter((among) => this.canSearch(among));
    const among = can.includes(this.analogy.among) ? this.analogy.among : (can[0] ?? this.analogy.among);
    this.analogy = { ...this.analogy, among };
    return html`${analogyPart({
      input: this.analogy,
      can,
      answer: analogy.answer,
      onInput: (changed) => {
        this.analogy = { ...this.analogy, ...changed };
        this.acts.typed(this.analogy);
        this.acts.renew();
      },
      onAsk: ask,
    })}
    ${waitingFor(analogy, t('Searching…'))}`;
  }

  private canSearch(among: Among): boolean {
    const { info, items, shown } = this.inspection;
    switch (among) {
      case 'words':
        return info?.words === true;
      case 'items':
        return items.length > 0 && items.length <= MOST_ITEMS;
      case 'index':
        return shown?.indexed === true && (info?.vectors ?? 0) > 0;
    }
  }

  private map(): TemplateResult {
    const { shown, pca, umap, info } = this.inspection;
    if (shown?.indexed !== true) {
      return shown?.workspace === true ? noIndex(this.acts.start) : noWorkspace();
    }
    if ((info?.vectors ?? 0) === 0) {
      return html`<p class="note" role="status">
        ${t('No chunk of the index has a vector of this model yet. The map comes when there are some.')}
      </p>`;
    }
    const waiting = html`${waitingFor(pca, t('Making a map…'))}
    ${waitingFor(umap, t('Laying the map out with UMAP…'))}`;
    return indexMapPart({
      pca: pca.answer as IndexMap | undefined,
      umap: umap.answer as IndexMap | undefined,
      method: this.method,
      by: this.by,
      names: this.names,
      chosen: this.point,
      waiting,
      onMethod: (method) => this.set(() => (this.method = method)),
      onColors: (by) => this.set(() => (this.by = by)),
      linked: this.pointLinks(),
      onChoose: (index) => this.choosePoint(index),
      onOpen: this.acts.open,
      onInspect: this.acts.inspect,
    });
  }

  private set(change: () => unknown): void {
    change();
    this.acts.renew();
  }

  private choosePoint(index: number | undefined): void {
    this.point = index;
    if (index !== undefined) {
      const chunk = this.names.chunkOf(index);
      void this.inspection.near.ask({ model: this.inspection.model, item: { chunk }, limit: LINKED });
    }
    this.acts.renew();
  }

  /** The points of the true neighbours of the chosen one. */
  private pointLinks(): readonly number[] {
    const { near } = this.inspection;
    const of = near.of?.item;
    const chosen =
      this.point !== undefined && of !== undefined && 'chunk' in of && of.chunk === this.names.chunkOf(this.point);
    return chosen ? linksOf(near.answer?.index ?? [], this.names) : [];
  }

  private chooseItem(index: number): void {
    const item = this.inspection.items[index];
    if (item !== undefined) {
      this.inspection.choose(item.id);
    }
  }

  private async copy(text: string, said: string): Promise<void> {
    await this.inspection.attempt(async () => {
      await this.acts.copy(text);
      this.copied = said;
    });
  }
}
