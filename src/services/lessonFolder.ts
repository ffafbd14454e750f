// The lessons and the sources that they quote, from folders on a disk. The editor has its own, over its file system.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LessonFiles } from '../lessons/course.ts';
import { Fault } from '../shared/errors.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * @param lessons folder whose folders are lessons
 * @param sources folder under which the quoted sources have their repository paths
 */
export function lessonFolder(lessons: string, sources: string): LessonFiles {
  return {
    folders: async () => {
      const entries = await readdir(lessons, { withFileTypes: true }).catch((cause: unknown) => {
        throw new Fault('not-found', `There is no folder of lessons "${lessons}".`, { where: lessons, cause });
      });
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => entry.name)
        .sort();
    },
    read: (relativePath) => readInside(lessons, relativePath),
    readSource: (repoPath) => readInside(sources, repoPath),
  };
}

/** @throws Fault `not-found` when there is no such file, `refused` when the path leads out, `bad-input` when not UTF-8. */
async function readInside(folder: string, relativePath: string): Promise<string> {
  const file = path.resolve(folder, relativePath);
  if (!file.startsWith(path.resolve(folder) + path.sep)) {
    throw new Fault('refused', `"${relativePath}" leads out of its folder.`, { where: relativePath });
  }
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Fault('not-found', `"${relativePath}" can't be read.`, { where: relativePath, cause });
  });
  return decodeUtf8(bytes, relativePath);
}
