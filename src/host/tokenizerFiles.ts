// The `tokenizer.json` files that the user opened: remembered over windows, read anew when the worker no longer holds
// them, and when they change on disk.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import { type Calls, MAX_TOKENIZER_FILE, openTokenizer, type TokenizerInfo } from '../shared/messages.ts';
import { logFault } from './faults.ts';
import { FILE_ID } from './ids.ts';
import type { HostServices } from './services.ts';
import { labelOf, type RememberedFile, rememberedFiles, withFile } from './tokenizerMemory.ts';

const KEY = 'tokens.files';
/** A program that writes a file does it in several steps. */
const SETTLE_MS = 300;

export class TokenizerFiles implements vscode.Disposable {
  private readonly services: Pick<HostServices, 'context' | 'log'>;
  private readonly worker: Calls;
  private readonly store = new DisposableStore();
  private readonly changes = new vscode.EventEmitter<string>();
  private readonly watched = new Set<string>();
  /** Of what each file held when it was last sent to the worker. */
  private readonly prints = new Map<string, string>();

  /** Fires with the id of a file whose tokenizer is another one now. */
  readonly onDidChange = this.changes.event;

  constructor(services: Pick<HostServices, 'context' | 'log'>, worker: Calls) {
    this.services = services;
    this.worker = worker;
    this.store.add(this.changes);
  }

  /** The files opened last, the newest first. */
  list(): readonly RememberedFile[] {
    return rememberedFiles(this.services.context.globalState.get(KEY));
  }

  /**
   * Opens a file in the worker and remembers it.
   *
   * @throws Fault `not-found` when it can't be read, `too-large`, `bad-input` naming the part at fault.
   */
  async open(uri: vscode.Uri): Promise<TokenizerInfo> {
    const known = this.list().find((file) => file.uri === uri.toString());
    const info = await this.send(uri, known?.info.id ?? FILE_ID + crypto.randomUUID());
    await this.services.context.globalState.update(KEY, withFile(this.list(), { uri: uri.toString(), info }));
    this.watch(uri, info.id);
    return info;
  }

  /** Opens a remembered file again. @throws Fault as {@link open}, or `unknown-encoding` for one that is forgotten. */
  async reopen(id: string): Promise<TokenizerInfo> {
    const file = this.list().find(({ info }) => info.id === id);
    if (file === undefined) {
      throw new Fault('unknown-encoding', vscode.l10n.t('The file of this tokenizer is no longer known.'), {
        where: id,
        remedy: vscode.l10n.t('Choose the tokenizer again.'),
      });
    }
    const uri = vscode.Uri.parse(file.uri);
    const info = await this.send(uri, id);
    this.watch(uri, id);
    return info;
  }

  dispose(): void {
    this.store.dispose();
  }

  private async send(uri: vscode.Uri, id: string): Promise<TokenizerInfo> {
    const label = labelOf(uri.path);
    const file = await readFile(uri, label);
    const print = fingerprint(new Uint8Array(file));
    const info = await this.worker.request(openTokenizer, { id, label, file });
    const before = this.prints.get(id);
    this.prints.set(id, print);
    if (before !== undefined && before !== print) {
      this.changes.fire(id);
    }
    return info;
  }

  private watch(uri: vscode.Uri, id: string): void {
    if (this.watched.has(id)) {
      return;
    }
    this.watched.add(id);
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    // A name is a pattern here: signs that mean something else stand for any one sign.
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name.replace(/[[\]{}*?!]/g, '?'));
    const watcher = this.store.add(vscode.workspace.createFileSystemWatcher(pattern, false, false, true));
    let timer: unknown;
    const changed = (which: vscode.Uri) => {
      if (which.toString() === uri.toString()) {
        clearTimeout(timer);
        timer = setTimeout(() => void this.again(uri), SETTLE_MS);
      }
    };
    this.store.add(watcher.onDidChange(changed));
    this.store.add(watcher.onDidCreate(changed));
    this.store.defer(() => clearTimeout(timer));
  }

  /** The file was written. What can't be read leaves the tokenizer as it was. */
  private async again(uri: vscode.Uri): Promise<void> {
    try {
      await this.open(uri);
    } catch (error) {
      logFault(this.services, error);
    }
  }
}

async function readFile(uri: vscode.Uri, label: string): Promise<ArrayBuffer> {
  const remedy = vscode.l10n.t('Choose another tokenizer, or open the file where it is now.');
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_TOKENIZER_FILE) {
      throw new Fault(
        'too-large',
        vscode.l10n.t('{0} has {1} bytes; {2} are taken.', label, String(size), String(MAX_TOKENIZER_FILE)),
        { where: uri.fsPath, remedy: vscode.l10n.t('Is it a tokenizer.json?') },
      );
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    // A buffer of its own: the bytes may be a part of a larger one.
    return bytes.slice().buffer as ArrayBuffer;
  } catch (cause) {
    if (cause instanceof Fault) {
      throw cause;
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('not-found', vscode.l10n.t("The tokenizer {0} can't be read: {1}", label, why), {
      where: uri.fsPath,
      remedy,
      cause,
    });
  }
}

/** Tells two versions of a file apart: its length and a sum of its bytes (FNV-1a, 32 bits). Not against forgery. */
function fingerprint(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return `${bytes.length} ${hash}`;
}
