// A folder with files for one test, and its walk as two lists.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LeftOut } from '../../../src/retrieval/store.ts';
import type { FileRules, Folder } from '../../../src/services/search/fileSource.ts';
import { NodeFolder } from '../../../src/services/search/nodeFolder.ts';
import { WalkedFiles } from '../../../src/services/search/walk.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';

export const plainRules: FileRules = { exclude: [], include: [], useIgnoreFiles: true, maxBytes: 100_000 };

export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
}

export function filesOf(folder: string | Folder, rules: Partial<FileRules> = {}): WalkedFiles {
  const place = typeof folder === 'string' ? folder : 'memory';
  return new WalkedFiles([
    {
      id: 'r',
      name: 'root',
      place,
      folder: typeof folder === 'string' ? new NodeFolder(folder) : folder,
      rules: { ...plainRules, ...rules },
    },
  ]);
}

/** What a walk finds, in its order, and what it leaves out, by path. */
export async function walked(files: WalkedFiles) {
  const found: string[] = [];
  const out: Record<string, Pick<LeftOut, 'reason' | 'detail'>> = {};
  for await (const one of files.list(neverCancelled)) {
    if ('found' in one) {
      found.push(one.found.path);
    } else {
      const { path: where, reason, detail } = one.leftOut;
      out[where] = { reason, detail };
    }
  }
  return { found, out };
}
