// A model's folder on this machine, in Hugging Face's layout, with a list of its files beside them. The list is written
// last, so a folder that has one is whole; it says what each file's SHA-256 is, so a broken one is found.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../shared/errors.ts';
import { z } from '../../shared/schema.ts';

/** The list's name. */
export const LIST = 'files.json';

/** Raised when what a folder holds changes its meaning: an older one is made or fetched anew. */
const SCHEMA = 1;

const listSchema = z.object({
  schema: z.literal(SCHEMA),
  /** Where it came from, for people. */
  source: z.string(),
  licence: z.string(),
  /** Where the graph was written here: `GRAPH_VERSION` of the code that did it. */
  graph: z.optional(z.number()),
  files: z.array(
    z.object({ path: z.string(), bytes: z.number(), sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  ),
});

export type ModelList = z.infer<typeof listSchema>;
export type ListedFile = ModelList['files'][number];

/** The list of a folder; undefined where there is none, or one that can't be read. */
export async function readList(folder: string): Promise<ModelList | undefined> {
  try {
    return listSchema.parse(JSON.parse(await readFile(path.join(folder, LIST), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Makes the list of a folder out of what is in it, which makes it whole. */
export async function writeList(
  folder: string,
  files: readonly string[],
  about: Pick<ModelList, 'source' | 'licence' | 'graph'>,
): Promise<void> {
  const listed: ListedFile[] = [];
  for (const file of [...files].sort()) {
    const place = path.join(folder, file);
    listed.push({ path: file, bytes: (await stat(place)).size, sha256: await sha256Of(place) });
  }
  const list: ModelList = { schema: SCHEMA, ...about, files: listed };
  await writeFile(path.join(folder, LIST), `${JSON.stringify(list, null, 2)}\n`);
}

/** The folder counts as whole no more: what is damaged in it is fetched anew, and only that. */
export async function dropList(folder: string): Promise<void> {
  await rm(path.join(folder, LIST), { force: true });
}

/** Whether every listed file is there with its size: cheap, and enough for a list of models. */
export async function isWhole(folder: string, list: ModelList): Promise<boolean> {
  for (const { path: file, bytes } of list.files) {
    const found = await stat(path.join(folder, file)).catch(() => undefined);
    if (found?.size !== bytes) {
      return false;
    }
  }
  return true;
}

/**
 * Reads every file and compares: before a model is loaded.
 *
 * @throws Fault `bad-input` naming the file that is missing or not as it should be.
 */
export async function checkHashes(folder: string, list: ModelList): Promise<void> {
  for (const { path: file, sha256 } of list.files) {
    const found = await sha256Of(path.join(folder, file)).catch(() => undefined);
    if (found !== sha256) {
      throw new Fault('bad-input', `${file} of ${list.source} is ${found === undefined ? 'missing' : 'damaged'}.`, {
        where: path.join(folder, file),
        remedy: 'Fetch the model again.',
      });
    }
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
