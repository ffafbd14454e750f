// The learner's own places in an error's stack.

import type { CodePlace } from '../shared/exercise.ts';

/** Frames in these files, innermost first, each once in a row: recursion without end has thousands. */
export function learnerFrames(error: unknown, files: Readonly<Record<string, string>>, most = 10): CodePlace[] {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  const frames: CodePlace[] = [];
  for (const match of stack.matchAll(/(?:\(|at )([^()\n]+?):(\d+):(\d+)\)?$/gmu)) {
    const [, file = '', line, column] = match;
    const name = file.replace(/^async /u, '');
    const place = { file: name, line: Number(line), column: Number(column) };
    const last = frames.at(-1);
    const again = last?.file === name && last.line === place.line && last.column === place.column;
    if (Object.hasOwn(files, name) && !again && frames.length < most) {
      frames.push(place);
    }
  }
  return frames;
}
