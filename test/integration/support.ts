// What the suites share: the running extension, a panel that a test plays the page of, and answers to questions.

import { ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../src/host/extensionParts.ts';

/** Activates the extension. In tests, and only there, it hands out its parts. */
export async function extension(): Promise<ExtensionParts> {
  const found = vscode.extensions.getExtension<ExtensionParts>('inside-llms.inside-llms');
  ok(found, 'the extension is installed');
  const parts = await found.activate();
  ok(parts, 'the extension hands out its parts under test');
  return parts;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: { readonly code: string; readonly remedy?: string } };
}

/** A webview panel whose page is the test itself: it posts what a page would post and sees what a page would get. */
export class TestPanel {
  readonly received: Answer[] = [];
  readonly messages = new vscode.EventEmitter<unknown>();
  private readonly viewState = new vscode.EventEmitter<unknown>();
  private readonly disposed = new vscode.EventEmitter<void>();
  private readonly arrivals = new vscode.EventEmitter<void>();
  private lastId = 0;
  gone = false;
  readonly panel: vscode.WebviewPanel;

  constructor() {
    const webview = {
      html: '',
      options: {},
      cspSource: 'https://test.invalid',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.messages.event,
      postMessage: async (message: unknown) => {
        this.received.push(message as Answer);
        this.arrivals.fire();
        return true;
      },
    };
    this.panel = {
      title: '',
      webview,
      visible: true,
      active: true,
      reveal: () => {},
      onDidChangeViewState: this.viewState.event,
      onDidDispose: this.disposed.event,
      dispose: () => {
        if (!this.gone) {
          this.gone = true;
          this.disposed.fire();
        }
      },
    } as unknown as vscode.WebviewPanel;
  }

  /** As VS Code does it: a hidden page is thrown away. */
  hide(): void {
    (this.panel as { visible: boolean }).visible = false;
    this.viewState.fire({ webviewPanel: this.panel });
  }

  /** Calls a method as the page would, and waits for its answer. */
  async call(method: string, params: unknown): Promise<Answer> {
    const id = this.post(method, params);
    return this.until((answer) => answer.id === id);
  }

  /** Calls a method and leaves. @returns the call's id */
  post(method: string, params: unknown): number {
    this.lastId += 1;
    this.messages.fire({ jsonrpc: '2.0', id: this.lastId, method, params });
    return this.lastId;
  }

  /** The first message that fits, past or to come. */
  async until(fits: (answer: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const found = this.received.find(fits);
      if (found !== undefined) {
        return found;
      }
      await new Promise<void>((resolve) => {
        const subscription = this.arrivals.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }
}

interface Question {
  readonly message: string;
  readonly modal: boolean;
}

/** While `act` runs, the messages of one kind are answered by `answer` and not shown. @returns what was asked */
export async function answering(
  kind: 'showWarningMessage' | 'showInformationMessage' | 'showErrorMessage',
  answer: string | undefined,
  act: () => PromiseLike<unknown>,
): Promise<Question[]> {
  const questions: Question[] = [];
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window[kind];
  window[kind] = async (message: string, options: unknown) => {
    const modal = typeof options === 'object' && options !== null && (options as { modal?: boolean }).modal === true;
    questions.push({ message, modal });
    return answer;
  };
  try {
    await act();
    // A message that nobody waits for is answered in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
  } finally {
    window[kind] = original;
  }
  return questions;
}

/** What a run told the Test Explorer. */
export interface ToldOfRun {
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'errored';
  readonly id: string;
  readonly message?: vscode.TestMessage;
}

/** From now on all that runs tell is written down too. */
export function noteRuns(controller: vscode.TestController, told: ToldOfRun[]): void {
  const original = controller.createTestRun.bind(controller);
  controller.createTestRun = (...given) => {
    const run = original(...given);
    for (const outcome of ['passed', 'failed', 'skipped', 'errored'] as const) {
      const tell = run[outcome].bind(run) as (...args: unknown[]) => void;
      run[outcome] = (item: vscode.TestItem, ...args: unknown[]) => {
        const [message] = args;
        told.push({ outcome, id: item.id, ...(outcome === 'failed' && { message: message as vscode.TestMessage }) });
        tell(item, ...args);
      };
    }
    return run;
  };
}

/** Waits until `look` finds something. @throws Error naming `what`, after 25 seconds */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let round = 0; round < 500; round++) {
    const found = look();
    if (found !== undefined && found !== false) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This did not happen in 25 seconds: ${what}.`);
}

/** Files in the open workspace that go with {@link WorkspaceFiles.remove}. */
export class WorkspaceFiles {
  private readonly prefix: string;
  private readonly files: vscode.Uri[] = [];

  /** @param prefix of the names of texts; another one for each suite, as VS Code keeps closed documents for a while */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  async write(name: string, content: Uint8Array | string): Promise<vscode.Uri> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder, 'a folder is open');
    const file = vscode.Uri.joinPath(folder.uri, name);
    this.files.push(file);
    await vscode.workspace.fs.writeFile(
      file,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
    return file;
  }

  /** Shows a text from a file with a name of its own: an untitled document may have the backup of one before it. */
  async show(content: string): Promise<vscode.TextEditor> {
    const file = await this.write(`${this.prefix}-${this.files.length}.txt`, content);
    return vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One, preview: false });
  }

  async remove(): Promise<void> {
    for (const file of this.files) {
      await vscode.workspace.fs.delete(file).then(undefined, () => {}); // a test may have deleted it
    }
  }
}
