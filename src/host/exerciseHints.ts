// Hints where the learner looks: as a thread of comments above the function, one comment a hint that was asked for.

import * as vscode from 'vscode';
import type { ExerciseSummary } from '../shared/exercise.ts';

export class ExerciseHints implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController(
    'insideLlms.hints',
    vscode.l10n.t('Hints of the course'),
  );
  private readonly threads = new Map<string, vscode.CommentThread>();

  /**
   * @param line of the function, from 0
   * @param count how many hints to show
   */
  show({ id, title, hints }: ExerciseSummary, uri: vscode.Uri, line: number, count: number): void {
    const range = new vscode.Range(line, 0, line, 0);
    const known = this.threads.get(id);
    const fits = known?.uri.toString() === uri.toString() && known.range?.start.line === line;
    if (!fits) {
      known?.dispose();
    }
    const thread = known !== undefined && fits ? known : this.controller.createCommentThread(uri, range, []);
    this.threads.set(id, thread);
    thread.canReply = false;
    // Shown where it stands, and not in the Comments panel: that opens by itself for what is unresolved, as package.json
    // sets it.
    thread.state = vscode.CommentThreadState.Resolved;
    thread.label = vscode.l10n.t('Hints: {0}', title);
    thread.comments = hints.slice(0, count).map((hint, i) => ({
      body: new vscode.MarkdownString(hint),
      mode: vscode.CommentMode.Preview,
      author: { name: vscode.l10n.t('Hint {0} of {1}', i + 1, hints.length) },
    }));
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  }

  /** Takes an exercise's hints out of the editor. */
  hide(id: string): void {
    this.threads.get(id)?.dispose();
    this.threads.delete(id);
  }

  dispose(): void {
    this.controller.dispose();
  }
}
