// Knows which text editor the tokens panel and the status bar look at: the active one; while the focus is elsewhere (the
// panel itself has it) the last one whose document is still open; at first, and when that one closes, any on the screen.
// Tells its listeners at once; they wait.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import type { TextSource } from './tokensEdits.ts';
import { type Stretch, type Subject, subjectOf, textOf } from './tokensSubject.ts';

/** Schemes of text editors that are no document of the user's: the output panel, the comment boxes. */
const NOT_DOCUMENTS: ReadonlySet<string> = new Set(['output', 'comment', 'vscode-scm']);

export class EditorFollower implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly store = new DisposableStore();
  private editor: vscode.TextEditor | undefined;

  private readonly edited = new vscode.EventEmitter<vscode.TextDocumentChangeEvent>();

  readonly onDidChange = this.changed.event;
  /** The document that is looked at was edited; comes before {@link onDidChange}. */
  readonly onDidEdit = this.edited.event;

  constructor() {
    this.takeAny();
    this.store.add(this.changed);
    this.store.add(this.edited);
    this.store.add(
      // After a reload the panel may be active and the editors come one by one.
      vscode.window.onDidChangeVisibleTextEditors(() => {
        if (this.editor === undefined) {
          this.takeAny();
        }
      }),
    );
    this.store.add(vscode.window.onDidChangeActiveTextEditor((editor) => this.take(editor)));
    this.store.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor || textEditor === this.editor) {
          this.take(textEditor);
        }
      }),
    );
    this.store.add(
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === this.editor?.document && change.contentChanges.length > 0) {
          this.edited.fire(change);
          this.changed.fire();
        }
      }),
    );
    this.store.add(
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.editor?.document) {
          this.leave();
        }
      }),
    );
    this.store.add(
      // VS Code keeps a closed file's document for minutes; to the user it is closed with its last tab.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const uri = this.editor?.document.uri.toString();
        const shows = (tab: vscode.Tab) => addressesOf(tab).some((address) => address.toString() === uri);
        const open = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
        if (uri !== undefined && closed.some(shows) && !open().some(shows)) {
          this.leave();
        }
      }),
    );
  }

  /** What is looked at now; undefined when no document is open. */
  subject(): Subject | undefined {
    if (this.editor === undefined || this.editor.document.isClosed) {
      return undefined;
    }
    const { document, selections } = this.editor;
    return subjectOf(
      {
        id: idOf(document),
        version: document.version,
        name: nameOf(document),
        length: lengthOf(document),
        lineCount: document.lineCount,
      },
      selections.map((selection) => stretchOf(document, selection)),
    );
  }

  /** @returns the subject's text, or undefined when its document has changed or is closed. */
  read(subject: Subject): string | undefined {
    const document = openDocument(subject);
    return document && textOf(subject, (stretch) => document.getText(rangeOf(document, stretch)));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The active editor, or else one that can be seen; none of `except`. */
  private takeAny(except?: vscode.TextDocument): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    for (const editor of [activeTextEditor, ...visibleTextEditors]) {
      if (this.editor === undefined && editor?.document !== except) {
        this.take(editor);
      }
    }
  }

  /** The document was closed. */
  private leave(): void {
    // Its editor may stand in the list of visible ones for a moment more.
    const left = this.editor?.document;
    this.editor = undefined;
    this.takeAny(left);
    this.changed.fire();
  }

  private take(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && showsDocument(editor)) {
      this.editor = editor;
      this.changed.fire();
    }
  }
}

/** The subject's document, if it is open and unchanged. */
export function openDocument(subject: Subject): vscode.TextDocument | undefined {
  const { id, version } = subject.document;
  return vscode.workspace.textDocuments.find(
    (document) => idOf(document) === id && document.version === version && !document.isClosed,
  );
}

export function rangeOf(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** UTF-16 units of a document; found without reading it. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/** A document as a text of which parts are read, as it is now. */
export function sourceOf(document: vscode.TextDocument): TextSource {
  return {
    length: lengthOf(document),
    read: (start, end) => {
      const range = rangeOf(document, { start, end });
      // No position stands between the two halves of a line break: the start may be one before what was asked for.
      return { start: document.offsetAt(range.start), text: document.getText(range) };
    },
  };
}

/** Whether an editor shows a document of the user's. */
export function showsDocument({ document }: vscode.TextEditor): boolean {
  return !NOT_DOCUMENTS.has(document.uri.scheme);
}

/** What a tab shows, as far as it is text. */
function addressesOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) {
    return [input.uri];
  }
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

const ids = new WeakMap<vscode.TextDocument, string>();
let documents = 0;

function idOf(document: vscode.TextDocument): string {
  let id = ids.get(document);
  if (id === undefined) {
    documents += 1;
    id = `${documents} ${document.uri.toString()}`;
    ids.set(document, id);
  }
  return id;
}

function stretchOf(document: vscode.TextDocument, { start, end }: vscode.Range): Stretch {
  // A selection that ends at the start of a line holds nothing of that line.
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { start: document.offsetAt(start), end: document.offsetAt(end), firstLine: start.line, lastLine };
}

function nameOf(document: vscode.TextDocument): string {
  const path = document.uri.path;
  return path.slice(path.lastIndexOf('/') + 1) || document.fileName;
}
