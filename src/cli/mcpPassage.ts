// Lines of one file, for those outside: only of files that an index's rules let in, in the one folder.

import type { FileSource } from '../services/search/fileSource.ts';
import { counted } from '../shared/counted.ts';
import { Fault } from '../shared/errors.ts';
import { linesOf } from '../shared/lines.ts';

/** Of one reading. */
export const MOST_LINES = 400;
const MOST_CHARACTERS = 100_000;

export interface Passage {
  readonly path: string;
  /** From 1, both inclusive: those that were read. */
  readonly startLine: number;
  readonly endLine: number;
  /** That the file has. */
  readonly lines: number;
  readonly text: string;
}

/**
 * @param path relative to the folder, with `/`
 * @throws Fault `refused` for a path that leads out or a file that is left out, `not-found`, `bad-params`
 */
export async function readPassage(
  files: FileSource,
  root: string,
  path: string,
  startLine: number,
  endLine: number,
): Promise<Passage> {
  if (endLine < startLine) {
    throw new Fault('bad-params', `endLine is ${endLine}, before startLine, which is ${startLine}.`);
  }
  if (leadsOut(path)) {
    throw new Fault('refused', 'Only files inside of the workspace are read.', {
      remedy: 'Give a path relative to the workspace, as search_workspace does.',
    });
  }
  const look = await files.look({ root, path });
  if (look === undefined) {
    throw new Fault('not-found', 'There is no such file in the workspace.', { remedy: 'Check its path.' });
  }
  if ('leftOut' in look) {
    throw leftOut(look.leftOut);
  }
  const read = await files.read({ root, path });
  if (!('text' in read)) {
    throw leftOut(read);
  }
  return cut(path, linesOf(read.text), startLine, endLine);
}

function cut(path: string, lines: readonly string[], startLine: number, endLine: number): Passage {
  if (startLine > lines.length) {
    throw new Fault('bad-params', `The file has ${counted(lines.length, 'line')}, and none is line ${startLine}.`);
  }
  const taken: string[] = [];
  let characters = 0;
  for (const line of lines.slice(startLine - 1, Math.min(endLine, startLine - 1 + MOST_LINES))) {
    characters += line.length + 1;
    if (characters > MOST_CHARACTERS && taken.length > 0) {
      break;
    }
    taken.push(line.slice(0, MOST_CHARACTERS));
  }
  const text = taken.join('\n');
  return { path, startLine, endLine: startLine + taken.length - 1, lines: lines.length, text };
}

/** However a system may write it. */
function leadsOut(path: string): boolean {
  return (
    /^[/\\]|^[A-Za-z]:|^~|\0|^[a-z][\w+.-]*:\/\//i.test(path) ||
    path.split(/[/\\]/).some((name) => name === '..' || name === '.')
  );
}

/** Says the kind of reason, and not what the file is taken for. */
function leftOut({ reason }: { readonly reason: string }): Fault {
  return new Fault('refused', `This file is left out of the index (${reason}), and is not read.`);
}
