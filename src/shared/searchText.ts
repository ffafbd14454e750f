// Filters inside of a query's text, for those who type: `parse header lang:go path:src/** -path:*.test.ts kind:code`.
// The quick pick and the search view read them the same way. What is no filter is the query.

import type { SearchFilter } from './searchMessages.ts';

export interface QueryText {
  /** What is looked for. */
  readonly query: string;
  readonly filter: SearchFilter;
  /** Words that look like filters and aren't: `kind:banana`. They are not looked for either. */
  readonly unknown: readonly string[];
}

export const KINDS = ['code', 'section', 'paragraph', 'lines'] as const;

/** Names by which people call languages, and VS Code's ids of them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  golang: 'go',
  kt: 'kotlin',
  md: 'markdown',
  sh: 'shellscript',
  bash: 'shellscript',
  yml: 'yaml',
  txt: 'plaintext',
  text: 'plaintext',
};

/** VS Code's id of a language by any of its names. */
export function languageId(name: string): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(LANGUAGES, lower) ? (LANGUAGES[lower] as string) : lower;
}

/** Globs as people type them, by commas: a bare folder or name means all that is in it, or so called, anywhere. */
export function globsOf(text: string): string[] {
  return text
    .split(/,(?![^{]*\})/) // not inside of {a,b}
    .map((glob) => glob.trim().replaceAll('\\', '/').replace(/^\.\//, ''))
    .filter((glob) => glob !== '')
    .flatMap(anywhere);
}

function anywhere(glob: string): string[] {
  if (glob.endsWith('/')) {
    return [`${glob}**`];
  }
  // Something without a pattern may be a folder or a file.
  const open = glob.startsWith('**/') || glob.includes('/') ? glob : `**/${glob}`;
  return /[*?{[]/.test(glob) ? [open] : [open, `${open}/**`];
}

/** Takes the filters out of a text. A value with blanks stands in quotes: `path:"my notes"`. */
export function readQueryText(text: string): QueryText {
  const include: string[] = [];
  const exclude: string[] = [];
  const languages: string[] = [];
  const kinds: (typeof KINDS)[number][] = [];
  const unknown: string[] = [];
  const rest = text.replace(
    /(?<=^|\s)(-?)(path|lang|language|kind):(?:"([^"]*)"|(\S*))/gi,
    (whole, minus: string, name: string, quoted: string | undefined, bare: string | undefined) => {
      const value = quoted ?? bare ?? '';
      const what = name.toLowerCase();
      if (what === 'path') {
        (minus === '' ? include : exclude).push(...globsOf(value));
      } else if (minus !== '') {
        unknown.push(whole);
      } else if (what === 'kind') {
        const kind = KINDS.find((one) => one === value.toLowerCase());
        // While it is being typed, `kind:co` is no filter yet.
        if (kind !== undefined) {
          kinds.push(kind);
        } else if (value !== '') {
          unknown.push(whole);
        }
      } else if (value !== '') {
        languages.push(languageId(value));
      }
      return '';
    },
  );
  return { query: rest.replace(/\s+/g, ' ').trim(), filter: filterOf({ include, exclude, languages, kinds }), unknown };
}

/**
 * What both let through. A list that both have becomes what is in both of them, which may be nothing: `lang:go` beside a
 * choice of Python finds nothing.
 */
export function joinFilters(a: SearchFilter, b: SearchFilter): SearchFilter {
  const within = [...(a.within ?? []), ...(b.within ?? []), ...(a.include && b.include ? [b.include] : [])];
  const include = a.include ?? b.include;
  const roots = inBoth(a.roots, b.roots);
  const languages = inBoth(a.languages, b.languages);
  const kinds = inBoth(a.kinds, b.kinds);
  return {
    ...filterOf({ exclude: [...(a.exclude ?? []), ...(b.exclude ?? [])], within }),
    ...(include && { include }),
    ...(roots && { roots }),
    ...(languages && { languages }),
    ...(kinds && { kinds }),
  };
}

function inBoth<T>(a: T[] | undefined, b: T[] | undefined): T[] | undefined {
  return a && b ? a.filter((one) => b.includes(one)) : (a ?? b);
}

/** A filter without its empty lists: an empty list would let nothing through. */
function filterOf(lists: SearchFilter): SearchFilter {
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)) as SearchFilter;
}
