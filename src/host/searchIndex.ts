// The index of the open workspace as the host's parts see it: opened when search is first used, told of changes, opened
// again after a crash, with its state for whoever shows it. What an index is made of is the search worker's business.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import { relayedEmbeddingMethods } from '../shared/embeddingMessages.ts';
import { systemTimers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { Calls, Method } from '../shared/messages.ts';
import { listModels } from '../shared/modelMessages.ts';
import {
  closeIndex,
  filesChanged,
  type IndexHealth,
  type IndexSettings,
  indexChanged,
  indexHealth,
  listLeftOut,
  openIndex,
  pauseIndex,
} from '../shared/searchMessages.ts';
import { CrashLoop } from './crashLoop.ts';
import { answerFolders } from './folderRelay.ts';
import { SEARCH_USED_KEY } from './ids.ts';
import { IndexHealthKeeper } from './indexHealthKeeper.ts';
import { ModelWorker } from './modelWorker.ts';
import type { WorkerHandle } from './platform.ts';
import { folderUri, watchFiles } from './searchFiles.ts';
import { CLOSED, failedHealth, isWorking } from './searchHealth.ts';
import type { HostServices } from './services.ts';

const PAUSED_KEY = 'search.paused';
const AFTER_CRASH_MS = 1000;
/** What pages ask by themselves to show how things stand: it starts no worker that ended too often. */
const LOOKS: ReadonlySet<string> = new Set(
  [filesChanged, listLeftOut, listModels, ...relayedEmbeddingMethods].map(({ name }) => name),
);

export interface SearchIndexParts {
  readonly services: HostServices;
  readonly spawn: () => WorkerHandle;
  readonly idleMs: number;
  /** @throws Fault where settings can't be followed */
  readonly settings: () => Promise<IndexSettings | undefined>;
}

export class SearchIndex implements Calls, Disposable {
  private readonly parts: SearchIndexParts;
  private readonly store = new DisposableStore();
  private readonly worker: ModelWorker;
  private readonly keeper: IndexHealthKeeper;
  /** This window, for as long as it is open. */
  private readonly owner = crypto.randomUUID();
  private settings: IndexSettings | undefined;
  /** The settings that the running thread was told, '' for none. */
  private told = '';
  private resolving: Promise<void> | undefined;
  private readonly crashes: CrashLoop;
  private running = false;

  constructor(parts: SearchIndexParts) {
    this.parts = parts;
    const { services, spawn, idleMs } = parts;
    this.crashes = new CrashLoop(services.clock);
    this.worker = this.store.add(
      new ModelWorker({
        spawn,
        log: services.log,
        idleMs,
        name: 'The search worker',
        onStart: (connection) => this.greet(connection),
        working: () => isWorking(this.health.state),
      }),
    );
    this.keeper = this.store.add(
      new IndexHealthKeeper(
        services.clock,
        // Looking is no reason to start what ended too often.
        async () => (this.crashes.held ? this.health : this.worker.request(indexHealth, {})),
        (error) => services.log.warn(asFault(error).full),
      ),
    );
    this.store.add(this.worker.onDidDie((fault) => this.died(fault)));
    this.store.add(
      watchFiles(systemTimers, (files) => {
        // A worker that rests looks at everything when it is started again.
        if (this.running && this.worker.state !== 'stopped') {
          this.request(filesChanged, { files: [...files] }).catch((error) => services.log.warn(asFault(error).full));
        }
      }),
    );
  }

  /** Whether this workspace is indexed, now and when it is opened again. */
  get started(): boolean {
    return this.parts.services.context.workspaceState.get(SEARCH_USED_KEY) === true;
  }

  get state(): ModelWorker['state'] {
    return this.worker.state;
  }

  /** As it was last heard. */
  get health(): IndexHealth {
    return this.keeper.health;
  }

  onDidChange(listener: () => void): Disposable {
    return this.keeper.onDidChange(listener);
  }

  /** Opens the index if it isn't open yet. @throws Fault where the settings can't be followed, or no folder is open */
  async start(): Promise<void> {
    if (this.health.state === 'failed') {
      this.told = ''; // what could not be opened is opened anew
    }
    this.crashes.release();
    await this.parts.services.context.workspaceState.update(SEARCH_USED_KEY, true);
    await this.resolve();
    await this.tell();
    if (this.settings === undefined) {
      throw new Fault('not-found', vscode.l10n.t('There is nothing to search.'), {
        remedy: vscode.l10n.t('Open a folder first, and see that "Inside LLMs › Search: Enabled" is on.'),
      });
    }
    await this.keeper.ask();
  }

  /** Any method of the search worker, once the index is open. */
  async request<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options?: Parameters<Calls['request']>[2],
  ): Promise<Result> {
    this.release(method.name);
    await this.resolve();
    await this.tell();
    if (method.name === pauseIndex.name) {
      const { paused } = params as { readonly paused: boolean };
      await this.parts.services.context.workspaceState.update(PAUSED_KEY, paused);
    }
    return this.worker.request(method, params, options);
  }

  /** A method that needs no index, such as a text's vector: where search was not used yet, none is opened for it. */
  compute<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options?: Parameters<Calls['request']>[2],
  ): Promise<Result> {
    return this.started ? this.request(method, params, options) : this.worker.request(method, params, options);
  }

  /** Asks for the health at once: something was done that changes it. */
  async refresh(): Promise<void> {
    if (this.running && this.worker.state !== 'stopped') {
      await this.keeper.ask();
    }
  }

  /** Health as it is now or was a moment ago; of a worker that rests, as it was. Starts nothing. */
  async look(): Promise<IndexHealth> {
    if (this.running && this.worker.state !== 'stopped') {
      await this.keeper.look();
    }
    return this.health;
  }

  /** Settings or folders have changed: the index is opened anew with them, or closed. */
  async reopen(): Promise<void> {
    if (!this.started) {
      return;
    }
    const before = this.settings;
    this.settings = undefined;
    await this.resolve();
    if (this.settings === undefined) {
      this.running = false;
      if (this.worker.state !== 'stopped') {
        await this.worker.request(closeIndex, {});
      }
      this.told = '';
      this.keeper.know(CLOSED);
    } else if (JSON.stringify(this.settings) !== JSON.stringify(before)) {
      this.crashes.release();
      await this.tell();
      await this.keeper.ask();
    }
  }

  /** Ends the worker's thread; the next call starts a fresh one. */
  async restart(): Promise<void> {
    this.crashes.forget();
    await this.worker.restart();
    if (this.running) {
      await this.keeper.ask();
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Finds out once what the index is made of. */
  private async resolve(): Promise<void> {
    if (this.settings !== undefined) {
      return;
    }
    this.resolving ??= this.parts
      .settings()
      .then((settings) => {
        this.settings = settings && { ...settings, owner: this.owner };
        this.running = settings !== undefined;
      })
      .catch((error) => {
        this.keeper.know(failedHealth(asFault(error)));
        throw error;
      })
      .finally(() => {
        this.resolving = undefined;
      });
    await this.resolving;
  }

  /** A thread that was started for another question, before search was used, opens the index now. */
  private async tell(): Promise<void> {
    const wanted = JSON.stringify(this.settings) ?? '';
    if (this.settings === undefined || this.worker.state === 'stopped' || this.told === wanted) {
      return;
    }
    this.told = wanted;
    try {
      await this.worker.request(openIndex, this.settings);
    } catch (error) {
      this.told = '';
      throw error;
    }
  }

  /** Tells a fresh thread what it works on, before anything else. */
  private greet(connection: WorkerHandle['connection']): void {
    answerFolders(connection, folderUri);
    connection.onNotification(indexChanged.name, () => void this.keeper.ask());
    this.told = JSON.stringify(this.settings) ?? '';
    if (this.settings === undefined) {
      return;
    }
    const open = connection.sendRequest(openIndex.name, this.settings);
    open.catch((error) => this.keeper.know(failedHealth(asFault(error))));
    if (this.parts.services.context.workspaceState.get(PAUSED_KEY) === true) {
      connection.sendRequest(pauseIndex.name, { paused: true }).catch(() => {}); // the fault is that of opening
    }
  }

  /** @throws Fault where it ended too often, and this is nothing that somebody asked for */
  private release(method: string): void {
    if (this.crashes.held && LOOKS.has(method)) {
      throw leftAlone(vscode.l10n.t('Search has stopped working.'));
    }
    this.crashes.release();
  }

  private died(fault: Fault): void {
    const again = this.crashes.died();
    if (!this.running) {
      return;
    }
    if (!again) {
      this.keeper.know(failedHealth(leftAlone(fault.message)));
      return;
    }
    this.keeper.know({ ...this.health, state: 'opening', message: fault.message });
    this.store.add(systemTimers.after(AFTER_CRASH_MS, () => void this.keeper.ask()));
  }
}

function leftAlone(message: string): Fault {
  const remedy = vscode.l10n.t(
    'It ended too often to be started again by itself: your next search starts it, and so does "Start again" in the Search view.',
  );
  return new Fault('worker-died', message, { remedy });
}
