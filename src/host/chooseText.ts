// Choosing a text for a page: a file, what an editor shows, or a book, which is fetched first, by name and size and only
// after a yes.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { type BookInfo, type ChosenText, chooseText, fetchBook, listBooks, readBook } from '../shared/textMessages.ts';
import type { HostServices } from './services.ts';
import { type Handler, handle } from './webviewConnection.ts';

type Item = vscode.QuickPickItem & { readonly take?: () => Promise<ChosenText | undefined> };

export function textHandlers({ worker }: Pick<HostServices, 'worker'>): readonly Handler[] {
  return [
    handle(chooseText, async ({ most }) => {
      const picked = await vscode.window.showQuickPick<Item>(await itemsOf(worker), {
        title: vscode.l10n.t('Take a Text'),
        placeHolder: vscode.l10n.t('Which one?'),
        matchOnDescription: true,
      });
      const chosen = await picked?.take?.();
      if (chosen !== undefined && chosen.text.length > most) {
        const [has, may] = [chosen.text.length, most].map((count) => count.toLocaleString(vscode.env.language));
        throw new Fault(
          'too-large',
          vscode.l10n.t('{0} has {1} characters, and {2} may be taken.', chosen.name, has as string, may as string),
          { where: chosen.name, remedy: vscode.l10n.t('Take a part of it: select it, copy it, and paste it.') },
        );
      }
      return chosen ?? null;
    }),
  ];
}

async function itemsOf(worker: HostServices['worker']): Promise<readonly Item[]> {
  const open = vscode.window.visibleTextEditors
    .filter(({ document }) => ['file', 'untitled', 'vscode-remote', 'vscode-vfs'].includes(document.uri.scheme))
    .map(({ document }): Item => {
      const label = vscode.workspace.asRelativePath(document.uri);
      const take = async () => ({ name: label, text: document.getText() });
      return { label: `$(file) ${label}`, description: vscode.l10n.t('as the editor shows it'), take };
    });
  const books = (await worker.request(listBooks, {})).map((book): Item => {
    const size = vscode.l10n.t('{0} MB', megabytes(book.bytes));
    return {
      label: `$(book) ${book.title}`,
      description: book.here ? vscode.l10n.t('on this machine') : vscode.l10n.t('{0}, fetched once you agree', size),
      detail: book.about,
      take: () => takeBook(worker, book),
    };
  });
  return [
    ...open,
    { label: `$(folder-opened) ${vscode.l10n.t('Open a file…')}`, take: takeFile },
    { label: vscode.l10n.t('Books'), kind: vscode.QuickPickItemKind.Separator },
    ...books,
  ];
}

async function takeFile(): Promise<ChosenText | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Take a Text') })) ?? [];
  if (uri === undefined) {
    return undefined;
  }
  const name = vscode.workspace.asRelativePath(uri);
  const noText = (cause?: unknown) =>
    new Fault('bad-input', vscode.l10n.t('{0} is no text in UTF-8.', name), {
      where: name,
      remedy: vscode.l10n.t('Choose another file, or save it as UTF-8.'),
      cause,
    });
  const bytes = await Promise.resolve(vscode.workspace.fs.readFile(uri)).catch((cause: unknown) => {
    throw new Fault('storage', vscode.l10n.t('{0} can’t be read: {1}', name, String(cause)), { where: name, cause });
  });
  if (bytes.includes(0)) {
    throw noText();
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw noText(cause);
  }
}

/** Fetches it where it isn't here. */
async function takeBook(worker: HostServices['worker'], book: BookInfo): Promise<ChosenText | undefined> {
  if (!book.here) {
    const yes = vscode.l10n.t('Download');
    const asked = vscode.l10n.t('Download {0} ({1} MB)?', book.title, megabytes(book.bytes));
    const detail = [
      vscode.l10n.t('From: {0}', book.source),
      vscode.l10n.t('Licence: {0}', book.licence),
      vscode.l10n.t('Kept in: {0}', book.folder),
      vscode.l10n.t('It is checked against its hash. Nothing of yours is sent.'),
    ].join('\n');
    if ((await vscode.window.showInformationMessage(asked, { modal: true, detail }, yes)) !== yes) {
      return undefined;
    }
    const title = vscode.l10n.t('Downloading {0}', book.title);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    await vscode.window.withProgress(options, (progress, token) => {
      let last = 0;
      const onProgress = ({ done, total = book.bytes }: { readonly done: number; readonly total?: number }) => {
        const percent = Math.floor((100 * done) / total);
        progress.report({ increment: percent - last });
        last = percent;
      };
      return worker.request(fetchBook, { book: book.id }, { token, onProgress });
    });
  }
  const { text } = await worker.request(readBook, { book: book.id });
  return { name: book.title, text };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
}
