// Where the learner's course folder is, and its files through VS Code: what stands in an editor counts before what is
// saved, and what is written is written whole or not at all. What is to be written is courseWrites.ts's business.

import * as vscode from 'vscode';
import type { LearnerFiles } from '../course/courseChecker.ts';
import { DisposableStore } from '../shared/disposable.ts';
import { Fault } from '../shared/errors.ts';
import { COURSE_NAME, isCourse } from './courseFound.ts';
import type { CourseDisk } from './courseWrites.ts';
import { COURSE_FOLDER_KEY } from './ids.ts';

export class CourseFolder implements vscode.Disposable {
  private readonly memento: vscode.Memento;
  private readonly store = new DisposableStore();
  private readonly moves = this.store.add(new vscode.EventEmitter<void>());
  private readonly texts = this.store.add(new vscode.EventEmitter<{ path: string; text: string | undefined }>());
  /** Told when the folder is another. */
  readonly onDidMove = this.moves.event;
  /** Told when a file's text changed, in an editor or on the disk. */
  readonly onDidChangeText = this.texts.event;
  /** How often each file was changed in an editor. */
  private readonly edits = new Map<string, number>();
  private watcher: vscode.Disposable | undefined;
  private now: vscode.Uri | undefined;

  constructor(memento: vscode.Memento) {
    this.memento = memento;
    this.store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const path = this.pathOf(document.uri);
        if (path !== undefined && contentChanges.length > 0) {
          this.edits.set(path, this.editsOf(path) + 1);
          this.texts.fire({ path, text: plain(document.getText()) });
        }
      }),
    );
    // Closed without saving: what is saved counts again.
    this.store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.changedOnDisk(uri)));
  }

  get uri(): vscode.Uri | undefined {
    return this.now;
  }

  /** Finds the folder: one that is open in this window first, then the one used last. @returns whether there is one */
  async find(): Promise<boolean> {
    const known = this.memento.get<string>(COURSE_FOLDER_KEY);
    const open = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [
      uri,
      vscode.Uri.joinPath(uri, COURSE_NAME),
    ]);
    for (const uri of [...open, ...(known === undefined ? [] : [vscode.Uri.parse(known)])]) {
      if (await isCourse(uri)) {
        await this.use(uri);
        return true;
      }
    }
    this.set(undefined);
    return false;
  }

  /** The folder that was used last and isn't there any more. */
  get lost(): vscode.Uri | undefined {
    const known = this.memento.get<string>(COURSE_FOLDER_KEY);
    return this.now === undefined && known !== undefined ? vscode.Uri.parse(known) : undefined;
  }

  /** From now on it is this one. */
  async use(uri: vscode.Uri): Promise<void> {
    this.set(uri);
    if (this.memento.get(COURSE_FOLDER_KEY) !== uri.toString()) {
      await this.memento.update(COURSE_FOLDER_KEY, uri.toString());
    }
  }

  /** @throws Fault `not-found` where there is no course folder */
  uriOf(path: string): vscode.Uri {
    if (this.now === undefined) {
      throw new Fault('not-found', vscode.l10n.t('There is no course folder yet.'), {
        remedy: vscode.l10n.t('Run the command "Inside LLMs: Start the Course".'),
      });
    }
    return under(this.now, path);
  }

  /** A file's path in the folder; undefined for one that is elsewhere. */
  pathOf(uri: vscode.Uri): string | undefined {
    const { now } = this;
    const base = now && `${now.path.replace(/\/$/, '')}/`;
    const inside = now?.scheme === uri.scheme && now.authority === uri.authority;
    return inside && base !== undefined && uri.path.startsWith(base) ? uri.path.slice(base.length) : undefined;
  }

  /** As the learner has them now. */
  readonly learner: LearnerFiles = {
    read: async (path) => (this.now === undefined ? undefined : readText(under(this.now, path))),
  };

  /** Whether the folder is open in this window. */
  get inWorkspace(): boolean {
    return this.now !== undefined && vscode.workspace.getWorkspaceFolder(this.now) !== undefined;
  }

  dispose(): void {
    this.watcher?.dispose();
    this.store.dispose();
  }

  private set(uri: vscode.Uri | undefined): void {
    if (uri?.toString() === this.now?.toString()) {
      return;
    }
    this.now = uri;
    this.watcher?.dispose();
    this.watcher = undefined;
    if (uri !== undefined) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '*/*.ts'));
      const changed = (file: vscode.Uri) => this.changedOnDisk(file);
      watcher.onDidChange(changed);
      watcher.onDidCreate(changed);
      watcher.onDidDelete(changed);
      this.watcher = watcher;
    }
    this.moves.fire();
  }

  private changedOnDisk(file: vscode.Uri): void {
    const path = this.pathOf(file);
    if (path !== undefined) {
      const edits = this.editsOf(path);
      // A file that can't be read now is read again when it is checked, which says why.
      readText(file).then(
        (text) => {
          // What was read is older than an edit that came meanwhile.
          if (edits === this.editsOf(path)) {
            this.texts.fire({ path, text });
          }
        },
        () => {},
      );
    }
  }

  private editsOf(path: string): number {
    return this.edits.get(path) ?? 0;
  }
}

/** The files of a folder, for bringing it up to date. */
export function diskOf(folder: vscode.Uri): CourseDisk {
  const { fs } = vscode.workspace;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const put = async (path: string, text: string, overwrite: boolean) => {
    const target = under(folder, path);
    const part = target.with({ path: `${target.path}.${crypto.randomUUID().slice(0, 8)}.tmp` });
    await fs.writeFile(part, bytes(text));
    try {
      await fs.rename(part, target, { overwrite });
    } catch (error) {
      await fs.delete(part);
      throw error;
    }
  };
  return {
    read: (path) => readText(under(folder, path)),
    create: async (path, text) => {
      if ((await readText(under(folder, path))) !== undefined) {
        return false;
      }
      try {
        await put(path, text, false);
        return true;
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileExists') {
          return false;
        }
        throw error;
      }
    },
    replace: (path, text) => put(path, text, true),
  };
}

function under(folder: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, ...path.split('/'));
}

/** What stands in an editor with unsaved changes, else what is saved; undefined where there is no file. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && !document.isClosed && document.uri.toString() === uri.toString(),
  );
  if (open !== undefined) {
    return plain(open.getText());
  }
  try {
    return plain(new TextDecoder('utf-8').decode(await vscode.workspace.fs.readFile(uri)));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}

/** With line ends as the course writes them: a checkout by git may have changed them. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
