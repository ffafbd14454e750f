// What learners' code threw, as a diagnosis: in words, and with its places. Nothing here trusts what was thrown.

import { Fault } from '../shared/errors.ts';
import type { CodePlace, Diagnosis } from '../shared/exercise.ts';
import { Todo } from './api/todo.ts';
import { show } from './check/show.ts';
import { LoadFault } from './loadFault.ts';

/** Names that people know from elsewhere, and that the course's code doesn't have. */
const ELSEWHERE =
  /^(require|process|module|exports|Buffer|global|fetch|XMLHttpRequest|WebSocket|window|document|localStorage|alert|prompt) is not defined/u;

/** What the language's own messages don't say, by their beginnings. */
const REMARKS: readonly (readonly [RegExp, string])[] = [
  [ELSEWHERE, 'The course’s code has no files, no network and no page: only the language and "inside-llms".'],
  [/^Maximum call stack size exceeded/u, 'A function calls itself and never comes to an end.'],
  [
    /object is not extensible|[Cc]annot (assign to read only|redefine) property/u,
    'What belongs to the language, such as Array.prototype or Math, can’t be changed here.',
  ],
  [/^Code generation from strings disallowed/u, 'The course runs no code from a text: no eval, no new Function.'],
];

/**
 * @param files the learner's, by the names that stacks have
 * @param when it was thrown, as the beginning of a sentence
 */
export function thrownDiagnosis(
  thrown: unknown,
  files: Readonly<Record<string, string>>,
  when = 'Your code stopped with an error',
): Diagnosis {
  if (thrown instanceof Todo) {
    return { kind: 'untouched', message: `Not written yet. ${thrown.message}` };
  }
  if (thrown instanceof LoadFault) {
    const { kind, message, place } = thrown;
    return { kind, message, ...(place !== undefined && { place }) };
  }
  return { kind: 'threw', message: `${when}: ${errorWords(thrown)}`, ...placesOf(thrown, files) };
}

/** Where it was thrown, for a diagnosis. */
export function placesOf(thrown: unknown, files: Readonly<Record<string, string>>) {
  const stack = learnerFrames(thrown, files);
  const [place] = stack;
  return place === undefined ? {} : { place, stack };
}

/** Example: `TypeError: row.map is not a function.` */
export function errorWords(thrown: unknown): string {
  try {
    if (thrown instanceof Fault) {
      return thrown.full;
    }
    if (!(thrown instanceof Error)) {
      return `${show(thrown, 200)} was thrown.`;
    }
    const { name, message } = thrown;
    const text = `${name}: ${message}`.slice(0, 500);
    const remark = REMARKS.find(([pattern]) => pattern.test(message))?.[1];
    const sentence = /[.!?…]$/u.test(text) ? text : `${text}.`;
    return remark === undefined ? sentence : `${sentence} ${remark}`;
  } catch {
    return 'something was thrown that can’t be shown.';
  }
}

/** Frames in these files, innermost first, each once in a row: recursion without end has thousands. */
function learnerFrames(thrown: unknown, files: Readonly<Record<string, string>>, most = 10): CodePlace[] {
  const frames: CodePlace[] = [];
  for (const match of stackOf(thrown).matchAll(/(?:\(|at )([^()\n]+?):(\d+):(\d+)\)?$/gmu)) {
    const [, name = '', line, column] = match;
    const place = { file: name.replace(/^async /u, ''), line: Number(line), column: Number(column) };
    const last = frames.at(-1);
    const again = last?.file === place.file && last.line === place.line && last.column === place.column;
    if (Object.hasOwn(files, place.file) && !again && frames.length < most) {
      frames.push(place);
    }
  }
  return frames;
}

function stackOf(thrown: unknown): string {
  try {
    const stack = thrown instanceof Error ? thrown.stack : '';
    return typeof stack === 'string' ? stack.slice(0, 20_000) : '';
  } catch {
    return '';
  }
}
