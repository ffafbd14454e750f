// What git says about a folder on this machine's disk from outside of it: the ignore files of the folders above, up to
// the one that is the repository's, and the exclude file, wherever the repository's own files are kept (linked worktrees,
// submodules). Reads these rules and nothing else.

import { lstat, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const MOST_BYTES = 1024 * 1024;

/** What holds in a whole repository. */
export interface RepositoryRules {
  /** Of its `info/exclude`. */
  readonly exclude: string;
  /** core.ignorecase. */
  readonly ignoreCase: boolean;
}

/** What holds in a folder, by the repository that it is somewhere in. */
export interface RulesAbove extends RepositoryRules {
  /** The folder as the repository sees it, with `/`: `packages/app`. */
  readonly inside: string;
  /** The folders above it that have ignore files, the repository's first; by their paths in the repository. */
  readonly files: readonly { readonly folder: string; readonly text: string }[];
}

/** In a folder, by an address of Node's. */
export class GitRules {
  readonly #place: string;

  /** @param place an absolute path */
  constructor(place: string) {
    this.#place = place;
  }

  /** Of the repository whose `.git` is in the folder at this path: a file there may lead anywhere. */
  async own(folder: string): Promise<RepositoryRules> {
    const top = path.join(this.#place, folder);
    return rulesOf((await gitFolder(top)) ?? path.join(top, '.git'));
  }

  /** undefined where this folder is in no repository. As git does, it doesn't look for one on another file system. */
  async above(): Promise<RulesAbove | undefined> {
    const here = await realpath(this.#place);
    const { dev } = await stat(here);
    const names: string[] = [];
    for (let folder = here; ; ) {
      const parent = path.dirname(folder);
      if (parent === folder || (await stat(parent)).dev !== dev) {
        return undefined;
      }
      names.unshift(path.basename(folder));
      folder = parent;
      const git = await gitFolder(folder);
      if (git !== undefined && (await isRepository(git))) {
        return { ...(await rulesOf(git)), inside: names.join('/'), files: await ignoreFiles(folder, names) };
      }
    }
  }
}

/** Those of a repository's folder, and of those on the way to the one that `names` lead to, without its own. */
async function ignoreFiles(top: string, names: readonly string[]) {
  const files: { folder: string; text: string }[] = [];
  for (let depth = 0; depth < names.length; depth++) {
    const on = names.slice(0, depth);
    // As git does, one that is a link is not followed.
    const text = await textOf(path.join(top, ...on, '.gitignore'));
    if (text !== '') {
      files.push({ folder: on.join('/'), text });
    }
  }
  return files;
}

/** Where git keeps what is in `top`: its `.git`, or where that leads to. undefined where it has none. */
async function gitFolder(top: string): Promise<string | undefined> {
  const place = path.join(top, '.git');
  const found = await stat(place).catch(() => undefined);
  if (found === undefined || found.isDirectory()) {
    return found && place;
  }
  // https://git-scm.com/docs/gitrepository-layout: `gitdir: ` and a path, relative to where the file is.
  const leads = /^gitdir: (.+?)[\r\n]*$/.exec(await textOf(place))?.[1];
  return leads === undefined ? undefined : path.resolve(top, leads);
}

/** What several worktrees share: for a linked one it is elsewhere. */
async function commonFolder(git: string): Promise<string> {
  const leads = (await textOf(path.join(git, 'commondir'))).replace(/[\r\n]+$/, '');
  return leads === '' ? git : path.resolve(git, leads);
}

/** By what git takes for the signs of one. */
async function isRepository(git: string): Promise<boolean> {
  const common = await commonFolder(git);
  const signs = [path.join(git, 'HEAD'), path.join(common, 'objects'), path.join(common, 'refs')];
  return (await Promise.all(signs.map((sign) => lstat(sign).catch(() => undefined)))).every(Boolean);
}

async function rulesOf(git: string): Promise<RepositoryRules> {
  const common = await commonFolder(git);
  return {
    exclude: await textOf(path.join(common, 'info', 'exclude')),
    ignoreCase: /^\s*ignorecase\s*=\s*true\s*$/im.test(await textOf(path.join(common, 'config'))),
  };
}

/** A rule file's text; '' where there is none, or it can't be read, or a link stands in its place. */
async function textOf(file: string): Promise<string> {
  try {
    const found = await lstat(file);
    if (!found.isFile()) {
      return '';
    }
    const handle = await open(file);
    try {
      const buffer = Buffer.alloc(Math.min(found.size, MOST_BYTES));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
