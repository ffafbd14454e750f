// Files cut in a process of its own: the same chunks, whatever becomes of the process, and none that is left behind.

import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Chunk } from '../../../src/retrieval/chunk.ts';
import { type CutProcessOptions, cutterInProcess } from '../../../src/services/search/cutProcess.ts';
import { packagedGrammars } from '../../../src/services/search/grammars.ts';
import { SyntaxParsers } from '../../../src/services/search/syntaxParsers.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { PATIENCE_MS, startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { realCutter } from './serviceParts.ts';

startsProcesses();

const grammars = packagedGrammars();
const cutterOf = (program: string, more: Partial<CutProcessOptions> = {}) =>
  cutterInProcess({
    ...{ program, grammars, clock: systemClock },
    parser: new SyntaxParsers({ folder: grammars, clock: systemClock }),
    ...more,
  });
const program = path.resolve(import.meta.dirname, '../../../src/services/search/cutProgram.ts');

const texts: Readonly<Record<string, string>> = {
  typescript: `// 😀\nexport class A {\n${'  method(): string {\n    return "é";\n  }\n'.repeat(60)}}\n`,
  cpp: `namespace n {\n${'int add(int a, int b) {\n  return a + b;\n}\n'.repeat(50)}}\n`,
  shellscript: `build() {\n${'  echo "$1" | sed s/a/b/\n'.repeat(40)}}\n`,
  markdown: '# Title\n\nSome words.\n',
};

/** A program that says which process it is and how it was started, and does as the text says. */
const OBEYS = `
  process.on('message', ({ text }) => {
    if (text === 'die') process.exit(1);
    if (text === 'hang') return;
    const why = JSON.stringify({ pid: process.pid, flags: process.execArgv, electron: process.env.ELECTRON_RUN_AS_NODE });
    process.send({ chunks: [], why, bytes: text === 'grow' ? 2 ** 30 : 1 });
  });
  process.on('disconnect', () => {
    require('node:fs').writeFileSync(__filename + '.ended', '');
    process.exit();
  });
`;

async function obedient(more: Partial<CutProcessOptions> = {}) {
  const folder = await temporaryFolder();
  const file = path.join(folder.path, 'obeys.cjs');
  await writeFile(file, OBEYS);
  const cutter = cutterOf(file, more);
  return {
    cutter,
    say: async (text: string) => JSON.parse((await cutter.best('css', text, neverCancelled)).why as string),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pid: number) => vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: PATIENCE_MS });

let bundles: Bundles;
beforeAll(async () => {
  bundles = await makeBundles('dist/cut.mjs');
}, MAKING_MS);
afterAll(() => bundles.remove());

describe('a process that cuts', () => {
  it.each(Object.keys(texts))('cuts %s as it is cut here', async (language) => {
    const text = texts[language] as string;
    const here = await realCutter.best(language, text, neverCancelled);
    const notHere = { parse: () => Promise.reject(new Error('parsed here')) };
    const cutter = cutterOf(path.join(bundles.root, 'dist/cut.mjs'), { parser: notHere });
    const there = await cutter.best(language, text, neverCancelled);
    expect(there).toEqual(here);
    expect(there.chunks.some(({ names }: Chunk) => names.length > 0)).toBe(true);
    expect(cutter.bestCut(language)).toBe(realCutter.bestCut(language));
  });

  it('says of a file why it is cut by lines', async () => {
    const text = 'a { color: red }\n'.repeat(70_000);
    const { why } = await cutterOf(program).best('css', text, neverCancelled);
    expect(why).toContain(`${text.length} characters`);
  });

  it('runs as Node does, without the optimizing compiler for WASM', async () => {
    await using one = await obedient();
    expect(await one.say('')).toMatchObject({ flags: ['--liftoff-only'], electron: '1' });
  });

  it('is the same for one file after the other, several at a time', async () => {
    await using one = await obedient();
    const said = await Promise.all(['a', 'b', 'c'].map((text) => one.say(text)));
    expect(new Set(said.map(({ pid }) => pid)).size).toBe(1);
  });

  it('that dies takes one file with it', async () => {
    await using one = await obedient();
    const { pid } = await one.say('');
    expect(await one.cutter.best('css', 'die', neverCancelled)).toMatchObject({
      chunks: [{ text: 'die' }],
      why: expect.stringContaining('ended'),
    });
    expect((await one.say('')).pid).not.toBe(pid);
  });

  it('that hangs is ended', async () => {
    // Time passes once it hangs: how long a process takes to start says nothing.
    let hangs = false;
    let time = 0;
    const elapsed = () => {
      time += hangs ? 100 : 0;
      return time;
    };
    await using one = await obedient({ longest: 300, clock: { now: () => 0, elapsed } });
    const { pid } = await one.say('');
    hangs = true;
    expect((await one.cutter.best('css', 'hang', neverCancelled)).why).toContain('ended');
    await gone(pid);
  });

  it('is ended when nobody wants its answer any more', async () => {
    await using one = await obedient();
    const { pid } = await one.say('');
    const signal = { cancelled: false };
    const cutting = one.cutter.best('css', 'hang', signal);
    signal.cancelled = true;
    await expect(cutting).rejects.toMatchObject({ code: 'cancelled' });
    await gone(pid);
    expect((await one.say('')).pid).not.toBe(pid);
  });

  it.each([
    ['it rests', { rest: 50 }, ''],
    ['it has grown', {}, 'grow'],
  ])('ends when %s, and comes back', async (_, options, text) => {
    await using one = await obedient(options);
    const { pid } = await one.say(text);
    await gone(pid);
    expect((await one.say('')).pid).not.toBe(pid);
  });

  it('ends with the thread that it works for', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'obeys.cjs');
    await writeFile(file, OBEYS);
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      const { cutterInProcess } = await import(workerData.module);
      const clock = { now: Date.now, elapsed: () => performance.now() };
      const cutter = cutterInProcess({ program: workerData.file, grammars: '', clock, parser: {} });
      parentPort.postMessage((await cutter.best('css', '', { cancelled: false })).why);`;
    const module = new URL('../../../src/services/search/cutProcess.ts', import.meta.url).href;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { module, file },
    });
    const why = await new Promise<string>((resolve, reject) => worker.once('message', resolve).once('error', reject));
    expect(alive(JSON.parse(why).pid)).toBe(true);
    await worker.terminate();
    // By its own word: nobody asks how it ended, so that its number stays taken.
    await vi.waitFor(() => access(`${file}.ended`), { timeout: PATIENCE_MS });
  });
});

it('where no process can be started, files are cut here', async () => {
  await using folder = await temporaryFolder();
  const cutter = cutterOf(path.join(folder.path, 'none.mjs'));
  const text = texts.typescript as string;
  for (let again = 0; again < 2; again++) {
    expect(await cutter.best('typescript', text, neverCancelled)).toEqual(
      await realCutter.best('typescript', text, neverCancelled),
    );
  }
});
