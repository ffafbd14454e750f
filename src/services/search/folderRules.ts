// What holds in one folder of a workspace: ignore files, excludes, includes and secrets, and which of them decides.

import type { LeftOutReason } from '../../retrieval/store.ts';
import type { FileRules, Folder, FolderEntry } from './fileSource.ts';
import { type Glob, parseGlob } from './globs.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { nameSays } from './plainNames.ts';
import { secretName } from './secrets.ts';

const MOST_RULE_BYTES = 1024 * 1024;

/** Why something is left out. `reaches`: something inside of this folder may be included all the same. */
export interface Refusal {
  readonly reason: LeftOutReason;
  readonly detail: string;
  readonly reaches: boolean;
}

interface Globs {
  readonly exclude: readonly Glob[];
  readonly include: readonly Glob[];
}

/**
 * `usual`: the rules decide. `included`: the folder is, so all in it is but secrets. `left out`: the folder is and is
 * told of, so of what is in it only what is included is spoken of again.
 */
type Mode = 'usual' | 'included' | 'left out';

export class FolderRules {
  readonly #folder: Folder;
  readonly #globs: Globs;
  /** undefined where ignore files don't count. */
  readonly #ignore: IgnoreRules | undefined;
  readonly mode: Mode;

  private constructor(folder: Folder, globs: Globs, ignoreRules: IgnoreRules | undefined, mode: Mode) {
    this.#folder = folder;
    this.#globs = globs;
    this.#ignore = ignoreRules;
    this.mode = mode;
  }

  /** @param notes gets what is wrong with globs; those are not followed */
  static ofRoot(folder: Folder, rules: FileRules, notes: string[]): FolderRules {
    const parse = (patterns: readonly string[]) =>
      patterns.flatMap((pattern) => {
        try {
          return [parseGlob(pattern)];
        } catch (error) {
          notes.push((error as Error).message);
          return [];
        }
      });
    const globs = { exclude: parse(rules.exclude), include: parse(rules.include) };
    return new FolderRules(folder, globs, rules.useIgnoreFiles ? IgnoreRules.of('') : undefined, 'usual');
  }

  /** The rules in a folder, given those of the one that it is in (for a root, its own) and what it holds. */
  async enter(path: string, entries: readonly FolderEntry[]): Promise<FolderRules> {
    if (this.#ignore === undefined || this.mode !== 'usual') {
      return this;
    }
    const here = path === '' ? '' : `${path}/`;
    let rules = this.#ignore;
    const git = entries.find(({ name }) => name === '.git');
    if (git?.type === 'folder') {
      const config = await this.#text(`${here}.git/config`);
      rules = IgnoreRules.of(path, /^\s*ignorecase\s*=\s*true\s*$/im.test(config));
      rules = rules.with(path, await this.#text(`${here}.git/info/exclude`), `${here}.git/info/exclude`);
    } else if (git?.type === 'file') {
      rules = await this.#elsewhere(path, here);
    } else if (path === '') {
      const above = await this.#folder.git?.above().catch(() => undefined);
      rules = above === undefined ? rules : IgnoreRules.above(above);
    }
    // As git does, one that is a link is not followed.
    if (entries.some(({ name, type }) => name === '.gitignore' && type === 'file')) {
      rules = rules.with(path, await this.#text(`${here}.gitignore`), `${here}.gitignore`);
    }
    return rules === this.#ignore ? this : new FolderRules(this.#folder, this.#globs, rules, this.mode);
  }

  /** The rules for what is in a folder, by what was said of the folder. */
  inside(path: string, refused: Refusal | undefined): FolderRules {
    const mode = refused ? 'left out' : this.#includes(path) ? 'included' : this.mode;
    return mode === this.mode ? this : new FolderRules(this.#folder, this.#globs, this.#ignore, mode);
  }

  /** Why a path is left out by its name; undefined when it isn't. */
  refuses(path: string, name: string, isFolder: boolean): Refusal | undefined {
    if (name === '.git') {
      return { reason: 'ignored', detail: "git's own", reaches: false };
    }
    const secret = secretName(name, isFolder);
    if (secret !== undefined) {
      return { reason: 'secret', detail: secret, reaches: false };
    }
    if (this.mode === 'included' || this.#includes(path)) {
      return undefined;
    }
    const reaches = isFolder && this.#globs.include.some((glob) => glob.reaches(path));
    if (this.mode === 'left out') {
      return { reason: 'ignored', detail: 'in a folder that is left out', reaches };
    }
    const excluded = this.#globs.exclude.find((glob) => glob.matches(path));
    const rule = excluded ? `exclude ${excluded.pattern}` : this.#ignore?.ignores(path, isFolder);
    if (rule !== undefined) {
      return { reason: 'ignored', detail: rule, reaches };
    }
    const said = isFolder ? undefined : nameSays(name);
    return said && { ...said, reaches: false };
  }

  #includes(path: string): boolean {
    return this.#globs.include.some((glob) => glob.matches(path));
  }

  /** A submodule or a linked worktree, whose repository is elsewhere: `gitdir: ../.git/modules/name`. */
  async #elsewhere(path: string, here: string): Promise<IgnoreRules> {
    const own = await this.#folder.git?.own(path);
    if (own !== undefined) {
      return IgnoreRules.of(path, own.ignoreCase).with(path, own.exclude, 'info/exclude');
    }
    // Where nothing outside can be read, it may be inside.
    const rules = IgnoreRules.of(path);
    const place = /^gitdir: (.+?)\s*$/m.exec(await this.#text(`${here}.git`))?.[1];
    const exclude = place && !/^([/\\]|\w:)/.test(place) ? resolve(`${here}${place}/info/exclude`) : undefined;
    return exclude === undefined ? rules : rules.with(path, await this.#text(exclude), exclude);
  }

  /** A rule file's text; one that isn't there or can't be read says nothing. */
  async #text(path: string): Promise<string> {
    try {
      return new TextDecoder().decode(await this.#folder.read(path, MOST_RULE_BYTES));
    } catch {
      return '';
    }
  }
}

/** `a/../b` as `b`; undefined when it leads out. */
function resolve(path: string): string | undefined {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..' && names.pop() === undefined) {
      return undefined;
    }
    if (name !== '..' && name !== '.' && name !== '') {
      names.push(name);
    }
  }
  return names.join('/');
}
