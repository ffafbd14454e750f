// Collects what is wrong with one lesson file, and says it in one way. Does not decide what is wrong.

import { Fault } from '../shared/errors.ts';
import type { LessonFault } from '../shared/lesson.ts';
import { nearest } from '../shared/nearest.ts';

/** More than these say nothing new: one slip often causes many. */
const MOST_FAULTS = 100;

/** The faults of one file. */
export class Faults {
  private readonly list: LessonFault[] = [];
  private readonly file: string;

  /** @param file relative to the lessons folder, with `/` */
  constructor(file: string) {
    this.file = file;
  }

  get any(): boolean {
    return this.list.length > 0;
  }

  /** @param line from 1 */
  add(line: number, reason: string): void {
    if (this.list.length < MOST_FAULTS) {
      this.list.push({ file: this.file, line, reason });
    }
  }

  /** In the order of the file, each once. */
  get all(): readonly LessonFault[] {
    const seen = new Set<string>();
    return this.list
      .filter((fault) => {
        const key = `${fault.line}:${fault.reason}`;
        return !seen.has(key) && seen.add(key);
      })
      .sort((a, b) => a.line - b.line);
  }
}

/** The faults of a lesson as one error: the first in words, the others by their lines. */
export function lessonFault(faults: readonly LessonFault[]): Fault {
  const [first, ...others] = faults;
  if (first === undefined) {
    throw new RangeError('lessonFault: there is no fault to tell.');
  }
  const more = others.length === 0 ? '' : ` There are ${others.length} more, at line ${lines(others)}.`;
  return new Fault('bad-input', `${first.file}:${first.line}: ${first.reason}${more}`, {
    where: `${first.file}:${first.line}`,
    remedy: 'Mend the lesson file, then open the lesson again.',
  });
}

function lines(faults: readonly LessonFault[]): string {
  const shown = faults.slice(0, 8).map((fault) => fault.line);
  return faults.length > shown.length ? `${shown.join(', ')} and on` : shown.join(', ');
}

/** A value as a person would write it, cut where it is long. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `a text of ${value.length.toLocaleString('en')} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  }
  return value !== null && typeof value === 'object' ? 'a map of keys' : value === null ? 'empty' : String(value);
}

/** "did you mean ...?" where there is something near, else what there is. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `there are: ${known.join(', ')}.` : `did you mean "${near}"?`;
}
