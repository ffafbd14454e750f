// Starts the exercises where there is a course folder: one that was used on this machine before, or one that is open in
// this window. Looks a while after the start, and whenever a folder is added.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import { COURSE_FOLDER_KEY } from './ids.ts';

/** Proposed for a folder in which there is something else. */
export const COURSE_NAME = 'inside-llms-course';
/** The file that makes a folder a course folder. */
const NOTES = ['.inside-llms', 'course.json'];

export function findsCourse({ globalState }: vscode.ExtensionContext, start: () => void, delayMs: number): Disposable {
  const store = new DisposableStore();
  const look = async () => {
    const folders = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [
      uri,
      vscode.Uri.joinPath(uri, COURSE_NAME),
    ]);
    const known = globalState.get(COURSE_FOLDER_KEY) !== undefined;
    const found = known || (await Promise.all(folders.map(isCourse))).includes(true);
    if (found && !store.disposed) {
      start();
    }
  };
  const later = setTimeout(() => void look(), delayMs);
  store.defer(() => clearTimeout(later));
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void look()));
  return store;
}

/** Whether a course folder is there. */
export async function isCourse(folder: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, ...NOTES)).then(
    () => true,
    () => false,
  );
}
