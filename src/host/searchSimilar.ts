// Find Similar: what its text is, as the editor stands: the selection, else the function around the cursor, else its line.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { ShownSearch } from '../shared/searchViewMessages.ts';
import { placeOf } from './searchFiles.ts';

/** How long a language may take to say where its functions are. */
const SYMBOLS_MS = 1500;
/** More of a selection than this says nothing new about what it is like. */
const MOST_TEXT = 20_000;

const WHOLE: readonly vscode.SymbolKind[] = [
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
];

/** @throws Fault `not-found` where no text is open, or there is none at the cursor */
export async function similarTo(editor: vscode.TextEditor | undefined): Promise<ShownSearch> {
  if (editor === undefined) {
    throw new Fault('not-found', vscode.l10n.t('No text is open.'), {
      remedy: vscode.l10n.t('Open a file, and select what others are to be like.'),
    });
  }
  const { document, selection } = editor;
  const range = selection.isEmpty
    ? ((await functionAt(document, selection.active)) ?? document.lineAt(selection.active.line).range)
    : new vscode.Range(selection.start, selection.end);
  const text = document.getText(range).slice(0, MOST_TEXT);
  if (text.trim() === '') {
    throw new Fault('not-found', vscode.l10n.t('There is no text at the cursor.'), {
      remedy: vscode.l10n.t('Select what others are to be like.'),
    });
  }
  const startLine = range.start.line + 1;
  // A selection of whole lines ends at the beginning of the next.
  const endLine = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  const place = placeOf(document.uri);
  return {
    similarTo: text,
    label: startLine === endLine ? `${name}:${startLine}` : `${name}:${startLine}–${endLine}`,
    ...(place !== undefined && { except: { ...place, startLine, endLine } }),
  };
}

/** The innermost function around a place, where the language knows. */
async function functionAt(document: vscode.TextDocument, at: vscode.Position): Promise<vscode.Range | undefined> {
  const asked = vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const symbols = await Promise.race([
    Promise.resolve(asked).catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), SYMBOLS_MS)),
  ]);
  let found: vscode.Range | undefined;
  const look = (symbol: vscode.DocumentSymbol | vscode.SymbolInformation) => {
    const range = 'range' in symbol ? symbol.range : symbol.location.range;
    if (!range.contains(at)) {
      return;
    }
    if (WHOLE.includes(symbol.kind)) {
      found = range;
    }
    for (const child of 'children' in symbol ? symbol.children : []) {
      look(child);
    }
  };
  for (const symbol of symbols ?? []) {
    look(symbol);
  }
  return found;
}
