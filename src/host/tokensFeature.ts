// All that counts and shows tokens: the panel, the status bar, the colours in editors, the hover, and the choice of
// tokenizer that they share.

import type * as vscode from 'vscode';
import type { Computation, TokenizerInfo } from '../shared/messages.ts';
import type { TokensSubject } from '../shared/tokensMessages.ts';
import { showFault } from './faults.ts';
import { COMMANDS } from './ids.ts';
import type { HostServices } from './services.ts';
import { TokensStatus } from './statusBar.ts';
import { TokenDecorations } from './tokenDecorations.ts';
import { TokenHover } from './tokenHover.ts';
import { TokenizerChoice } from './tokenizerChoice.ts';
import { TokenizerFiles } from './tokenizerFiles.ts';
import { MOST_CHOSEN } from './tokenizerMemory.ts';
import { pickTokenizer, pickTokenizerUri } from './tokenizerPick.ts';
import type { CountState } from './tokensCount.ts';
import { EditorFollower } from './tokensFollower.ts';
import { TokensPanel } from './tokensPanel.ts';

/** What the page keeps for itself; the host reads of it only the text that it was handed. */
interface KeptState {
  readonly handed?: unknown;
}

export interface TokensFeature {
  /** Opens the panel on what the editor shows. */
  open(): void;
  /** Opens the panel on a text that stands in no editor. */
  inspect(text: string): void;
  /** Opens `tokenizer.json` files, chooses them, and opens the panel. @throws Fault */
  openTokenizers(files: readonly vscode.Uri[]): Promise<void>;
  /** Asks which tokenizer is the main one. */
  chooseTokenizer(): Promise<void>;
  /** Switches the colours in editors on or off. */
  toggleDecorations(): Promise<void>;
  /** Opens a file's tokenizer again in a worker that doesn't hold it. @throws Fault */
  reopen(id: string): Promise<void>;
  /** Takes a panel that VS Code brought back after a reload, with the state that its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** Selects a stretch of the shown text in the editor it came from. @throws Fault `not-found` when it can't be. */
  reveal(start: number, end: number): Promise<null>;
  /** What the page was last given; undefined when it shows no text, or a patched one that is too large to keep. */
  shown(): TokensSubject | undefined;
  /** What the status bar says. */
  count(): CountState;
  readonly choice: TokenizerChoice;
  readonly decorations: TokenDecorations;
}

/**
 * Makes the panel, which opens when asked, and all else, which shows from now on where it is wanted.
 *
 * @param stepThrough opens a computation in a panel of its own
 */
export function createTokens(
  services: HostServices,
  stepThrough: (computation: Computation) => void | Promise<void>,
): TokensFeature {
  const { disposables, worker } = services;
  const files = disposables.add(new TokenizerFiles(services, worker));
  const choice = disposables.add(new TokenizerChoice(services, files));
  const follower = disposables.add(new EditorFollower());
  const status = disposables.add(new TokensStatus(worker, follower, choice, COMMANDS.inspectTokenization));
  const decorations = disposables.add(new TokenDecorations(services, choice));
  disposables.add(new TokenHover(worker, choice));
  const pickFile = async (): Promise<TokenizerInfo | undefined> => {
    const uri = await pickTokenizerUri();
    return uri && files.open(uri);
  };
  const panel = disposables.add(
    new TokensPanel({
      services,
      follower,
      choice,
      pickFile,
      stepThrough,
      counted: (key, counts, label) => status.know(key, counts, label),
    }),
  );
  const reopening = new Map<string, Promise<void>>();
  const reopen = async (id: string) => {
    try {
      await files.reopen(id);
    } catch (error) {
      if (choice.chosen.includes(id)) {
        void showFault(services, error);
        await choice.drop(id);
      }
      throw error;
    } finally {
      reopening.delete(id);
    }
  };
  return {
    open: () => panel.open(undefined),
    inspect: (text) => panel.open(text),
    openTokenizers: async (uris) => {
      const opened: string[] = [];
      for (const uri of uris.slice(0, MOST_CHOSEN)) {
        opened.push((await files.open(uri)).id);
      }
      await choice.choose({ chosen: opened });
      panel.open(undefined);
    },
    chooseTokenizer: async () => {
      const picked = await pickTokenizer(choice, pickFile);
      if (picked !== undefined) {
        await choice.choose({ chosen: [picked, ...choice.chosen.slice(1).filter((id) => id !== picked)] });
      }
    },
    toggleDecorations: () => choice.choose({ decorated: !choice.decorated }),
    reopen: (id) => {
      const running = reopening.get(id) ?? reopen(id);
      reopening.set(id, running);
      return running;
    },
    restore: (webview, state) => {
      const handed = (state as KeptState | null | undefined)?.handed;
      panel.attach(webview, typeof handed === 'string' ? handed : undefined);
    },
    reveal: (start, end) => panel.reveal(start, end),
    shown: () => panel.shown,
    count: () => status.state,
    choice,
    decorations,
  };
}
