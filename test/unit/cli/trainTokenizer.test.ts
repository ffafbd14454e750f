// `train-tokenizer` as a user runs it: the file that it keeps, its words, Ctrl+C, and what is wrong with its input.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { trainBpe } from '../../../src/tokenizers/training/bpe.ts';
import { byteLevel } from '../../../src/tokenizers/training/cuttings.ts';
import { startsProcesses } from '../support/processes.ts';
import { corpus, toEnd, wordsOf } from '../tokenizers/training/corpus.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, runCli } from './runCli.ts';

startsProcesses();

const found = await nodes();
let bundles: Bundles;
let data: string;
const inFolder = (name: string) => path.join(bundles.root, name);

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js');
  data = inFolder('corpus.txt');
  await writeFile(data, corpus);
}, MAKING_MS);
afterAll(() => bundles.remove());

const train = (...args: readonly string[]) => runCli(process.execPath, bundles.cli, ['train-tokenizer', ...args]);

async function read(file: string) {
  return readTokenizerJson(new Uint8Array(await readFile(file)), file);
}

/** What was left in a folder that is not meant to stay. */
async function unfinished(): Promise<string[]> {
  return (await readdir(bundles.root)).filter((name) => name.includes('unfinished'));
}

describe.each(found)('on Node $version', ({ file: node }) => {
  it.each(['bpe', 'wordpiece', 'unigram'])(
    'keeps a tokenizer of kind %s that reads what it learned from',
    async (kind) => {
      const out = inFolder(`${kind}.json`);
      const args = ['train-tokenizer', '--kind', kind, '--vocab', '600', '--out', out, '--json', data];
      const { code, stdout, stderr } = await runCli(node, bundles.cli, args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const bytes = Buffer.byteLength(corpus);
      expect(JSON.parse(stdout)).toMatchObject({ kind, vocabulary: 600, bytes });
      const tokenizer = tokenizerOf(await read(out));
      expect(tokenizer.size).toBe(600);
      expect(tokenizer.count(corpus)).toBeLessThan(bytes / 2);
    },
  );
});

it('learns from several files as the trainer does, with the options it was given, in place of an older file', async () => {
  const out = inFolder('several.json');
  const more = inFolder('more.txt');
  await writeFile(out, 'old');
  await writeFile(more, 'more of it, more of it\n');
  const options = ['--special', '<a>,<b>', '--min-frequency', '3', '--pattern', 'cl100k'];
  const { code, stdout, stderr } = await train('--kind', 'bpe', '--vocab', '400', '--out', out, ...options, data, more);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^400 entries from \d+ bytes in \d+ different words, now \d+ tokens \(\d\.\d\d bytes a token\)\.\n/u,
  );
  expect(stdout).toContain(`The tokenizer was saved to ${out}.\n`);
  const words = wordsOf(byteLevel('cl100k'), corpus, 'more of it, more of it\n');
  const wanted = { name: 'several', vocabularySize: 400, minFrequency: 3, specialTokens: ['<a>', '<b>'] };
  const { model, addedTokens } = await read(out);
  expect({ model, addedTokens }).toEqual(
    (({ result }) => ({ model: result.model, addedTokens: result.addedTokens }))(toEnd(trainBpe(words, wanted))),
  );
  expect(await unfinished()).toEqual([]);
});

it('says why a vocabulary stays small', async () => {
  const small = inFolder('small.txt');
  await writeFile(small, 'abc abc');
  const { stdout } = await train('--kind', 'bpe', '--vocab', '9000', '--out', inFolder('small.json'), small);
  expect(stdout).toContain('It is smaller than wished. No pair of pieces occurs 2 times any more.\n');
});

it.skipIf(process.platform === 'win32')('stops at Ctrl+C, and keeps nothing', async () => {
  const large = inFolder('large.txt');
  const out = inFolder('stopped.json');
  // Different words without end: long enough to be stopped in.
  await writeFile(large, Array.from({ length: 600_000 }, (_, i) => (i * 2654435761).toString(36)).join(' '));
  const args = [bundles.cli, 'train-tokenizer', '--kind', 'unigram', '--vocab', '30000', '--out', out, large];
  const child = spawn(process.execPath, args, { stdio: 'pipe' });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // It has begun when the file that it will write is there.
  while ((await unfinished()).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: 'Stopping; once more to stop at once.\nCancelled: nothing was saved.\n',
  });
  expect(await readdir(bundles.root)).not.toContain('stopped.json');
  expect(await unfinished()).toEqual([]);
});

it('does not write over a text that it learns from, by whatever name', async () => {
  const link = inFolder('link.txt');
  await symlink(data, link);
  for (const out of [data, link, path.join(bundles.root, '.', 'x', '..', 'corpus.txt')]) {
    const { code, stderr } = await train('--kind', 'bpe', '--vocab', '300', '--out', out, data);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is one of the texts') });
  }
  expect(await readFile(data, 'utf8')).toBe(corpus);
  const nowhere = await train('--kind', 'bpe', '--vocab', '300', '--out', '', data);
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('Name a file by --out FILE') });
  expect(await unfinished()).toEqual([]);
});

it('names the file at fault, and leaves nothing behind', async () => {
  const [binary, folder, out] = [inFolder('binary.txt'), inFolder('folder'), inFolder('none.json')];
  await writeFile(binary, Buffer.concat([Buffer.from('text'), Buffer.from([0xff, 0x00])]));
  await writeFile(inFolder('empty.txt'), '');
  await mkdir(folder);
  const faulty = async (...inputs: string[]) => {
    const { code, stdout, stderr } = await train('--kind', 'bpe', '--vocab', '300', '--out', out, ...inputs);
    expect(stdout).toBe('');
    return { code, stderr };
  };
  const notUtf8 = await faulty(data, binary);
  expect(notUtf8.code).toBe(1);
  expect(notUtf8.stderr).toContain(`${binary} is not UTF-8: at byte offset 4 stands 0xff.`);
  expect(await faulty(folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('it is a folder') });
  expect(await faulty(inFolder('nowhere.txt'))).toMatchObject({ code: 3, stderr: expect.stringContaining('no file') });
  expect(await faulty(inFolder('empty.txt'))).toMatchObject({ code: 1, stderr: expect.stringContaining('no word') });
  expect(await readdir(bundles.root)).not.toContain('none.json');
  expect(await unfinished()).toEqual([]);
});

it.each([
  [['--vocab', '300', '--out', 'a.json', 'a'], 'Which kind?'],
  [['--kind', 'words', '--vocab', '300', '--out', 'a.json', 'a'], '--kind is one of bpe, wordpiece, unigram'],
  [['--kind', 'bpe', '--out', 'a.json', 'a'], 'How large?'],
  [['--kind', 'bpe', '--vocab', 'many', '--out', 'a.json', 'a'], '--vocab takes a whole number from 1'],
  [['--kind', 'bpe', '--vocab', '300', 'a'], 'Where to?'],
  [['--kind', 'bpe', '--vocab', '300', '--out', 'a.json'], 'Which texts?'],
  [['--kind', 'bpe', '--vocab', '300', '--out', 'a.json', '-'], 'standard input is not read'],
  [['--kind', 'wordpiece', '--vocab', '300', '--out', 'a.json', '--pattern', 'gpt2', 'a'], '--pattern is of bpe'],
  [['--kind', 'unigram', '--vocab', '300', '--out', 'a.json', '--min-frequency', '2', 'a'], '--min-frequency is of'],
])('says how it is used: %j', async (args, message) => {
  const { code, stderr } = await train(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('train-tokenizer --help');
});
