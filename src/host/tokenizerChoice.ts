// Which tokenizers are used: the main one is a setting, unless a file was chosen here; those beside it, and how they are
// used, are kept for the workspace. One for the whole window: panel, status bar, editors and hovers ask here.

import * as vscode from 'vscode';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import { listTokenizers, type TokenizerInfo } from '../shared/messages.ts';
import type { TokensChoice } from '../shared/tokensMessages.ts';
import { logFault } from './faults.ts';
import { FILE_ID, TOKENS_CHOICE_KEY } from './ids.ts';
import type { HostServices } from './services.ts';
import type { TokenizerFiles } from './tokenizerFiles.ts';
import { type KeptChoice, keptChoice, MOST_CHOSEN, storedChoice, withMain } from './tokenizerMemory.ts';

const SETTING = 'insideLlms.tokens.encoding';
const DEFAULT = 'r50k_base';

export class TokenizerChoice implements vscode.Disposable {
  readonly files: TokenizerFiles;
  private readonly services: HostServices;
  private readonly store = new DisposableStore();
  private readonly changes = new vscode.EventEmitter<void>();
  private shipped: Promise<readonly TokenizerInfo[]> | undefined;
  private kept: KeptChoice;
  private revisions = 0;
  private setting: string;

  /** Fires when something else is chosen, or when a chosen file's tokenizer is another one now. */
  readonly onDidChange = this.changes.event;

  constructor(services: HostServices, files: TokenizerFiles) {
    this.services = services;
    this.files = files;
    this.setting = readSetting();
    this.kept = keptChoice(services.context.workspaceState.get(TOKENS_CHOICE_KEY), this.setting);
    this.store.add(this.changes);
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) {
          this.onSetting();
        }
      }),
    );
    this.store.add(
      files.onDidChange((id) => {
        this.revisions += 1;
        if (this.kept.chosen.includes(id)) {
          this.changes.fire();
        }
      }),
    );
  }

  /** One to four ids; the first is the main one. */
  get chosen(): readonly string[] {
    return this.kept.chosen;
  }

  get main(): string {
    return this.kept.chosen[0] as string;
  }

  /** Another number whenever the same ids may give other tokens. */
  get revision(): number {
    return this.revisions;
  }

  get specialTokens(): boolean {
    return this.kept.specialTokens;
  }

  get decorated(): boolean {
    return this.kept.decorated;
  }

  /** Those that ship, then the files opened last. */
  async available(): Promise<readonly TokenizerInfo[]> {
    this.shipped ??= this.services.worker
      .request(listTokenizers, {})
      .then((list) => list.filter(({ id }) => !id.startsWith(FILE_ID)))
      .catch((error) => {
        this.shipped = undefined;
        throw error;
      });
    return [...(await this.shipped), ...this.files.list().map(({ info }) => info)];
  }

  /** @throws Fault `unknown-encoding` */
  async info(id: string): Promise<TokenizerInfo> {
    const available = await this.available();
    const found = available.find((info) => info.id === id);
    if (found === undefined) {
      throw new Fault('unknown-encoding', vscode.l10n.t('There is no tokenizer "{0}".', id.slice(0, 80)), {
        where: id,
        remedy: vscode.l10n.t('Run "Inside LLMs: Choose Tokenizer…".'),
      });
    }
    return found;
  }

  /** All of it, for the page. */
  async forPage(): Promise<TokensChoice> {
    return { available: await this.available(), ...this.kept };
  }

  /**
   * Takes up a choice; what is absent stays. A file is read anew.
   *
   * @throws Fault `unknown-encoding`, or what is wrong with the file; then nothing changes.
   */
  async choose(wanted: {
    readonly chosen?: readonly string[] | undefined;
    readonly specialTokens?: boolean | undefined;
    readonly decorated?: boolean | undefined;
  }): Promise<void> {
    const chosen = [...new Set(wanted.chosen ?? this.kept.chosen)].slice(0, MOST_CHOSEN);
    for (const id of chosen.filter((one) => !this.kept.chosen.includes(one))) {
      await (id.startsWith(FILE_ID) ? this.files.reopen(id) : this.info(id));
    }
    await this.keep({
      chosen,
      specialTokens: wanted.specialTokens ?? this.kept.specialTokens,
      decorated: wanted.decorated ?? this.kept.decorated,
    });
  }

  /** Leaves a tokenizer that can't be used out of the choice. */
  async drop(id: string): Promise<void> {
    const left = this.kept.chosen.filter((one) => one !== id);
    await this.keep({ ...this.kept, chosen: left.length > 0 ? left : [this.setting === id ? DEFAULT : this.setting] });
  }

  dispose(): void {
    this.store.dispose();
  }

  private async keep(kept: KeptChoice): Promise<void> {
    if (JSON.stringify(kept) === JSON.stringify(this.kept)) {
      return;
    }
    if (kept.specialTokens !== this.kept.specialTokens) {
      this.revisions += 1;
    }
    this.kept = kept;
    await this.services.context.workspaceState.update(TOKENS_CHOICE_KEY, storedChoice(kept));
    if (!this.main.startsWith(FILE_ID) && this.main !== this.setting) {
      this.setting = this.main;
      try {
        await vscode.workspace.getConfiguration().update(SETTING, this.main, vscode.ConfigurationTarget.Global);
      } catch (error) {
        // Settings that can't be written (a mistake in the file): it counts in this window all the same.
        logFault(this.services, error);
      }
    }
    this.changes.fire();
  }

  /** The newest wins: a setting that was changed elsewhere goes before what was chosen here. */
  private onSetting(): void {
    const setting = readSetting();
    if (setting !== this.setting) {
      this.setting = setting;
      void this.keep({ ...this.kept, chosen: withMain(this.kept.chosen, setting) });
    }
  }
}

function readSetting(): string {
  return vscode.workspace.getConfiguration().get<string>(SETTING, DEFAULT) || DEFAULT;
}
