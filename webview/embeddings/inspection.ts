// What the page knows: the items, the models, and the answers to its questions about them. The parts read it; asking and
// cancelling is done here.

import {
  compareItems,
  type EmbeddedItem,
  type EmbedderInfo,
  findAnalogy,
  findNeighbours,
  inspectEmbedding,
  listEmbedders,
  mapIndex,
} from '../../src/shared/embeddingMessages.ts';
import type { PanelItem, PanelItems } from '../../src/shared/embeddingPanelMessages.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Host } from '../host.ts';
import { Asked } from './asked.ts';

export class Inspection {
  readonly host: Host;
  private readonly onChange: () => void;
  shown: PanelItems | undefined;
  models: readonly EmbedderInfo[] = [];
  /** Id of the model whose vectors are looked at. */
  model = '';
  /** The item that Vector and Neighbours are of. */
  chosen: string | undefined;
  /** Something about the items, or the models, went wrong. */
  fault: Fault | undefined;
  readonly vector;
  readonly compared;
  readonly neighbours;
  /** Of a point of the map. */
  readonly near;
  readonly analogy;
  readonly pca;
  readonly umap;

  constructor(host: Host, onChange: () => void) {
    this.host = host;
    this.onChange = onChange;
    this.vector = new Asked(host, inspectEmbedding, onChange);
    this.compared = new Asked(host, compareItems, onChange);
    this.neighbours = new Asked(host, findNeighbours, onChange);
    this.near = new Asked(host, findNeighbours, onChange);
    this.analogy = new Asked(host, findAnalogy, onChange);
    this.pca = new Asked(host, mapIndex, onChange);
    this.umap = new Asked(host, mapIndex, onChange);
  }

  get items(): readonly PanelItem[] {
    return this.shown?.items ?? [];
  }

  get info(): EmbedderInfo | undefined {
    return this.models.find(({ id }) => id === this.model);
  }

  get chosenItem(): PanelItem | undefined {
    return this.items.find(({ id }) => id === this.chosen) ?? this.items[0];
  }

  /** Place of the chosen item among all. */
  get chosenIndex(): number {
    return this.items.findIndex(({ id }) => id === this.chosenItem?.id);
  }

  async loadModels(): Promise<void> {
    await this.attempt(async () => {
      this.models = await this.host.request(listEmbedders, {});
      if (this.info === undefined) {
        this.model = this.models.find(({ state }) => state === 'ready')?.id ?? this.models[0]?.id ?? '';
      }
    });
  }

  take(shown: PanelItems): void {
    this.shown = shown;
    this.chosen = this.chosenItem?.id;
    this.onChange();
  }

  choose(id: string): void {
    this.chosen = id;
    this.onChange();
  }

  chooseModel(model: string): void {
    this.model = model;
    for (const asked of [this.vector, this.compared, this.neighbours, this.near, this.analogy, this.pca, this.umap]) {
      asked.forget();
    }
    this.onChange();
  }

  /** By which questions about all items are known: an item never changes, and its number is never given again. */
  get itemsKey(): string {
    return `${this.model} ${this.items.map(({ id }) => id).join(' ')}`;
  }

  /** The items as the worker takes them. */
  get asItems(): EmbeddedItem[] {
    return this.items.map(asItem);
  }

  /** Runs something that may fail, and shows it where it does. */
  async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.fault = undefined;
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
    this.onChange();
  }
}

/** A name is for people: the worker takes no longer one. */
const MOST_NAME = 300;

export function asItem({ chunk, text = '', name }: PanelItem): EmbeddedItem {
  return chunk === undefined ? { text, name: name.slice(0, MOST_NAME) } : { chunk };
}
