// The files of an index, by its settings.

import type { IndexSettings } from '../../shared/searchMessages.ts';
import type { Folder, Root } from './fileSource.ts';
import { NodeFolder } from './nodeFolder.ts';
import { WalkedFiles } from './walk.ts';

/** @param hostFolder reads a folder by asking the host, where there is one */
export function openFiles(
  { store, roots, rules, read }: IndexSettings,
  hostFolder?: (root: Root) => Folder,
): WalkedFiles {
  return new WalkedFiles(
    roots.map((root) => ({
      ...root,
      folder: read === 'host' && hostFolder !== undefined ? hostFolder(root) : new NodeFolder(root.place, store),
      rules: root.rules ?? rules,
    })),
  );
}
