// Why the tokens panel shows nothing, in words, and what to do about it.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { MAX_TEXT } from '../shared/messages.ts';

/** The text passes what one message may carry. */
export function tooLarge(length: number): Fault {
  return new Fault(
    'too-large',
    vscode.l10n.t('The text has {0} characters; {1} can be shown.', String(length), String(MAX_TEXT)),
    { remedy: vscode.l10n.t('Select a part of it.') },
  );
}

/** Why there is nothing to show, and what to do. */
export function whyNothing(): string {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText && vscode.window.activeTextEditor === undefined) {
    return vscode.l10n.t(
      'VS Code does not hand this file to extensions (files over 50 MB are not). Copy the part you want to see into a new file.',
    );
  }
  return vscode.l10n.t(
    'No text is open. Open a file and select some text, or leave nothing selected for the whole file.',
  );
}
