// Where things are, for the build scripts; every path is absolute.

import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** An absolute path from one relative to the repository. */
export function inRoot(...parts: string[]): string {
  return path.join(root, ...parts);
}

/** A path as the repository writes it: relative, with `/`. */
export function repoPath(file: string): string {
  return path.relative(root, path.resolve(root, file)).split(path.sep).join('/');
}
