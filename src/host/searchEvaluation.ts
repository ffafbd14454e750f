// Evaluate Search on This Workspace: what is asked is chosen, the search worker measures, and the figures are shown in a
// document that can't be edited. How it is measured is src/services/search/evaluate's business, as on the command line.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { type EvaluationReport, evaluateSearch, MOST_LABELS, USUAL_QUERIES } from '../shared/evaluateMessages.ts';
import { evaluationText } from './evaluationText.ts';
import { REPORT_SCHEME } from './ids.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { HostServices } from './services.ts';

/** VS Code's own command. */
const PREVIEW = 'markdown.showPreview';

/** Where queries come from: the workspace itself, or a file of labels. */
export type Asked = 'workspace' | vscode.Uri;

export class SearchEvaluation implements vscode.TextDocumentContentProvider {
  private readonly services: HostServices;
  private readonly index: SearchIndex;
  /** By the path of their documents. */
  private readonly reports = new Map<string, string>();
  private made = 0;

  constructor(services: HostServices, index: SearchIndex) {
    this.services = services;
    this.index = index;
  }

  /**
   * @param asked lets the user choose if absent
   * @returns the document's address; undefined when the user left it
   * @throws Fault `not-found` when there is nothing to search or to ask, `bad-input` for labels that can't be read
   */
  async run(asked?: Asked): Promise<vscode.Uri | undefined> {
    const chosen = asked ?? (await choose());
    if (chosen === undefined) {
      return undefined;
    }
    const labels = chosen === 'workspace' ? undefined : await readLabels(chosen);
    await this.index.start();
    const report = await this.measured(labels);
    return this.show(report);
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    // A window that was loaded anew opens the document again; what was in it is not kept.
    const gone = vscode.l10n.t('This report was not kept. Run the command "Evaluate Search on This Workspace" again.');
    return this.reports.get(path) ?? `${gone}\n`;
  }

  private measured(labels: { readonly text: string; readonly file: string } | undefined): Promise<EvaluationReport> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Evaluating search'),
      cancellable: true,
    };
    // Git runs in the folder, whose settings name programs: not where nobody trusts it.
    const params = { queries: USUAL_QUERIES, commits: vscode.workspace.isTrusted, ...(labels && { labels }) };
    const work = (progress: vscode.Progress<{ readonly message: string }>, token: vscode.CancellationToken) => {
      progress.report({ message: vscode.l10n.t('Loading models') });
      return this.index.request(evaluateSearch, params, {
        token,
        onProgress: ({ done, total, unit }) => progress.report({ message: stage(unit, done, total) }),
      });
    };
    return Promise.resolve(vscode.window.withProgress(options, work));
  }

  private async show(report: EvaluationReport): Promise<vscode.Uri> {
    const name = vscode.workspace.name ?? '';
    const time = new Date(this.services.clock.now()).toLocaleString(vscode.env.language);
    this.made += 1;
    const uri = vscode.Uri.from({
      scheme: REPORT_SCHEME,
      path: `/${this.made}/${vscode.l10n.t('Search, measured')}.md`,
    });
    this.reports.clear(); // an older one that is still open has its text
    this.reports.set(uri.path, evaluationText(report, { name, time }, vscode.l10n.t));
    await this.open(uri);
    return uri;
  }

  /** As it is read best: with tables. An editor without a preview of markdown shows the text. */
  private async open(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    if ((await vscode.commands.getCommands(true)).includes(PREVIEW)) {
      await vscode.commands.executeCommand(PREVIEW, uri);
    } else {
      await vscode.window.showTextDocument(document, { preview: false });
    }
  }
}

async function choose(): Promise<Asked | undefined> {
  const own = {
    label: vscode.l10n.t('$(comment) Sentences Above Functions, and Subjects of Commits'),
    detail: vscode.workspace.isTrusted
      ? vscode.l10n.t('What this workspace says of itself is asked: the answers are known.')
      : vscode.l10n.t('Sentences above functions alone: git is not asked in a workspace that is not trusted.'),
  };
  const labelled = {
    label: vscode.l10n.t('$(checklist) A File of Labelled Queries…'),
    detail: vscode.l10n.t(
      'One JSON object a line, such as {0}',
      '{"query": "where headers are parsed", "path": "src/parser.ts"}',
    ),
  };
  const picked = await vscode.window.showQuickPick([own, labelled], {
    title: vscode.l10n.t('Evaluate Search on This Workspace'),
    placeHolder: vscode.l10n.t('What is to be asked? Nothing leaves this machine, and no file is changed.'),
  });
  if (picked !== labelled) {
    return picked && 'workspace';
  }
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('A File of Labelled Queries'),
      filters: { JSON: ['json', 'jsonl', 'ndjson'] },
    })) ?? [];
  return file;
}

async function readLabels(file: vscode.Uri): Promise<{ readonly text: string; readonly file: string }> {
  const name = vscode.workspace.asRelativePath(file);
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(file);
  } catch (cause) {
    throw new Fault('not-found', vscode.l10n.t("{0} can't be read.", name), { where: name, cause });
  }
  if (bytes.length > MOST_LABELS) {
    throw new Fault('too-large', vscode.l10n.t('{0} is too large for a file of labels.', name), { where: name });
  }
  return { text: new TextDecoder('utf-8').decode(bytes), file: name };
}

function stage(unit: string, done: number, total: number | undefined): string {
  switch (unit) {
    case 'files':
      return vscode.l10n.t('Reading files: {0}', done);
    case 'chunks':
      return vscode.l10n.t('Making vectors: {0} of {1} chunks', done, total ?? 0);
    default:
      return vscode.l10n.t('Asking: {0} of {1} queries', done, total ?? 0);
  }
}
