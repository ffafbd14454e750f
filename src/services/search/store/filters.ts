// Which files a filter of a search lets through. What is about chunks (kinds) is left to the stores.

import type { SearchFilter } from '../../../retrieval/store.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Glob, MOST_ALTERNATIVES, parseGlob } from '../globs.ts';

export interface FilteredFile {
  readonly root: string;
  readonly path: string;
  readonly language: string;
}

/**
 * Undefined where the filter lets all files through. Globs as VS Code's search takes them: `*.md` and `src` at any depth,
 * a folder with all that is in it, `./src` at the root alone.
 *
 * @throws Fault `bad-params` for a glob that can't be followed, or for too many: all files are compared with each
 */
export function fileFilter(filter: SearchFilter | undefined): ((file: FilteredFile) => boolean) | undefined {
  const { roots, languages } = filter ?? {};
  const includes = [filter?.include, ...(filter?.within ?? [])].map(anyOf).filter((one) => one !== undefined);
  const exclude = anyOf(filter?.exclude);
  if (!(roots || languages || includes.length > 0 || exclude)) {
    return undefined;
  }
  return (file) =>
    (roots === undefined || roots.includes(file.root)) &&
    (languages === undefined || languages.includes(file.language)) &&
    includes.every((include) => include(file.path)) &&
    !exclude?.(file.path);
}

function anyOf(patterns: readonly string[] | undefined): ((path: string) => boolean) | undefined {
  const some = patterns?.map((pattern) => pattern.trim()).filter((pattern) => pattern !== '');
  if (some === undefined || some.length === 0) {
    return undefined;
  }
  const globs: Glob[] = [];
  let alternatives = 0;
  for (const pattern of some) {
    const both = anchored(pattern).map(parseGlob);
    alternatives += (both[0] as Glob).alternatives;
    if (alternatives > MOST_ALTERNATIVES) {
      throw new Fault('bad-params', `A filter has more than ${MOST_ALTERNATIVES} globs, alternatives counted.`, {
        remedy: 'Name a folder that holds what is wanted.',
      });
    }
    globs.push(...both);
  }
  return (path) => globs.some((glob) => glob.matches(path));
}

function anchored(pattern: string): string[] {
  const whole = /^\.?\//.test(pattern) ? pattern.replace(/^(?:\.?\/)+/, '') : `**/${pattern}`;
  const bare = whole.replace(/\/+$/, '');
  return [bare, `${bare}/**`];
}
