// How the learner wants the course shown: which path, whether what is beside it is shown, whether what is solved is. Read
// from what VS Code keeps; loads nothing.

import * as vscode from 'vscode';
import { asPath, PATH_KEY, type PathId } from './coursePaths.ts';

const PATH_ONLY_KEY = 'insideLlms.course.pathOnly';
const HIDE_SOLVED_KEY = 'insideLlms.course.hideSolved';
/** Stands where a path would, once the learner has said that it is to be all. */
const EVERYTHING = 'everything';

export class CoursePreferences implements vscode.Disposable {
  private readonly memento: vscode.Memento;
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;

  constructor(memento: vscode.Memento) {
    this.memento = memento;
  }

  /** Undefined where all lessons are on the way. */
  get path(): PathId | undefined {
    return asPath(this.memento.get(PATH_KEY));
  }

  /** Whether the learner was asked, and answered. */
  get chosen(): boolean {
    return this.memento.get(PATH_KEY) !== undefined;
  }

  get pathOnly(): boolean {
    return this.memento.get<boolean>(PATH_ONLY_KEY, false) && this.path !== undefined;
  }

  get hideSolved(): boolean {
    return this.memento.get<boolean>(HIDE_SOLVED_KEY, false);
  }

  async setPath(path: PathId | undefined): Promise<void> {
    await this.set(PATH_KEY, path ?? EVERYTHING);
  }

  async setPathOnly(only: boolean): Promise<void> {
    await this.set(PATH_ONLY_KEY, only);
  }

  async setHideSolved(hide: boolean): Promise<void> {
    await this.set(HIDE_SOLVED_KEY, hide);
  }

  /** Tells VS Code, for its menus. */
  tellMenus(): void {
    const set = (key: string, value: unknown) =>
      void vscode.commands.executeCommand('setContext', `insideLlms.${key}`, value);
    set('path', this.path ?? '');
    set('pathOnly', this.pathOnly);
    set('hideSolved', this.hideSolved);
  }

  dispose(): void {
    this.changes.dispose();
  }

  private async set(key: string, value: unknown): Promise<void> {
    await this.memento.update(key, value);
    this.tellMenus();
    this.changes.fire();
  }
}
