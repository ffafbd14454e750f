// A folder that the host reads: one on another machine, or one that isn't on a disk at all. Of those it isn't known
// what ignore files stand above them.

import { fileURLToPath } from 'node:url';
import type { MessageConnection } from 'vscode-jsonrpc';
import type { FileStat, Folder, FolderEntry } from '../../services/search/fileSource.ts';
import { GitRules } from '../../services/search/gitRules.ts';
import { asFault } from '../../shared/errors.ts';
import type { Method } from '../../shared/messages.ts';
import { listFolder, readFile, statFile } from '../../shared/searchMessages.ts';

export class HostFolder implements Folder {
  readonly #connection: MessageConnection;
  readonly #root: string;

  /** Where it lies on this machine after all, beside folders that don't: git's rules above it are read by Node. */
  readonly git?: GitRules;

  /**
   * @param root its id
   * @param place its URI
   */
  constructor(connection: MessageConnection, root: string, place: string) {
    this.#connection = connection;
    this.#root = root;
    if (place.startsWith('file:')) {
      this.git = new GitRules(fileURLToPath(place));
    }
  }

  async list(path: string): Promise<FolderEntry[]> {
    return [...(await this.#ask(listFolder, { root: this.#root, path }))];
  }

  stat(path: string): Promise<FileStat> {
    return this.#ask(statFile, { root: this.#root, path });
  }

  async read(path: string, most: number): Promise<Uint8Array> {
    return new Uint8Array((await this.#ask(readFile, { root: this.#root, path, most })).bytes);
  }

  async #ask<Params, Result>(method: Method<Params, Result>, params: Params): Promise<Result> {
    try {
      return await this.#connection.sendRequest<Result>(method.name, params);
    } catch (error) {
      throw asFault(error);
    }
  }
}
