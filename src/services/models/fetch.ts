// Fetches a model that the user has agreed to, file by file, and makes of it what runs here. This is the only way by
// which a model comes over the network.

import { rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { Progress } from '../../shared/messages.ts';
import { writeBertOnnx } from './bertFiles.ts';
import { asStorageFault, download } from './download.ts';
import { describe, fileAddress } from './hub.ts';
import { type KnownModel, licenceOf } from './knownModels.ts';
import { isWhole, type ModelList, readList, writeList } from './modelFolder.ts';

const WEIGHTS = 'model.safetensors';

export interface FetchOptions {
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
  /** The commit that the user agreed to; else what the hub has now. */
  readonly revision?: string;
}

/** @throws Fault `cancelled`, `not-found`, `storage`, `bad-input`: see {@link describe} and {@link download}. */
export async function fetchModel(model: KnownModel, folder: string, hub: string, options: FetchOptions): Promise<void> {
  const { revision, files, licence } = await describe(model, hub, options);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await checkRoom(folder, total, model.label);
  let before = 0;
  for (const file of files) {
    await download(fileAddress(model, revision, file.path, hub), inside(folder, file.path), file, {
      signal: options.signal,
      onBytes: (bytes) => options.onProgress({ done: before + bytes, total, unit: 'bytes' }),
    });
    before += file.bytes;
  }
  const kept = files.map((file) => file.path);
  const source = `${model.hub}@${revision}`;
  try {
    await complete(model, folder, kept, { source, licence: licenceOf(model, licence) });
  } catch (error) {
    throw asStorageFault(error, model.label);
  }
}

/** Makes the graph where there is none to fetch, and the list by which the folder counts as whole. */
async function complete(
  model: KnownModel,
  folder: string,
  kept: string[],
  about: Pick<ModelList, 'source' | 'licence'>,
): Promise<void> {
  if (model.pinned !== undefined) {
    kept.push(await writeBertOnnx(folder, path.join(folder, WEIGHTS), 'q8'));
    kept.splice(kept.indexOf(WEIGHTS), 1);
  }
  await writeList(folder, kept, about);
  if (model.pinned !== undefined) {
    await rm(path.join(folder, WEIGHTS), { force: true });
  }
}

/** Something of it is there, and not all. */
export async function isPartial(folder: string): Promise<boolean> {
  const list = await readList(folder);
  return list === undefined
    ? (await stat(folder).catch(() => undefined)) !== undefined
    : !(await isWhole(folder, list));
}

export async function removeModel(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A path of the hub, in the folder and nowhere else. */
function inside(folder: string, file: string): string {
  const place = path.resolve(folder, file);
  if (!place.startsWith(path.resolve(folder) + path.sep)) {
    throw new Fault('bad-input', `The model hub names a file outside of the model: ${file}.`, { where: file });
  }
  return place;
}

/** Says beforehand that the disk is too small, where it can be known. */
async function checkRoom(folder: string, bytes: number, label: string): Promise<void> {
  const disk = await statfs(path.dirname(path.dirname(folder))).catch(() => undefined);
  if (disk !== undefined && disk.bavail * disk.bsize < bytes) {
    throw new Fault('storage', `${label} needs ${Math.ceil(bytes / 1e6)} MB, and the disk has less.`, {
      where: folder,
      remedy: 'Make room and fetch again.',
    });
  }
}
