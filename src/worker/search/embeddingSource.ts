// What the messages about vectors are answered from: models, their tokenizers, the open index. Texts and chunks come in
// here, and leave as vectors with what there is to say of each.

import type { NearestKernels } from '../../engine/kernels/nearest.ts';
import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import type { SearchStore, StoredChunk } from '../../retrieval/store.ts';
import type { ChunkPlace, EmbeddedItem, ItemInfo } from '../../shared/embeddingMessages.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { Progress } from '../../shared/messages.ts';
import type { ModelHealth } from '../../shared/searchMessages.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';

/** UTF-16 units of a text that are shown, and of one that stands as a name. */
const SHOWN = 400;
const NAME = 60;

export interface OpenIndex {
  readonly store: SearchStore;
  /** A root's name for people. */
  readonly rootName: (root: string) => string;
}

export interface EmbeddingSource {
  readonly clock: Clock;
  readonly seed: number;
  readonly kernels: () => Promise<NearestKernels>;
  /** Those that can be chosen, the static one first. */
  readonly models: () => Promise<readonly ModelHealth[]>;
  /** By a {@link ModelHealth}'s id. Faults: as RealModels. */
  readonly embedder: (model: string) => Promise<Embedder>;
  /** By which the model's tokens are written; undefined where there is none to show. */
  readonly tokenizer: (model: string) => Promise<Tokenizer | undefined>;
  /** undefined while none is open. */
  readonly index: () => Promise<OpenIndex | undefined>;
  /** Does what someone waits for: the index is not worked on meanwhile. */
  readonly first: <T>(work: () => Promise<T>) => Promise<T>;
  /** The same for what takes long: only what is left to idle times stands still. */
  readonly beside: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface CallParts {
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface EmbeddedItems {
  readonly infos: readonly ItemInfo[];
  /** The text that was embedded. */
  readonly texts: readonly string[];
  readonly vectors: readonly Float32Array[];
}

/** @throws Fault `not-found` while no index is open */
export async function openIndexOf(source: EmbeddingSource): Promise<OpenIndex> {
  const index = await source.index();
  if (index === undefined) {
    throw new Fault('not-found', 'No index is open.', { remedy: 'Open a folder, and search in it.' });
  }
  return index;
}

/** Embeds texts and chunks. @throws Fault `not-found` naming a chunk that is gone, `cancelled` */
export async function embedItems(
  source: EmbeddingSource,
  embedder: Embedder,
  items: readonly EmbeddedItem[],
  { signal, onProgress }: CallParts,
): Promise<EmbeddedItems> {
  const wanted = items.flatMap((item) => ('chunk' in item ? [item.chunk] : []));
  const chunks = wanted.length === 0 ? [] : await (await openIndexOf(source)).store.chunks(wanted);
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const chunkOf = (item: EmbeddedItem) => ('chunk' in item ? found(byId, item.chunk) : undefined);
  const texts = items.map((item) => ('text' in item ? item.text : embeddedText(found(byId, item.chunk))));
  const vectors = await embedder.embed(texts, {
    signal,
    onProgress: (done) => onProgress({ done, total: texts.length, unit: 'texts' }),
  });
  const infos = items.map((item, i) => infoOf(embedder, texts[i], vectors[i], chunkOf(item), nameOf(item)));
  return { infos, texts, vectors };
}

/** What there is to say of an embedded text. */
export function infoOf(
  embedder: Embedder,
  text: string,
  vector: Float32Array,
  chunk: StoredChunk | undefined,
  name: string | undefined,
): ItemInfo {
  const { ids, used } = embedder.tokens(text);
  const place = chunk === undefined ? undefined : placeOf(chunk);
  return {
    name: name ?? (place === undefined ? shortened(text) : chunkName(place)),
    text: (chunk?.text ?? text).slice(0, SHOWN),
    tokens: ids.length,
    used,
    empty: vector.every((x) => x === 0),
    ...(place && { place }),
  };
}

export function placeOf(chunk: StoredChunk): ChunkPlace {
  const { id, root, path, language, kind, names, startLine, endLine, text } = chunk;
  return { chunk: id, root, path, language, kind, names, startLine, endLine, text: text.slice(0, SHOWN) };
}

/** The innermost name, or the file's, with its first line. */
function chunkName({ path, names, startLine }: ChunkPlace): string {
  return `${names.at(-1) ?? path.slice(path.lastIndexOf('/') + 1)}:${startLine}`;
}

function nameOf(item: EmbeddedItem): string | undefined {
  return 'text' in item ? item.name : undefined;
}

function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > NAME ? `${line.slice(0, NAME - 1)}…` : line;
}

function found(byId: ReadonlyMap<number, StoredChunk>, id: number): StoredChunk {
  const chunk = byId.get(id);
  if (chunk === undefined) {
    throw new Fault('not-found', `Chunk ${id} is no longer in the index.`, {
      where: String(id),
      remedy: 'Search again.',
    });
  }
  return chunk;
}
