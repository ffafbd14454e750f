// Step Through a Computation: a panel in which one program has the room of a whole editor, picked from a list or handed
// over by a lesson. What it looks like is webview/tensor's; it comes back after a window reload.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import {
  type Computation,
  computation,
  computationChanged,
  describeProgram,
  listPrograms,
  loadComputation,
  openSource,
  pickComputation,
} from '../shared/messages.ts';
import { z } from '../shared/schema.ts';
import { textHandlers } from './chooseText.ts';
import { logFault } from './faults.ts';
import { TENSOR_PANEL } from './ids.ts';
import type { HostServices } from './services.ts';
import type { QuotedSources } from './sources.ts';
import { takeAwayHandlers } from './takeAway.ts';
import { connectWebview, handle, type WebviewConnection } from './webviewConnection.ts';
import { preparePanel } from './webviewPanel.ts';

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly connection: WebviewConnection;
  shown: Computation | undefined;
}

export class TensorPanel implements vscode.Disposable {
  private readonly services: HostServices;
  private readonly sources: QuotedSources;
  private now: Open | undefined;

  constructor(services: HostServices, sources: QuotedSources) {
    this.services = services;
    this.sources = sources;
  }

  /** The computation that the panel is open on. */
  get shown(): Computation | undefined {
    return this.now?.shown;
  }

  /** Opens the panel on a computation, or shows it in the one that is open. */
  open(wanted: Computation): void {
    if (this.now === undefined) {
      const panel = vscode.window.createWebviewPanel(TENSOR_PANEL, plainTitle(), vscode.ViewColumn.Active, {
        enableScripts: true,
        enableFindWidget: true,
      });
      this.attach(panel, wanted);
      return;
    }
    this.now.shown = wanted;
    this.now.panel.reveal();
    this.now.connection.notify(computationChanged, {});
    void this.entitle(this.now);
  }

  /** Asks for a program, and opens the panel on it as its own declaration sets it. */
  async pick(): Promise<void> {
    const programs = await this.services.worker.request(listPrograms, {});
    const items = programs
      .filter(({ session }) => !session) // those run on and on, and have no last step
      .map(({ id, title }) => ({ label: title, description: id, id }));
    if (items.length === 0) {
      throw new Fault('not-found', vscode.l10n.t('There is no computation to step through.'));
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Step Through a Computation'),
      placeHolder: vscode.l10n.t('Which computation?'),
      matchOnDescription: true,
    });
    if (picked !== undefined) {
      this.open({ program: picked.id, params: {} });
    }
  }

  /** Takes a panel that VS Code brought back after a reload, with the state that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.attach(panel, computationOf(state));
  }

  dispose(): void {
    this.now?.panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, shown: Computation | undefined): void {
    this.now?.panel.dispose();
    const { services } = this;
    const { port, show, handlers } = preparePanel(services, panel, 'tensor');
    const connection = connectWebview({
      port,
      worker: services.worker,
      log: services.log,
      handlers: [
        ...handlers,
        ...takeAwayHandlers(),
        ...textHandlers(services),
        handle(loadComputation, () => open.shown ?? null),
        handle(pickComputation, async () => {
          await this.pick();
          return null;
        }),
        handle(openSource, async ({ file, line }) => {
          await this.sources.open(file, line);
          return null;
        }),
      ],
    });
    const open: Open = { panel, connection, shown };
    this.now = open;
    panel.title = plainTitle();
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        connection.pageGone(); // VS Code throws a hidden page away; it loads again when it is shown
      }
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.now === open) {
        this.now = undefined;
      }
    });
    show();
    void this.entitle(open);
  }

  /** Gives the tab the program's title. The page says what is wrong where there is none. */
  private async entitle(open: Open): Promise<void> {
    const { shown } = open;
    if (shown === undefined) {
      return;
    }
    try {
      const { title } = await this.services.worker.request(describeProgram, { program: shown.program });
      if (this.now === open && open.shown === shown) {
        open.panel.title = title;
      }
    } catch (error) {
      logFault(this.services, error);
    }
  }
}

function plainTitle(): string {
  return vscode.l10n.t('Computation');
}

/** The page keeps its state under the computation, as text; undefined where that is of another version or shape. */
function computationOf(state: unknown): Computation | undefined {
  const subject = (state as { readonly subject?: unknown } | null | undefined)?.subject;
  try {
    const checked = z.safeParse(computation, JSON.parse(String(subject)));
    return checked.success ? checked.data : undefined;
  } catch {
    return undefined;
  }
}
