// The course as the host reads it: lessons/ and dist/sources/ of the extension, through vscode's file system.

import * as vscode from 'vscode';
import type { Course } from '../lessons/course.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { Lesson } from '../shared/lesson.ts';
import type { HostCourse } from './services.ts';
import type { QuotedSources } from './sources.ts';

export class ExtensionCourse implements HostCourse, Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
  private readonly sources: QuotedSources;
  private readonly watches: boolean;
  private watcher: vscode.Disposable | undefined;
  private course: Promise<Course> | undefined;
  private loaded: ReturnType<Course['load']> | undefined;
  /** The rendered lessons: a lesson is asked for at each goal and link, and takes a while to make. */
  private readonly lessons = new Map<string, Promise<Lesson>>();
  /** The lessons folder. */
  folder: vscode.Uri;

  /** @param watches whether lesson files are watched for changes: they change only while they are being written. */
  constructor(extensionUri: vscode.Uri, sources: QuotedSources, watches: boolean) {
    this.folder = vscode.Uri.joinPath(extensionUri, 'lessons');
    this.sources = sources;
    this.watches = watches;
  }

  load(): ReturnType<Course['load']> {
    this.watch();
    this.loaded ??= this.opened().then((course) => course.load());
    return this.loaded;
  }

  lesson(id: string): Promise<Lesson> {
    const known = this.lessons.get(id);
    if (known !== undefined) {
      return known;
    }
    const lesson = this.opened().then((course) => course.lesson(id));
    this.lessons.set(id, lesson);
    lesson.catch(() => this.lessons.delete(id));
    return lesson;
  }

  changed(): void {
    this.course = undefined;
    this.loaded = undefined;
    this.lessons.clear();
    this.changes.fire();
  }

  /** Reads another folder from now on. */
  useFolder(folder: vscode.Uri): void {
    this.folder = folder;
    this.watcher?.dispose();
    this.watcher = undefined;
    this.changed();
  }

  dispose(): void {
    this.watcher?.dispose();
    this.changes.dispose();
  }

  private opened(): Promise<Course> {
    this.course ??= this.open();
    return this.course;
  }

  private async open(): Promise<Course> {
    const folder = this.folder;
    const { Course } = await import('./later.ts');
    return new Course({
      folders: async () => {
        const entries = await vscode.workspace.fs.readDirectory(folder);
        return entries.filter(([, type]) => type & vscode.FileType.Directory).map(([name]) => name);
      },
      read: async (file) => {
        const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, ...file.split('/')));
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      },
      readSource: (file) => this.sources.read(file),
    });
  }

  private watch(): void {
    if (this.watches && this.watcher === undefined) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, '**/*.md'));
      const changed = () => this.changed();
      watcher.onDidChange(changed);
      watcher.onDidCreate(changed);
      watcher.onDidDelete(changed);
      this.watcher = watcher;
    }
  }
}
