// A learner's course folder on a disk. The editor has its own, over its file system and its unsaved files.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LearnerFiles } from '../course/courseChecker.ts';
import { MANIFEST } from '../course/courseFolder.ts';
import { Fault } from '../shared/errors.ts';
import { decodeUtf8 } from './utf8.ts';

/** @throws Fault `not-found` when the course was never started in this folder */
export async function learnerFolder(folder: string): Promise<LearnerFiles> {
  const files: LearnerFiles = {
    read: async (relativePath) => {
      try {
        return decodeUtf8(await readFile(path.join(folder, relativePath)), relativePath);
      } catch (cause) {
        if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) {
          return undefined;
        }
        throw cause instanceof Fault
          ? cause
          : new Fault('not-found', `"${relativePath}" can't be read: ${(cause as Error).message}.`, {
              where: relativePath,
              cause,
            });
      }
    },
  };
  if ((await files.read(MANIFEST)) === undefined) {
    throw new Fault('not-found', `"${folder}" is no course folder.`, {
      where: folder,
      remedy: 'Name the one that "Inside LLMs: Start the Course" made.',
    });
  }
  return files;
}
