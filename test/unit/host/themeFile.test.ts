// Reading a colour theme's file: comments, includes, and what is wrong with some.

import { describe, expect, test } from 'vitest';
import { readTheme } from '../../../src/host/themeFile.ts';

const reader = (files: Record<string, string>) => async (path: string) => {
  const text = files[path];
  if (text === undefined) {
    throw new Error(`no file ${path}`);
  }
  return text;
};

const rule = (scope: string, foreground: string) => ({ scope, settings: { foreground } });

describe('a theme', () => {
  test('may have comments and trailing commas', async () => {
    const text =
      '// a theme\n{ "tokenColors": [ /* one */ { "scope": "string", "settings": { "foreground": "#aabbcc", } }, ], }';
    expect(await readTheme(reader({ 'a.json': text }), 'a.json')).toEqual({ tokenColors: [rule('string', '#aabbcc')] });
  });

  test('includes another, whose rules come first, by a path relative to itself', async () => {
    const files = {
      'themes/sub/top.json': JSON.stringify({ include: '../base.json', tokenColors: [rule('string', '#222222')] }),
      'themes/base.json': JSON.stringify({ include: './root.json', tokenColors: [rule('string', '#111111')] }),
      'themes/root.json': JSON.stringify({ tokenColors: [rule('comment', '#000000')] }),
    };
    const { tokenColors } = await readTheme(reader(files), 'themes/sub/top.json');
    expect(tokenColors.map(({ settings }) => settings.foreground)).toEqual(['#000000', '#111111', '#222222']);
  });

  test('can’t lead out of its extension', async () => {
    const asked: string[] = [];
    const read = async (path: string) => {
      asked.push(path);
      return path === 'a.json' ? '{"include": "../../../../etc/passwd"}' : '{}';
    };
    await readTheme(read, 'a.json');
    expect(asked).toEqual(['a.json', 'etc/passwd']);
  });

  test.each([
    ['includes itself', { 'a.json': '{"include": "./a.json"}' }, /itself/],
    ['is no JSON', { 'a.json': '{"tokenColors": [' }, /not JSON/],
    ['is a list', { 'a.json': '[]' }, /not an object/],
    ['keeps its colours in a .tmTheme', { 'a.json': '{"tokenColors": "./a.tmTheme"}' }, /another format/],
  ])('that %s is a fault with the file’s name', async (_, files, message) => {
    await expect(readTheme(reader(files), 'a.json')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(message),
      where: expect.stringContaining('a.json'),
    });
  });
});
