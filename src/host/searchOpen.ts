// Opens a hit in an editor: the file at its place, the match selected, the lines marked for a moment. Only files below
// the workspace's folders; a file that has changed since it was indexed is searched for the place.

import * as vscode from 'vscode';
import { asFault, Fault } from '../shared/errors.ts';
import type { z } from '../shared/schema.ts';
import type { OpenedHit, openHit } from '../shared/searchViewMessages.ts';
import { findAgain } from './searchAgain.ts';
import { folderUri } from './searchFiles.ts';
import { insidePath } from './searchPaths.ts';

/** How long the lines of a hit stay marked. */
const MARKED_MS = 1500;

export type HitPlace = z.infer<typeof openHit.params>;

export class HitOpener implements vscode.Disposable {
  private readonly lines = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });
  private readonly match = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.findMatchHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @throws Fault `refused` for a file outside of the workspace, `not-found` for one that is gone or is no text */
  async open(hit: HitPlace): Promise<OpenedHit> {
    const folder = folderUri(hit.root);
    if (folder === undefined) {
      throw new Fault('refused', vscode.l10n.t('This file is in no open folder.'), { where: hit.path });
    }
    const uri = vscode.Uri.joinPath(folder, insidePath(hit.path));
    const document = await textOf(uri, hit.path);
    const { line, place } = findAgain({ lineCount: document.lineCount, text: (at) => document.lineAt(at).text }, hit);
    const editor = await vscode.window.showTextDocument(document, {
      preview: hit.beside !== true,
      preserveFocus: hit.preview === true,
      viewColumn: hit.beside === true ? vscode.ViewColumn.Beside : targetColumn(),
    });
    this.mark(editor, line, place === 'changed' ? { ...hit, match: undefined } : hit);
    return { place };
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.lines.dispose();
    this.match.dispose();
  }

  /** @param first the hit's first line, from 0, where it stands now */
  private mark(
    editor: vscode.TextEditor,
    first: number,
    { startLine, endLine, match }: Omit<HitPlace, 'match'> & Pick<Partial<HitPlace>, 'match'>,
  ): void {
    const { document } = editor;
    const last = Math.min(document.lineCount - 1, first + endLine - startLine);
    const whole = new vscode.Range(first, 0, last, document.lineAt(last).text.length);
    const at = match && first + match.line - startLine;
    const found =
      match === undefined || at === undefined
        ? undefined
        : document.validateRange(new vscode.Range(at, match.from, at, match.to));
    editor.selection =
      found === undefined ? new vscode.Selection(first, 0, first, 0) : new vscode.Selection(found.start, found.end);
    editor.revealRange(found ?? whole, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(this.lines, [whole]);
    editor.setDecorations(this.match, found === undefined ? [] : [found]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const one of vscode.window.visibleTextEditors) {
        one.setDecorations(this.lines, []);
        one.setDecorations(this.match, []);
      }
    }, MARKED_MS);
  }
}

async function textOf(uri: vscode.Uri, path: string): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    const gone = await vscode.workspace.fs.stat(uri).then(
      () => false,
      () => true,
    );
    throw gone
      ? new Fault('not-found', vscode.l10n.t('{0} is gone.', path), {
          remedy: vscode.l10n.t('It was there when it was indexed; the index forgets it in a moment. Search again.'),
          where: path,
          cause: error,
        })
      : new Fault('not-found', vscode.l10n.t('{0} could not be opened: {1}', path, asFault(error).message), {
          where: path,
          cause: error,
        });
  }
}

/** Where texts are, and not on top of a panel of ours. */
function targetColumn(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
  const column = (activeTextEditor ?? visibleTextEditors[0])?.viewColumn;
  const onPanel = tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  return column ?? (onPanel ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}
