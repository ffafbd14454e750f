// Where a hit is opened: inside of its folder only, and at its place even after the file has changed.

import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findAgain } from '../../../src/host/searchAgain.ts';
import { insidePath, pathBelow } from '../../../src/host/searchPaths.ts';
import { rootId } from '../../../src/shared/rootId.ts';

describe('a path from a page', () => {
  it.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', 'C:/x', 'a\\..\\x', 'a/./b', 'a\0b', 'a/'])(
    '%j is refused',
    (bad) => {
      expect(() => insidePath(bad)).toThrow('leads out of its folder');
    },
  );

  it.each(['', 'a', 'a/b.ts', '.env.example', 'a b/c…/d', '..a/b..'])('%j stays inside', (good) => {
    expect(insidePath(good)).toBe(good);
  });

  it('stays below its folder for the path module too, whatever was let through', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'b.ts', 'C:', '\\', '...');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const text = parts.join('/');
        let inside: string;
        try {
          inside = insidePath(text);
        } catch {
          return;
        }
        for (const { join, sep } of [path.posix, path.win32]) {
          const folder = `${sep}root${sep}folder`;
          expect(`${join(folder, inside)}${sep}`.startsWith(`${folder}${sep}`)).toBe(true);
        }
      }),
    );
  });

  it('is found below its folder, and not below one whose name only begins like it', () => {
    expect(pathBelow('/home/ada', '/home/ada/a/b.ts')).toBe('a/b.ts');
    expect(pathBelow('/', '/a.ts')).toBe('a.ts');
    expect(pathBelow('/home/ada', '/home/adashop/a.ts')).toBeUndefined();
  });
});

describe('a place is found again', () => {
  const lines = (text: string) => {
    const all = text.split('\n');
    return { lineCount: all.length, text: (line: number) => all[line] as string };
  };

  test('where it was', () => {
    expect(findAgain(lines('a\n  b\nc'), { startLine: 2, firstLine: 'b' })).toEqual({ line: 1, place: 'same' });
  });

  test('at the nearest line of the same text when lines were put before it', () => {
    expect(findAgain(lines('b\nx\nx\nx\nb\nc'), { startLine: 4, firstLine: 'b' })).toEqual({ line: 4, place: 'moved' });
  });

  test('not at all when it is gone: then where it used to be, inside of the file', () => {
    expect(findAgain(lines('x\ny'), { startLine: 9, firstLine: 'b' })).toEqual({ line: 1, place: 'changed' });
  });
});

describe('the id of a folder', () => {
  it('is FNV-1a of its address', () => {
    // Published test vectors of FNV-1a, 64 bits: of "", "a" and "foobar".
    expect(rootId('')).toBe('cbf29ce484222325');
    expect(rootId('a')).toBe('af63dc4c8601ec8c');
    expect(rootId('foobar')).toBe('85944171f73967e8');
  });

  it('is the same for every spelling of a place', () => {
    expect(rootId('C:\\code\\a\\')).toBe(rootId('c:/code/a'));
    expect(rootId('/code/a/')).toBe(rootId('/code/a'));
    expect(rootId('/code/a')).not.toBe(rootId('/code/b'));
    expect(rootId('/')).not.toBe(rootId(''));
  });
});
