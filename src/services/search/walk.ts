// The files of a workspace, for an index: the same walk whoever reads the folders. Links are never followed: what one
// comes to inside of its root is met there under its own name, and what is outside is left out.

import { setImmediate } from 'node:timers/promises';
import type { FileKey, LeftOut, LeftOutReason } from '../../retrieval/store.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import { asFault, Fault } from '../../shared/errors.ts';
import type { FileRules, FileSource, FileStat, Folder, FolderEntry, Found, ReadFile, Root } from './fileSource.ts';
import { FolderRules } from './folderRules.ts';
import { readText } from './readText.ts';

export interface OpenRoot extends Root {
  readonly folder: Folder;
  readonly rules: FileRules;
}

/** Folders that are read ahead of the one whose files are given out. */
const FOLDERS_AHEAD = 8;
/** Files of one folder that are asked for their size at the same time. */
const STATS_AT_ONCE = 64;
/** As messages and stores take paths, in UTF-16 units. */
const LONGEST_PATH = 4096;

/** So many entries are met before others have their turn. */
const ENTRIES_AT_ONCE = 1024;

/** A folder to go into, with the rules of the folder that it is in. */
interface Visit {
  readonly root: OpenRoot;
  readonly path: string;
  readonly rules: FolderRules;
  visited?: Promise<Visited>;
}
/** What a folder holds: what is said of it, and the folders to go into. */
interface Visited {
  readonly found: readonly Found[];
  readonly folders: Visit[];
  /** Why a whole root could not be read. */
  readonly failed?: Fault;
}
/** What becomes of an entry: something to say, a folder to go into, both, or neither. */
interface Met {
  readonly say?: Found;
  readonly into?: Visit;
}

export class WalkedFiles implements FileSource {
  readonly roots: readonly Root[];
  /** For people: globs of the settings that could not be followed. */
  readonly notes: readonly string[];
  readonly #starts: readonly { readonly root: OpenRoot; readonly rules: FolderRules }[];

  constructor(roots: readonly OpenRoot[]) {
    this.roots = roots.map(({ id, name, place }) => ({ id, name, place }));
    const notes: string[] = [];
    this.#starts = roots.map((root) => ({ root, rules: FolderRules.ofRoot(root.folder, root.rules, notes) }));
    this.notes = [...new Set(notes)];
  }

  /** @throws Fault `not-found` after all others, where a root can't be read; `cancelled` */
  async *list(signal: CancelSignal): AsyncGenerator<Found, void, void> {
    // The other roots are listed all the same; but what is in this one must not count as gone.
    let unreadable: Fault | undefined;
    // The next one last.
    const waiting: Visit[] = this.#starts.map(({ root, rules }) => ({ root, path: '', rules })).reverse();
    for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
      for (const soon of [visit, ...waiting.slice(-FOLDERS_AHEAD)]) {
        soon.visited ??= this.#visit(soon, signal);
        // A failure waits until it is that folder's turn.
        soon.visited.catch(() => {});
      }
      const { found, folders, failed } = await (visit.visited as Promise<Visited>);
      unreadable ??= failed;
      yield* found;
      stopIf(signal);
      for (const folder of folders.reverse()) {
        waiting.push(folder);
      }
    }
    if (unreadable !== undefined) {
      throw unreadable;
    }
  }

  async look({ root: id, path }: FileKey): Promise<Found | undefined> {
    let place: Visit = { ...this.#start(id), path: '' };
    const names = path.split('/');
    for (const [at, name] of names.entries()) {
      let met: Met;
      try {
        const entries = await entriesOf(place);
        const entry = entries.find((one) => one.name === name);
        met = entry ? await this.#meet(place, await place.rules.enter(place.path, entries), entry) : {};
      } catch (error) {
        return missing(error) ? undefined : leftOut(place.root, place.path, 'unreadable', why(error));
      }
      if (met.into === undefined || at === names.length - 1) {
        const isFile = met.say && 'found' in met.say;
        return isFile && at < names.length - 1 ? undefined : met.say;
      }
      place = met.into;
    }
    return undefined;
  }

  read(file: FileKey): Promise<ReadFile | LeftOut> {
    const { root } = this.#start(file.root);
    return readText(root.folder, file, root.rules.maxBytes);
  }

  #start(id: string): { readonly root: OpenRoot; readonly rules: FolderRules } {
    const start = this.#starts.find(({ root }) => root.id === id);
    if (start === undefined) {
      throw new Fault('not-found', `No folder of this workspace has the id ${id}.`, { where: id });
    }
    return start;
  }

  async #visit(visit: Visit, signal: CancelSignal): Promise<Visited> {
    const { root, path } = visit;
    let entries: FolderEntry[];
    let rules: FolderRules;
    try {
      entries = await entriesOf(visit);
      rules = await visit.rules.enter(path, entries);
    } catch (error) {
      if (path === '') {
        const failed = new Fault('not-found', `The folder ${root.place} could not be read: ${why(error)}`, {
          where: root.place,
          remedy: 'Check that it is there and that you may read it.',
          cause: error,
        });
        return { found: [], folders: [], failed };
      }
      return { found: [leftOut(root, path, 'unreadable', `folder: ${why(error)}`)], folders: [] };
    }
    const found: Found[] = [];
    const folders: Visit[] = [];
    for (let at = 0; at < entries.length; at += STATS_AT_ONCE) {
      stopIf(signal);
      const some = entries.slice(at, at + STATS_AT_ONCE);
      for (const { say, into } of await Promise.all(some.map((entry) => this.#meet(visit, rules, entry)))) {
        if (say !== undefined) {
          found.push(say);
        }
        if (into !== undefined) {
          folders.push(into);
        }
      }
      if ((at + STATS_AT_ONCE) % ENTRIES_AT_ONCE === 0) {
        await setImmediate();
      }
    }
    return { found, folders };
  }

  async #meet({ root, path: folder }: Visit, rules: FolderRules, { name, type }: FolderEntry): Promise<Met> {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (path.length > LONGEST_PATH) {
      return {
        say: leftOut(root, path.slice(0, LONGEST_PATH), 'unreadable', `its path has ${path.length} characters`),
      };
    }
    const refused = rules.refuses(path, name, type === 'folder');
    const told = refused && rules.mode !== 'left out';
    const say = told
      ? leftOut(root, path, refused.reason, `${type === 'folder' ? 'folder: ' : ''}${refused.detail}`)
      : undefined;
    if (type === 'folder') {
      const into = refused && !refused.reaches ? undefined : { root, path, rules: rules.inside(path, refused) };
      return { ...(say && { say }), ...(into && { into }) };
    }
    if (refused !== undefined) {
      return say ? { say } : {};
    }
    if (type === 'other') {
      return { say: leftOut(root, path, 'unreadable', 'not a file: a pipe, a socket or a device') };
    }
    try {
      const stat = await root.folder.stat(path);
      return { say: type === 'link' ? ofLink(root, path, stat) : ofFile(root, path, stat) };
    } catch (error) {
      const detail = type === 'link' ? `a link that leads nowhere: ${why(error)}` : why(error);
      return { say: leftOut(root, path, 'unreadable', detail) };
    }
  }
}

function ofFile(root: OpenRoot, path: string, stat: FileStat): Found {
  if (stat.type !== 'file') {
    return leftOut(root, path, 'unreadable', 'not a file any more');
  }
  return stat.size > root.rules.maxBytes
    ? leftOut(root, path, 'large', `${sizeText(stat.size)}, and the most is ${sizeText(root.rules.maxBytes)}`)
    : { found: { root: root.id, path, size: stat.size, modified: stat.modified } };
}

/** A kB is 1,000 bytes, as in the index's health. */
function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function ofLink(root: OpenRoot, path: string, { target }: FileStat): Found {
  const inside = target !== undefined && (path === target || path.startsWith(`${target}/`) || target === '');
  return leftOut(
    root,
    path,
    'outside',
    target === undefined
      ? 'a link that leads out of its folder'
      : inside
        ? 'a link that leads round in a circle'
        : `a link to ${target}, which is met there`,
  );
}

/** In the order of their names, so that the same files come in the same order everywhere. */
async function entriesOf({ root, path }: Visit): Promise<FolderEntry[]> {
  const entries = await root.folder.list(path);
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function leftOut({ id }: Root, path: string, reason: LeftOutReason, detail: string): { leftOut: LeftOut } {
  return { leftOut: { root: id, path, reason, detail } };
}

/** A file system's way, or the host's, to say that there is no such thing. */
function missing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'not-found';
}

function why(error: unknown): string {
  return asFault(error).message;
}

function stopIf(signal: CancelSignal): void {
  if (signal.cancelled) {
    throw new Fault('cancelled', 'Listing the files was stopped.');
  }
}
