// What a page takes out of itself: a text to the clipboard, a picture to a file. One answer for all views.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { copyText, savePicture } from '../shared/messages.ts';
import { homeFolder } from './platform.ts';
import { type Handler, handle } from './webviewConnection.ts';

/** The folder that the last picture went to; the next one is offered to go there too. */
let lastFolder: vscode.Uri | undefined;

export function takeAwayHandlers(): readonly Handler[] {
  return [
    handle(copyText, async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    }),
    handle(savePicture, async ({ name, png }) => ({ file: await save(name, bytesOf(png)) })),
  ];
}

/** @returns the name of the file; null when the user left the dialog. */
async function save(name: string, png: Uint8Array): Promise<string | null> {
  const folder = lastFolder ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homeFolder());
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the picture'),
    // A page names the picture, and no folder.
    defaultUri: vscode.Uri.joinPath(folder, name.replace(/[/\\:]+/g, '-')),
    filters: { [vscode.l10n.t('PNG picture')]: ['png'] },
  });
  if (target === undefined) {
    return null;
  }
  const file = target.path.slice(target.path.lastIndexOf('/') + 1);
  try {
    await vscode.workspace.fs.writeFile(target, png);
  } catch (cause) {
    throw new Fault('storage', vscode.l10n.t('{0} could not be written: {1}', file, String(cause)), {
      remedy: vscode.l10n.t('Save it in another folder.'),
      cause,
    });
  }
  lastFolder = vscode.Uri.joinPath(target, '..');
  return file;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @throws Fault `refused` when it is no PNG. */
function bytesOf(base64: string): Uint8Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) {
    throw new Fault('refused', vscode.l10n.t('This is no picture in the PNG format.'));
  }
  return bytes;
}
