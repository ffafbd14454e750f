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
  await runCommand(process.execPath, [binOf('typescript/bin/tsc'), '-b', 'src/runner', '--pretty', 'false']);
  await rm(inRoot(COURSE_TYPES), { recursive: true, force: true });
  const made: string[] = [];
  const waiting = [ENTRY];
  for (const file of waiting) {
    const text = await readFile(inRoot(TYPES, `${file}.d.ts`), 'utf8');
    const target = `${COURSE_TYPES}/${file.replace(/^src\//, '')}.d.ts`;
    await mkdir(path.dirname(inRoot(target)), { recursive: true });
    // As a browser or Node would name what is compiled: every resolution finds the declaration beside it.
    await writeFile(
      inRoot(target),
      text.replace(IMPORT, (_, before, from, after) => `${before}${from}.js${after}`),
    );
    made.push(target);
    for (const [, , from] of text.matchAll(IMPORT)) {
      const named = path.posix.join(path.posix.dirname(file), from as string);
      if (!waiting.includes(named)) {
        waiting.push(named);
      }
    }
  }
  return made;
}

const IMPORT = /((?:from|import)\s*\(?['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;
