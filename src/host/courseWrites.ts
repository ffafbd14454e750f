// Brings a course folder up to date on a disk that is handed in: reads what is there, asks the plan what to do, does it,
// and notes it in the manifest last. Nothing that somebody else wrote meanwhile is written over. Knows no editor.

import { type CourseFile, MANIFEST, type Manifest, planCourse, readManifest } from '../course/courseFolder.ts';
import { Fault } from '../shared/errors.ts';

/** The folder. Paths have `/`. Errors of the disk are thrown as they are. */
export interface CourseDisk {
  /** What stands there, unsaved changes included; undefined where there is nothing. */
  read(path: string): Promise<string | undefined>;
  /** Writes a file that isn't there, whole or not at all. @returns false where one is there by now */
  create(path: string, text: string): Promise<boolean>;
  /** Writes over a file, whole or not at all. */
  replace(path: string, text: string): Promise<void>;
}

export interface CourseUpdate {
  readonly disk: CourseDisk;
  readonly files: readonly CourseFile[];
  /** The extension's. */
  readonly version: string;
  readonly hash: (text: string) => string;
  /** Paths that are to be there again although they were deleted. */
  readonly restore?: ReadonlySet<string>;
}

/** What came of it, by path. */
export interface CourseOutcome {
  /** Written anew, or for the first time. */
  readonly written: readonly string[];
  /** The learner changed them, and so did the course: kept. With the course's texts. */
  readonly offered: ReadonlyMap<string, string>;
  /** Not ours, and in the way: kept. */
  readonly foreign: readonly string[];
  /** Deleted by the learner, and left so. */
  readonly deleted: readonly string[];
}

/** How many files are written at once. */
const AT_ONCE = 8;

/** @throws Fault `bad-input` for a manifest that is damaged or newer; `storage` naming the file that can't be written */
export async function updateCourse(update: CourseUpdate): Promise<CourseOutcome> {
  const { disk, files, version, hash, restore } = update;
  const manifest = await manifestOn(disk);
  const there = new Map<string, string>();
  await inBatches(files, async ({ path }) => {
    const text = await reading(disk, path);
    if (text !== undefined) {
      there.set(path, text);
    }
  });
  const plan = planCourse(files, there, manifest, version, hash, restore);
  const written: string[] = [];
  const offered = new Map<string, string>();
  const foreign: string[] = [];
  const deleted: string[] = [];
  /** What was there by the time of writing: the manifest must not say that we wrote it. */
  const late = new Set<string>();
  await inBatches(plan.steps, async (step) => {
    switch (step.do) {
      case 'write':
        if (await write(disk, step.path, step.text, there.get(step.path))) {
          written.push(step.path);
        } else {
          late.add(step.path);
          foreign.push(step.path);
        }
        break;
      case 'offer':
        offered.set(step.path, step.text);
        break;
      case 'keep-foreign':
        foreign.push(step.path);
        break;
      case 'leave-deleted':
        deleted.push(step.path);
        break;
      case 'nothing':
        break;
    }
  });
  const noted = Object.entries(plan.manifest.files).flatMap(([path, written]) => {
    const kept = late.has(path) ? manifest?.files[path] : written;
    return kept === undefined ? [] : [[path, kept] as const];
  });
  await note(disk, { ...plan.manifest, files: Object.fromEntries(noted) }, manifest);
  return { written: written.toSorted(), offered, foreign: foreign.toSorted(), deleted: deleted.toSorted() };
}

/** @throws Fault `bad-input` */
export async function manifestOn(disk: Pick<CourseDisk, 'read'>): Promise<Manifest | undefined> {
  const text = await reading(disk, MANIFEST);
  return text === undefined ? undefined : readManifest(text);
}

/** @returns false where another text stands there than the plan was made for */
async function write(disk: CourseDisk, path: string, text: string, was: string | undefined): Promise<boolean> {
  return writing(path, async () => {
    if (was === undefined && (await disk.create(path, text))) {
      return true;
    }
    const now = await disk.read(path);
    if (now === text) {
      return true; // another window was first
    }
    if (was === undefined || now !== was) {
      return false;
    }
    await disk.replace(path, text);
    return true;
  });
}

/** The manifest is not touched where it says so already. */
async function note(disk: CourseDisk, manifest: Manifest, before: Manifest | undefined): Promise<void> {
  if (JSON.stringify(manifest) !== JSON.stringify(before)) {
    await writing(MANIFEST, () => disk.replace(MANIFEST, `${JSON.stringify(manifest, undefined, 2)}\n`));
  }
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const one = async () => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function reading(disk: Pick<CourseDisk, 'read'>, path: string): Promise<string | undefined> {
  try {
    return await disk.read(path);
  } catch (cause) {
    throw new Fault('storage', `${path} of the course folder can't be read: ${said(cause)}`, {
      where: path,
      remedy: 'Look whether the folder is there and may be read.',
      cause,
    });
  }
}

async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Fault('storage', `${path} of the course folder can't be written: ${said(cause)}`, {
      where: path,
      remedy: 'Look whether the folder may be written to and the disk has room, or start the course in another folder.',
      cause,
    });
  }
}

function said(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
