// Asks the user: which tokenizer, and which `tokenizer.json`.

import * as vscode from 'vscode';
import type { TokenizerInfo } from '../shared/messages.ts';
import { FILE_ID } from './ids.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';

interface Item extends vscode.QuickPickItem {
  readonly id?: string;
  readonly file?: true;
}

/** @returns the id of the one that was picked; undefined when the user left it. */
export async function pickTokenizer(
  choice: TokenizerChoice,
  pickFile: () => Promise<TokenizerInfo | undefined>,
): Promise<string | undefined> {
  const available = await choice.available();
  const item = ({ id, label, detail }: TokenizerInfo): Item => ({
    label,
    detail,
    id,
    ...(id === choice.main && { description: vscode.l10n.t('in use') }),
  });
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const [shipped, opened] = [false, true].map((file) => available.filter(({ id }) => id.startsWith(FILE_ID) === file));
  const picked = await vscode.window.showQuickPick<Item>(
    [
      ...(shipped ?? []).map(item),
      separator(vscode.l10n.t('your files')),
      ...(opened ?? []).map(item),
      { label: vscode.l10n.t('$(folder-opened) Open tokenizer.json…'), file: true },
    ],
    {
      title: vscode.l10n.t('Choose Tokenizer'),
      placeHolder: vscode.l10n.t('Which tokenizer counts and shows your tokens?'),
      matchOnDetail: true,
    },
  );
  return picked?.file ? (await pickFile())?.id : picked?.id;
}

/** @returns undefined when the user left it. */
export async function pickTokenizerUri(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open a tokenizer.json'),
      canSelectMany: false,
      filters: { [vscode.l10n.t('Tokenizer')]: ['json'] },
    })) ?? [];
  return file;
}
