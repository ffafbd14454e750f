// Definitions with a sentence written above them (in Python below): questions that a code base brings its own answers to.
// Found line by line, by how each language writes them; what is nested in strings is not told apart.

import { summaryOf } from './summary.ts';

export interface Documented {
  /** The first sentence of what is written, without what marks it as a comment. */
  readonly query: string;
  /** UTF-16 offsets of what is written: has to be taken out of what is searched. */
  readonly start: number;
  readonly end: number;
  /** Where the definition begins. */
  readonly at: number;
}

interface Family {
  /** A line of a comment, where each line is marked. */
  readonly line?: RegExp;
  readonly block: boolean;
  /** What may stand between a comment and its definition. */
  readonly between: RegExp;
  readonly definition: RegExp;
}

const KEYWORDS = '(?!(?:if|for|while|switch|catch|return|else|do|new|throw|await|case|super)\\b)';
const MODIFIERS =
  '(?:(?:export|default|declare|public|private|protected|internal|static|async|override|abstract|final|sealed|virtual|' +
  'readonly|get|set|unsafe|extern|inline|constexpr|synchronized|partial)\\s+)*';

const script: Family = {
  line: /^\s*\/\//,
  block: true,
  between: /^\s*@[\w.]+/,
  definition: new RegExp(
    `^\\s*${MODIFIERS}(?:function\\b\\s*\\*?\\s*[\\w$]|class\\s+\\w|(?:const|let|var)\\s+[\\w$]+\\s*(?::[^=]+)?=\\s*` +
      `(?:async\\s*)?(?:function\\b|\\(|[\\w$]+\\s*=>)|${KEYWORDS}[#*]?[\\w$]+\\s*(?:<[^>]*>)?\\([^;]*$)`,
  ),
};
const typed: Family = {
  line: /^\s*\/\/\//,
  block: true,
  between: /^\s*(?:@[\w.]+|\[[^\]]*\]\s*$|template\s*<)/,
  definition: new RegExp(
    `^\\s*${MODIFIERS}(?:(?:class|struct|interface|record|enum|trait)\\s+\\w|(?:function\\s+)?` +
      `${KEYWORDS}[\\w:<>,\\[\\]&*?~]+(?:\\s+[\\w:<>,\\[\\]&*?~]+)*\\s*\\([^;]*$)`,
  ),
};

/** By VS Code's language id. */
const families: Readonly<Record<string, Family>> = {
  ...{ typescript: script, typescriptreact: script, javascript: script, javascriptreact: script },
  ...{ java: typed, csharp: typed, c: typed, cpp: typed, php: typed },
  go: { line: /^\s*\/\//, block: false, between: /^$^/, definition: /^func\b/ },
  rust: {
    line: /^\s*\/\/\//,
    block: false,
    between: /^\s*#\[/,
    definition:
      /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:async|const|unsafe|extern(?:\s+"\w+")?)\s+)*(?:fn|struct|trait|enum)\s+\w/,
  },
  ruby: { line: /^\s*#/, block: false, between: /^$^/, definition: /^\s*(?:def|class|module)\s+\w/ },
  shellscript: {
    line: /^\s*#(?!!)/,
    block: false,
    between: /^$^/,
    definition: /^\s*(?:function\s+)?[\w-]+\s*\(\)\s*\{?/,
  },
};

/** What is documented in a text, in order; nothing in a language whose ways are not known. */
export function documentedIn(language: string, text: string): Documented[] {
  const lines = linesOf(text);
  if (language === 'python') {
    return pythonDocstrings(text, lines);
  }
  const family = Object.hasOwn(families, language) ? families[language] : undefined;
  return family === undefined ? [] : leadingComments(text, lines, family);
}

/** The text with these taken out: spaces in their place, so that every other offset and line stays. */
export function without(text: string, taken: readonly Pick<Documented, 'start' | 'end'>[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of taken) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

interface Line {
  readonly start: number;
  readonly text: string;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ start, text: line.replace(/\r$/, '') });
    start += line.length + 1;
  }
  return lines;
}

function leadingComments(text: string, lines: readonly Line[], family: Family): Documented[] {
  const found: Documented[] = [];
  for (let first = 0; first < lines.length; first++) {
    const last = commentEnd(lines, first, family);
    if (last === undefined) {
      continue;
    }
    let next = last + 1;
    while (next < lines.length && next <= last + 4 && family.between.test(lines[next]!.text)) {
      next++;
    }
    const definition = lines[next];
    if (definition !== undefined && family.definition.test(definition.text)) {
      const start = lines[first]!.start;
      const end = lines[last]!.start + lines[last]!.text.length;
      const at = definition.start + definition.text.search(/\S/);
      const query = summaryOf(text.slice(start, end), nameIn(definition.text));
      if (query !== undefined) {
        found.push({ query, start, end, at });
      }
    }
    first = last;
  }
  return found;
}

/** The last line of the comment that begins in this line, if one does. */
function commentEnd(lines: readonly Line[], first: number, { line, block }: Family): number | undefined {
  const { text } = lines[first]!;
  if (block && /^\s*\/\*\*/.test(text)) {
    for (let last = first; last < lines.length; last++) {
      const closes = lines[last]!.text.indexOf('*/', last === first ? text.indexOf('/**') + 3 : 0);
      if (closes >= 0) {
        return lines[last]!.text.slice(closes + 2).trim() === '' ? last : undefined;
      }
    }
    return undefined;
  }
  if (line === undefined || !line.test(text)) {
    return undefined;
  }
  let last = first;
  while (last + 1 < lines.length && line.test(lines[last + 1]!.text)) {
    last++;
  }
  return last;
}

function pythonDocstrings(text: string, lines: readonly Line[]): Documented[] {
  const found: Documented[] = [];
  for (const { start: lineStart, text: line } of lines) {
    const name = /^\s*(?:async\s+)?(?:def|class)\s+(\w+)/.exec(line)?.[1];
    if (name === undefined) {
      continue;
    }
    // The signature up to its colon, then a string as the first statement.
    const rest = text.slice(lineStart, lineStart + 5000);
    const opened =
      /^[^\n]*?(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?[^\n:]*:[ \t]*(?:#[^\n]*)?\r?\n\s*[rRuU]?("""|''')/.exec(rest);
    const quotes = opened?.[1];
    if (opened === null || quotes === undefined) {
      continue;
    }
    const start = lineStart + opened[0].length;
    const end = text.indexOf(quotes, start);
    const query = end < 0 ? undefined : summaryOf(text.slice(start, end), name);
    if (query !== undefined) {
      found.push({ query, start, end, at: lineStart + line.search(/\S/) });
    }
  }
  return found;
}

function nameIn(definition: string): string {
  return (
    /(?:function\s*\*?|class|struct|interface|trait|enum|fn|def|const|let|var)\s+([\w$]+)/.exec(definition)?.[1] ??
    /([\w$]+)\s*(?:<[^>]*>)?\(/.exec(definition.replace(/^func\s*\([^)]*\)/, ''))?.[1] ??
    ''
  );
}
