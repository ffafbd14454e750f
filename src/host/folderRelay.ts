// Answers the search worker where files are not on this machine's disk: it asks, and VS Code's file system reads. Only
// below the workspace's folders. Links are followed as far as VS Code does; where they lead to is not known here.

import * as vscode from 'vscode';
import { type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import { asFault, FAULT_RPC_CODE, Fault } from '../shared/errors.ts';
import type { Method } from '../shared/messages.ts';
import { z } from '../shared/schema.ts';
import { listFolder, readFile, statFile } from '../shared/searchMessages.ts';
import { insidePath } from './searchPaths.ts';

/** VS Code reads a file whole: nothing larger is read for its beginning's sake. */
const MOST_READ = 64 * 1024 * 1024;

/** @param folderOf the workspace folder with this id */
export function answerFolders(connection: MessageConnection, folderOf: (root: string) => vscode.Uri | undefined): void {
  const { fs } = vscode.workspace;
  const uriOf = ({ root, path }: { readonly root: string; readonly path: string }): vscode.Uri => {
    const folder = folderOf(root);
    if (folder === undefined) {
      throw new Fault('refused', 'This folder is not open.', { where: root });
    }
    return vscode.Uri.joinPath(folder, insidePath(path));
  };
  const on = <Params, Result>(method: Method<Params, Result>, answer: (params: Params) => Promise<Result>) => {
    connection.onRequest(method.name, async (params: unknown): Promise<unknown> => {
      try {
        const checked = z.safeParse(method.params, params);
        if (!checked.success) {
          throw new Fault('refused', `The host refused "${method.name}".`, { where: method.name });
        }
        return await answer(checked.data);
      } catch (error) {
        const fault = asReadFault(error);
        throw new ResponseError(FAULT_RPC_CODE, fault.message, fault.data);
      }
    });
  };
  on(listFolder, async (at) => {
    const entries = await fs.readDirectory(uriOf(at));
    return entries.map(([name, type]) => ({ name, type: isLink(type) ? ('link' as const) : typeOf(type) }));
  });
  on(statFile, async (at) => {
    const { type, size, mtime } = await fs.stat(uriOf(at));
    return { type: typeOf(type), size, modified: mtime, ...(!isLink(type) && { target: at.path }) };
  });
  on(readFile, async (at) => {
    const uri = uriOf(at);
    const { size } = await fs.stat(uri);
    if (size > Math.max(MOST_READ, at.most)) {
      throw new Fault('too-large', 'The file is too large to be read from where it is.', { where: at.path });
    }
    const bytes = await fs.readFile(uri);
    // A copy of what is wanted: the array may be a part of a larger buffer.
    return { bytes: bytes.slice(0, at.most).buffer as ArrayBuffer };
  });
}

function isLink(type: vscode.FileType): boolean {
  return (type & vscode.FileType.SymbolicLink) !== 0;
}

function typeOf(type: vscode.FileType): 'file' | 'folder' | 'other' {
  if ((type & vscode.FileType.Directory) !== 0) {
    return 'folder';
  }
  return (type & vscode.FileType.File) !== 0 ? 'file' : 'other';
}

function asReadFault(error: unknown): Fault {
  if (error instanceof vscode.FileSystemError) {
    const gone = error.code === 'FileNotFound' || error.code === 'FileNotADirectory';
    return new Fault(gone ? 'not-found' : 'storage', error.message, { cause: error });
  }
  return asFault(error);
}
