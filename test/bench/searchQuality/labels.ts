// The labelled queries: what people would ask about three code bases, and the definitions that answer it. Written by
// reading the code. A label names a definition by how it begins; its lines are found when it is resolved, so that another
// version of the package makes it fail and not drift.

import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../../../src/build/paths.ts';

interface LabelFile {
  readonly package: string;
  /** In the package; paths below are relative to it. */
  readonly folder: string;
  /** Globs of what belongs to the code base, and of what doesn't. */
  readonly files: readonly string[];
  readonly except: readonly string[];
  readonly queries: readonly {
    readonly query: string;
    readonly relevant: readonly {
      readonly file: string;
      /** Text that the file has once: the definition's beginning, with its indentation. */
      readonly at: string;
      /** 2 answers the query, 1 belongs to the answer. */
      readonly grade: 1 | 2;
    }[];
  }[];
}

export interface Place {
  readonly file: string;
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface LabelledQuery {
  readonly query: string;
  readonly relevant: readonly (Place & { readonly grade: number })[];
}

export interface CodeBase {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly queries: readonly LabelledQuery[];
}

export const codeBases = ['yaml', 'katex', 'mcp'] as const;

/** @throws Error naming the label that fits no place, or several. */
export async function loadCodeBase(name: string): Promise<CodeBase> {
  const labels = JSON.parse(readFileSync(inRoot('test/bench/labels', `${name}.json`), 'utf8')) as LabelFile;
  const cwd = inRoot('node_modules', labels.package, labels.folder);
  const manifest = JSON.parse(readFileSync(inRoot('node_modules', labels.package, 'package.json'), 'utf8'));
  const paths = new Set<string>();
  for (const pattern of labels.files) {
    for await (const file of glob(pattern, { cwd, exclude: [...labels.except] })) {
      if (!/\.d\.[mc]?ts$/.test(file)) {
        paths.add(file.split(path.sep).join('/'));
      }
    }
  }
  const files = await Promise.all(
    [...paths].sort().map(async (file) => ({ path: file, text: await readFile(path.join(cwd, file), 'utf8') })),
  );
  const textOf = new Map(files.map(({ path: file, text }) => [file, text]));
  const queries = labels.queries.map(({ query, relevant }) => ({
    query,
    relevant: relevant.map(({ file, at, grade }) => ({ ...placeOf(file, at, textOf.get(file)), grade })),
  }));
  return { name, version: manifest.version, files, queries };
}

/**
 * The lines of the definition that begins with `at`: all that are indented deeper, and the bracket that closes it.
 *
 * @throws Error unless the text has it, once, at the beginning of a line.
 */
export function placeOf(file: string, at: string, text: string | undefined): Place {
  const offset = text === undefined ? -1 : text.indexOf(at);
  if (text === undefined || offset === -1) {
    throw new Error(`${file} has no ${JSON.stringify(at)}: is the package another version?`);
  }
  if (text.indexOf(at, offset + 1) !== -1 || !/(^|\n)$/.test(text.slice(0, offset))) {
    throw new Error(`${JSON.stringify(at)} stands in ${file} twice, or not at the beginning of a line.`);
  }
  const startLine = text.slice(0, offset).split('\n').length;
  const lines = text.split('\n');
  const indent = indentOf(lines[startLine - 1]!);
  let endLine = startLine;
  for (let line = startLine + 1; line <= lines.length; line++) {
    const content = lines[line - 1]!;
    if (content.trim() === '' || indentOf(content) > indent) {
      continue;
    }
    if (indentOf(content) < indent || !/^\s*[\])}]/.test(content)) {
      break;
    }
    endLine = line;
    if (!/[[({]$|=>$/.test(content.trimEnd())) {
      return { file, startLine, endLine };
    }
  }
  return { file, startLine, endLine: Math.max(endLine, lastDeeper(lines, startLine, indent)) };
}

/** The last line of those that follow and are indented deeper. */
function lastDeeper(lines: readonly string[], startLine: number, indent: number): number {
  let last = startLine;
  for (
    let line = startLine + 1;
    line <= lines.length && !(lines[line - 1]!.trim() && indentOf(lines[line - 1]!) <= indent);
    line++
  ) {
    if (lines[line - 1]!.trim() !== '') {
      last = line;
    }
  }
  return last;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
