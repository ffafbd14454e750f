// What git ignores, by the .gitignore of each folder on the way and .git/info/exclude, with git's own precedence: the
// last rule that matches wins, deeper files come after shallower ones, and nothing below an ignored folder comes back.
// Rules of a user's own for all repositories (core.excludesFile) don't count, nor does it matter what is tracked.

import ignore, { type Ignore } from 'ignore';
import type { RulesAbove } from './gitRules.ts';

/** The rules that hold in one folder and below it, until a deeper folder adds its own. Never changed: made anew. */
export class IgnoreRules {
  /** The repository's folder, '' or with a `/` at its end: rules see paths from there. */
  readonly #base: string;
  /** Where the repository's folder is above the root: the root as seen from there, with a `/` at its end. */
  readonly #above: string;
  readonly #rules: Ignore | undefined;
  readonly #ignoreCase: boolean;

  private constructor(base: string, above: string, rules: Ignore | undefined, ignoreCase: boolean) {
    this.#base = base;
    this.#above = above;
    this.#rules = rules;
    this.#ignoreCase = ignoreCase;
  }

  /** No rules yet. `folder` is a repository's, or a root's: '' is the root. `ignoreCase` is git's core.ignorecase. */
  static of(folder: string, ignoreCase = false): IgnoreRules {
    return new IgnoreRules(folder === '' ? '' : `${folder}/`, '', undefined, ignoreCase);
  }

  /**
   * Those that come from above the root, which is the folder `inside` of a repository. None where they ignore the root
   * itself: whoever opens such a folder wants what is in it.
   */
  static above({ inside, exclude, ignoreCase, files }: RulesAbove): IgnoreRules {
    const up = (folder: string) =>
      '../'.repeat(inside.split('/').length - (folder === '' ? 0 : folder.split('/').length));
    let rules = new IgnoreRules('', `${inside}/`, undefined, ignoreCase);
    rules = rules.#add('', exclude, `${up('')}.git/info/exclude`);
    for (const { folder, text } of files) {
      rules = rules.#add(folder === '' ? '' : `${folder}/`, text, `${up(folder)}.gitignore`);
    }
    return rules.#rules?.test(rules.#above).ignored ? IgnoreRules.of('', ignoreCase) : rules;
  }

  /**
   * These rules, and then those that a file says about the folder that it is for.
   *
   * @param folder what the patterns are relative to
   * @param text of a .gitignore or an exclude file
   * @param source the file, for people
   */
  with(folder: string, text: string, source: string): IgnoreRules {
    return this.#add(this.#above + (folder === '' ? '' : `${folder}/`.slice(this.#base.length)), text, source);
  }

  /** @param inside what the patterns are relative to, as the repository sees it: '' or with a `/` at its end */
  #add(inside: string, text: string, source: string): IgnoreRules {
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
    return new IgnoreRules(this.#base, this.#above, rules.add(patterns), this.#ignoreCase);
  }

  /** The rule that a path is ignored by, for people; undefined when it isn't. A folder is asked for before what is in it. */
  ignores(path: string, isFolder: boolean): string | undefined {
    const { ignored, rule } =
      this.#rules?.test(this.#above + path.slice(this.#base.length) + (isFolder ? '/' : '')) ?? {};
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
