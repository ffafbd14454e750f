// The CLI's bundle as a user runs it: what stands on standard output and standard error, and the exit codes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { encode as referenceEncode } from 'gpt-tokenizer/encoding/r50k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TINY_SENTIMENT } from '../../../src/services/models/knownModels.ts';
import type { Trace } from '../../../src/shared/trace.ts';
import { makeModelsBundle } from '../models/support.ts';
import { startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, type Outcome, runCli } from './runCli.ts';

startsProcesses();

interface Tokens {
  readonly encoding: string;
  readonly ids: readonly number[];
  readonly tokens: readonly {
    id: number;
    text: string | null;
    bytes: number[];
    start: number;
    end: number;
    piece?: string;
  }[];
}

const project = path.resolve(import.meta.dirname, '../../..');
const found = await nodes();
let bundles: Bundles;

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js', 'dist/runner.mjs');
  // Lessons run models too: the one that ships.
  const dist = path.join(bundles.root, 'dist');
  await makeModelsBundle(dist);
  await cp(path.join(project, 'media/models', TINY_SENTIMENT), path.join(dist, 'models', TINY_SENTIMENT), {
    recursive: true,
  });
}, MAKING_MS);
afterAll(() => bundles.remove());

/** The one JSON value that an outcome's standard output holds, on its one line. */
function jsonOf<T>({ code, stdout, stderr }: Outcome): T {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
  return JSON.parse(stdout) as T;
}

it('is tried on more than one Node where there is more than one', () => {
  expect(found.length).toBeGreaterThan(0);
  console.info(`The CLI is tried on Node ${found.map(({ version }) => version).join(' and ')}.`);
});

describe.each(found)('on Node $version', ({ file: node }) => {
  const cli = (args: readonly string[], input?: string | Uint8Array) => runCli(node, bundles.cli, args, input);
  const encode = async (input: string | Uint8Array) => jsonOf<Tokens>(await cli(['tokens', '--json', '-'], input));

  describe('tokens --json', () => {
    it('gives the documented shape', async () => {
      const file = path.join(bundles.root, 'hello.txt');
      await writeFile(file, 'hello world');
      // 31373 995: as published with OpenAI's tiktoken.
      const tokens = [
        { id: 31373, text: 'hello', bytes: [...Buffer.from('hello')], start: 0, end: 5 },
        { id: 995, text: ' world', bytes: [...Buffer.from(' world')], start: 5, end: 11 },
      ];
      const expected = { encoding: 'r50k_base', ids: [31373, 995], tokens };
      const outcome = await cli(['tokens', '--encoding', 'r50k_base', '--json', file]);
      expect(jsonOf(outcome)).toEqual(expected);
      expect(outcome.stdout.startsWith('{"encoding":"r50k_base","ids":[31373,995],"tokens":[{"id":31373,"text":')).toBe(
        true,
      );
      expect(jsonOf(await cli(['tokens', '--json'], 'hello world'))).toEqual(expected);
    });

    it('gives nothing for nothing', async () => {
      expect(await encode('')).toEqual({ encoding: 'r50k_base', ids: [], tokens: [] });
    });

    it('takes what looks like a special token as text, and keeps a byte order mark', async () => {
      const text = '\uFEFF<|endoftext|>';
      const { ids, tokens } = await encode(text);
      expect(ids).not.toContain(50256);
      expect(Buffer.from(tokens.flatMap(({ bytes }) => bytes)).toString('utf8')).toBe(text);
      expect(tokens[0]!.start).toBe(0);
      expect(tokens.at(-1)!.end).toBe(text.length);
    });

    it('takes each tokenizer that ships by its name, and shows how it writes its pieces', async () => {
      const bert = await cli(['tokens', '--encoding', 'bert-base-uncased', '--json', '-'], "John Johanson's");
      // Published in BERT's README: john johan ##son ' s.
      expect(jsonOf<Tokens>(bert).tokens.map(({ piece }) => piece)).toEqual(['john', 'johan', '##son', "'", 's']);
      const table = await cli(['tokens', '--encoding', 'bert-base-uncased', '-'], 'Johanson');
      expect(table.stdout).toContain('##son: son');
      const same = await cli(['tokens', '--encoding', 'qwen2.5', '-'], 'son');
      expect(same.stdout).toMatch(/ 0-3 {2}son {2}\(73 6f 6e\)/);
      const large = await cli(['tokens', '--encoding', 'cl100k_base', '--json', '-'], '2 + 2 = 4');
      expect(jsonOf<Tokens>(large).ids).toEqual([17, 489, 220, 17, 284, 220, 19]);
    });

    it('takes a tokenizer.json by its path', async () => {
      const file = path.join(bundles.root, 'tokenizer.json');
      const model = { type: 'WordLevel', vocab: { '<unk>': 0, low: 1, lower: 2 }, unk_token: '<unk>' };
      await writeFile(
        file,
        JSON.stringify({ version: '1.0', added_tokens: [], pre_tokenizer: { type: 'Whitespace' }, model }),
      );
      const encoded = jsonOf<Tokens>(await cli(['tokens', '--encoding', file, '--json', '-'], 'lower low high'));
      expect(encoded.encoding).toBe(file);
      expect(encoded.ids).toEqual([2, 1, 0]);
      expect(encoded.tokens.map(({ text, piece }) => [text, piece])).toEqual([
        ['lower', 'lower'],
        ['low', 'low'],
        ['high', '<unk>'],
      ]);
    });

    it('makes special tokens when asked', async () => {
      const special = await cli(['tokens', '--special-tokens', '--json', '-'], 'a<|endoftext|>');
      expect(jsonOf<Tokens>(special).ids).toEqual([64, 50256]);
    });

    it("gives a part of a character no text and the whole character's place", async () => {
      const { tokens } = await encode('a🤗');
      const parts = tokens.slice(1);
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.map(({ text, start, end }) => ({ text, start, end }))).toEqual(
        parts.map(() => ({ text: null, start: 1, end: 3 })),
      );
      expect(parts.flatMap(({ bytes }) => bytes)).toEqual([0xf0, 0x9f, 0xa4, 0x97]);
    });

    it("has the input's bytes in its tokens' bytes, and another encoder's ids", async () => {
      const texts = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(' ', '\n\n', '\uFEFF', '<|endoftext|>', "'s", '👩‍👩‍👧', 'ﬃ', '\r\n', '\u0000', 'naïve café'),
      );
      const [text] = fc.sample(
        fc.array(texts, { minLength: 1500, maxLength: 1500, size: 'max' }).map((parts) => parts.join(' ')),
        { numRuns: 1, seed: 7 },
      );
      const bytes = Buffer.from(text!);
      const whole = bytes.toString('utf8');
      const { ids, tokens } = await encode(bytes);
      expect(Buffer.compare(Buffer.from(tokens.flatMap((token) => token.bytes)), bytes)).toBe(0);
      expect(tokens.map(({ id }) => id)).toEqual(ids);
      expect(ids).toEqual(referenceEncode(whole, { disallowedSpecial: new Set() }));
      for (const token of tokens) {
        const spelled = Buffer.from(whole.slice(token.start, token.end));
        if (token.text === null) {
          expect(token.bytes.length).toBeLessThan(spelled.length);
          expect(spelled.includes(Buffer.from(token.bytes))).toBe(true);
        } else {
          expect(token.text).toBe(whole.slice(token.start, token.end));
          expect(spelled.equals(Buffer.from(token.bytes))).toBe(true);
        }
      }
    });

    it('refuses what is not UTF-8, naming the offset', async () => {
      const outcome = await cli(['tokens', '--json', '-'], Buffer.from([0x61, 0xc3, 0xa9, 0xf0, 0x9f]));
      expect(outcome).toMatchObject({ code: 1, stdout: '' });
      expect(outcome.stderr).toContain('byte offset 3');
    });
  });

  it('prints a table for people, with nothing invisible or obeyed in it', async () => {
    const { code, stdout, stderr } = await cli(['tokens'], 'a b\u001b[31m\u200b🤗\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(stdout).toContain('·b');
    expect(stdout).toContain('part of a character');
    expect(stdout).toMatch(/\d+ tokens in r50k_base, \d+ bytes/);
  });

  describe('exit codes', () => {
    it.each([
      ['no command', [], 2, /Usage/],
      ['an unknown command', ['tokns'], 2, /Did you mean tokens\?/],
      ['an unknown option before a command', ['--jsn'], 2, /--jsn/],
      ['an unknown option', ['tokens', '--encodng', 'x'], 2, /--encodng.*Did you mean --encoding\?/],
      ['an unknown short option', ['tokens', '-x'], 2, /-x/],
      ['an option without its value', ['tokens', '--encoding'], 2, /needs a value/],
      ['a value for a switch', ['tokens', '--json=yes'], 2, /takes no value/],
      ['two files', ['tokens', 'a', 'b'], 2, /"b"/],
      ['an unknown encoding', ['tokens', '--encoding', 'gpt9'], 2, /gpt9.*r50k_base.*use-lite/],
      ['an encoding with a slip', ['tokens', '--encoding', 'cl100kbase'], 2, /Did you mean cl100k_base\?/],
      ['the beginning of an encoding', ['tokens', '--encoding', 'bert'], 2, /Did you mean bert-base-uncased\?/],
      ['a tokenizer file that is not there', ['tokens', '--encoding', 'no/tokenizer.json'], 3, /no\/tokenizer\.json/],
      [
        'a tokenizer file that is none',
        ['tokens', '--encoding', path.join(project, 'package.json')],
        1,
        /package\.json/,
      ],
      ['a file that is not there', ['tokens', 'no-such-file.txt'], 3, /no-such-file\.txt/],
      ['a file under a file', ['tokens', `${import.meta.filename}/x`], 3, /Check its name/],
      ['a folder', ['tokens', '.'], 1, /folder.*Name a file/],
      ['a file named like an option', ['tokens', '--', '--help'], 3, /"--help"/],
      ['no program', ['trace'], 2, /bpe-train/],
      ['an unknown program', ['trace', 'bpe-tran'], 2, /Did you mean bpe-train\?/],
      ['parameters that are not JSON', ['trace', 'bpe-train', '--params', '{'], 2, /JSON/],
      ['parameters that are no object', ['trace', 'bpe-train', '--params', '[]'], 2, /object/],
      [
        'parameters nested deep',
        ['trace', 'bpe-train', '--params', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
        2,
        /object/,
      ],
      ['a parameter out of range', ['trace', 'bpe-train', '--params', '{"merges":-1}'], 2, /merges/],
      ['an unknown parameter', ['trace', 'bpe-train', '--params', '{"merge":1}'], 2, /"merge".*merges/],
      ['a seed that is no number', ['trace', 'bpe-train', '--seed', 'x'], 2, /--seed/],
      ['an unknown action', ['lessons', 'chek'], 2, /Did you mean check\?/],
      ['a folder of lessons that is not there', ['lessons', 'check', 'nowhere'], 3, /nowhere.*Name the folder/],
    ])('%s: nothing on standard output, a reason on standard error', async (_, args, code, reason) => {
      const outcome = await cli(args);
      expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: '' });
      expect(outcome.stderr).toMatch(reason);
      expect(outcome.stderr).not.toMatch(/^\s+at /m);
    });

    it.each([
      [['--help'], /lessons/],
      [['-h'], /Usage/],
      [['tokens', '--help'], /--encoding NAME/],
      [['trace', '-h'], /--params JSON/],
      [['lessons', 'check', '--help'], /lessons check/],
      [['--version'], /^9\.8\.7\n$/],
    ])('0 with help on standard output: %j', async (args, text) => {
      const outcome = await cli(args);
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      expect(outcome.stdout).toMatch(text);
    });

    // Windows has no signals to send to a child: there it is ended, and no code can be its own.
    it.skipIf(process.platform === 'win32').each([
      ['in the middle of the work', true],
      ['while it waits for its input', false],
    ])('130 when interrupted %s', async (_, end) => {
      const child = spawn(node, [bundles.cli, 'tokens', '--json'], { stdio: 'pipe' });
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      const closed = once(child, 'close');
      const text = Array.from({ length: 3_000_000 }, (_, i) => (i * 7919).toString(36)).join(' ');
      // More than a pipe holds has been taken: the program is up, and reads or works.
      await new Promise<void>((resolve) => {
        child.stdin.write(text, () => resolve());
      });
      if (end) {
        child.stdin.end();
      }
      child.kill('SIGINT');
      expect(await closed).toEqual([130, null]);
      expect(stdout).toBe('');
    });

    it('0, in silence, when the reader has seen enough', async () => {
      const child = spawn(node, [bundles.cli, 'tokens', '--json'], { stdio: 'pipe' });
      let stderr = '';
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      const closed = once(child, 'close');
      child.stdin.end('some words '.repeat(200_000));
      await once(child.stdout, 'data');
      child.stdout.destroy();
      expect(await closed).toEqual([0, null]);
      expect(stderr).toBe('');
    });

    it.skipIf(process.platform === 'win32')('1 for a folder on standard input, and a device without end', async () => {
      const folder = await open(import.meta.dirname);
      const child = spawn(node, [bundles.cli, 'tokens'], { stdio: [folder.fd, 'pipe', 'ignore'] });
      expect(await once(child, 'close')).toEqual([1, null]);
      await folder.close();
      const endless = await cli(['tokens', '/dev/zero']);
      expect(endless).toMatchObject({ code: 1, stdout: '' });
      expect(endless.stderr).toMatch(/more than 192 MB/);
    });

    const readsAll = process.platform === 'win32' || process.getuid?.() === 0;
    it.skipIf(readsAll)('1 for a file without permission (needs a user who may not read all)', async () => {
      const file = path.join(bundles.root, 'secret');
      await writeFile(file, 'x', { mode: 0 });
      const outcome = await cli(['tokens', file]);
      expect(outcome).toMatchObject({ code: 1, stdout: '' });
      expect(outcome.stderr).toMatch(/permission is denied/);
    });

    it('3 when the vocabulary data was not built', async () => {
      const bare = path.join(bundles.root, 'bare');
      await mkdir(path.join(bare, 'dist'), { recursive: true });
      await cp(bundles.cli, path.join(bare, 'dist/cli.js'));
      await cp(path.join(bundles.root, 'package.json'), path.join(bare, 'package.json'));
      const outcome = await runCli(node, path.join(bare, 'dist/cli.js'), ['tokens'], 'a');
      expect(outcome).toMatchObject({ code: 3, stdout: '' });
      expect(outcome.stderr).toContain('npm run build');
      expect(outcome.stderr).toContain(path.join(bare, 'dist', 'vocabularies'));
    });
  });

  describe('trace', () => {
    const params = ['--params', '{"text":"low lower lowest","merges":2}'];

    it('gives the trace on one line, the same each time', async () => {
      const first = await cli(['trace', 'bpe-train', ...params, '--json']);
      const trace = jsonOf<{ schema: number; program: string; params: object; values: object[]; frames: object[] }>(
        first,
      );
      expect(trace).toMatchObject({ schema: 1, program: 'bpe-train', params: { merges: 2, text: 'low lower lowest' } });
      expect(trace.frames.filter((frame) => 'op' in frame && frame.op === 'merge-step')).toHaveLength(2);
      expect(trace.values.length).toBeGreaterThan(0);
      expect((await cli(['trace', 'bpe-train', ...params, '--json'])).stdout).toBe(first.stdout);
    });

    it('lists the steps for people', async () => {
      const { code, stdout } = await cli(['trace', 'bpe-train', ...params]);
      expect(code).toBe(0);
      expect(stdout).toContain('Merge 1');
      expect(stdout).toMatch(/\d+ steps of bpe-train\n$/);
    });

    it('gives the numbers of tensors as base64, and shows people some of them', async () => {
      const trace = jsonOf<Trace & { buffer: string }>(await cli(['trace', 'matmul-step', '--json']));
      const bytes = Buffer.from(trace.buffer, 'base64');
      const tensors = trace.values.filter((value) => value.kind === 'tensor');
      const listing = (await cli(['trace', 'matmul-step'])).stdout;
      expect(tensors.length).toBeGreaterThan(0);
      for (const { bytes: part, shape, statistics } of tensors) {
        const numbers = Array.from({ length: part!.length / 4 }, (_, i) => bytes.readFloatLE(part!.offset + 4 * i));
        expect(numbers).toHaveLength(shape.reduce((product, size) => product * size, 1));
        expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([statistics.min, statistics.max]);
      }
      for (const { value } of trace.frames.flatMap(({ outputs }) => outputs)) {
        const shown = trace.values[value]!;
        if (shown.kind === 'tensor') {
          const { min, max } = shown.statistics;
          expect(listing).toContain(`f32 (${shown.shape.join(', ')}), ${min} to ${max}, mean`);
        }
      }
    });

    it('says what to do when the kernels are missing', async () => {
      const kernels = path.join(bundles.root, 'dist/kernels');
      await rename(kernels, `${kernels}.away`);
      try {
        const outcome = await cli(['trace', 'matmul-step']);
        expect(outcome).toMatchObject({ code: 3, stdout: '' });
        expect(outcome.stderr).toMatch(/kernels can't be read.*npm run build/s);
      } finally {
        await rename(`${kernels}.away`, kernels);
      }
    });

    it('stops a session after so many steps and says so', async () => {
      const outcome = await cli(['trace', 'types-and-tokens', '--frames', '3', '--json']);
      expect(outcome.code).toBe(0);
      expect(JSON.parse(outcome.stdout).frames).toHaveLength(3);
      expect(outcome.stderr).toContain('Stopped after 3 steps');
    });
  });

  describe('lessons check', () => {
    it("finds no fault in the project's own lessons", async () => {
      await cp(path.join(project, 'lessons'), path.join(bundles.root, 'lessons'), { recursive: true });
      await cp(path.join(project, 'src'), path.join(bundles.root, 'src'), { recursive: true });
      // It takes a while: all of them on one Node, and one on each other.
      const only = node === found[0]!.file ? [] : ['--lesson', 'byte-pair-encoding'];
      const outcome = await cli(['lessons', 'check', '--json', ...only]);
      const { lessons, faults } = jsonOf<{ lessons: { id: string }[]; faults: unknown[] }>(outcome);
      expect(faults).toEqual([]);
      expect(lessons.map(({ id }) => id)).toContain('byte-pair-encoding');
    }, 300_000);

    it('names file, line and reason of each fault, one line each', async () => {
      const folder = path.join(bundles.root, 'broken');
      await rm(folder, { recursive: true, force: true });
      const lesson = '01-what-is-a-language-model';
      await cp(path.join(project, 'lessons', lesson), path.join(folder, lesson), { recursive: true });
      const file = path.join(folder, lesson, 'lesson.md');
      const text = await readFile(file, 'utf8');
      const broken = text.replace(/^program: .*$/m, 'program: no-such-program');
      expect(broken).not.toBe(text);
      await writeFile(file, broken);
      await mkdir(path.join(folder, '09-empty'));
      await writeFile(path.join(folder, '09-empty/lesson.md'), '# no front matter\n');
      const outcome = await cli(['lessons', 'check', folder]);
      expect(outcome.code).toBe(1);
      const lines = outcome.stdout.trimEnd().split('\n');
      expect(lines.every((line) => /^[\w-]+\/lesson\.md:\d+: \S/.test(line))).toBe(true);
      const at = broken.split('\n').indexOf('program: no-such-program');
      const told = lines.filter((line) => line.includes('no-such-program'));
      expect(told).toHaveLength(1);
      expect(Math.abs(Number(told[0]!.split(':')[1]) - at)).toBeLessThan(5);
      expect(lines.some((line) => line.startsWith('09-empty/lesson.md:'))).toBe(true);
      const json = await cli(['lessons', 'check', '--json', folder]);
      expect(json.code).toBe(1);
      expect(JSON.parse(json.stdout).faults).toHaveLength(lines.length);
    });
  });
});
