// What the points of a map are coloured by: a small number each, with its name.

import type { PointCategories } from '../../shared/embeddingMessages.ts';
import type { PointFile } from './mapsPoints.ts';

/** The most categories with a name of their own. */
const MOST_NAMES = 254;
const OTHER = 'other';

/**
 * The largest category first, equal ones by name; past 254 all others in one.
 *
 * @param fileOf each point's file.
 * @param nameOf by file.
 */
export function categoriesOf(fileOf: readonly number[], nameOf: readonly string[]): PointCategories {
  const counted = new Map<string, number>();
  for (const file of fileOf) {
    counted.set(nameOf[file], (counted.get(nameOf[file]) ?? 0) + 1);
  }
  const sorted = [...counted].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const named = sorted.length > MOST_NAMES + 1 ? sorted.slice(0, MOST_NAMES) : sorted;
  const others = sorted.slice(named.length).reduce((sum, [, count]) => sum + count, 0);
  const names = [...named.map(([name]) => name), ...(others > 0 ? [OTHER] : [])];
  const counts = [...named.map(([, count]) => count), ...(others > 0 ? [others] : [])];
  const places = new Map(named.map(([name], place) => [name, place]));
  const of = Uint8Array.from(fileOf, (file) => places.get(nameOf[file]) ?? names.length - 1);
  return { names, counts, of: of.buffer };
}

/**
 * For each file the folder that it is coloured by: the first level at which the files of its root differ. Files that lie
 * in the root itself have its name. Where there are several roots, the root's name stands before each folder.
 */
export function foldersOf(files: readonly PointFile[], rootName: (root: string) => string): string[] {
  const roots = new Map<string, string[]>();
  for (const { root, path } of files) {
    const folders = path.split('/').slice(0, -1);
    const shared = roots.get(root);
    roots.set(root, shared === undefined ? folders : sharedStart(shared, folders));
  }
  const folders = files.map(({ root, path }) =>
    path
      .split('/')
      .slice(0, -1)
      .slice(0, (roots.get(root)?.length ?? 0) + 1)
      .join('/'),
  );
  // A root may have a folder of its own name.
  const top = (name: string) => (roots.size === 1 && folders.includes(name) ? `${name}/.` : name);
  return files.map(({ root }, at) => {
    const [name, folder] = [rootName(root), folders[at]];
    return folder === '' ? top(name) : roots.size > 1 ? `${name}/${folder}` : folder;
  });
}

function sharedStart(a: readonly string[], b: readonly string[]): string[] {
  const differs = a.findIndex((part, i) => part !== b[i]);
  return a.slice(0, differs === -1 ? a.length : differs);
}
