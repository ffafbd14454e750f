// All files under a folder of the extension's own, by their paths in it.

import * as vscode from 'vscode';

/** @returns paths with `/`; none where there is no folder */
export async function listFiles(folder: vscode.Uri, prefix = ''): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const files = entries.map(async ([name, type]) => {
    if (type === vscode.FileType.Directory) {
      return listFiles(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`);
    }
    return type === vscode.FileType.File ? [`${prefix}${name}`] : [];
  });
  return (await Promise.all(files)).flat();
}
