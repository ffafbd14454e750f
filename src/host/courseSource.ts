// What the extension itself has of the exercises: their files beside the lessons, and the types for the course folder.

import * as vscode from 'vscode';
import { courseContents, exercisePath } from '../course/courseContents.ts';
import type { CourseFile } from '../course/courseFolder.ts';
import { ExerciseFolder } from '../course/exerciseFiles.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type { CourseExercise } from './exercises.ts';
import type { ExtensionCourse } from './hostCourse.ts';
import { listFiles } from './listFiles.ts';

/** Of the types: what "inside-llms" names. */
const TYPES_ENTRY = 'runner/api/course.d.ts';

export class CourseSource {
  private readonly extension: vscode.Uri;
  private readonly course: ExtensionCourse;
  private exerciseFolder: ExerciseFolder | undefined;

  constructor(extension: vscode.Uri, course: ExtensionCourse) {
    this.extension = extension;
    this.course = course;
  }

  /** Forgets what was read: the lessons have changed. */
  changed(): void {
    this.exerciseFolder = undefined;
  }

  get folder(): ExerciseFolder {
    const { folder } = this.course;
    this.exerciseFolder ??= new ExerciseFolder({
      folders: async () =>
        (await vscode.workspace.fs.readDirectory(folder)).flatMap(([name, type]) =>
          type & vscode.FileType.Directory ? [name] : [],
        ),
      read: (path) => text(vscode.Uri.joinPath(folder, ...path.split('/'))),
      list: async (path) => (await listFiles(vscode.Uri.joinPath(folder, ...path.split('/')))).toSorted(),
    });
    return this.exerciseFolder;
  }

  async summaries(): Promise<readonly ExerciseSummary[]> {
    return (await this.course.load()).lessons.flatMap(({ exercises }) => exercises);
  }

  /** All exercises in the course's order, with where they go and what the learner begins with. */
  async exercises(): Promise<readonly CourseExercise[]> {
    const { folder } = this;
    return Promise.all(
      (await this.summaries()).map(async (summary) => ({
        summary,
        path: await exercisePath(folder, summary),
        starter: (await folder.files(summary)).starter,
      })),
    );
  }

  /** Everything that a course folder should hold. */
  async contents(): Promise<readonly CourseFile[]> {
    const types = vscode.Uri.joinPath(this.extension, 'dist', 'course', 'types');
    const paths = (await listFiles(types)).toSorted();
    const texts = await Promise.all(
      paths.map(async (path) => [path, await text(vscode.Uri.joinPath(types, ...path.split('/')))] as const),
    );
    const { lessons } = await this.course.load();
    return courseContents(lessons, this.folder, new Map(texts), TYPES_ENTRY);
  }
}

async function text(uri: vscode.Uri): Promise<string> {
  return new TextDecoder('utf-8').decode(await vscode.workspace.fs.readFile(uri));
}
