// Files by their folder and path, as keys of a map.

import type { FileKey } from '../../retrieval/store.ts';

/** No path has the character that stands between. */
export function keyOf({ root, path }: FileKey): string {
  return `${root}\0${path}`;
}

export function fileOf(key: string): FileKey {
  const at = key.indexOf('\0');
  return { root: key.slice(0, at), path: key.slice(at + 1) };
}
