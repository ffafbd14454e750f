// Files that are on no disk: what the search worker asks is answered by VS Code's own file system, inside of the folder.

import { deepEqual, equal, rejects } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MessageConnection } from 'vscode-jsonrpc';
import { answerFolders } from '../../../src/host/folderRelay.ts';

const SCHEME = 'search-test';
const TEXT = new TextEncoder().encode('first line\nsecond line\n');

/** A folder with a file, a folder and a link in it, and a file that is too large to be read. */
const provider: vscode.FileSystemProvider = {
  onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
  watch: () => ({ dispose: () => {} }),
  stat: ({ path }) => {
    if (!['/w', '/w/a.txt', '/w/link', '/w/huge.log', '/secret.txt'].includes(path)) {
      throw vscode.FileSystemError.FileNotFound(path);
    }
    const link = path === '/w/link' ? vscode.FileType.SymbolicLink : 0;
    const type = path === '/w' ? vscode.FileType.Directory : vscode.FileType.File | link;
    return { type, ctime: 1, mtime: 7, size: path === '/w/huge.log' ? 500_000_000 : TEXT.length };
  },
  readDirectory: () => [
    ['a.txt', vscode.FileType.File],
    ['b', vscode.FileType.Directory],
    ['link', vscode.FileType.File | vscode.FileType.SymbolicLink],
  ],
  readFile: () => TEXT,
  createDirectory: () => {},
  writeFile: () => {},
  delete: () => {},
  rename: () => {},
};

describe('files that are on no disk', () => {
  const answers = new Map<string, (params: unknown) => Promise<unknown>>();
  const ask = async (name: string, params: object) => answers.get(name)?.({ root: 'r', ...params });
  let registered: vscode.Disposable;

  before(() => {
    registered = vscode.workspace.registerFileSystemProvider(SCHEME, provider, { isReadonly: true });
    const connection = {
      onRequest: (name: string, answer: (params: unknown) => Promise<unknown>) => answers.set(name, answer),
    };
    const folder = vscode.Uri.from({ scheme: SCHEME, path: '/w' });
    answerFolders(connection as unknown as MessageConnection, (root) => (root === 'r' ? folder : undefined));
  });
  after(() => registered.dispose());

  it('are listed, with links as links', async () => {
    deepEqual(await ask('folder.list', { path: '' }), [
      { name: 'a.txt', type: 'file' },
      { name: 'b', type: 'folder' },
      { name: 'link', type: 'link' },
    ]);
  });

  it('have a size and a time, and a link leads nowhere that is known', async () => {
    const known = { type: 'file', size: TEXT.length, modified: 7 };
    deepEqual(await ask('folder.stat', { path: 'a.txt' }), { ...known, target: 'a.txt' });
    deepEqual(await ask('folder.stat', { path: 'link' }), known);
  });

  it('are read as far as is wanted', async () => {
    const { bytes } = (await ask('folder.read', { path: 'a.txt', most: 10 })) as { bytes: ArrayBuffer };
    equal(new TextDecoder().decode(bytes), 'first line');
  });

  it('are refused outside of their folder, in a folder that is not open, and where they are too large', async () => {
    const code = (expected: string) => (error: { data?: { code?: string } }) => error.data?.code === expected;
    await rejects(ask('folder.read', { path: '../secret.txt', most: 10 }), code('refused'));
    await rejects(ask('folder.read', { root: 'other', path: 'a.txt', most: 10 }), code('refused'));
    await rejects(ask('folder.list', { path: 7 }), code('refused'));
    await rejects(ask('folder.read', { path: 'huge.log', most: 10 }), code('too-large'));
    await rejects(ask('folder.stat', { path: 'gone.txt' }), code('not-found'));
  });
});
