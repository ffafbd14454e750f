// The lessons and the sources that they quote, from folders on a disk. The editor has its own, over its file system.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExerciseReader } from '../course/exerciseFiles.ts';
import type { LessonFiles } from '../lessons/course.ts';
import { Fault } from '../shared/errors.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * @param lessons folder whose folders are lessons
 * @param sources folder under which the quoted sources have their repository paths
 */
export function lessonFolder(lessons: string, sources: string): LessonFiles & ExerciseReader {
  return {
    folders: async () => {
      const entries = await readdir(lessons, { withFileTypes: true }).catch((cause: unknown) => {
        const remedy = 'Name the folder that holds the lessons.';
        throw new Fault('not-found', `"${lessons}" ${reasonOf(cause, 'folder')}.`, { where: lessons, remedy, cause });
      });
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => entry.name)
        .sort();
    },
    read: (relativePath) => readInside(lessons, relativePath),
    list: async (relativePath) => {
      const folder = path.join(lessons, relativePath);
      const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') {
          return [];
        }
        throw new Fault('not-found', `"${relativePath}" ${reasonOf(cause, 'folder')}.`, { where: folder, cause });
      });
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    },
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
    throw new Fault('not-found', `"${relativePath}" ${reasonOf(cause, 'file')}.`, { where: relativePath, cause });
  });
  return decodeUtf8(bytes, relativePath);
}

/** Why something could not be read, as the rest of a sentence. */
function reasonOf(cause: unknown, wanted: 'file' | 'folder'): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'is not there';
    case 'ENOTDIR':
    case 'EISDIR':
      return `is no ${wanted}`;
    case 'EACCES':
    case 'EPERM':
      return "can't be read: permission is denied";
    default:
      return `can't be read: ${message}`;
  }
}
