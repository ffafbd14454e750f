// Train a Tokenizer on Your Files: the panel in which vocabularies grow side by side. Here are the files, the saving
// and the way to the inspector; the counting and learning is the worker's, how it looks webview/training's.

import * as vscode from 'vscode';
import { asFault, Fault } from '../shared/errors.ts';
import {
  addToCorpus,
  addTrainingFiles,
  clearTrainingFiles,
  closeCorpus,
  inspectTrainings,
  loadTrainingFiles,
  MOST_TRAINING_BYTES,
  nextOfTraining,
  openCorpus,
  openTraining,
  resultOfTraining,
  saveTraining,
  startTraining,
  stopTraining,
  type TrainedKind,
  type TrainingFile,
  type TrainingFiles,
  type TrainingOptions,
} from '../shared/trainingMessages.ts';
import { TRAINING_PANEL } from './ids.ts';
import type { HostServices } from './services.ts';
import { filesIn, readTexts, type Skipped, write } from './trainingFiles.ts';
import { type CallContext, connectWebview, handle } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

type From = 'files' | 'folder' | 'workspace' | 'last';

/** Most files that are named as left out. */
const NAMED = 100;
const LAST_KEY = 'training.lastFiles';
/** Most files that are remembered for next time. */
const MOST_REMEMBERED = 2000;

/** Takes the tokenizers that were trained to the inspector. */
export type InspectTokenizers = (files: readonly vscode.Uri[]) => Promise<void>;

/** The files that were chosen, with their words counted in the worker. */
interface Chosen {
  corpus: string | undefined;
  readonly files: Map<string, TrainingFile>;
  /** What was left out, by name: a file that is chosen twice is left out once. */
  readonly skipped: Map<string, Skipped>;
  bytes: number;
}

export class TrainingPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly inspect: InspectTokenizers;
  private panel: vscode.WebviewPanel | undefined;
  private chosen: Chosen = nothingChosen();
  /** What needs the worker's texts is done one after the other. */
  private doing: Promise<unknown> = Promise.resolve();

  constructor(services: HostServices, inspect: InspectTokenizers) {
    this.services = services;
    this.inspect = inspect;
  }

  open(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    this.attach(
      vscode.window.createWebviewPanel(
        TRAINING_PANEL,
        vscode.l10n.t('Train a Tokenizer'),
        vscode.ViewColumn.Active,
        // A training would be lost with the page: the only panel that is kept while hidden.
        { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true },
      ),
    );
  }

  /** Takes a panel that VS Code brought back after a reload; what was trained then is gone. */
  restore(panel: vscode.WebviewPanel): void {
    this.attach(panel);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    const { services } = this;
    const { worker, log } = services;
    const { port, show, handlers } = preparePanel(services, panel, 'training');
    const connection = connectWebview({
      port,
      worker,
      log,
      handlers: [
        ...handlers,
        handle(loadTrainingFiles, () => this.files()),
        handle(addTrainingFiles, ({ from }, context) => this.inTurn(() => this.add(from, context))),
        handle(clearTrainingFiles, async () => {
          await this.forget();
          return this.files();
        }),
        handle(startTraining, (options, context) =>
          this.inTurn(() => this.withTexts(() => this.start(options), context)),
        ),
        handle(nextOfTraining, (params, { token }) => worker.request(nextOfTraining, params, { token })),
        handle(stopTraining, (params) => worker.request(stopTraining, params)),
        handle(saveTraining, async ({ training, kind }) => ({ file: await this.save(training, kind) })),
        handle(inspectTrainings, async ({ trainings }) => {
          const kept: vscode.Uri[] = [];
          for (const { training, kind } of trainings) {
            kept.push(await this.keep(training, kind));
          }
          await this.openText();
          await this.inspect(kept);
          return null;
        }),
      ],
    });
    this.panel = panel;
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
        void this.forget();
      }
    });
    show();
  }

  private files(): TrainingFiles {
    const { files, bytes, skipped } = this.chosen;
    const last = this.services.context.workspaceState.get<string[]>(LAST_KEY, []);
    return {
      files: [...files.values()],
      bytes,
      skipped: [...skipped.values()].slice(0, NAMED),
      skippedCount: skipped.size,
      lastTime: files.size === 0 ? last.length : 0,
    };
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.doing.then(act);
    this.doing = done.catch(() => {});
    return done;
  }

  /** The worker rests after a while and forgets the texts: then they are read again, and it is tried once more. */
  private async withTexts<T>(act: () => Promise<T>, context: CallContext): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (asFault(error).code !== 'unknown-session') {
        throw error;
      }
      const uris = [...this.chosen.files.keys()].map((uri) => vscode.Uri.parse(uri));
      this.chosen = nothingChosen();
      await this.read(uris, context);
      return await act();
    }
  }

  private async add(from: From, context: CallContext): Promise<TrainingFiles> {
    const source = new vscode.CancellationTokenSource();
    const linked = context.token.onCancellationRequested(() => source.cancel());
    try {
      const uris = await this.choose(from, source.token);
      await this.withTexts(() => this.read(uris, context), context);
    } finally {
      linked.dispose();
      source.dispose();
    }
    const names = [...this.chosen.files.keys()];
    if (names.length > 0 && names.length <= MOST_REMEMBERED) {
      await this.services.context.workspaceState.update(LAST_KEY, names);
    }
    return this.files();
  }

  /** Reads those that are not chosen yet, and hands their texts to the worker. */
  private async read(uris: readonly vscode.Uri[], { token, onProgress }: CallContext): Promise<void> {
    const { worker } = this.services;
    const { chosen } = this;
    const fresh = uris.filter((uri) => !chosen.files.has(uri.toString()));
    for await (const read of readTexts(fresh, MOST_TRAINING_BYTES - chosen.bytes, token, onProgress)) {
      if ('why' in read) {
        chosen.skipped.set(read.name, read);
        continue;
      }
      if (this.chosen !== chosen) {
        // Cleared, or the panel closed, meanwhile: nobody would give a corpus back.
        throw new Fault('cancelled', vscode.l10n.t('Reading the files was cancelled.'));
      }
      const { uri, name, text, bytes } = read;
      chosen.corpus ??= (await worker.request(openCorpus, {})).corpus;
      await worker.request(addToCorpus, { corpus: chosen.corpus, name, text });
      chosen.files.set(uri.toString(), { name, bytes });
      chosen.bytes += bytes;
    }
  }

  private start(options: TrainingOptions): Promise<{ readonly training: string }> {
    const { corpus } = this.chosen;
    if (corpus === undefined) {
      throw new Fault('not-found', vscode.l10n.t('There is no text to learn from.'), {
        remedy: vscode.l10n.t('Choose files or a folder first.'),
      });
    }
    return this.services.worker.request(openTraining, { corpus, options });
  }

  private async choose(from: From, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    switch (from) {
      case 'workspace':
        if (folders.length === 0) {
          throw new Fault('not-found', vscode.l10n.t('No folder is open.'), {
            remedy: vscode.l10n.t('Open one, or choose files.'),
          });
        }
        return filesIn(folders, token);
      case 'last':
        return this.services.context.workspaceState.get<string[]>(LAST_KEY, []).map((uri) => vscode.Uri.parse(uri));
      case 'files':
      case 'folder': {
        const picked = await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Text to learn a vocabulary from'),
          openLabel: vscode.l10n.t('Learn from It'),
          canSelectFiles: from === 'files',
          canSelectFolders: from === 'folder',
          canSelectMany: true,
          ...(folders[0] !== undefined && { defaultUri: folders[0] }),
        });
        return from === 'folder' ? filesIn(picked ?? [], token) : (picked ?? []);
      }
    }
  }

  /** Where no text is open the inspector would have nothing to show: then it is one of those that were learned from. */
  private async openText(): Promise<void> {
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const [first] = this.chosen.files.keys();
    if (first !== undefined && !open.some(({ input }) => input instanceof vscode.TabInputText)) {
      await vscode.window.showTextDocument(vscode.Uri.parse(first), { viewColumn: vscode.ViewColumn.Active });
    }
  }

  private async forget(): Promise<void> {
    const { corpus } = this.chosen;
    this.chosen = nothingChosen();
    if (corpus !== undefined) {
      // A worker that has ended has forgotten it already.
      await this.services.worker.request(closeCorpus, { corpus }).catch(() => {});
    }
  }

  private async save(training: string, kind: TrainedKind): Promise<string | null> {
    const { file } = await this.services.worker.request(resultOfTraining, { training });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `tokenizer-${kind}.json`;
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save the tokenizer'),
      filters: { 'tokenizer.json': ['json'] },
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (target === undefined) {
      return null;
    }
    await write(target, new Uint8Array(file));
    return target.path.slice(target.path.lastIndexOf('/') + 1);
  }

  /** Keeps a tokenizer among the extension's own files, where the inspector opens it and later lessons find it. */
  private async keep(training: string, kind: TrainedKind): Promise<vscode.Uri> {
    const { file } = await this.services.worker.request(resultOfTraining, { training });
    const folder = vscode.Uri.joinPath(this.services.context.globalStorageUri, 'tokenizers');
    await vscode.workspace.fs.createDirectory(folder);
    const target = vscode.Uri.joinPath(folder, `my-${kind}.json`);
    await write(target, new Uint8Array(file));
    return target;
  }
}

function nothingChosen(): Chosen {
  return { corpus: undefined, files: new Map(), skipped: new Map(), bytes: 0 };
}
