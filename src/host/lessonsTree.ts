// The Lessons view: parts, their lessons with what is done, and one entry for each lesson that can't be read.

import * as vscode from 'vscode';
import type { Disposable } from '../shared/disposable.ts';
import type { BrokenLesson, LessonSummary } from '../shared/lesson.ts';
import { logFault } from './faults.ts';
import type { ExtensionCourse } from './hostCourse.ts';
import { COMMANDS } from './ids.ts';
import type { LessonStanding } from './progress.ts';
import type { HostServices } from './services.ts';

export interface LessonNode {
  readonly kind: 'lesson';
  readonly lesson: LessonSummary;
}

export type LessonsNode =
  | { readonly kind: 'part'; readonly title: string; readonly children: readonly LessonNode[] }
  | LessonNode
  | { readonly kind: 'broken'; readonly broken: BrokenLesson };

export class LessonsTree implements vscode.TreeDataProvider<LessonsNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly services: HostServices;
  private readonly course: ExtensionCourse;
  private readonly subscriptions: Disposable[];
  /** The entries as they were last handed out: VS Code knows an entry by its object. */
  private roots: readonly LessonsNode[] = [];
  /** Shows `message` above the entries; set by whoever made the view. */
  onMessage: (message: string | undefined) => void = () => {};

  constructor(services: HostServices, course: ExtensionCourse) {
    this.services = services;
    this.course = course;
    const changed = () => this.changes.fire(undefined);
    this.subscriptions = [course.onDidChange(changed), services.progress.onDidChange(changed)];
  }

  async getChildren(node?: LessonsNode): Promise<LessonsNode[]> {
    if (node !== undefined) {
      return node.kind === 'part' ? [...node.children] : [];
    }
    this.roots = await this.readRoots();
    return [...this.roots];
  }

  getParent(node: LessonsNode): LessonsNode | undefined {
    return this.roots.find((root) => root.kind === 'part' && root.children.includes(node as LessonNode));
  }

  /** Selects the lesson opened last, without opening it. */
  async revealCurrent(view: vscode.TreeView<LessonsNode>): Promise<void> {
    const { lastOpened } = this.services.progress;
    const lessons = this.roots.flatMap((root) => (root.kind === 'part' ? root.children : []));
    const current = lessons.find((node) => node.kind === 'lesson' && node.lesson.id === lastOpened);
    if (current !== undefined) {
      await view.reveal(current, { select: true, focus: false });
    }
  }

  /** The view says that there is no lesson only when that is known: not while the extension host is starting or gone. */
  private async readRoots(): Promise<LessonsNode[]> {
    const roots = await this.loadRoots();
    void vscode.commands.executeCommand('setContext', 'insideLlms.noLessons', roots.length === 0);
    return roots;
  }

  private async loadRoots(): Promise<LessonsNode[]> {
    try {
      const { lessons, broken } = await this.course.load();
      this.onMessage(undefined);
      const parts = [...new Set(lessons.map(({ part }) => part))];
      return [
        ...parts.map((title): LessonsNode => {
          const children = lessons.filter(({ part }) => part === title);
          return { kind: 'part', title, children: children.map((lesson) => ({ kind: 'lesson', lesson })) };
        }),
        ...broken.map((one): LessonsNode => ({ kind: 'broken', broken: one })),
      ];
    } catch (error) {
      logFault(this.services, error);
      this.onMessage(vscode.l10n.t('The lessons could not be read. The log says why.'));
      return [];
    }
  }

  getTreeItem(node: LessonsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'part':
        return this.partItem(node.title, node.children);
      case 'lesson':
        return this.lessonItem(node.lesson);
      case 'broken':
        return this.brokenItem(node.broken);
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
    this.changes.dispose();
  }

  private partItem(title: string, lessons: readonly LessonNode[]): vscode.TreeItem {
    const done = lessons.filter(({ lesson }) => this.services.progress.standing(lesson) === 'done').length;
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
    // With an id of its own the entry stays collapsed or expanded as the user left it.
    item.id = `part:${title}`;
    item.contextValue = 'part';
    item.description = `${done}/${lessons.length}`;
    item.tooltip = vscode.l10n.t('{0} of {1} lessons done', done, lessons.length);
    item.accessibilityInformation = { label: `${title}, ${item.tooltip}` };
    return item;
  }

  private lessonItem(lesson: LessonSummary): vscode.TreeItem {
    const { progress } = this.services;
    const standing = progress.standing(lesson);
    const current = progress.lastOpened === lesson.id;
    const item = new vscode.TreeItem(`${lesson.number}. ${lesson.title}`);
    item.id = `lesson:${lesson.id}`;
    item.contextValue = `lesson.${standing}`;
    item.iconPath = iconOf(standing, current);
    const minutes = vscode.l10n.t('{0} min', lesson.minutes);
    const marks = [current ? vscode.l10n.t('current') : undefined, standingText(standing, current), minutes];
    item.description = marks.filter((mark) => mark !== undefined).join(' · ');
    item.tooltip = this.tooltip(lesson);
    item.accessibilityInformation = {
      label: vscode.l10n.t('Lesson {0}, {1}, {2}', lesson.number, lesson.title, item.description),
    };
    item.command = {
      command: COMMANDS.openLesson,
      title: vscode.l10n.t('Open Lesson'),
      arguments: [lesson.id],
    };
    return item;
  }

  private tooltip(lesson: LessonSummary): vscode.MarkdownString {
    const reached = this.services.progress.reached(lesson.id);
    const youWill = lesson.youWill.map((what) => `- ${escapeMarkdown(what)}`);
    const goals = lesson.goals.map(({ block, text }) => {
      const done = reached.includes(block);
      return `${done ? '✓' : '○'} ${escapeMarkdown(done ? vscode.l10n.t('{0} (done)', text) : text)}`;
    });
    const paragraphs = [
      `**${escapeMarkdown(lesson.title)}**`,
      vscode.l10n.t('You will:'),
      youWill.join('\n'),
      vscode.l10n.t('Done when you have:'),
      goals.join('  \n'), // two spaces break the line
    ];
    return new vscode.MarkdownString(paragraphs.join('\n\n'));
  }

  private brokenItem({ folder, faults }: BrokenLesson): vscode.TreeItem {
    const first = faults[0];
    const place = first === undefined ? folder : `${first.file}:${first.line}`;
    const reason = first?.reason ?? vscode.l10n.t('This lesson could not be read.');
    const item = new vscode.TreeItem(place);
    item.id = `broken:${folder}`;
    item.contextValue = 'broken';
    item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
    item.description = reason;
    item.tooltip = faults.map((fault) => `${fault.file}:${fault.line}  ${fault.reason}`).join('\n') || reason;
    item.accessibilityInformation = { label: vscode.l10n.t('Broken lesson, {0}: {1}', place, reason) };
    if (first !== undefined) {
      const at = new vscode.Position(Math.max(0, first.line - 1), 0);
      item.command = {
        command: 'vscode.open',
        title: vscode.l10n.t('Open File'),
        arguments: [
          vscode.Uri.joinPath(this.course.folder, ...first.file.split('/')),
          { selection: new vscode.Range(at, at) },
        ],
      };
    }
    return item;
  }
}

function standingText(standing: LessonStanding, current: boolean): string | undefined {
  if (standing === 'done') {
    return vscode.l10n.t('done');
  }
  return standing === 'started' && !current ? vscode.l10n.t('started') : undefined;
}

function iconOf(standing: LessonStanding, current: boolean): vscode.ThemeIcon {
  if (standing === 'done') {
    return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
  }
  if (current) {
    return new vscode.ThemeIcon('play-circle', new vscode.ThemeColor('charts.blue'));
  }
  return new vscode.ThemeIcon(standing === 'started' ? 'record-small' : 'circle-large-outline');
}

/** A lesson's own words as they are, whatever signs are in them. */
function escapeMarkdown(text: string): string {
  return new vscode.MarkdownString().appendText(text).value;
}
