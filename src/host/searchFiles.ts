// The workspace's files as search knows them: by folder and path, and what happens to them.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import type { Timers } from '../shared/environment.ts';
import { rootId } from '../shared/rootId.ts';
import { ChangeBatch, type ChangedFile } from './searchChanges.ts';
import { pathBelow } from './searchPaths.ts';
import type { SettingsFolder } from './searchSettings.ts';

/** The open folders, each with its own settings. */
export function searchFolders(): SettingsFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => {
    const settings = vscode.workspace.getConfiguration(undefined, uri);
    return {
      name,
      uri: uri.toString(),
      ...(uri.scheme === 'file' && { path: uri.fsPath }),
      get: (key) => settings.get(key),
    };
  });
}

/** Ids are made of paths where all folders lie on this machine, else of URIs: see {@link indexSettingsOf}. */
function idOf(uri: vscode.Uri): string {
  const onDisk = (vscode.workspace.workspaceFolders ?? []).every((folder) => folder.uri.scheme === 'file');
  return rootId(onDisk ? uri.fsPath : uri.toString());
}

/** The open folders by their ids. */
export function folderIds(): { readonly id: string; readonly name: string; readonly uri: vscode.Uri }[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({ id: idOf(uri), name, uri }));
}

/** The workspace folder with this id. */
export function folderUri(id: string): vscode.Uri | undefined {
  return folderIds().find((folder) => folder.id === id)?.uri;
}

/** A document's place in the index; undefined for what lies outside of the workspace. */
export function placeOf(uri: vscode.Uri): ChangedFile | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const path = folder && pathBelow(folder.uri.path, uri.path);
  return folder === undefined || path === undefined ? undefined : { root: idOf(folder.uri), path };
}

/** Tells, in batches, which files have changed, by VS Code's hand or any other. */
export function watchFiles(timers: Timers, send: (files: readonly ChangedFile[]) => void): Disposable {
  const store = new DisposableStore();
  const batch = store.add(new ChangeBatch(timers, send));
  const changed = (uri: vscode.Uri) => {
    const place = placeOf(uri);
    if (place !== undefined) {
      batch.add(place.root, place.path);
    }
  };
  const watcher = store.add(vscode.workspace.createFileSystemWatcher('**/*'));
  for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
    store.add(event(changed));
  }
  // A watcher may leave folders out, and file systems may not tell: what VS Code itself did is known.
  store.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => changed(uri)));
  store.add(vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(changed)));
  store.add(vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(changed)));
  store.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        changed(oldUri);
        changed(newUri);
      }
    }),
  );
  return store;
}
