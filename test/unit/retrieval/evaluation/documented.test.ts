// Questions from comments: which sentence is asked, of which definition, in each language as people write it; and that
// nothing of it stays behind in the text that is searched.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedIn, without } from '../../../../src/retrieval/evaluation/documented.ts';
import { summaryOf } from '../../../../src/retrieval/evaluation/summary.ts';

/** The questions with the line that their definition begins in. */
function questions(language: string, text: string): [string, string][] {
  return documentedIn(language, text).map(({ query, at }) => {
    const end = text.indexOf('\n', at);
    return [query, text.slice(at, end < 0 ? undefined : end)];
  });
}

const EACH: readonly [language: string, text: string, query: string, definition: string][] = [
  [
    'typescript',
    '/**\n * Cuts a text at its blank lines. Never throws.\n * @param text any\n */\nexport function cut(text: string) {\n}\n',
    'Cuts a text at its blank lines',
    'export function cut(text: string) {',
  ],
  [
    'typescript',
    'class A {\n  /** Tells the others what has changed since. */\n  @log\n  async tell(who: string): Promise<void> {\n  }\n}\n',
    'Tells the others what has changed since',
    'async tell(who: string): Promise<void> {',
  ],
  [
    'javascript',
    '// Waits until the queue is empty again,\n// or until the time is over.\nconst settle = async () => {\n};\n',
    'Waits until the queue is empty again, or until the time is over',
    'const settle = async () => {',
  ],
  [
    'python',
    'class Tank:\n    def fill(self, litres: float = f(1), *more) -> None:  # noqa\n        """Pours water into the tank.\n\n        Args: litres\n        """\n',
    'Pours water into the tank',
    'def fill(self, litres: float = f(1), *more) -> None:  # noqa',
  ],
  [
    'python',
    "async def drain(\n    tank,\n    slowly=True,\n):\n    '''Lets all of the water out.'''\n",
    'Lets all of the water out',
    'async def drain(',
  ],
  [
    'go',
    '// ParseHeader reads the header of a request.\n// It never fails.\nfunc ParseHeader(b []byte) Header {\n',
    'reads the header of a request',
    'func ParseHeader(b []byte) Header {',
  ],
  [
    'go',
    '// Close gives back what the pool still holds.\nfunc (p *Pool) Close() error {\n',
    'gives back what the pool still holds',
    'func (p *Pool) Close() error {',
  ],
  [
    'rust',
    '/// Finds the first free slot of the table.\n///\n/// # Panics\n#[inline]\npub(crate) fn slot(&self) -> usize {\n',
    'Finds the first free slot of the table',
    'pub(crate) fn slot(&self) -> usize {',
  ],
  [
    'java',
    '/**\n * Returns the <b>shortest</b> path to {@link Node}.\n */\n@Override\npublic static <T> List<T> path(Node to) {\n',
    'Returns the shortest path to Node',
    'public static <T> List<T> path(Node to) {',
  ],
  [
    'csharp',
    '/// <summary>\n/// Reads settings from a stream of bytes.\n/// </summary>\n[Obsolete]\npublic Settings Read(Stream from) {\n',
    'Reads settings from a stream of bytes',
    'public Settings Read(Stream from) {',
  ],
  [
    'cpp',
    '/** Rotates the matrix by an angle in degrees. */\ntemplate <typename T>\nMatrix<T> rotate(const Matrix<T>& m, double angle) {\n',
    'Rotates the matrix by an angle in degrees',
    'Matrix<T> rotate(const Matrix<T>& m, double angle) {',
  ],
  [
    'c',
    '/** Copies at most n bytes between two buffers. */\nstatic int copy_some(char *to, const char *from, int n) {\n',
    'Copies at most n bytes between two buffers',
    'static int copy_some(char *to, const char *from, int n) {',
  ],
  [
    'php',
    '/**\n * Sends a letter to each of the members.\n */\npublic function sendAll($members) {\n',
    'Sends a letter to each of the members',
    'public function sendAll($members) {',
  ],
  [
    'ruby',
    "# Yields each word that isn't known yet.\ndef unknown_words(text)\nend\n",
    "Yields each word that isn't known yet",
    'def unknown_words(text)',
  ],
  [
    'shellscript',
    '#!/bin/sh\n\n# Removes what an earlier build left behind.\nclean_up() {\n',
    'Removes what an earlier build left behind',
    'clean_up() {',
  ],
];

describe.each(EACH)('%s', (language, text, query, definition) => {
  test(`asks "${query}"`, () => {
    expect(questions(language, text)).toEqual([[query, definition]]);
    // With Windows' ends of lines, too.
    const windows = text.replaceAll('\n', '\r\n');
    expect(questions(language, windows).map(([asked]) => asked)).toEqual([query]);
  });

  test('leaves no word of it, and every other offset as it was', () => {
    const found = documentedIn(language, text);
    const rest = without(text, found);
    expect(rest).toHaveLength(text.length);
    expect(rest.split('\n')).toHaveLength(text.split('\n').length);
    // But those that its code has as well.
    const words = query.match(/\p{L}{4,}/gu)!.filter((word) => !definition.toLowerCase().includes(word.toLowerCase()));
    expect(words.length).toBeGreaterThan(1);
    for (const word of words) {
      expect(rest).not.toContain(word);
    }
    const at = text.indexOf(definition);
    expect(rest.slice(at, at + definition.length)).toBe(definition);
  });
});

test('what is no documentation is not asked', () => {
  for (const text of [
    '// A comment that stands by itself, and a blank line.\n\nfunction f() {\n}\n',
    '// A comment above a call of something else.\nrun(f);\n',
    '// Too short.\nfunction f() {\n}\n',
    '/** Copyright (c) of some people who wrote this. */\nfunction f() {\n}\n',
    '// TODO make this faster than it is\nfunction f() {\n}\n',
    '// if (a === b) { return c[d] + e(f); }\nfunction g() {\n}\n',
    '/** Unclosed comment about the following function\nfunction f() {\n}\n',
    'const s = 1; /** Says what comes after this statement. */\n',
  ]) {
    expect(questions('typescript', text), text).toEqual([]);
  }
  expect(documentedIn('markdown', '# Adds two numbers to each other\ndef f():\n')).toEqual([]);
  expect(documentedIn('constructor', 'text')).toEqual([]);
});

test('a name that stands first in its own comment is not asked for', () => {
  expect(summaryOf('// parseHeader() reads all lines of a header.', 'parseHeader')).toBe('reads all lines of a header');
  expect(summaryOf('// Other reads all lines of a header.', 'parseHeader')).toBe('Other reads all lines of a header');
});

test('what is taken out is inside of the text, in order, whatever the text', () => {
  const piece = fc.constantFrom(
    '/** ',
    ' */',
    '// ',
    '"""',
    'def f(a):',
    'function f() {',
    '\n',
    '\r\n',
    'some words of it ',
    '*',
    '  ',
  );
  fc.assert(
    fc.property(fc.constantFrom('typescript', 'python', 'java', 'rust'), fc.array(piece), (language, pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const { start, end, at, query } of documentedIn(language, text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(at).toBeLessThan(text.length);
        expect(query.trim()).not.toBe('');
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
  );
});
