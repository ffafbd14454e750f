// `train` as a user runs it: its lines, the file that it keeps, Ctrl+C, and what is wrong with its input.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledKernels } from '../../../src/build/kernels.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { bestKernels } from '../../../src/engine/kernels/wasm.ts';
import { CharacterVocabulary } from '../../../src/model/characters.ts';
import { holdOut } from '../../../src/model/data.ts';
import { evaluate } from '../../../src/model/evaluate.ts';
import { loadGpt } from '../../../src/model/gptFile.ts';
import type { TokenizerVocabulary } from '../../../src/model/textVocabulary.ts';
import { startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, type Outcome, runCli } from './runCli.ts';

startsProcesses();

interface Line {
  readonly step: number;
  readonly loss: number;
  readonly tokensPerSecond: number;
  readonly valLoss?: number;
}

const text = Array.from({ length: 150 }, (_, i) => `${i % 7} times ${i % 10} makes ${(i % 7) * (i % 10)}.\n`).join('');
const found = await nodes();
let bundles: Bundles;
let data: string;
const inFolder = (name: string) => path.join(bundles.root, name);

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js');
  data = inFolder('sums.txt');
  await writeFile(data, text);
}, MAKING_MS);
afterAll(() => bundles.remove());

const train = (args: readonly string[], input?: string) =>
  runCli(process.execPath, bundles.cli, ['train', ...args], input);

function linesOf({ code, stdout, stderr }: Outcome): Line[] {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** What was left in a folder that is not meant to stay. */
async function unfinished(): Promise<string[]> {
  return (await readdir(bundles.root)).filter((name) => name.includes('unfinished'));
}

describe.each(found)('on Node $version', ({ file: node }) => {
  it('says a line a step as JSON, and in the last one the loss over what was held out', async () => {
    const lines = linesOf(
      await runCli(node, bundles.cli, [
        'train',
        '--data',
        data,
        '--recipe',
        'shakespeare-cpu',
        '--steps',
        '8',
        '--json',
      ]),
    );
    expect(lines.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const line of lines) {
      const keys = ['step', 'loss', 'tokensPerSecond', ...(line.step === 8 ? ['valLoss'] : [])];
      expect(Object.keys(line)).toEqual(keys);
      expect(line.tokensPerSecond).toBeGreaterThan(0);
    }
    expect(lines[0]!.loss).toBeCloseTo(Math.log(new Set(text).size), 0);
    expect(lines.at(-1)!.loss).toBeLessThan(lines[0]!.loss - 0.5);
    expect(lines.at(-1)!.valLoss).toBeLessThan(lines[0]!.loss - 0.5);
  });
});

it('is the same for the same seed, and another for another', async () => {
  const losses = async (seed: string) =>
    linesOf(await train(['--data', data, '--steps', '3', '--json', '--seed', seed])).map(({ loss, valLoss }) => [
      loss,
      valLoss,
    ]);
  const first = await losses('1');
  expect(linesOf(await train(['--data', data, '--steps', '3', '--json'])).map(({ loss }) => loss)).toEqual(
    first.map(([loss]) => loss),
  );
  expect(await losses('1')).toEqual(first);
  expect(await losses('2')).not.toEqual(first);
});

it('keeps a model that has the loss which was said, in place of an older file', async () => {
  const out = inFolder('sums.safetensors');
  await writeFile(out, 'old');
  const lines = linesOf(await train(['--data', data, '--steps', '3', '--json', '--out', out]));
  const engine = new Engine(await bestKernels(compiledKernels));
  const { model, vocabulary } = loadGpt(engine, new Uint8Array(await readFile(out)), out);
  expect(vocabulary).toEqual(CharacterVocabulary.of(text));
  const { heldOut } = holdOut(vocabulary!.encode(text), 0.1, 64);
  expect(evaluate(model, heldOut, { context: 64, batch: 12 })).toBeCloseTo(lines.at(-1)!.valLoss!, 4);
  expect(await unfinished()).toEqual([]);
});

it('learns the tokens of a tokenizer that was trained, and keeps it with the model', async () => {
  const [file, out] = [inFolder('pairs.json'), inFolder('pairs.safetensors')];
  const learned = await runCli(process.execPath, bundles.cli, [
    ...['train-tokenizer', '--kind', 'bpe', '--vocab', '280', '--special', '7 times', '--out', file, data],
  ]);
  expect(learned.code).toBe(0);
  const lines = linesOf(await train(['--data', data, '--tokenizer', file, '--steps', '3', '--json', '--out', out]));
  expect(lines[0]!.loss).toBeCloseTo(Math.log(280), 0);
  const engine = new Engine(await bestKernels(compiledKernels));
  const { model, vocabulary } = loadGpt(engine, new Uint8Array(await readFile(out)), out);
  expect((vocabulary as TokenizerVocabulary).file).toBe(await readFile(file, 'utf8'));
  expect(model.config.vocabulary).toBe(280);
  const ids = vocabulary!.encode(text);
  expect(ids.length).toBeLessThan(text.length / 2);
  // The special token has the first id, and no text makes it.
  expect(ids).not.toContain(0);
  expect(vocabulary!.decode(ids)).toBe(text);
  const { heldOut } = holdOut(ids, 0.1, 64);
  expect(evaluate(model, heldOut, { context: 64, batch: 12 })).toBeCloseTo(lines.at(-1)!.valLoss!, 4);
});

it('says it in a few lines to people, and where the model is', async () => {
  const out = inFolder('people.safetensors');
  const { code, stdout, stderr } = await train(['--data', '-', '--steps', '2', '--out', out], text);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^1 of 2 {2}\d+ tokens\/s {2}loss \d\.\d{4}\n2 of 2 {2}\d+ tokens\/s {2}loss \d\.\d{4}, of what was held out \d\.\d{4}\nThe model was saved to .*people\.safetensors\.\n$/,
  );
});

describe('Ctrl+C', () => {
  /** Starts a long run, interrupts it after its third line, and again when it says how, if wanted; waits for its end. */
  async function interrupted(args: readonly string[], again = false): Promise<Outcome> {
    const child = spawn(process.execPath, [bundles.cli, 'train', '--data', data, '--json', ...args], { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (again && stderr.includes('once more')) {
        child.kill('SIGINT');
      }
    });
    let sent = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('"step":3,') && !sent) {
        sent = true;
        child.kill('SIGINT');
      }
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  it.skipIf(process.platform === 'win32')('ends it after the step at hand, and keeps the model', async () => {
    const out = inFolder('stopped.safetensors');
    const { code, stdout, stderr } = await interrupted(['--out', out]);
    expect(code).toBe(130);
    const steps = stdout.trimEnd().split('\n').length;
    expect(stderr).toBe(
      'Stopping after this step; once more to stop at once.\n' +
        `Cancelled after ${steps} of 2000 steps: the model was saved to ${out}.\n`,
    );
    expect(stdout).not.toContain('valLoss');
    const engine = new Engine(await bestKernels(compiledKernels));
    expect(loadGpt(engine, new Uint8Array(await readFile(out)), out).model.config.channels).toBe(128);
    expect(await unfinished()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'ends it at once the second time, and leaves nothing unfinished',
    async () => {
      const { code, stderr } = await interrupted(['--out', inFolder('twice.safetensors')], true);
      expect(code).toBe(130);
      expect(stderr).toMatch(/Cancelled/);
      expect(await unfinished()).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')('says that nothing was saved where there is no --out', async () => {
    const { code, stderr } = await interrupted([]);
    expect(code).toBe(130);
    expect(stderr).toMatch(/Cancelled after \d+ of 2000 steps: nothing was saved, as there is no --out\.\n$/);
  });
});

describe('refuses', () => {
  it.each<[what: string, args: () => readonly string[], code: number, message: RegExp]>([
    ['no text', () => [], 2, /Which text\? Name a file by --data FILE\./],
    ['a text without its option', () => [data], 2, /is one too many/],
    ['no such file', () => ['--data', inFolder('none.txt')], 3, /There is no file ".*none\.txt"/],
    ['a folder', () => ['--data', bundles.root], 1, /it is a folder/],
    ['an empty file', () => ['--data', inFolder('empty.txt')], 1, /empty\.txt is empty/],
    ['a file that is too short', () => ['--data', inFolder('short.txt')], 1, /11 tokens is too short.*at least 641/],
    ['what is not UTF-8', () => ['--data', inFolder('bytes.txt')], 1, /not UTF-8: at byte offset 2 stands 0xff/],
    [
      'no tokenizer',
      () => ['--data', data, '--tokenizer', inFolder('none.json')],
      3,
      /There is no file ".*none\.json"/,
    ],
    ['a tokenizer that is none', () => ['--data', data, '--tokenizer', data], 1, /sums\.txt/],
    ['a tokenizer from nowhere', () => ['--data', data, '--tokenizer', '-'], 2, /name a file by --tokenizer FILE/],
    ['an unknown recipe', () => ['--data', data, '--recipe', 'cake'], 2, /"cake"\. There are: shakespeare-cpu/],
    ['no steps', () => ['--data', data, '--steps', '0'], 2, /--steps takes a whole number from 1/],
    ['a seed that is none', () => ['--data', data, '--seed', 'x'], 2, /--seed takes a whole number from 0/],
    ['an option that is not there', () => ['--data', data, '--sed', '1'], 2, /Did you mean --seed/],
    ['no folder to write to', () => ['--data', data, '--out', inFolder('no/x')], 1, /folder does not exist/],
    ['a folder to write on', () => ['--data', data, '--out', inFolder('folder')], 1, /it is no file/],
  ])('%s', async (_, args, code, message) => {
    await writeFile(inFolder('empty.txt'), '');
    await writeFile(inFolder('short.txt'), 'hello world');
    await writeFile(inFolder('bytes.txt'), Uint8Array.of(0x61, 0x62, 0xff));
    await mkdir(inFolder('folder'), { recursive: true });
    const outcome = await train(args());
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });

  it('a text that is too short without leaving a file behind', async () => {
    await writeFile(inFolder('short.txt'), 'hello world');
    const out = inFolder('never.safetensors');
    expect((await train(['--data', inFolder('short.txt'), '--out', out])).code).toBe(1);
    expect((await readdir(bundles.root)).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('to write over the text that it learns from', async () => {
    const text = 'the tide comes in, the tide goes out. '.repeat(40);
    await writeFile(inFolder('own.txt'), text);
    const outcome = await train(['--data', inFolder('own.txt'), '--out', inFolder('own.txt')]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/take its place/);
    expect(await readFile(inFolder('own.txt'), 'utf8')).toBe(text);
  });
});
