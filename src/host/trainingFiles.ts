// Finds and reads the files that a tokenizer is trained on: those that the user picked, a folder, the workspace; and
// writes what comes out. Text in UTF-8 only: what is not is left out and named. Follows VS Code's exclusions, not .gitignore.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { CancelToken, Progress } from '../shared/messages.ts';
import { MOST_TRAINING_BYTES } from '../shared/trainingMessages.ts';

/** Most files that one choice may bring. */
const MOST_FILES = 20_000;
/** What no one writes by hand, left out besides what the settings exclude. */
const NEVER = [
  '**/.git',
  '**/node_modules',
  '**/dist',
  '**/out',
  '**/build',
  '**/target',
  '**/.venv',
  '**/__pycache__',
];

export interface TextFile {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly text: string;
  /** UTF-8 bytes. */
  readonly bytes: number;
}

export interface Skipped {
  readonly name: string;
  readonly why: string;
}

/** The files below `folders`, in a fixed order. @throws Fault `not-found` when there are none, `too-large` */
export async function filesIn(folders: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const excluded = [...NEVER, ...excludedBySettings()];
  const found: vscode.Uri[] = [];
  for (const folder of folders) {
    const pattern = new vscode.RelativePattern(folder, '**/*');
    const exclude = `{${excluded.join(',')}}`;
    found.push(...(await vscode.workspace.findFiles(pattern, exclude, MOST_FILES - found.length + 1, token)));
    if (found.length > MOST_FILES) {
      throw new Fault('too-large', vscode.l10n.t('There are more than {0} files.', String(MOST_FILES)), {
        remedy: vscode.l10n.t('Choose a smaller folder.'),
      });
    }
  }
  if (found.length === 0 && folders.length > 0 && !token.isCancellationRequested) {
    const names = folders.map((folder) => folder.path.slice(folder.path.lastIndexOf('/') + 1));
    throw new Fault('not-found', vscode.l10n.t('There is no file to read in {0}.', names.join(', ')), {
      remedy: vscode.l10n.t(
        'Choose another folder. What is built, installed or excluded by your settings is not read.',
      ),
    });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

function excludedBySettings(): string[] {
  const on = (section: string) =>
    Object.entries(vscode.workspace.getConfiguration(section).get<Record<string, unknown>>('exclude', {}))
      .filter(([, value]) => value === true)
      .map(([pattern]) => pattern);
  return [...on('files'), ...on('search')];
}

/**
 * Reads `uris` one by one.
 *
 * @param room bytes that there still is room for
 * @throws Fault `too-large` when they don't fit, `cancelled`
 */
export async function* readTexts(
  uris: readonly vscode.Uri[],
  room: number,
  token: CancelToken,
  onProgress: (progress: Progress) => void,
): AsyncGenerator<TextFile | Skipped> {
  let left = room;
  for (const [at, uri] of uris.entries()) {
    if (token.isCancellationRequested) {
      throw new Fault('cancelled', vscode.l10n.t('Reading the files was cancelled.'));
    }
    onProgress({ done: at, total: uris.length, unit: 'files' });
    const name = vscode.workspace.asRelativePath(uri);
    const read = await readText(uri, left);
    if (typeof read !== 'string') {
      left -= read.bytes;
      yield { uri, name, ...read };
    } else {
      yield { name, why: read };
    }
  }
}

/** @returns why it is left out, where it is. */
async function readText(uri: vscode.Uri, room: number): Promise<string | { text: string; bytes: number }> {
  let data: Uint8Array;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > room) {
      throw new Fault(
        'too-large',
        vscode.l10n.t('More than {0} MB of text was chosen.', megabytes(MOST_TRAINING_BYTES)),
        {
          where: vscode.workspace.asRelativePath(uri),
          remedy: vscode.l10n.t('Choose fewer files: a part of them is enough to learn from.'),
        },
      );
    }
    data = await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof Fault) {
      throw error;
    }
    return vscode.l10n.t('it cannot be read');
  }
  if (data.length === 0) {
    return vscode.l10n.t('it is empty');
  }
  if (data.includes(0)) {
    return vscode.l10n.t('it is no text');
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(data), bytes: data.length };
  } catch {
    return vscode.l10n.t('it is not UTF-8');
  }
}

function megabytes(bytes: number): string {
  return String(Math.round(bytes / 1024 / 1024));
}

/** @throws Fault `storage` with the reason. */
export async function write(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (cause) {
    const name = target.path.slice(target.path.lastIndexOf('/') + 1);
    throw new Fault('storage', vscode.l10n.t('{0} could not be written: {1}', name, String(cause)), {
      remedy: vscode.l10n.t('Save it in another folder.'),
      cause,
    });
  }
}
