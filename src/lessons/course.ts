// The course: all lessons of a folder, in order, with what is wrong in any of them. Reads through an interface, so that
// it works over VS Code's file system and over Node's.

import { asFault, Fault } from '../shared/errors.ts';
import type { BrokenLesson, Lesson, LessonFault, LessonSummary } from '../shared/lesson.ts';
import { compile, type Outline, outline } from './compile.ts';
import { Faults, hint, lessonFault } from './faults.ts';
import { Sources } from './sources.ts';

/** Where lessons and the sources that they quote are read from. Paths have `/` and are relative. */
export interface LessonFiles {
  /** Names of the folders in the lessons folder. */
  folders(): Promise<string[]>;
  /** Text of a file, by its path in the lessons folder. Rejects where there is none. */
  read(relativePath: string): Promise<string>;
  /** Text of one of the project's sources, as `src/tokenizers/encoder.ts`. Rejects where there is none. */
  readSource(repoPath: string): Promise<string>;
}

/** Two digits and the lesson's id: `02-text-to-tokens`. */
const FOLDER = /^(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

interface Entry {
  readonly folder: string;
  readonly file: string;
  readonly number: number;
  readonly id: string;
}

export class Course {
  private readonly files: LessonFiles;
  private entries: readonly Entry[] = [];
  private loaded = false;

  constructor(files: LessonFiles) {
    this.files = files;
  }

  /**
   * Reads every lesson's front matter and goals, without rendering. Lessons come by number; gaps are no fault. Call
   * again when a file changed.
   *
   * @throws Fault `not-found` when the lessons folder itself can't be read
   */
  async load(): Promise<{ lessons: LessonSummary[]; broken: BrokenLesson[] }> {
    const { entries, misnamed } = await this.list();
    this.entries = entries;
    this.loaded = true;
    const outcomes = await Promise.all(entries.map((entry) => this.outlineOf(entry)));
    const lessons: LessonSummary[] = [];
    const broken: BrokenLesson[] = [...misnamed];
    for (const { entry, outlined, faults } of outcomes) {
      if (outlined === undefined || faults.any) {
        broken.push({ folder: entry.folder, faults: faults.all });
      } else {
        lessons.push(outlined.summary);
      }
    }
    broken.sort((a, b) => (a.folder < b.folder ? -1 : 1));
    return { lessons, broken };
  }

  /**
   * The whole lesson, rendered.
   *
   * @throws Fault `not-found` for an unknown id; `bad-input` naming file, line and reason for a broken lesson
   */
  async lesson(id: string): Promise<Lesson> {
    const { lesson, faults } = await this.compile(id);
    if (lesson === undefined) {
      throw lessonFault(faults);
    }
    return lesson;
  }

  /**
   * The whole lesson, or everything that is wrong with it.
   *
   * @throws Fault `not-found` for an unknown id
   */
  async compile(id: string): Promise<{ lesson: Lesson | undefined; faults: readonly LessonFault[] }> {
    if (!this.loaded) {
      await this.load();
    }
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) {
      const known = this.entries.map((candidate) => candidate.id);
      const remedy = known.length === 0 ? 'There are no lessons.' : `Lessons: ${hint(id, known)}`;
      throw new Fault('not-found', `There is no lesson "${id}".`, { where: id, remedy });
    }
    const faults = new Faults(entry.file);
    const text = await this.readLesson(entry, faults);
    if (text === undefined) {
      return { lesson: undefined, faults: faults.all };
    }
    const outlined = outline(text, entry.number, new Faults(entry.file));
    if (outlined !== undefined) {
      this.checkPlace(entry, outlined, faults);
    }
    const lessons = this.entries.map((candidate) => candidate.id);
    const sources = new Sources((path) => this.files.readSource(path));
    const lesson = await compile(text, entry.number, faults, lessons, sources);
    return { lesson: faults.any ? undefined : lesson, faults: faults.all };
  }

  private async outlineOf(entry: Entry): Promise<{ entry: Entry; outlined: Outline | undefined; faults: Faults }> {
    const faults = new Faults(entry.file);
    const text = await this.readLesson(entry, faults);
    const outlined = text === undefined ? undefined : outline(text, entry.number, faults);
    if (outlined !== undefined) {
      this.checkPlace(entry, outlined, faults);
    }
    return { entry, outlined, faults };
  }

  private async readLesson(entry: Entry, faults: Faults): Promise<string | undefined> {
    try {
      return await this.files.read(entry.file);
    } catch (error) {
      faults.add(1, `the lesson file can't be read: ${asFault(error).message}`);
      return undefined;
    }
  }

  /** What the lesson's neighbours say: its id is the folder's, and what it needs comes before it. */
  private checkPlace(entry: Entry, { summary, lineOf }: Outline, faults: Faults): void {
    if (summary.id !== entry.id) {
      faults.add(lineOf(['id']), `id must be "${entry.id}" as in the folder's name, and is "${summary.id}".`);
    }
    for (const [index, need] of summary.needs.entries()) {
      const needed = this.entries.find((candidate) => candidate.id === need);
      const line = lineOf(['needs', index]);
      if (needed === undefined) {
        const known = this.entries.filter(({ number }) => number < entry.number).map(({ id }) => id);
        const remedy = known.length === 0 ? 'no lesson comes before this one.' : hint(need, known);
        faults.add(line, `needs names a lesson "${need}" that doesn't exist; ${remedy}`);
      } else if (needed.number >= entry.number) {
        faults.add(line, `needs names "${need}", which doesn't come before this lesson.`);
      }
    }
  }

  /** The folders by number. Of two with one number or one id the first stays. */
  private async list(): Promise<{ entries: Entry[]; misnamed: BrokenLesson[] }> {
    const folders = await this.files.folders().catch((error: unknown) => {
      const { message, remedy = 'Install the extension again.' } = asFault(error);
      throw new Fault('not-found', `The lessons folder can't be read: ${message}`, { cause: error, remedy });
    });
    const entries: Entry[] = [];
    const misnamed: BrokenLesson[] = [];
    for (const folder of folders.filter((name) => !name.startsWith('.')).sort()) {
      const file = `${folder}/lesson.md`;
      const [, digits, id] = FOLDER.exec(folder) ?? [];
      const number = Number(digits);
      const twin = entries.find((entry) => entry.id === id || entry.number === number);
      if (id === undefined) {
        const reason = `the folder "${folder}" must be called by two digits and the lesson's id, such as 02-text-to-tokens.`;
        misnamed.push({ folder, faults: [{ file, line: 1, reason }] });
      } else if (twin !== undefined) {
        const what = twin.id === id ? `id "${id}"` : `number ${number}`;
        misnamed.push({ folder, faults: [{ file, line: 1, reason: `the ${what} is taken by ${twin.folder}.` }] });
      } else {
        entries.push({ folder, file, number, id });
      }
    }
    return { entries, misnamed };
  }
}
