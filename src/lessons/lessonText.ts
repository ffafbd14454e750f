// A lesson file's text in one form, and its two halves: front matter and body. Knows no Markdown.

import type { Faults } from './faults.ts';

/** Longest lesson file taken, in UTF-16 units: several times the longest that anybody would read. */
export const MAX_LESSON = 400_000;

export interface LessonText {
  /** YAML between the two `---` lines, the first of which is line 1. */
  readonly frontMatter: string;
  readonly body: string;
  /** Line of the file at which `body` begins, from 1. */
  readonly bodyLine: number;
}

/** Splits a lesson file; CRLF and a byte order mark are taken. What is wrong goes to `faults`. */
export function splitLesson(text: string, faults: Faults): LessonText | undefined {
  if (text.length > MAX_LESSON) {
    const [length, most] = [text.length, MAX_LESSON].map((count) => count.toLocaleString('en'));
    faults.add(1, `the lesson has ${length} characters, and at most ${most} are taken; split it.`);
    return undefined;
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (lines.every((line) => line.trim() === '')) {
    faults.add(1, 'the lesson file is empty; it starts with its front matter between two lines of "---".');
    return undefined;
  }
  if (lines[0]?.trimEnd() !== '---') {
    faults.add(1, 'the lesson must start with its front matter: a line "---", the keys, and a line "---".');
    return undefined;
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) {
    faults.add(1, 'the front matter that starts here is never closed; end it with a line "---".');
    return undefined;
  }
  return {
    frontMatter: lines.slice(1, end).join('\n'),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
