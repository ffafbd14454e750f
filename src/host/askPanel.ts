// Ask the Workspace: the panel that shows every stage between a question and its answer. Here are the choices and what is
// sent; passages and prompts are the search worker's, how it looks webview/ask's.

import * as vscode from 'vscode';
import {
  type AskedFor,
  type AskPlace,
  askChanged,
  buildPrompt,
  buildPromptFor,
  chooseGenerator,
  loadAsk,
  MOST_ASKED,
  moreOfAnswer,
  openAskSettings,
  type Retrieved,
  retrieve,
  setEndpointKey,
  startAnswer,
  stopAnswer,
} from '../shared/askMessages.ts';
import { Fault } from '../shared/errors.ts';
import type { CancelToken } from '../shared/messages.ts';
import type { z } from '../shared/schema.ts';
import { indexChanged } from '../shared/searchMessages.ts';
import { AskAnswers } from './askAnswers.ts';
import { askSettings, chosenGenerator } from './askGenerators.ts';
import { ASK_PANEL, COMMANDS, SEARCH_SETTING } from './ids.ts';
import type { SearchFeature } from './searchFeature.ts';
import { folderIds } from './searchFiles.ts';
import { HitOpener } from './searchOpen.ts';
import { searchPageHandlers } from './searchPages.ts';
import type { HostServices } from './services.ts';
import { takeAwayHandlers } from './takeAway.ts';
import { connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

type AskedPassages = z.infer<typeof retrieve.params>;

export class AskPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly search: SearchFeature;
  private readonly answers: AskAnswers;
  private readonly opener = new HitOpener();
  private readonly subscription: vscode.Disposable;
  private panel: vscode.WebviewPanel | undefined;
  private connection: WebviewConnection | undefined;
  /** What the next page is to ask. */
  private waiting: AskedFor | undefined;

  constructor(services: HostServices, search: SearchFeature) {
    this.services = services;
    this.search = search;
    this.answers = new AskAnswers({
      worker: search.index,
      key: () => search.secrets.endpointKey(),
      chosen: () => this.chosen(),
      memory: services.context.workspaceState,
      log: services.log,
    });
    const changed = () => this.connection?.notify(askChanged, {});
    this.subscription = vscode.Disposable.from(
      search.index.onDidChange(() => this.connection?.notify(indexChanged, {})),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      vscode.lm.onDidChangeChatModels(changed),
      search.onDidChangeModels(changed),
      services.context.secrets.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('insideLlms.ask') || change.affectsConfiguration(SEARCH_SETTING)) {
          changed();
        }
      }),
    );
  }

  /** Opens the panel, with a question or passages if the command was called with them. Sends nothing. */
  open(argument?: unknown): void {
    this.waiting = askedFor(argument);
    if (this.panel === undefined) {
      this.attach(
        vscode.window.createWebviewPanel(ASK_PANEL, vscode.l10n.t('Ask the Workspace'), vscode.ViewColumn.Beside, {
          enableScripts: true,
          enableFindWidget: true,
        }),
      );
    } else {
      this.panel.reveal();
      this.connection?.notify(askChanged, {});
    }
  }

  /** Takes a new panel, or one that VS Code brought back after a reload. */
  attach(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    const { services, search, answers } = this;
    const { port, show, handlers } = preparePanel(services, panel, 'ask');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [
        ...handlers,
        ...takeAwayHandlers(),
        ...searchPageHandlers(search.index, this.opener, () => search.showHealth()),
        handle(retrieve, (params, { token }) => this.retrieve(params, token)),
        handle(loadAsk, () => this.place()),
        handle(buildPrompt, async ({ retrieved, chunks }, { token }) => {
          const chosen = await this.chosen();
          const { target } = chosen;
          const prompt = await search.index.request(buildPromptFor, { retrieved, chunks, target }, { token });
          answers.shown(prompt, chosen);
          return prompt;
        }),
        handle(startAnswer, async ({ prompt }) => ({ answer: await answers.start(prompt) })),
        handle(moreOfAnswer, ({ answer, from }) => answers.more(answer, from)),
        handle(stopAnswer, ({ answer }) => {
          answers.stop(answer);
          return null;
        }),
        handle(chooseGenerator, async ({ generator, model, threshold }) => {
          await keep('generator', generator);
          await keep('model', model);
          await keep('threshold', threshold);
          return null;
        }),
        handle(setEndpointKey, async () => {
          await vscode.commands.executeCommand(COMMANDS.setEndpointKey);
          return null;
        }),
        handle(openAskSettings, async () => {
          await vscode.commands.executeCommand('workbench.action.openSettings', 'insideLlms.ask');
          return null;
        }),
      ],
    });
    this.panel = panel;
    this.connection = connection;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        connection.pageGone(); // thrown away when hidden; the answer goes on, and the next page takes it up
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.panel === panel) {
        answers.stop();
        this.panel = undefined;
        this.connection = undefined;
      }
    });
    show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.answers.dispose();
    this.opener.dispose();
    this.panel?.dispose();
  }

  /** A page that only looks starts no index. */
  private retrieve(params: AskedPassages, token: CancelToken): Promise<Retrieved> {
    const { index } = this.search;
    if (!index.started) {
      throw new Fault('not-found', vscode.l10n.t('This workspace is not indexed yet.'), {
        remedy: vscode.l10n.t('Index it first, in the Search view.'),
      });
    }
    return index.request(retrieve, params, { token });
  }

  private chosen() {
    return chosenGenerator(this.search.index, this.search.secrets);
  }

  private async place(): Promise<AskPlace> {
    const asked = this.waiting;
    this.waiting = undefined;
    const answered = this.answers.last;
    return {
      folders: folderIds().map(({ id, name }) => ({ id, name })),
      started: this.search.index.started,
      enabled: vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true),
      generator: (await this.chosen()).shown,
      threshold: askSettings().threshold,
      ...(asked !== undefined && { asked }),
      ...(answered !== undefined && { answered }),
    };
  }
}

/** A setting's new value; undefined leaves it as it is. */
async function keep(name: string, value: unknown): Promise<void> {
  if (value !== undefined) {
    const settings = vscode.workspace.getConfiguration('insideLlms.ask');
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
  }
}

/** From a command's argument, which may be anything. */
function askedFor(argument: unknown): AskedFor | undefined {
  const { query, chunks } = (argument ?? {}) as { readonly query?: unknown; readonly chunks?: unknown };
  const question = typeof argument === 'string' ? argument : query;
  const numbers = Array.isArray(chunks) ? chunks.filter((one) => Number.isSafeInteger(one) && one >= 0) : [];
  const asked: AskedFor = {
    ...(typeof question === 'string' && question.trim() !== '' && { question: question.slice(0, 20_000) }),
    ...(numbers.length > 0 && { chunks: numbers.slice(0, MOST_ASKED) }),
  };
  return Object.keys(asked).length === 0 ? undefined : asked;
}
