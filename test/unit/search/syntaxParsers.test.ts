// The parsers as services: loaded once, on time, freed, and honest about what they can't do.

import { readdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { grammarFiles, packagedGrammars } from '../../../src/services/search/grammars.ts';
import { SyntaxParsers } from '../../../src/services/search/syntaxParsers.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

const folder = packagedGrammars();
const code = 'function f() { return [1, 2, 3]; }\n';
/** A clock by which every look takes a millisecond: what a budget allows doesn't hang on this machine. */
const ticking = () => {
  let now = 0;
  return { now: () => now, elapsed: () => ++now };
};

test('the files that the build ships are in the package', async () => {
  const files = await readdir(folder);
  expect(grammarFiles.filter((file) => !files.includes(file))).toEqual([]);
  expect(grammarFiles).toHaveLength(new Set(grammarFiles).size);
});

describe('a parser', () => {
  test('gives a tree in UTF-16 offsets', async () => {
    const parsers = new SyntaxParsers({ folder, clock: systemClock });
    const text = `const s = '😀é';\n${code}`;
    const parsed = await parsers.parse('javascript', text, (root) =>
      root.children.map((child) => text.slice(child?.startIndex, child?.endIndex)),
    );
    expect(parsed).toEqual({ value: ["const s = '😀é';", code.trim()] });
  });

  test('says why there is no tree', async () => {
    const parsers = new SyntaxParsers({ folder, clock: systemClock });
    const why = async (language: string, text: string) => {
      const parsed = await parsers.parse(language, text, () => 0);
      return 'why' in parsed ? parsed.why : '';
    };
    expect(await why('cobol', '')).toBe('There is no grammar for cobol.');
    expect(await why('toString', '')).toBe('There is no grammar for toString.');
    expect(await why('css', 'a'.repeat(1_000_001))).toContain('1000001 characters');
  });

  test('stops when its budget is spent, and works on after that', async () => {
    const parsers = new SyntaxParsers({ folder, clock: ticking(), budget: 40, slice: 5 });
    const long = await parsers.parse('javascript', code.repeat(5000), () => 0);
    expect(long).toEqual({ why: 'Parsing took more than 40 ms.' });
    expect(await parsers.parse('javascript', code, (root) => root.childCount)).toEqual({ value: 1 });
  });

  test('goes on in slices, others in between, to the same tree', async () => {
    const parsers = new SyntaxParsers({ folder, clock: ticking(), budget: 1e9, slice: 5 });
    const shapeOf = (text: string, language: string) =>
      parsers.parse(language, text, (root) => root.children.map((child) => [child?.type, child?.startIndex]));
    const texts = [
      code.repeat(3000),
      `class A { ${'m() { return 1; } '.repeat(3000)} }`,
      'let x = [a => `b`];\n'.repeat(3000),
    ];
    const together = await Promise.all(texts.map((text) => shapeOf(text, 'javascript')));
    const whole = new SyntaxParsers({ folder, clock: systemClock, budget: 1e9, slice: 1e9 });
    for (const [at, text] of texts.entries()) {
      const once = await whole.parse('javascript', text, (root) =>
        root.children.map((child) => [child?.type, child?.startIndex]),
      );
      expect(together[at]).toEqual(once);
    }
  });

  test('is cancelled between slices', async () => {
    const signal = { cancelled: false };
    const parsers = new SyntaxParsers({ folder, clock: ticking(), budget: 1e9, slice: 5 });
    const parsing = parsers.parse('javascript', code.repeat(20_000), () => 0, signal);
    setImmediate(() => {
      signal.cancelled = true;
    });
    await expect(parsing).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('without its files says so, file by file', async () => {
    await using empty = await temporaryFolder();
    const parsers = new SyntaxParsers({ folder: empty.path, clock: systemClock });
    for (let again = 0; again < 2; again++) {
      const parsed = await parsers.parse('css', 'a {}', () => 0);
      expect(parsed).toMatchObject({ why: expect.stringMatching(/^The css parser failed: /) });
    }
  });

  test('frees what it takes: memory stays where it is, file after file', async () => {
    const parsers = new SyntaxParsers({ folder, clock: systemClock, budget: 1e9 });
    const text = code.repeat(5000);
    const parse = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await parsers.parse('javascript', text, (root) => root.childCount);
      }
      return process.memoryUsage().external;
    };
    const before = await parse(3);
    expect((await parse(20)) - before).toBeLessThan(20 * 2 ** 20);
  });

  test('works in a worker thread', async () => {
    const file = new URL('../../../src/services/search/syntaxParsers.ts', import.meta.url).href;
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      const { SyntaxParsers } = await import(workerData.file);
      const parsers = new SyntaxParsers({ folder: workerData.folder, clock: { now: Date.now, elapsed: () => performance.now() } });
      parentPort.postMessage(await parsers.parse('python', 'def f():\\n  pass\\n', (root) => root.children[0].type));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { file, folder },
    });
    const answer = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await worker.terminate();
    expect(answer).toEqual({ value: 'function_definition' });
  });
});
