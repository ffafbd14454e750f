// A folder read by Node. Asked for a path that leads out of it, by `..` or by a link on the way, it refuses.

import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/errors.ts';
import type { FileStat, Folder, FolderEntry } from './fileSource.ts';
import { GitRules } from './gitRules.ts';

/** Never waits for a writer where a name turns into a pipe between being listed and being read. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export class NodeFolder implements Folder {
  readonly git: GitRules;
  readonly #place: string;
  /** Where it is in the end, links followed: found out on first use. */
  #real: Promise<string> | undefined;
  readonly #store: string | undefined;

  /**
   * @param place an absolute path
   * @param store the index's own file: where it is in this folder, it is not listed, nor what stands beside it
   */
  constructor(place: string, store?: string) {
    this.#place = path.resolve(place);
    this.git = new GitRules(this.#place);
    this.#store = store;
  }

  async list(folder: string): Promise<FolderEntry[]> {
    const all = await readdir(this.#inside(folder), { withFileTypes: true });
    const own = await this.#ownFile(folder);
    const entries = own === undefined ? all : all.filter(({ name }) => !isOf(own, name));
    return entries.map((entry) => ({
      name: entry.name,
      type: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
    }));
  }

  async stat(file: string): Promise<FileStat> {
    const place = this.#inside(file);
    const own = await lstat(place);
    const found = own.isSymbolicLink() ? await stat(place) : own;
    const target = own.isSymbolicLink() ? await this.#relative(await realpath(place)) : undefined;
    return {
      type: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other',
      size: found.size,
      modified: Math.floor(found.mtimeMs),
      ...(target !== undefined && { target }),
    };
  }

  async read(file: string, most: number): Promise<Uint8Array> {
    const place = this.#inside(file);
    const real = await realpath(place);
    if ((await this.#relative(real)) === undefined) {
      throw new Fault('refused', `${file} leads out of its folder.`, { where: file });
    }
    const handle = await open(real, READ);
    try {
      const { size } = await handle.stat();
      // One byte more than it says shows that it grew; where it didn't, one reading is enough.
      const buffer = Buffer.allocUnsafe(Math.min(most, size + 1));
      let length = 0;
      while (length < Math.min(size, most) || length === 0) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
        if (bytesRead === 0) {
          break;
        }
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await handle.close();
    }
  }

  /** The name of the index's file, where it is in this folder. */
  async #ownFile(folder: string): Promise<string | undefined> {
    if (this.#store === undefined) {
      return undefined;
    }
    const { dir, base } = path.parse(this.#store);
    const real = await realpath(dir).catch(() => undefined); // not made yet
    return real !== undefined && (await this.#relative(real)) === folder ? base : undefined;
  }

  #inside(relative: string): string {
    if (relative.includes('\0') || path.isAbsolute(relative) || relative.split(/[/\\]/).includes('..')) {
      throw new Fault('refused', `${relative} is not a path inside of the folder.`, { where: relative });
    }
    return path.join(this.#place, relative);
  }

  /** A real path as one relative to this folder; undefined where it is outside. */
  async #relative(real: string): Promise<string | undefined> {
    this.#real ??= realpath(this.#place);
    const relative = path.relative(await this.#real, real);
    const outside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
    return outside ? undefined : relative.split(path.sep).join('/');
  }
}

/** The file itself, SQLite's beside it, and those that were set aside. */
function isOf(store: string, name: string): boolean {
  return name.startsWith(store) && /^(?:|-wal|-shm|-journal|-damaged|\.corrupt-.*)$/s.test(name.slice(store.length));
}
