// Finds an exported declaration in TypeScript text, with its comment, so that lessons quote by name and can't drift.
// A scanner of brackets, strings and comments, not a parser: it takes declarations that start at the margin with
// `export`, and members of such a class one level in. Re-exports and default exports are not found.

export interface Quote {
  /** Of the comment if there is one, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Of the declaration itself. */
  readonly nameLine: number;
  /** Without the indentation that all its lines share. */
  readonly text: string;
}

/**
 * Quotes `name` (`trainBpe`, or `BpeEncoder.encode` for a member) from `source`.
 *
 * @returns undefined where there is no such name
 */
export function quote(source: string, name: string): Quote | undefined {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  const [outer = '', member] = name.split('.');
  const range = declaration(text, lines, outer);
  if (range === undefined || member === '') {
    return undefined;
  }
  const found = member === undefined ? range : memberOf(text, lines, range, member);
  return found && withComment(lines, found);
}

/** What the file exports by name: to say what there is when a name isn't there. */
export function exportedNames(source: string): string[] {
  return [...source.matchAll(EXPORT)].map((match) => match[1]!);
}

/** From line to line, counted from 0, both included. */
interface Range {
  readonly first: number;
  readonly last: number;
}

const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum)\s+([A-Za-z_$][\w$]*)/gm;

function declaration(text: string, lines: readonly string[], name: string): Range | undefined {
  for (const match of text.matchAll(EXPORT)) {
    if (match[1] === name) {
      return rangeFrom(text, lines, match.index);
    }
  }
  return undefined;
}

function memberOf(text: string, lines: readonly string[], range: Range, name: string): Range | undefined {
  const start = new RegExp(
    `^  (?:(?:public|private|protected|static|override|readonly|async|get|set|declare) )*\\*?${name.replace(/\$/g, '\\$')}(?=[?!]?(?:[(<:;]| =|$))`,
  );
  for (let line = range.first + 1; line < range.last; line++) {
    if (start.test(lines[line]!)) {
      return rangeFrom(text, lines, offsetOfLine(lines, line));
    }
  }
  return undefined;
}

function offsetOfLine(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
}

/**
 * The declaration that starts at `start`: to the `;` outside all brackets, or, where it has a body, to the `}` that
 * closes it. A `}` with more on its line closes a type or a parameter.
 */
function rangeFrom(text: string, lines: readonly string[], start: number): Range {
  const first = lineOf(text, start);
  const bodiless = /^export (?:declare )?(?:const|let|type)\b/.test(text.slice(start, start + 40));
  let depth = 0;
  let i = start;
  while (i < text.length) {
    const skipped = skip(text, i);
    if (skipped > i) {
      i = skipped;
      continue;
    }
    const character = text[i]!;
    if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
      const closes =
        depth === 0 && character === '}' && !bodiless && /^[ \t]*(?:\n|$)/.test(text.slice(i + 1, i + 200));
      if (depth < 0 || closes) {
        break;
      }
    } else if (character === ';' && depth === 0) {
      break;
    }
    i++;
  }
  return { first, last: Math.min(lineOf(text, i), lines.length - 1) };
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) {
    line++;
  }
  return line;
}

/** Where the comment, string, template or regular expression at `i` ends; `i` itself where there is none. */
function skip(text: string, i: number): number {
  const character = text[i];
  if (character === '/' && text[i + 1] === '/') {
    return endOr(text, text.indexOf('\n', i), 0);
  }
  if (character === '/' && text[i + 1] === '*') {
    return endOr(text, text.indexOf('*/', i + 2), 2);
  }
  if (character === "'" || character === '"') {
    return endOfString(text, i);
  }
  if (character === '`') {
    return endOfTemplate(text, i);
  }
  if (character === '/' && startsRegex(text, i)) {
    return endOfRegex(text, i);
  }
  return i;
}

function endOr(text: string, found: number, length: number): number {
  return found === -1 ? text.length : found + length;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== text[start] && text[i] !== '\n') {
    i += text[i] === '\\' ? 2 : 1;
  }
  return i + 1;
}

function endOfTemplate(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '`') {
    if (text[i] === '\\') {
      i += 2;
    } else if (text[i] === '$' && text[i + 1] === '{') {
      i = endOfHole(text, i + 2);
    } else {
      i++;
    }
  }
  return i + 1;
}

/** `start` is after `${`. */
function endOfHole(text: string, start: number): number {
  let depth = 1;
  let i = start;
  while (i < text.length && depth > 0) {
    const skipped = skip(text, i);
    if (skipped > i) {
      i = skipped;
      continue;
    }
    depth += text[i] === '{' ? 1 : text[i] === '}' ? -1 : 0;
    i++;
  }
  return i;
}

/** A slash after a value divides; after anything else a regular expression starts. */
function startsRegex(text: string, i: number): boolean {
  // A `!` after a value says that it isn't null: what it is after tells.
  const before = text
    .slice(Math.max(0, i - 60), i)
    .trimEnd()
    .replace(/(?<=[\w$)\]])!$/, '');
  return !/[\w$)\]}'"`]$/.test(before) || /(?:^|[^\w$.])(?:return|typeof|case|in|of|yield|await)$/.test(before);
}

function endOfRegex(text: string, start: number): number {
  let inClass = false;
  let i = start + 1;
  while (i < text.length && text[i] !== '\n' && (inClass || text[i] !== '/')) {
    if (text[i] === '\\') {
      i++;
    } else if (text[i] === '[') {
      inClass = true;
    } else if (text[i] === ']') {
      inClass = false;
    }
    i++;
  }
  return i + 1;
}

function withComment(lines: readonly string[], { first, last }: Range): Quote {
  let top = first;
  if (lines[top - 1]?.trimEnd().endsWith('*/')) {
    do {
      top--;
    } while (top > 0 && !lines[top]!.trimStart().startsWith('/*'));
  } else {
    while (top > 0 && lines[top - 1]!.trimStart().startsWith('//')) {
      top--;
    }
  }
  const indent = /^ */.exec(lines[first]!)![0];
  const text = lines
    .slice(top, last + 1)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
  return { firstLine: top + 1, lastLine: last + 1, nameLine: first + 1, text };
}
