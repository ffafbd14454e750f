// Paths of files as search knows them: relative to a workspace folder, with `/`. Knows nothing of vscode.

import { Fault } from '../shared/errors.ts';

/**
 * The path itself, if it stays inside of its folder however it is joined to it; '' is the folder.
 *
 * @throws Fault `refused`
 */
export function insidePath(path: string): string {
  const parts = path.split('/');
  // A backslash or a drive would lead out on Windows, a NUL ends a path for the system.
  const leadsOut = parts.some((part) => part === '..' || part === '.') || /[\\\0]|^\/|^[A-Za-z]:/.test(path);
  if (leadsOut || (path !== '' && parts.includes(''))) {
    throw new Fault('refused', 'This path leads out of its folder.', { where: path.slice(0, 200) });
  }
  return path;
}

/** The path of a file below its folder, both as URIs' paths; undefined where it isn't below it. */
export function pathBelow(folder: string, file: string): string | undefined {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return file.startsWith(base) ? file.slice(base.length) : undefined;
}
