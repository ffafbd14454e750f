// The Lessons view: parts, their lessons and exercises with what is done, and one entry for each lesson that can't be
// read. How an entry looks is lessonItems.ts's business.

import * as vscode from 'vscode';
import type { Disposable } from '../shared/disposable.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { ExerciseStanding } from '../shared/exerciseMessages.ts';
import type { BrokenLesson, LessonSummary } from '../shared/lesson.ts';
import { placeOn } from './coursePaths.ts';
import type { CoursePreferences } from './coursePreferences.ts';
import { logFault } from './faults.ts';
import type { ExtensionCourse } from './hostCourse.ts';
import { brokenItem, exerciseItem, lessonItem, partItem } from './lessonItems.ts';
import type { HostServices } from './services.ts';

export interface LessonNode {
  readonly kind: 'lesson';
  readonly lesson: LessonSummary;
}

export interface ExerciseNode {
  readonly kind: 'exercise';
  readonly exercise: ExerciseSummary;
}

export type LessonsNode =
  | { readonly kind: 'part'; readonly title: string; readonly children: readonly LessonNode[] }
  | LessonNode
  | ExerciseNode
  | { readonly kind: 'broken'; readonly broken: BrokenLesson };

/** How exercises stand, wherever that is known from. */
export interface Standings {
  standing(id: string): ExerciseStanding | undefined;
  onDidChange(listener: () => void): Disposable;
}

export class LessonsTree implements vscode.TreeDataProvider<LessonsNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly services: HostServices;
  private readonly course: ExtensionCourse;
  private readonly preferences: CoursePreferences;
  private readonly subscriptions: Disposable[];
  /** Once they are loaded: before, what is passed is known, and nothing else of an exercise. */
  private standings: Standings | undefined;
  /** The entries as they were last handed out: VS Code knows an entry by its object. */
  private roots: readonly LessonsNode[] = [];
  /** Shows `message` above the entries; set by whoever made the view. */
  onMessage: (message: string | undefined) => void = () => {};

  constructor(services: HostServices, course: ExtensionCourse, preferences: CoursePreferences) {
    this.services = services;
    this.course = course;
    this.preferences = preferences;
    const changed = () => this.changes.fire(undefined);
    this.subscriptions = [
      course.onDidChange(changed),
      services.progress.onDidChange(changed),
      preferences.onDidChange(changed),
    ];
  }

  /** Shows the exercises as these say that they stand, from now on. */
  follow(standings: Standings): void {
    this.standings = standings;
    this.subscriptions.push(standings.onDidChange(() => this.changes.fire(undefined)));
    this.changes.fire(undefined);
  }

  async getChildren(node?: LessonsNode): Promise<LessonsNode[]> {
    if (node !== undefined) {
      return node.kind === 'part' ? [...node.children] : node.kind === 'lesson' ? this.exercisesOf(node.lesson) : [];
    }
    this.preferences.tellMenus();
    this.roots = await this.readRoots();
    return [...this.roots];
  }

  getParent(node: LessonsNode): LessonsNode | undefined {
    if (node.kind === 'exercise') {
      const lessons = this.roots.flatMap((root) => (root.kind === 'part' ? root.children : []));
      return lessons.find(({ lesson }) => lesson.id === node.exercise.lesson);
    }
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
      const { path, pathOnly } = this.preferences;
      const shown = lessons.filter(({ number }) => !pathOnly || placeOn(path, number) !== 'off');
      const parts = [...new Set(shown.map(({ part }) => part))];
      return [
        ...parts.map((title): LessonsNode => {
          const children = shown.filter(({ part }) => part === title);
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
        return partItem(node.title, node.children, this.services.progress);
      case 'lesson':
        return lessonItem(node.lesson, this.services.progress, this.preferences.path);
      case 'exercise':
        return exerciseItem(node.exercise, this.standing(node.exercise));
      case 'broken':
        return brokenItem(node.broken, this.course.folder);
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
    this.changes.dispose();
  }

  private exercisesOf({ exercises }: LessonSummary): ExerciseNode[] {
    const { hideSolved } = this.preferences;
    const shown = exercises.filter((exercise) => !hideSolved || this.standing(exercise).state !== 'passed');
    return shown.map((exercise) => ({ kind: 'exercise', exercise }));
  }

  private standing({ lesson, id }: ExerciseSummary): ExerciseStanding {
    const known = this.standings?.standing(id);
    if (known !== undefined) {
      return known;
    }
    const { passedAt, hints, solutionSeen } = this.services.progress.exercise(lesson, id);
    const state = passedAt === undefined ? 'away' : 'passed';
    return { id, state, hints, failed: 0, solutionSeen, checking: false, standIns: [] };
  }
}
