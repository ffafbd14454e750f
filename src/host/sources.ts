// Opens the project's own sources, read-only: only the files that the build has copied into dist/sources/.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { listFiles } from './listFiles.ts';

export const SOURCE_SCHEME = 'inside-llms-source';

export class QuotedSources implements vscode.TextDocumentContentProvider {
  private readonly folder: vscode.Uri;
  private listed: Promise<ReadonlySet<string>> | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(extensionUri, 'dist', 'sources');
  }

  /** @throws Fault `not-found` for what the build did not copy, in whichever way it is asked for. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.read(uri.path.replace(/^\//, ''));
  }

  /**
   * @param file as the repository writes it: `src/tokenizers/bpe.ts`
   * @throws Fault `not-found`
   */
  async read(file: string): Promise<string> {
    await this.check(file);
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, ...file.split('/')));
    return new TextDecoder('utf-8').decode(bytes);
  }

  /**
   * Shows a file beside the lesson.
   *
   * @param line from 1; one after the last shows the end.
   * @throws Fault `not-found`
   */
  async open(file: string, line: number): Promise<void> {
    await this.check(file);
    const uri = vscode.Uri.from({ scheme: SOURCE_SCHEME, path: `/${file}` });
    const document = await vscode.workspace.openTextDocument(uri);
    const at = new vscode.Position(Math.min(line, document.lineCount) - 1, 0);
    await vscode.window.showTextDocument(document, {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
    });
  }

  private async check(file: string): Promise<void> {
    // The names come from listing the folder, so nothing outside it can ever be among them.
    this.listed ??= listFiles(this.folder).then((files) => new Set(files));
    if (!(await this.listed).has(file)) {
      this.listed = undefined;
      throw new Fault('not-found', vscode.l10n.t('The source file "{0}" is not part of this build.', file), {
        where: file,
        remedy: vscode.l10n.t('Only files that lessons and programs quote can be opened.'),
      });
    }
  }
}
