// The types that stand in every course folder: what tsc makes of the course's own module, and of all that it names, as
// one tree that needs nothing beside it.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from './paths.ts';
import { binOf, runCommand } from './processes.ts';

/** What `import ... from 'inside-llms'` names. */
const ENTRY = 'src/runner/api/course';
const TYPES = '.types';
/** From where the host copies them. */
export const COURSE_TYPES = 'dist/course/types';

/** Where the entry is in that tree, for the course folder's tsconfig.json. */
export const COURSE_ENTRY = `${ENTRY.replace(/^src\//, '')}.d.ts`;

/**
 * Makes dist/course/types/.
 *
 * @returns the files' paths in the repository
 * @throws Error with the compiler's words
 */
export async function buildCourseTypes(): Promise<string[]> {
  const types = await courseTypes();
  await rm(inRoot(COURSE_TYPES), { recursive: true, force: true });
  for (const [file, text] of types) {
    await mkdir(path.dirname(inRoot(COURSE_TYPES, file)), { recursive: true });
    await writeFile(inRoot(COURSE_TYPES, file), text);
  }
  return [...types.keys()].map((file) => `${COURSE_TYPES}/${file}`);
}

/** The declarations by their paths in that tree. @throws Error with the compiler's words */
export async function courseTypes(): Promise<ReadonlyMap<string, string>> {
  await runCommand(process.execPath, [binOf('typescript/bin/tsc'), '-b', 'src/runner', '--pretty', 'false']);
  const types = new Map<string, string>();
  const waiting = [ENTRY];
  for (const file of waiting) {
    const text = await readFile(inRoot(TYPES, `${file}.d.ts`), 'utf8');
    // As a browser or Node would name what is compiled: every resolution finds the declaration beside it.
    types.set(
      `${file.replace(/^src\//, '')}.d.ts`,
      text.replace(IMPORT, (_, before, from, after) => `${before}${from}.js${after}`),
    );
    for (const [, , from] of text.matchAll(IMPORT)) {
      const named = path.posix.join(path.posix.dirname(file), from as string);
      if (!waiting.includes(named)) {
        waiting.push(named);
      }
    }
  }
  return types;
}

const IMPORT = /((?:from|import)\s*\(?['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;
