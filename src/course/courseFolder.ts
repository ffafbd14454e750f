// The learner's course folder: which files it should hold, and what may be done to those that are there. Never to write
// over a file that the learner has touched, or that somebody else put there, is decided here. Knows no disk.

import { Fault } from '../shared/errors.ts';
import { z } from '../shared/schema.ts';

/** Kept in the folder beside the types. */
export const MANIFEST = '.inside-llms/course.json';
const SCHEMA = 1;

const manifestSchema = z.strictObject({
  schema: z.int(),
  /** The extension's, that wrote it last. */
  version: z.string(),
  /** By path: the hash of the text as we wrote it last. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A file that the course wants there. */
export interface CourseFile {
  /** In the course folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What is done about one file. */
export type FileStep =
  | { readonly path: string; readonly do: 'write'; readonly text: string }
  /** The learner has changed it, and so has the course: kept, and the course's is offered. */
  | { readonly path: string; readonly do: 'offer'; readonly text: string }
  /** A file that we never wrote is in the way: kept. */
  | { readonly path: string; readonly do: 'keep-foreign' }
  /** As it should be, touched or not. */
  | { readonly path: string; readonly do: 'nothing' }
  /** The learner has deleted it: it is left so, unless it is asked for. */
  | { readonly path: string; readonly do: 'leave-deleted' };

export interface CoursePlan {
  readonly steps: readonly FileStep[];
  /** To be written when the steps are done. */
  readonly manifest: Manifest;
}

/**
 * Reads the manifest. A folder of a newer version is not touched.
 *
 * @throws Fault `bad-input` when it is damaged or newer, naming what to do
 */
export function readManifest(text: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    raw = undefined;
  }
  const read = z.safeParse(manifestSchema, raw);
  if (!read.success) {
    throw new Fault('bad-input', `${MANIFEST} of the course folder can't be read.`, {
      where: MANIFEST,
      remedy: 'Delete it and start the course in this folder again: your files are kept.',
    });
  }
  if (read.data.schema > SCHEMA) {
    throw new Fault('bad-input', 'This course folder was made by a newer version of Inside LLMs.', {
      where: MANIFEST,
      remedy: 'Update the extension, or start the course in another folder.',
    });
  }
  return read.data;
}

/**
 * What to do so that the folder holds `wanted`.
 *
 * @param there texts of the files that are there, by path; absent where there is none
 * @param manifest as it is in the folder; undefined in a new one
 * @param restore paths that are to be there again although they were deleted
 */
export function planCourse(
  wanted: readonly CourseFile[],
  there: ReadonlyMap<string, string>,
  manifest: Manifest | undefined,
  version: string,
  hash: (text: string) => string,
  restore: ReadonlySet<string> = new Set(),
): CoursePlan {
  const files: Record<string, string> = {};
  const steps = wanted.map(({ path, text }): FileStep => {
    const now = there.get(path);
    const written = manifest?.files[path];
    const wantedHash = hash(text);
    if (now === undefined) {
      if (written !== undefined && !restore.has(path)) {
        files[path] = written;
        return { path, do: 'leave-deleted' };
      }
      files[path] = wantedHash;
      return { path, do: 'write', text };
    }
    const nowHash = hash(now);
    if (nowHash === wantedHash) {
      files[path] = wantedHash;
      return { path, do: 'nothing' };
    }
    if (written === undefined) {
      return { path, do: 'keep-foreign' };
    }
    if (nowHash === written) {
      files[path] = wantedHash;
      return { path, do: 'write', text };
    }
    // Offered once: when the course's own text has changed since it was last written or offered.
    files[path] = wantedHash;
    return written === wantedHash ? { path, do: 'nothing' } : { path, do: 'offer', text };
  });
  return { steps, manifest: { schema: SCHEMA, version, files: { ...manifest?.files, ...files } } };
}
