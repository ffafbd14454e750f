// Which files a filter of a search lets through. What is about chunks (kinds) is left to the stores.

import type { SearchFilter } from '../../../retrieval/store.ts';
import { parseGlob } from '../globs.ts';

export interface FilteredFile {
  readonly root: string;
  readonly path: string;
  readonly language: string;
}

/**
 * Undefined where the filter lets all files through. Globs as VS Code's search takes them: `*.md` and `src` at any depth,
 * a folder with all that is in it, `./src` at the root alone.
 *
 * @throws Fault `bad-params` for a glob with too many alternatives
 */
export function fileFilter(filter: SearchFilter | undefined): ((file: FilteredFile) => boolean) | undefined {
  const { roots, languages } = filter ?? {};
  const include = anyOf(filter?.include);
  const exclude = anyOf(filter?.exclude);
  if (!(roots || languages || include || exclude)) {
    return undefined;
  }
  return (file) =>
    (roots === undefined || roots.includes(file.root)) &&
    (languages === undefined || languages.includes(file.language)) &&
    (include === undefined || include(file.path)) &&
    !exclude?.(file.path);
}

function anyOf(patterns: readonly string[] | undefined): ((path: string) => boolean) | undefined {
  const some = patterns?.map((pattern) => pattern.trim()).filter((pattern) => pattern !== '');
  if (some === undefined || some.length === 0) {
    return undefined;
  }
  const globs = some.flatMap(anchored).map(parseGlob);
  return (path) => globs.some((glob) => glob.matches(path));
}

function anchored(pattern: string): string[] {
  const whole = /^\.?\//.test(pattern) ? pattern.replace(/^(?:\.?\/)+/, '') : `**/${pattern}`;
  const bare = whole.replace(/\/+$/, '');
  return [bare, `${bare}/**`];
}
