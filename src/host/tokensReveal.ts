// Selects a stretch of the shown text in the editor that it came from.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { openDocument, rangeOf } from './tokensFollower.ts';
import { inDocument, keyOf, type Subject } from './tokensSubject.ts';

/**
 * @param selecting called with the key that the selection will have, before the editor tells of it
 * @throws Fault `not-found` when the document was changed or closed, or when the stretch stands in no editor.
 */
export async function revealStretch(
  subject: Subject | undefined,
  start: number,
  end: number,
  selecting: (key: string) => void,
): Promise<void> {
  if (subject === undefined) {
    throw new Fault('not-found', vscode.l10n.t('This text does not stand in an editor.'));
  }
  const document = openDocument(subject);
  if (document === undefined) {
    throw new Fault('not-found', vscode.l10n.t('{0} was changed or closed.', subject.document.name), {
      remedy: vscode.l10n.t('Run Inspect Tokenization on it again.'),
    });
  }
  const places = inDocument(subject, start, end);
  if (places.length === 0) {
    throw new Fault('not-found', vscode.l10n.t('This is the line break between two selections.'));
  }
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus: true,
  });
  const selections = places.map((place) => {
    const { start: from, end: to } = rangeOf(document, place);
    return new vscode.Selection(from, to);
  });
  selecting(keyOf(subject.document, places));
  editor.selections = selections;
  const [first] = selections;
  if (first !== undefined) {
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
