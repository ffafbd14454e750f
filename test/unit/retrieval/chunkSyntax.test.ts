// Code along its syntax: real grammars over a snippet of each language and over the packages that are installed here.

import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkFile } from '../../../src/retrieval/chunk/chunkFile.ts';
import { syntaxRules } from '../../../src/retrieval/chunk/definitions.ts';
import { chunkLimits } from '../../../src/retrieval/chunk/limits.ts';
import { grammars, packagedGrammars } from '../../../src/services/search/grammars.ts';
import { languageOf } from '../../../src/services/search/languages.ts';
import { SyntaxParsers } from '../../../src/services/search/syntaxParsers.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { expectWhole } from './chunkChecks.ts';
import { snippets } from './chunkSnippets.ts';

const parser = new SyntaxParsers({ folder: packagedGrammars(), clock: systemClock, budget: 60_000 });
const root = path.resolve(import.meta.dirname, '../../..');
/** So that each definition is a chunk of its own, and what is longer is taken apart. */
const tight = { most: 40, good: 1, alone: 1, tiny: 0 };

describe('each language', () => {
  test('that has rules has a grammar, and a snippet here', () => {
    expect(Object.keys(syntaxRules).sort()).toEqual(Object.keys(grammars).sort());
    expect(Object.keys(snippets).sort()).toEqual(Object.keys(grammars).sort());
  });

  test.for(Object.entries(snippets))('%s names what it defines', async ([language, { code, names }]) => {
    const { chunks, why } = await chunkFile(language, code, parser, undefined, tight);
    expect(why).toBeUndefined();
    expectWhole(code, chunks);
    const found = chunks.map((chunk) => chunk.names.join(' > '));
    expect(
      names.filter((name) => !found.includes(name)),
      `of ${[...new Set(found)].join(' | ')}`,
    ).toEqual([]);
    for (const { names: all } of chunks) {
      expect(all.filter((name, at) => name === all[at - 1] && name !== 'Box')).toEqual([]);
    }
  });
});

test('comments, decorators and attributes go with what they stand above', async () => {
  const chunkWith = async (language: string, word: string) => {
    const { chunks } = await chunkFile(language, snippets[language]?.code ?? '', parser, undefined, {
      ...tight,
      most: 80,
    });
    return chunks.find(({ text }) => text.includes(word))?.text;
  };
  expect(await chunkWith('typescript', 'async greet')).toMatch(/^ {2}\/\*\* Greets\. \*\/\n {2}async greet/);
  expect(await chunkWith('python', 'def length')).toMatch(/^ {4}@property\n {4}def length/);
  expect(await chunkWith('rust', 'struct Point')).toMatch(/^\/\/\/ A point\.\n#\[derive\(Debug\)\]\npub struct/);
  expect(await chunkWith('go', ') Run')).toMatch(/^\/\/ Run runs\.\nfunc/);
  expect(await chunkWith('java', 'int size()')).toMatch(/^ {2}@Override\n {2}public int size/);
});

test('small neighbours are put together, and definitions of some length are not', async () => {
  const small = (name: string) => `function ${name}() { return 'a few words'; }\n`;
  const long = `function long() {\n${'  work(1, 2, 3);\n'.repeat(25)}}\n`;
  const { chunks } = await chunkFile(
    'javascript',
    `${small('a')}${small('b')}${small('c')}${long}let d = 4;\n`,
    parser,
  );
  expect(chunks.map(({ names, startLine, endLine }) => [names, startLine, endLine])).toEqual([
    [[], 1, 3],
    [['long'], 4, 30],
    [['d'], 31, 31],
  ]);
});

test('a class that is too long is cut along its methods, under its name', async () => {
  const method = (name: string) => `  ${name}() {\n${'    this.step();\n'.repeat(40)}  }\n`;
  const code = `export class Engine {\n  size = 1;\n${['start', 'stop', 'turn'].map(method).join('\n')}}\n`;
  const { chunks } = await chunkFile('typescript', code, parser);
  expect(chunks.map(({ names }) => names.join('.'))).toEqual(['Engine.start', 'Engine.stop', 'Engine.turn']);
  expect(chunks[0]?.text).toMatch(/^export class Engine \{\n {2}size = 1;\n {2}start\(\)/);
  expect(chunks[2]?.text).toMatch(/\}\n\}$/);
});

test('nothing of installed packages is lost, and no chunk is too long', { timeout: 120_000 }, async () => {
  let files = 0;
  let characters = 0;
  for (const pattern of [
    'zod/v4/{core,mini}/*.{js,ts}',
    'yaml/dist/**/*.js',
    'pg/lib/*.js',
    'lit-html/**/*.ts',
    'katex/src/*.{js,scss,css}',
    'vscode-jsonrpc/lib/**/*.js',
  ]) {
    for await (const file of glob(pattern, { cwd: path.join(root, 'node_modules') })) {
      const text = await readFile(path.join(root, 'node_modules', file), 'utf8');
      const { chunks } = await chunkFile(languageOf(file), text, parser);
      expectWhole(text, chunks, file);
      expect(Math.max(0, ...chunks.map((chunk) => chunk.text.length)), file).toBeLessThanOrEqual(chunkLimits.most + 16);
      files++;
      characters += text.length;
    }
  }
  expect([files > 100, characters > 1_000_000]).toEqual([true, true]);
});

test('nothing of random text is lost, in any language', { timeout: 120_000 }, async () => {
  const word = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '\n',
    '\n\n',
    '  ',
    'class',
    'def',
    'end',
    'function',
    'x',
    '=',
    '"',
    "'",
    '`',
    '//',
    '/*',
    '*/',
    '#',
    '<?php',
    '<<EOF\n',
    'EOF',
    ';',
    ',',
    '😀',
    '\r\n',
    'é',
    '=>',
    '@a',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(grammars)),
      fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 80 }),
      fc.integer({ min: 20, max: 100 }),
      async (language, words, most) => {
        const text = words.join(' ');
        const { chunks, why } = await chunkFile(language, text, parser, undefined, {
          most,
          good: most >> 1,
          alone: most / 3,
          tiny: most / 5,
        });
        expect(why).toBeUndefined();
        expectWhole(text, chunks, language);
        expect(Math.max(0, ...chunks.map((chunk) => chunk.text.length))).toBeLessThanOrEqual(most + 16);
      },
    ),
    { numRuns: 400 },
  );
});

test('deep nesting, wide lists and one endless line are cut all the same', { timeout: 60_000 }, async () => {
  const deep = `x = ${'['.repeat(5000)}${']'.repeat(5000)};`;
  const wide = `const data = [\n${'  1, 2, 3,\n'.repeat(10_000)}];\n`;
  const line = `f(${'a(),'.repeat(20_000)});`;
  for (const text of [deep, wide, line]) {
    const { chunks } = await chunkFile('javascript', text, parser);
    expectWhole(text, chunks);
    expect(chunks.length).toBeLessThan(text.length / 300);
  }
});
