// The host's and the search worker's answers for the embedding inspector, without an editor and without an index: over
// the toy embedder, and over real files of this project as if they were indexed.

import { type CallContext, type Handler, handle } from '../../src/host/webviewConnection.ts';
import {
  type Analogy,
  type ChunkPlace,
  compareItems,
  type EmbeddedItem,
  type EmbedderInfo,
  findAnalogy,
  findNeighbours,
  type ItemInfo,
  inspectEmbedding,
  listEmbedders,
  mapIndex,
  namePoints,
} from '../../src/shared/embeddingMessages.ts';
import {
  addPanelChunks,
  addPanelSource,
  addPanelTexts,
  loadPanelItems,
  openPanelItem,
  type PanelItem,
  type PanelItems,
  removePanelItems,
} from '../../src/shared/embeddingPanelMessages.ts';
import { Fault } from '../../src/shared/errors.ts';
import { copyText, loadStrings } from '../../src/shared/messages.ts';
import { openHit, startSearch } from '../../src/shared/searchViewMessages.ts';
import { indexMap, lessonChunks } from './embeddingsIndex.ts';
import {
  cosine,
  DIMENSIONS,
  embed,
  flat,
  nearest,
  norm,
  pieces,
  unit,
  WORDS,
  weightOf,
  wordVector,
} from './embeddingsToy.ts';

const buffer = (numbers: ArrayLike<number>) => Float32Array.from(numbers).buffer;

export class EmbeddingsHost {
  readonly handlers: readonly Handler[];
  items: PanelItem[] = [];
  more: Partial<PanelItems> = {};
  models: EmbedderInfo[] = [
    {
      id: 'static',
      label: 'static toy',
      detail: 'made for tests: 32 numbers',
      dimensions: DIMENSIONS,
      state: 'ready',
      vectors: 0,
      parts: true,
      words: true,
    },
    {
      id: 'minilm',
      label: 'all-MiniLM-L6-v2',
      detail: '',
      dimensions: 384,
      state: 'missing',
      message: 'all-MiniLM-L6-v2 is not on this machine.',
      vectors: 0,
      parts: false,
      words: false,
    },
  ];
  /** What was copied; each place that was opened, as `path:line`, or an item's id; how often UMAP was begun and stopped. */
  readonly copied: string[] = [];
  readonly opened: string[] = [];
  readonly umaps = { begun: 0, cancelled: 0 };
  /** Set: a question fails with it. */
  fault: Fault | undefined;
  /** Set: UMAP waits for it. */
  wait: Promise<void> | undefined;
  readonly chunks = lessonChunks();
  private lastItem = 0;
  private readonly rows = this.chunks.map(({ whole }) => embed(whole));

  constructor() {
    const shown = () => this.shown();
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadPanelItems, shown),
      handle(addPanelTexts, ({ texts }) => this.addTexts(texts)),
      handle(addPanelChunks, ({ chunks }) => {
        for (const place of this.chunks.filter(({ chunk }) => chunks.includes(chunk))) {
          this.add({ name: place.path, from: `${place.path}:${place.startLine}`, chunk: place.chunk, opens: true });
        }
        return this.shown();
      }),
      handle(addPanelSource, ({ from }) => {
        this.add({
          name: 'the kitten slept',
          from: `src/cats.ts:${from === 'lines' ? '4' : '4-9'}`,
          text: 'the kitten slept',
          opens: true,
        });
        return this.shown();
      }),
      handle(removePanelItems, ({ items }) => {
        this.items = this.items.filter(({ id }) => !items.includes(id));
        return this.shown();
      }),
      handle(openPanelItem, ({ item }) => this.record(item)),
      handle(openHit, ({ path, startLine }) => this.record(`${path}:${startLine}`) ?? { place: 'same' as const }),
      handle(startSearch, () => {
        this.index();
        return null;
      }),
      handle(copyText, ({ text }) => {
        this.copied.push(text);
        return null;
      }),
      handle(listEmbedders, () => this.models),
      handle(inspectEmbedding, ({ item }) => this.inspect(this.textOf(item))),
      handle(compareItems, ({ items }) => this.compare(items)),
      handle(findNeighbours, ({ item, among = [], limit }) => this.neighbours(item, among, limit)),
      handle(findAnalogy, (asked) =>
        this.analogy(
          asked.a,
          asked.b,
          asked.c,
          asked.among === 'items' ? (asked.items ?? []).map((one) => this.textOf(one)) : WORDS,
          asked.limit,
        ),
      ),
      handle(mapIndex, async ({ method }, context) => {
        if (this.fault !== undefined) {
          throw this.fault;
        }
        await (method === 'umap' && this.layOut(context));
        return indexMap(method, this.chunks, this.rows);
      }),
      handle(namePoints, ({ chunks }) =>
        this.chunks.filter(({ chunk }) => chunks.includes(chunk)).map(({ whole: _, ...place }) => place),
      ),
    ];
  }

  /** As if the workspace had been indexed. */
  index(): void {
    this.more = { ...this.more, workspace: true, indexed: true };
    this.models = this.models.map((model, at) => (at === 0 ? { ...model, vectors: this.chunks.length } : model));
  }

  addTexts(texts: readonly string[]): PanelItems {
    for (const text of texts) {
      this.add({ name: text.slice(0, 80), text, opens: false });
    }
    return this.shown();
  }

  add(item: Omit<PanelItem, 'id'>): void {
    this.lastItem += 1;
    this.items = [...this.items, { id: `item-${this.lastItem}`, ...item }];
  }

  private shown(): PanelItems {
    const nothing = {
      leftOut: [],
      leftOutCount: 0,
      view: 'items',
      opened: 1,
      workspace: false,
      indexed: false,
    } as const;
    return { ...nothing, items: this.items, ...this.more };
  }

  private record(what: string): null {
    this.opened.push(what);
    return null;
  }

  private textOf(item: EmbeddedItem): string {
    if (this.fault !== undefined) {
      throw this.fault;
    }
    return 'text' in item ? item.text : (this.chunks.find(({ chunk }) => chunk === item.chunk)?.whole ?? '');
  }

  private info(item: EmbeddedItem): ItemInfo {
    const text = this.textOf(item);
    const count = pieces(text).length;
    const name = 'text' in item ? (item.name ?? text.slice(0, 80)) : `chunk ${item.chunk}`;
    return { name, text: text.slice(0, 400), tokens: count, used: count, empty: norm(embed(text)) === 0 };
  }

  private inspect(text: string) {
    const words = pieces(text);
    const vector = embed(text);
    const total = words.reduce((sum, word) => sum + weightOf(word), 0) || 1;
    const vectors = words.map(wordVector);
    return {
      model: 'static',
      dimensions: DIMENSIONS,
      vector: buffer(vector),
      empty: norm(vector) === 0,
      tokens: words.map((piece, id) => ({ id, piece })),
      tokenCount: words.length,
      used: words.length,
      parts: {
        vectors: buffer(vectors.flatMap((one) => [...one])),
        weights: buffer(words.map((word) => weightOf(word) / total)),
        norms: buffer(vectors.map(norm)),
        cosines: buffer(vectors.map((one) => cosine(unit(one), vector))),
      },
    };
  }

  private compare(items: readonly EmbeddedItem[]) {
    const rows = items.map((item) => embed(this.textOf(item)));
    const { xy, explained } = flat(rows);
    return {
      model: 'static',
      dimensions: DIMENSIONS,
      items: items.map((item) => this.info(item)),
      vectors: buffer(rows.flatMap((row) => [...row])),
      similarities: buffer(rows.flatMap((a) => rows.map((b) => cosine(a, b)))),
      map: { xy: buffer(xy), method: 'pca' as const, explained, kept: 0.8, said: '' },
    };
  }

  private neighbours(item: EmbeddedItem, among: readonly EmbeddedItem[], limit: number) {
    const query = embed(this.textOf(item));
    const same = (other: EmbeddedItem) => JSON.stringify(other) === JSON.stringify(item);
    const found = nearest(
      among.map((one) => embed(this.textOf(one))),
      query,
      among.length,
    ).filter(({ at }) => !same(among[at] as EmbeddedItem));
    const itself = 'chunk' in item ? this.chunks.findIndex(({ chunk }) => chunk === item.chunk) : -1;
    const indexed =
      this.more.indexed === true
        ? nearest(this.rows, query, limit + 1)
            .filter(({ at }) => at !== itself)
            .slice(0, limit)
        : [];
    return {
      of: this.info(item),
      items: found
        .slice(0, limit)
        .map(({ at, cosine: like }) => ({ ...this.info(among[at] as EmbeddedItem), item: at, cosine: like })),
      index: indexed.map(({ at, cosine: like }) => {
        const place = this.chunks[at] as ChunkPlace;
        return { ...this.info({ chunk: place.chunk }), cosine: like, place };
      }),
      ...(indexed.length === 0 && { said: 'There is no index to look in.' }),
    };
  }

  private analogy(a: string, b: string, c: string, words: readonly string[], limit: number): Analogy {
    const inputs = [a, b, c].map((text) => text.trim().toLowerCase());
    const [va, vb, vc] = inputs.map(embed) as [Float32Array, Float32Array, Float32Array];
    const sum = va.map((value, i) => value - (vb[i] as number) + (vc[i] as number));
    const all = nearest(words.map(embed), unit(sum), words.length).map(({ at, cosine: like }) => {
      const text = words[at] as string;
      const input = (['a', 'b', 'c'] as const)[inputs.indexOf(text)];
      return { text, cosine: like, ...(input !== undefined && { input }) };
    });
    const without = all.filter(({ input }) => input === undefined);
    const holds = all[0]?.input === undefined;
    const s = unit(sum);
    return {
      model: 'static',
      withInputs: all.slice(0, limit),
      withoutInputs: without.slice(0, limit),
      cosines: {
        ab: cosine(va, vb),
        ac: cosine(va, vc),
        bc: cosine(vb, vc),
        a: cosine(va, s),
        b: cosine(vb, s),
        c: cosine(vc, s),
      },
      margin: (without[0]?.cosine ?? 0) - (without[1]?.cosine ?? 0),
      length: norm(sum),
      searched: words.length,
      verdict: holds ? 'holds' : 'input-nearest',
      said: holds
        ? `${a} − ${b} + ${c} is nearest to ${all[0]?.text}.`
        : `The sum is nearest to ${all[0]?.text}, which went into it.`,
    };
  }

  /** As UMAP does: says how far it is, waits, can be stopped. */
  private async layOut({ token, onProgress }: CallContext): Promise<void> {
    this.umaps.begun += 1;
    onProgress({ done: 20, total: 200, unit: 'layout steps' });
    await Promise.race([this.wait, new Promise<void>((resolve) => token.onCancellationRequested(resolve))]);
    if (token.isCancellationRequested) {
      this.umaps.cancelled += 1;
      throw new Fault('cancelled', 'The layout was cancelled.');
    }
  }
}
