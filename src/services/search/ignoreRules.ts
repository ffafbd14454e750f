// What git ignores, by the .gitignore of each folder on the way and .git/info/exclude, with git's own precedence: the
// last rule that matches wins, deeper files come after shallower ones, and nothing below an ignored folder comes back.
// Rules of a user's own for all repositories (core.excludesFile) don't count, nor does it matter what is tracked.

import ignore, { type Ignore } from 'ignore';

/** The rules that hold in one folder and below it, until a deeper folder adds its own. Never changed: made anew. */
export class IgnoreRules {
  /** The repository's folder, '' or with a `/` at its end: rules see paths from there. */
  readonly #base: string;
  readonly #rules: Ignore | undefined;
  readonly #ignoreCase: boolean;

  private constructor(base: string, rules: Ignore | undefined, ignoreCase: boolean) {
    this.#base = base;
    this.#rules = rules;
    this.#ignoreCase = ignoreCase;
  }

  /** No rules yet. `folder` is a repository's, or a root's: '' is the root. `ignoreCase` is git's core.ignorecase. */
  static of(folder: string, ignoreCase = false): IgnoreRules {
    return new IgnoreRules(folder === '' ? '' : `${folder}/`, undefined, ignoreCase);
  }

  /**
   * These rules, and then those that a file says about the folder that it is for.
   *
   * @param folder what the patterns are relative to
   * @param text of a .gitignore or an exclude file
   * @param source the file, for people
   */
  with(folder: string, text: string, source: string): IgnoreRules {
    const inside = folder === '' ? '' : `${folder}/`.slice(this.#base.length);
    const patterns = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line) => patternOf(line.replace(/\r$/, ''), inside) ?? [])
      .map((pattern) => ({ pattern, mark: source }));
    if (patterns.length === 0) {
      return this;
    }
    const rules = ignore({ ignorecase: this.#ignoreCase });
    if (this.#rules !== undefined) {
      rules.add(this.#rules);
    }
    return new IgnoreRules(this.#base, rules.add(patterns), this.#ignoreCase);
  }

  /** The rule that a path is ignored by, for people; undefined when it isn't. A folder is asked for before what is in it. */
  ignores(path: string, isFolder: boolean): string | undefined {
    const { ignored, rule } = this.#rules?.test(path.slice(this.#base.length) + (isFolder ? '/' : '')) ?? {};
    return ignored ? `${rule?.pattern ?? ''} in ${rule?.mark ?? '.gitignore'}` : undefined;
  }
}

/**
 * A line as a pattern from the repository's folder. One without a `/` but at its end holds at any depth below its own
 * folder, others from there (gitignore(5)).
 *
 * Example: in the folder `a/`, `b` is `/a/**\/b`, `!/b/c` is `!/a/b/c`.
 */
function patternOf(line: string, folder: string): string | undefined {
  if (line.startsWith('#') || /^!?\/* *$/.test(line)) {
    return undefined;
  }
  if (folder === '') {
    return line;
  }
  const not = line.startsWith('!') ? '!' : '';
  const body = line.slice(not.length);
  const anchored = body.replace(/ +$/, '').slice(0, -1).includes('/');
  const place = folder.replace(/[\\*?[\]]/g, '\\$&');
  return `${not}/${place}${anchored ? body.replace(/^\//, '') : `**/${body}`}`;
}
