// Quotations by name, against oxc: a real parser of TypeScript says where each exported declaration starts and ends.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { exportedNames, quote } from '../../../src/lessons/source.ts';

const SOURCES = join(import.meta.dirname, '../../../src');

interface Declared {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Exported declarations, and members of exported classes as `Class.member`, with their offsets. */
function declaredIn(file: string, text: string): Declared[] {
  const { program, errors } = parseSync(file, text);
  expect(errors).toEqual([]);
  return program.body.flatMap((node): Declared[] => {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration === null) {
      return [];
    }
    const { declaration, start, end } = node;
    if (declaration.type === 'VariableDeclaration') {
      return declaration.declarations.flatMap(({ id }) =>
        id.type === 'Identifier' ? [{ name: id.name, start, end }] : [],
      );
    }
    if (!('id' in declaration) || declaration.id?.type !== 'Identifier') {
      return [];
    }
    const { name } = declaration.id;
    const members =
      declaration.type === 'ClassDeclaration'
        ? declaration.body.body.flatMap((member): Declared[] =>
            'key' in member && member.key.type === 'Identifier'
              ? [{ name: `${name}.${member.key.name}`, start: member.start, end: member.end }]
              : [],
          )
        : [];
    return [{ name, start, end }, ...members];
  });
}

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
);

describe('every exported declaration of the project', () => {
  it('is found from its first line to its last', () => {
    let count = 0;
    for (const file of files) {
      const text = readFileSync(join(SOURCES, file), 'utf8');
      const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
      const seen = new Set<string>();
      for (const { name, start, end } of declaredIn(file, text)) {
        // Of overloads and of a getter with its setter the first is quoted.
        if (seen.has(name)) {
          continue;
        }
        seen.add(name);
        const quoted = quote(text, name);
        const found = { file, name, first: quoted?.nameLine, last: quoted?.lastLine };
        expect(found).toEqual({ file, name, first: lineOf(start), last: lineOf(end - 1) });
        count++;
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  it('is listed, and nothing else', () => {
    for (const file of files) {
      const text = readFileSync(join(SOURCES, file), 'utf8');
      const expected = declaredIn(file, text)
        .map(({ name }) => name)
        .filter((name) => !name.includes('.'));
      expect({ file, names: [...new Set(exportedNames(text))] }).toEqual({ file, names: [...new Set(expected)] });
    }
  });
});

const TRICKY = `import { x } from './x.ts';

/** Not this one's. */
const hidden = 1;

/**
 * Braces in a comment: }
 */
export function tricky(a: { b: number }): { c: string } {
  const text = "}" + '}' + \`}\${hidden + \`{\${1}\`}}\`; // }
  const pattern = /[}/"]{2}/g;
  const half = 4 / 2 / 1;
  /* } */
  return { c: text.replace(pattern, '') + half };
}

// One line,
// and another.
export const arrow = (n: number) => {
  return n;
};

export type Union =
  | { readonly a: 1 }
  | { readonly b: 2 };

export class Box<T extends { a: 1 }> {
  private readonly item: T;

  constructor(item: T) {
    this.item = item;
  }

  /** Gives it back. */
  open(): T {
    return this.item;
  }
}
`;

describe('quote', () => {
  it.each([
    ['tricky', 6, 9, 15],
    ['arrow', 17, 19, 21],
    ['Union', 23, 23, 25],
    ['Box', 27, 27, 38],
    ['Box.open', 34, 35, 37],
    ['Box.item', 28, 28, 28],
  ])('%s with its comment', (name, firstLine, nameLine, lastLine) => {
    expect(quote(TRICKY, name)).toMatchObject({ firstLine, nameLine, lastLine });
    expect(quote(`\uFEFF${TRICKY.replaceAll('\n', '\r\n')}`, name)).toEqual(quote(TRICKY, name));
  });

  it('takes a member to the margin', () => {
    expect(quote(TRICKY, 'Box.open')?.text).toBe('/** Gives it back. */\nopen(): T {\n  return this.item;\n}');
  });

  it.each(['hidden', 'x', 'Box.shut', 'arrow.n', '', '.', 'tricky.'])('has nothing for %j', (name) => {
    expect(quote(TRICKY, name)).toBeUndefined();
  });

  it.each([
    'export function f() {',
    'export const a = `',
    'export const a = "',
    'export type A = /*',
    'export class A {\n  m() {',
  ])('ends with the file in %j', (text) => {
    expect(quote(text, exportedNames(text)[0]!)?.lastLine).toBe(text.split('\n').length);
  });
});
