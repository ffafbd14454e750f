// The models of this machine: finds each where it was packed or fetched, checks it, loads it once, and frees it.

import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Embedder } from '../../retrieval/embedder.ts';
import { fetchModel, isPartial, removeModel } from '../../services/models/fetch.ts';
import { describe, HUB, hubAddress } from '../../services/models/hub.ts';
import { folderOf, type KnownModel, knownModels, licenceOf, modelOf } from '../../services/models/knownModels.ts';
import { checkHashes, dropList, isWhole, type ModelList, readList } from '../../services/models/modelFolder.ts';
import type {
  ModelDescription,
  ModelTask,
  RealModelInfo,
  RealModels,
  RealModelsOptions,
  TextGenerator,
  TokenCounter,
} from '../../services/models/realModels.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { openGenerator } from './generator.ts';
import { asModelFault, checkJson } from './modelFiles.ts';
import { openSentenceEncoder } from './openSentenceEncoder.ts';
import { type Runtime, runtime } from './runtime.ts';
import { openTokenCounter } from './tokenCounter.ts';

/** More threads than this gain little on models so small, and the editor wants some. */
const MOST_THREADS = 4;

interface Found {
  readonly folder: string;
  readonly list: ModelList;
  readonly state: 'packed' | 'fetched';
}

/** A model that is open, and how to let go of it. */
interface Open<T> {
  readonly value: T;
  close(): Promise<void>;
}

export class LoadedModels implements RealModels {
  private readonly options: RealModelsOptions;
  private started: Runtime | undefined;
  private readonly open = new Map<string, Promise<Open<unknown>>>();

  constructor(options: RealModelsOptions) {
    this.options = options;
  }

  async models(): Promise<RealModelInfo[]> {
    const infos: RealModelInfo[] = [];
    for (const model of knownModels) {
      infos.push(await this.info(model));
    }
    return infos;
  }

  async describe(id: string, { signal }: { readonly signal: CancelSignal }): Promise<ModelDescription> {
    const model = known(id);
    const folder = path.join(this.options.cache, folderOf(model));
    const [info, found] = [await this.info(model), await this.find(model)];
    if (found !== undefined) {
      const bytes = found.list.files.reduce((sum, file) => sum + file.bytes, 0);
      return { ...info, bytes, files: found.list.files.length, revision: info.source, folder: found.folder };
    }
    if (model.pinned !== undefined && model.pinnedBytes !== undefined) {
      const files = Object.keys(model.pinned).length;
      return { ...info, ...this.mirror, bytes: model.pinnedBytes, files, revision: model.revision, folder };
    }
    const { revision, files, licence } = await describe(model, this.hub, { signal });
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const source = `${model.hub}@${revision}`;
    const about = { source, licence: licenceOf(model, licence), bytes, files: files.length, revision, folder };
    return { ...info, ...this.mirror, ...about };
  }

  async fetch(id: string, options: Parameters<RealModels['fetch']>[1]): Promise<void> {
    const model = known(id);
    if ((await this.find(model)) === undefined) {
      if (model.packed) {
        throw missing(model);
      }
      await fetchModel(model, path.join(this.options.cache, folderOf(model)), this.hub, options);
    }
  }

  async remove(id: string): Promise<void> {
    const model = known(id);
    for (const [key, opened] of this.open) {
      if (key.endsWith(` ${model.id}`)) {
        this.open.delete(key);
        await opened.then(({ close }) => close()).catch(() => undefined);
      }
    }
    await removeModel(path.join(this.options.cache, folderOf(model)));
  }

  embedder(id: string): Promise<Embedder> {
    return this.opened('embedder', id, (model, folder, list) =>
      openSentenceEncoder(this.runtime(), model, folder, list),
    );
  }

  generator(id: string): Promise<TextGenerator> {
    return this.opened('generator', id, (model, folder) => openGenerator(this.runtime(), model, folder));
  }

  counter(id: string): Promise<TokenCounter> {
    const isSmall = (file: string) => file.endsWith('.json') || file.endsWith('.jinja');
    const open = async (model: KnownModel, folder: string) => {
      const { value } = await openTokenCounter(this.runtime(), model, folder);
      return { value, close: async () => {} };
    };
    return this.opened('counter', id, open, isSmall);
  }

  async run(task: ModelTask, id: string, text: string, options: Readonly<Record<string, unknown>>): Promise<unknown> {
    const run = await this.opened(task, id, async (model, folder) => {
      const pipe = await this.runtime().transformers.pipeline(task, folder, { dtype: model.precision, device: 'wasm' });
      const call = pipe as unknown as (text: string, ...rest: unknown[]) => Promise<unknown>;
      return {
        value: (input: string, { labels, ...rest }: Readonly<Record<string, unknown>>) =>
          task === 'zero-shot-classification' ? call(input, labels, rest) : call(input, rest),
        close: () => pipe.dispose() as Promise<void>,
      };
    });
    return plain(await run(text, options));
  }

  async file(id: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
    const model = known(id);
    const found = await this.find(model);
    if (found === undefined) {
      throw missing(model);
    }
    if (!found.list.files.some(({ path: listed }) => listed === name)) {
      const remedy = `It has: ${found.list.files.map(({ path: listed }) => listed).join(', ')}.`;
      throw new Fault('not-found', `${model.label} has no file ${name.slice(0, 80)}.`, { where: model.id, remedy });
    }
    await checkHashes(found.folder, found.list);
    return new Uint8Array(await readFile(path.join(found.folder, name)));
  }

  async dispose(): Promise<void> {
    const all = [...this.open.values()];
    this.open.clear();
    await Promise.all(all.map((opened) => opened.then(({ close }) => close()).catch(() => undefined)));
  }

  private get hub(): string {
    return this.options.hub ?? hubAddress();
  }

  /** Where it isn't the usual hub that is asked. */
  private get mirror(): { readonly mirror?: string } {
    return this.hub === HUB ? {} : { mirror: new URL(this.hub).origin };
  }

  private runtime(): Runtime {
    this.started ??= runtime(this.options.ort, this.options.threads ?? spareThreads());
    return this.started;
  }

  private async opened<T>(
    what: string,
    id: string,
    open: (model: KnownModel, folder: string, list: ModelList) => Promise<Open<T>>,
    isNeeded = (_file: string) => true,
  ): Promise<T> {
    const model = known(id);
    const key = `${what} ${model.id}`;
    let opened = this.open.get(key) as Promise<Open<T>> | undefined;
    if (opened === undefined) {
      opened = this.load(model, open, isNeeded);
      this.open.set(key, opened);
      opened.catch(() => this.open.delete(key));
    }
    return (await opened).value;
  }

  private async load<T>(
    model: KnownModel,
    open: (model: KnownModel, folder: string, list: ModelList) => Promise<Open<T>>,
    isNeeded: (file: string) => boolean,
  ): Promise<Open<T>> {
    const found = await this.find(model);
    if (found === undefined) {
      throw missing(model);
    }
    const { folder } = found;
    const list = { ...found.list, files: found.list.files.filter((file) => isNeeded(file.path)) };
    try {
      await checkHashes(folder, list);
    } catch (error) {
      if (found.state === 'fetched') {
        await dropList(folder);
      }
      throw error;
    }
    await checkJson(folder, list);
    try {
      return await open(model, folder, list);
    } catch (error) {
      throw asModelFault(error, model.label, folder, list);
    }
  }

  /** Where the model is, whole; undefined when it isn't. */
  private async find(model: KnownModel): Promise<Found | undefined> {
    for (const [state, root] of [
      ['packed', this.options.packed],
      ['fetched', this.options.cache],
    ] as const) {
      const folder = path.join(root, folderOf(model));
      const list = await readList(folder);
      if (list !== undefined && (await isWhole(folder, list))) {
        return { folder, list, state };
      }
    }
    return undefined;
  }

  private async info(model: KnownModel): Promise<RealModelInfo> {
    const { id, label, task } = model;
    const found = await this.find(model);
    const licence = found?.list.licence ?? licenceOf(model);
    const folder = path.join(this.options.cache, folderOf(model));
    const bytes = found?.list.files.reduce((sum, file) => sum + file.bytes, 0) ?? model.pinnedBytes;
    const missing = (await readList(folder)) ? 'broken' : (await isPartial(folder)) ? 'partial' : 'missing';
    const source = found?.list.source ?? `${model.hub}@${model.revision}`;
    return { id, label, task, licence, source, state: found?.state ?? missing, ...(bytes && { bytes }) };
  }
}

function known(id: string): KnownModel {
  const model = modelOf(id);
  if (model === undefined) {
    throw new Fault('not-found', `There is no model "${id.slice(0, 80)}".`, {
      where: id,
      remedy: `There are: ${knownModels.map((each) => each.id).join(', ')}; or name one of the hub as owner/name.`,
    });
  }
  return model;
}

function missing(model: KnownModel): Fault {
  return model.packed
    ? new Fault('not-found', `${model.label} is not where it should have come with the extension.`, {
        where: model.id,
        remedy: 'In a checkout, run "npm run build"; else install the extension again.',
      })
    : new Fault('model-missing', `${model.label} is not on this machine.`, {
        where: model.id,
        remedy: `Fetch it first: ${model.hub} (${licenceOf(model)}).`,
      });
}

function spareThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
}

/** An answer without the library's own classes: tensors become nested lists. */
function plain(answer: unknown): unknown {
  const isTensor = typeof (answer as { tolist?: unknown } | null)?.tolist === 'function';
  return isTensor ? (answer as { tolist(): unknown }).tolist() : answer;
}
