// The learner's own files that an answer imports by a path: helpers that they wrote beside it.

import type { NamedText } from './checkRequest.ts';
import type { LearnerFiles } from './courseChecker.ts';

/** Imports by a path, wherever one may stand; what only looks like one costs a look at the folder. */
const BY_PATH = /\b(?:from|import)\s*['"](\.{1,2}\/[^'"\n]+)['"]/gu;
/** More than any answer has. */
const MOST = 50;

/** @returns texts by path, those that they import in turn included. What isn't there is left out. */
export async function besideOf(from: readonly NamedText[], learner: LearnerFiles): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const known = new Set(from.map(({ path }) => path));
  const waiting = [...from];
  for (const { path, text } of waiting) {
    for (const [, specifier = ''] of text.matchAll(BY_PATH)) {
      for (const wanted of candidates(path, specifier)) {
        if (known.has(wanted) || known.size > MOST) {
          continue;
        }
        known.add(wanted);
        const there = await learner.read(wanted);
        if (there !== undefined) {
          found[wanted] = there;
          waiting.push({ path: wanted, text: there });
        }
      }
    }
  }
  return found;
}

/** Paths within the course folder that an import may mean: as it is written, and with its ending. */
function candidates(from: string, specifier: string): readonly string[] {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..' && parts.length === 0) {
      return [];
    }
    if (part === '..') {
      parts.pop();
    } else if (part !== '.') {
      parts.push(part);
    }
  }
  const path = parts.join('/');
  return path.endsWith('.ts') ? [path] : [`${path}.ts`];
}
