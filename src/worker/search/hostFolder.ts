// A folder that the host reads: one on another machine, or one that isn't on a disk at all.

import type { MessageConnection } from 'vscode-jsonrpc';
import type { FileStat, Folder, FolderEntry } from '../../services/search/fileSource.ts';
import { asFault } from '../../shared/errors.ts';
import type { Method } from '../../shared/messages.ts';
import { listFolder, readFile, statFile } from '../../shared/searchMessages.ts';

export class HostFolder implements Folder {
  readonly #connection: MessageConnection;
  readonly #root: string;

  /** @param root its id */
  constructor(connection: MessageConnection, root: string) {
    this.#connection = connection;
    this.#root = root;
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
