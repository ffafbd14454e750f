// Code as it is written in a lesson: its words by kind, and what keys do to it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edit, indent, newLine, outdent, placeOf } from '../../../webview/elements/run/edits.ts';
import { linesOf, wordsOf } from '../../../webview/elements/run/highlight.ts';

const kinds = (code: string) =>
  wordsOf(code).flatMap(({ text, kind }) => (kind === undefined ? [] : [`${kind}: ${text}`]));
const applied = (code: string, edit: Edit | undefined) =>
  edit && code.slice(0, edit.from) + edit.text + code.slice(edit.to);

describe('the words of code', () => {
  it('are told apart as TypeScript does', () => {
    expect(kinds("const a: number[] = f(x.for, 1e-3); // if 'so'")).toEqual([
      'keyword: const',
      'built_in: number',
      'title function_: f',
      'number: 1e-3',
      "comment: // if 'so'",
    ]);
    expect(kinds('b = /re"g[/]/g; `t {1}`; a / 2 / "s"; null')).toEqual([
      'regexp: /re"g[/]/g',
      'string: `t {1}`',
      'number: 2',
      'string: "s"',
      'literal: null',
    ]);
  });

  it('joined are the text, whatever it is, and so are their lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1"\'`/*\\\n .=([{$') }), (code) => {
        expect(
          wordsOf(code)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
        const lines = linesOf(wordsOf(code)).map((words) => words.map(({ text }) => text).join(''));
        expect(lines.join('\n')).toBe(code);
      }),
    );
  });
});

describe('keys in code', () => {
  it('indent to the next stop, or all lines of a selection but empty ones', () => {
    expect(applied('a', indent('a', { start: 1, end: 1 }))).toBe('a ');
    const code = 'a\n\nb\nc';
    const edit = indent(code, { start: 0, end: 5 });
    expect(applied(code, edit)).toBe('  a\n\n  b\nc');
    expect(edit.select).toEqual({ start: 2, end: 9 });
  });

  it('come out again to what was there', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab \n') }), fc.nat(20), fc.nat(20), (code, a, b) => {
        const [start, end] = [Math.min(a, b, code.length), Math.min(Math.max(a, b), code.length)];
        fc.pre(end > start);
        const edit = indent(code, { start, end });
        const further = applied(code, edit) as string;
        expect(applied(further, outdent(further, edit.select)) ?? further).toBe(code);
      }),
    );
  });

  it('outdent nothing where nothing can go', () => {
    expect(outdent('a', { start: 0, end: 0 })).toBeUndefined();
  });

  it('keep the indent on a new line, and go in after what opens', () => {
    const code = '  if (x) {';
    expect(applied(code, newLine(code, { start: 10, end: 10 }))).toBe('  if (x) {\n    ');
    expect(applied('  a', newLine('  a', { start: 3, end: 3 }))).toBe('  a\n  ');
  });

  it('find a place by line and column, within the text', () => {
    expect([placeOf('ab\ncd', 2, 2), placeOf('ab\ncd', 1, 9), placeOf('ab\ncd', 7)]).toEqual([4, 2, 5]);
  });
});
