// Show Tokens in Editor: alternating colours behind the tokens that can be seen, in every editor that shows a document.
// Follows scrolling, edits and the choice of tokenizer; kept for the workspace; off unless switched on.

import * as vscode from 'vscode';
import { CancelSource } from '../shared/cancelSource.ts';
import { DisposableStore } from '../shared/disposable.ts';
import { asFault } from '../shared/errors.ts';
import { DocumentTokens } from './documentTokens.ts';
import { logFault, showFault } from './faults.ts';
import type { HostServices } from './services.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import { type Mark, marksOf } from './tokenMarks.ts';
import { type DrawnAs, tokenStyles, typeOf } from './tokenStyles.ts';
import { rangeOf, showsDocument } from './tokensFollower.ts';

/** Lines above and below the screen that are drawn too, so that a scroll finds them ready. */
const MARGIN = 40;
const SETTLE_MS = 30;
/** Most parts of a document (between folded regions) that are drawn. */
const MOST_PARTS = 20;

export class TokenDecorations implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly choice: TokenizerChoice;
  private readonly tokens: DocumentTokens;
  private readonly store = new DisposableStore();
  /** While it is switched on. */
  private on: { readonly store: DisposableStore; readonly styles: ReturnType<typeof tokenStyles> } | undefined;
  private readonly running = new Map<vscode.TextEditor, CancelSource>();
  private readonly timers = new Map<vscode.TextEditor, unknown>();
  private marks = new WeakMap<vscode.TextEditor, readonly Mark[]>();
  /** Documents of which the user knows that they are not drawn. */
  private told = new WeakSet<vscode.TextDocument>();

  constructor(services: HostServices, choice: TokenizerChoice) {
    this.services = services;
    this.choice = choice;
    this.tokens = new DocumentTokens(services.worker, choice);
    this.store.add(choice.onDidChange(() => this.look()));
    this.look();
  }

  /** What is drawn in an editor, by offsets into its document; undefined where nothing is. */
  drawn(editor: vscode.TextEditor): readonly Mark[] | undefined {
    return this.marks.get(editor);
  }

  dispose(): void {
    this.off();
    this.store.dispose();
  }

  private look(): void {
    if (!this.choice.decorated) {
      this.off();
      return;
    }
    if (this.on === undefined) {
      const store = new DisposableStore();
      const styles = tokenStyles();
      for (const style of Object.values(styles)) {
        store.add(style);
      }
      this.on = { store, styles };
      const { window, workspace } = vscode;
      store.add(window.onDidChangeVisibleTextEditors((editors) => this.drawAll(editors)));
      store.add(window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.later(textEditor)));
      store.add(
        workspace.onDidChangeTextDocument(({ document }) => {
          this.drawAll(window.visibleTextEditors.filter((editor) => editor.document === document));
        }),
      );
    }
    this.told = new WeakSet();
    this.drawAll(vscode.window.visibleTextEditors);
  }

  /** Giving the styles back takes them out of all editors. */
  private off(): void {
    for (const timer of this.timers.values()) {
      clearTimeout(timer);
    }
    for (const cancel of this.running.values()) {
      cancel.cancel();
    }
    this.timers.clear();
    this.running.clear();
    this.marks = new WeakMap();
    this.on?.store.dispose();
    this.on = undefined;
  }

  private drawAll(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      this.later(editor);
    }
  }

  private later(editor: vscode.TextEditor): void {
    if (!showsDocument(editor)) {
      return;
    }
    clearTimeout(this.timers.get(editor));
    const draw = () => {
      this.timers.delete(editor);
      void this.draw(editor);
    };
    this.timers.set(editor, setTimeout(draw, SETTLE_MS));
  }

  private async draw(editor: vscode.TextEditor): Promise<void> {
    this.running.get(editor)?.cancel();
    const cancel = new CancelSource();
    this.running.set(editor, cancel);
    const { document } = editor;
    const { version } = document;
    try {
      const parts = await Promise.all(
        partsOf(editor).map(async ({ start, end }) => {
          const { start: base, text, encoded } = await this.tokens.around(document, start, end, cancel);
          return marksOf(text, encoded)
            .map((mark) => moved(mark, base))
            .filter((mark) => mark.end > start && mark.start < end);
        }),
      );
      // What was typed meanwhile has its own turn.
      if (!cancel.isCancellationRequested && document.version === version && this.on !== undefined) {
        this.apply(editor, parts.flat());
      }
    } catch (error) {
      if (!cancel.isCancellationRequested) {
        this.failed(editor, error);
      }
    } finally {
      if (this.running.get(editor) === cancel) {
        this.running.delete(editor);
      }
    }
  }

  private apply(editor: vscode.TextEditor, marks: readonly Mark[]): void {
    const { document } = editor;
    const ranges: Record<DrawnAs, vscode.Range[]> = {
      even: [],
      odd: [],
      evenWhite: [],
      oddWhite: [],
      evenBreak: [],
      oddBreak: [],
    };
    for (const mark of marks) {
      ranges[typeOf(mark)].push(...onLines(document, mark));
      for (const at of mark.breaks) {
        const end = document.lineAt(document.positionAt(at).line).range.end;
        ranges[mark.odd ? 'oddBreak' : 'evenBreak'].push(new vscode.Range(end, end));
      }
    }
    for (const [name, style] of Object.entries(this.on?.styles ?? {})) {
      editor.setDecorations(style, ranges[name as DrawnAs]);
    }
    this.marks.set(editor, marks);
  }

  private failed(editor: vscode.TextEditor, error: unknown): void {
    const fault = asFault(error);
    if (fault.code === 'cancelled' || fault.code === 'worker-died') {
      logFault(this.services, fault); // the next look starts it again
      return;
    }
    if (this.on !== undefined) {
      this.apply(editor, []);
      this.marks.delete(editor);
    }
    if (fault.code !== 'too-large') {
      void this.choice.choose({ decorated: false });
      void showFault(this.services, fault);
    } else if (!this.told.has(editor.document)) {
      this.told.add(editor.document);
      void vscode.window.showWarningMessage(vscode.l10n.t('Its tokens are not shown in the editor: {0}', fault.full));
    }
  }
}

/** The stretches of the document that can be seen, and a margin. */
function partsOf({ document, visibleRanges }: vscode.TextEditor): { start: number; end: number }[] {
  const parts: { first: number; last: number }[] = [];
  for (const { start, end } of visibleRanges) {
    const first = Math.max(0, start.line - MARGIN);
    const last = Math.min(document.lineCount - 1, end.line + MARGIN);
    const before = parts.at(-1);
    if (before !== undefined && first <= before.last + 1) {
      before.last = Math.max(before.last, last);
    } else {
      parts.push({ first, last });
    }
  }
  return parts.slice(0, MOST_PARTS).map(({ first, last }) => ({
    start: document.offsetAt(document.lineAt(first).range.start),
    end: document.offsetAt(document.lineAt(last).rangeIncludingLineBreak.end),
  }));
}

/** A mark line by line: what has no width on a line, as a line break, would leave a stray edge there. */
function onLines(document: vscode.TextDocument, { start, end, breaks }: Mark): vscode.Range[] {
  const whole = rangeOf(document, { start, end });
  if (breaks.length === 0) {
    return [whole];
  }
  const ranges: vscode.Range[] = [];
  for (let line = whole.start.line; line <= whole.end.line; line++) {
    const range = document.lineAt(line).range.intersection(whole);
    if (range !== undefined && !range.isEmpty) {
      ranges.push(range);
    }
  }
  return ranges;
}

function moved({ start, end, odd, white, breaks }: Mark, base: number): Mark {
  return { start: start + base, end: end + base, odd, white, breaks: breaks.map((at) => at + base) };
}
