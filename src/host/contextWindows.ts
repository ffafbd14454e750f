// The models for the context-window gauge: how much each takes at once, from a data file, and which ones the user picked.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { type ContextWindow, loadContextWindows, pickContextWindows } from '../shared/tokensMessages.ts';
import { contextWindowsFile } from './contextWindowsFile.ts';
import { type Handler, handle } from './webviewConnection.ts';

const KEY = 'tokens.contextWindows';

let read: Promise<readonly ContextWindow[]> | undefined;

export function contextWindowHandlers({
  extensionUri,
  globalState,
}: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalState'>): readonly Handler[] {
  const load = () => {
    read ??= readWindows(extensionUri).catch((error) => {
      read = undefined;
      throw error;
    });
    return read;
  };
  return [
    handle(loadContextWindows, async () => {
      const windows = await load();
      const kept: unknown = globalState.get(KEY, []);
      const picked = Array.isArray(kept) ? windows.map(({ id }) => id).filter((id) => kept.includes(id)) : [];
      return { windows, picked };
    }),
    handle(pickContextWindows, async ({ picked }) => {
      const known = new Set((await load()).map(({ id }) => id));
      const unknown = picked.find((id) => !known.has(id));
      if (unknown !== undefined) {
        throw new Fault('refused', vscode.l10n.t('There is no model "{0}" in the list.', unknown), { where: unknown });
      }
      await globalState.update(KEY, picked);
      return null;
    }),
  ];
}

async function readWindows(extension: vscode.Uri): Promise<readonly ContextWindow[]> {
  const file = vscode.Uri.joinPath(extension, 'media', 'contextWindows.json');
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return contextWindowsFile(text);
  } catch (cause) {
    throw new Fault('not-found', vscode.l10n.t("The list of models can't be read."), {
      where: file.fsPath,
      remedy: vscode.l10n.t('Install the extension again.'),
      cause,
    });
  }
}
