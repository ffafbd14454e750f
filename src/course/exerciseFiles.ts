// An exercise's files in the folder of lessons: the starter, the right answer, the check, the typical wrong answers.

import type { LessonFiles } from '../lessons/course.ts';
import { Fault } from '../shared/errors.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';

export interface ExerciseFiles {
  readonly starter: string;
  readonly solution: string;
  readonly check: string;
  /** Texts by name. */
  readonly mutants: Readonly<Record<string, string>>;
}

/** Where they are read from: the folder of lessons. Paths have `/` and are relative. */
export interface ExerciseReader extends Pick<LessonFiles, 'folders' | 'read'> {
  /** Names of the files in a folder; none where it isn't there. */
  list(relativePath: string): Promise<readonly string[]>;
}

/** Reads exercises, each once. */
export class ExerciseFolder {
  private readonly reader: ExerciseReader;
  private readonly read = new Map<string, Promise<ExerciseFiles>>();
  private places: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(reader: ExerciseReader) {
    this.reader = reader;
  }

  /** @throws Fault `not-found` naming the file that is missing */
  files({ lesson, id }: Pick<ExerciseSummary, 'lesson' | 'id'>): Promise<ExerciseFiles> {
    const key = `${lesson}/${id}`;
    let files = this.read.get(key);
    if (files === undefined) {
      files = this.load(lesson, id);
      this.read.set(key, files);
      files.catch(() => this.read.delete(key));
    }
    return files;
  }

  /** `01-what-is-a-language-model` for the lesson's id. @throws Fault `not-found` */
  async folderOf(lesson: string): Promise<string> {
    this.places ??= this.reader
      .folders()
      .then((names) => new Map(names.flatMap((name) => (/^\d\d-/.test(name) ? [[name.slice(3), name] as const] : []))));
    const folder = (await this.places).get(lesson);
    if (folder === undefined) {
      throw new Fault('not-found', `There is no lesson "${lesson}".`, { where: lesson });
    }
    return folder;
  }

  private async load(lesson: string, id: string): Promise<ExerciseFiles> {
    const folder = await this.folderOf(lesson);
    const text = (kind: string) => this.reader.read(`${folder}/${kind}/${id}.ts`);
    const wrong = `${folder}/mutants/${id}`;
    const names = (await this.reader.list(wrong)).filter((name) => name.endsWith('.ts')).toSorted();
    const [starter, solution, check, ...mutants] = await Promise.all([
      text('exercises'),
      text('solutions'),
      text('checks'),
      ...names.map((name) => this.reader.read(`${wrong}/${name}`)),
    ]);
    return {
      starter: starter as string,
      solution: solution as string,
      check: check as string,
      mutants: Object.fromEntries(names.map((name, i) => [name.slice(0, -3), mutants[i] as string])),
    };
  }
}
