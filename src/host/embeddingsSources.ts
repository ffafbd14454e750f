// Texts for the embedding inspector out of editors and files: selections, their lines, whole files, folders.

import * as vscode from 'vscode';
import { MOST_ITEMS } from '../shared/embeddingMessages.ts';
import { Fault } from '../shared/errors.ts';
import { type Found, fromText, linesIn, type PanelList } from './embeddingsSubject.ts';
import { filesIn } from './trainingFiles.ts';

/** Larger files are left out: only a beginning of them would be looked at. */
const MOST_BYTES = 1024 * 1024;

/** The texts that are selected, one a selection; none where nothing is. */
export function selected({ document, selections }: vscode.TextEditor): Found[] {
  return [...selections]
    .filter(({ isEmpty }) => !isEmpty)
    .sort((a, b) => a.start.compareTo(b.start))
    .map((range) => stretch(document, range, document.getText(range), document.offsetAt(range.start)));
}

/** The lines that the selections touch, one by one; without a selection, the line of the cursor. */
export function selectedLines({ document, selections }: vscode.TextEditor): Found[] {
  return selections.flatMap((selection) => {
    // A selection that ends before a line's first character doesn't touch that line.
    const end = !selection.isEmpty && selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
    const range = new vscode.Range(selection.start.line, 0, end, document.lineAt(end).text.length);
    return linesIn(document.getText(range), document.offsetAt(range.start)).map(({ text, start }) =>
      stretch(document, range, text, start),
    );
  });
}

function stretch(document: vscode.TextDocument, _range: vscode.Range, text: string, start: number): Found {
  const end = start + text.length;
  const lines = [document.positionAt(start).line + 1, document.positionAt(end).line + 1] as const;
  return {
    text,
    from: fromText(vscode.workspace.asRelativePath(document.uri), ...lines),
    place: { uri: document.uri.toString(), start, end },
  };
}

/**
 * Adds whole files, and the files of folders, as far as there is room.
 *
 * @throws Fault `too-large` for a folder with too many files
 */
export async function addFiles(
  list: PanelList,
  uris: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): Promise<void> {
  for (const uri of uris) {
    const { type } = await statOf(uri);
    const files = (type & vscode.FileType.Directory) === 0 ? [uri] : await filesIn([uri], token);
    for (const file of files) {
      if (token.isCancellationRequested) {
        throw new Fault('cancelled', vscode.l10n.t('Reading the files was cancelled.'));
      }
      const name = vscode.workspace.asRelativePath(file);
      if (list.items.length >= MOST_ITEMS) {
        list.leave(name, fullReason());
        continue;
      }
      const text = await textOf(file);
      if (text.why === undefined) {
        list.add({ text: text.text, name, from: name, place: { uri: file.toString(), start: 0, end: 0 } });
      } else {
        list.leave(name, text.why);
      }
    }
  }
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (cause) {
    throw new Fault('not-found', vscode.l10n.t('{0} is gone.', vscode.workspace.asRelativePath(uri)), { cause });
  }
}

/** What the editor shows of it, if it is open there; else what is in the file. */
async function textOf(uri: vscode.Uri): Promise<{ text: string; why?: undefined } | { why: string }> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return { text: open.getText() };
  }
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) {
      return { why: vscode.l10n.t('it is larger than 1 MB') };
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.includes(0)
      ? { why: vscode.l10n.t('it is no text') }
      : { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { why: vscode.l10n.t('it cannot be read as UTF-8') };
  }
}

export function fullReason(): string {
  return vscode.l10n.t('there are {0} texts already', String(MOST_ITEMS));
}
