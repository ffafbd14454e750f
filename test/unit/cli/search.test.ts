// `embed`, `index` and `search` as a user runs them, on each Node that can be found.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import { PATIENCE_MS, startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, type Outcome, runCli } from './runCli.ts';

startsProcesses();

interface Hits {
  readonly hits: readonly {
    path: string;
    startLine: number;
    endLine: number;
    score: number;
    lexical: number | null;
    vector: number | null;
  }[];
}

const project = path.resolve(import.meta.dirname, '../../..');
const found = await nodes();
const newest = found.find(({ file }) => file === process.execPath)!;
let bundles: Bundles;
let folder: string;
let rounds = 0;

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js');
  // As in a checkout, where a newer Node is a package.
  await mkdir(path.join(bundles.root, 'node_modules'));
  for (const name of (await readdir(path.join(project, 'node_modules'))).filter((one) =>
    /^node-(bin-)?\w+-/.test(one),
  )) {
    await symlink(path.join(project, 'node_modules', name), path.join(bundles.root, 'node_modules', name), 'junction');
  }
}, MAKING_MS);
afterAll(() => bundles.remove());
beforeEach(async () => {
  rounds += 1;
  folder = path.join(bundles.root, `work ${rounds}`);
  vi.stubEnv('XDG_CACHE_HOME', path.join(bundles.root, `cache${rounds}`));
  vi.stubEnv('LOCALAPPDATA', path.join(bundles.root, `cache${rounds}`));
  await write({
    'src/parser.ts': 'export class Parser {\n  parseHeader(text: string) {\n    return text.trim();\n  }\n}\n',
    'src/deep/car.py': 'def drive(vehicle):\n    """Drives a vehicle to its garage."""\n    return vehicle\n',
    'notes.md': '# Animals\n\nThe penguin swims.\n',
    'skipped.log': 'penguin penguin penguin',
    '.gitignore': '*.log\n',
    '.env': 'PENGUIN=1\n',
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

function jsonOf<T>({ code, stdout, stderr }: Outcome): T {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
  return JSON.parse(stdout) as T;
}

describe.each(found)('on Node $version', ({ file: node }) => {
  const cli = (...args: string[]) => runCli(node, bundles.cli, args);
  const search = async (...args: string[]) => jsonOf<Hits>(await cli('search', folder, ...args, '--json')).hits;

  it('search --json builds a missing index and gives the documented shape', async () => {
    const hits = await search('parse header', '--top', '2');
    expect(hits[0]).toEqual({
      ...{ path: 'src/parser.ts', startLine: 1, endLine: 5 },
      ...{ score: expect.any(Number), lexical: expect.any(Number), vector: expect.any(Number) },
    });
    expect(Object.keys(hits[0]!)).toEqual(['path', 'startLine', 'endLine', 'score', 'lexical', 'vector']);
    expect(hits.length).toBeLessThanOrEqual(2);
    const scores = (await search('vehicle')).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect((await search('vehicle'))[0]!.path).toBe('src/deep/car.py');
  });

  it('finds nothing that is ignored or secret, and nothing at all without a fault', async () => {
    const paths = (await search('penguin')).map((hit) => hit.path);
    expect(paths[0]).toBe('notes.md');
    expect(paths).not.toContain('skipped.log');
    expect(paths).not.toContain('.env');
    expect(await search('"a phrase that nobody wrote"')).toEqual([]);
    const told = await cli('search', folder, '"a phrase that nobody wrote"');
    expect(told).toMatchObject({ code: 0, stdout: 'Nothing was found.\n' });
  });

  it('brings a stale index up to date', async () => {
    await search('penguin');
    await write({ 'notes.md': '# Animals\n\nThe walrus swims.\n', 'new/otter.md': '# Otter\n' });
    await rm(path.join(folder, 'src'), { recursive: true });
    expect((await search('walrus'))[0]).toMatchObject({ path: 'notes.md', lexical: expect.any(Number) });
    expect((await search('otter'))[0]!.path).toBe('new/otter.md');
    expect((await search('"parseHeader"')).map((hit) => hit.path)).toEqual([]);
  });

  it('keeps the index in the cache folder, by the real path, and never in the folder', async () => {
    const before = (await readdir(folder, { recursive: true })).sort();
    await search('penguin');
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(before);
    if (process.platform !== 'darwin') {
      const hash = createHash('sha256')
        .update(await realpath(folder))
        .digest('hex')
        .slice(0, 16);
      const kept = await readdir(path.join(bundles.root, `cache${rounds}`, 'inside-llms/index'));
      expect(kept).toContain(`${hash}.sqlite`);
    }
    const store = path.join(bundles.root, `own${rounds}.sqlite`);
    expect((await search('penguin', '--store', store))[0]!.path).toBe('notes.md');
    expect(await readdir(bundles.root)).toContain(`own${rounds}.sqlite`);
  });

  it('index says of one file what it says of many', async () => {
    const one = path.join(bundles.root, `one${rounds}`);
    await mkdir(one);
    await writeFile(path.join(one, 'notes.md'), 'The penguin swims.\n');
    const { stdout } = await cli('index', one);
    expect(stdout).toMatch(/^1 file is in the index \(1 chunk, /);
    expect(stdout).toMatch(/^1 file was read, in /m);
  });

  it('index says what is in it and what is not', async () => {
    const first = jsonOf<Record<string, unknown>>(await cli('index', folder, '--json'));
    expect(first).toMatchObject({ state: 'ready', files: 4, read: 4, pending: 0, errorCount: 0, errors: [] });
    expect(first).toMatchObject({ leftOut: { ignored: 1, secret: 1 }, vectors: first.chunks });
    const again = await cli('index', folder);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^4 files are in the index/);
    expect(again.stdout).toContain('Left out: 1 ignored, 1 secret.');
    const { read } = jsonOf<{ read: number }>(await cli('index', folder, '--json'));
    expect(read).toBe(0);
  });

  it('index of nothing is no success', async () => {
    await rm(folder, { recursive: true });
    await write({ '.env': 'KEY=1\n' });
    const { code, stdout } = await cli('index', folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Nothing is indexed.*1 secret/);
    const searched = await cli('search', folder, 'key', '--json');
    expect(searched).toMatchObject({ code: 0, stdout: '{"hits":[]}\n', stderr: expect.stringContaining('secret') });
  });

  it('embed gives vectors of length 1, the same for the same text', async () => {
    const outcome = jsonOf<{ model: string; dimensions: number; vectors: number[][] }>(
      await cli('embed', '--json', 'a small dog', 'a little puppy', 'interest rates', 'a small dog'),
    );
    const [dog, puppy, rates, again] = outcome.vectors as [number[], number[], number[], number[]];
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(outcome.vectors.every((vector) => vector.length === outcome.dimensions)).toBe(true);
    expect(dot(dog, dog)).toBeCloseTo(1, 5);
    expect(again).toEqual(dog);
    expect(dot(dog, puppy)).toBeGreaterThan(dot(dog, rates));
    const table = await cli('embed', 'a small dog', '');
    expect(table.stdout).toContain('nothing in it that the model knows');
  });

  it.each([
    [['search'], 2, 'Which folder?'],
    [['search', '.'], 2, 'What is looked for?'],
    [['search', '.', 'two', 'words'], 2, 'quotes'],
    [['search', '.', 'x', '--top', '0'], 2, '--top'],
    [['search', '.', 'x', '--top', '1000'], 2, '200'],
    [['search', '.', 'x', '--topp', '3'], 2, 'Did you mean --top?'],
    [['search', './no such folder', 'x'], 3, 'no such folder'],
    [['index'], 2, 'Which folder?'],
    [['index', './no such folder'], 3, 'no such folder'],
    [['embed'], 2, 'Which text?'],
  ])('%j ends with %i', async (args, code, said) => {
    const outcome = await cli(...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(said);
  });

  it('a file is no folder', async () => {
    const outcome = await cli('index', path.join(folder, 'notes.md'));
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain('is not a folder');
  });

  it('shows no hit that a terminal would obey', async () => {
    await write({ 'evil.md': '# Penguin\n\n\u001b[2J penguin \u202e\n' });
    const { stdout } = await cli('search', folder, 'penguin');
    expect(stdout).toContain('\\u{1b}');
    expect(stdout.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

const interrupts = process.platform === 'win32' ? it.skip : it;
interrupts('Ctrl+C leaves an index that goes on from there', async () => {
  const files = Array.from({ length: 3000 }, (_, i) => [
    `f${i}.md`,
    `# Title ${i}\n\n${`word${i} other\n`.repeat(200)}`,
  ]);
  await write(Object.fromEntries(files) as Record<string, string>);
  const child = spawn(newest.file, [bundles.cli, 'index', folder], { stdio: 'pipe' });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // Not before it listens to that, however long it takes to start: the index is opened after.
  const kept = path.join(bundles.root, `cache${rounds}`, 'inside-llms/index');
  await vi.waitFor(async () => expect(await readdir(kept)).not.toEqual([]), { timeout: PATIENCE_MS, interval: 20 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  const said = /^([\d,]+) files are in the index/.exec(Buffer.concat(out).toString('utf8'));
  const before = Number(said?.[1]?.replaceAll(',', '') ?? 0);
  expect(before).toBeLessThan(3004);
  const done = jsonOf<{ files: number; read: number }>(
    await runCli(newest.file, bundles.cli, ['index', folder, '--json']),
  );
  expect(done.files).toBe(3004);
  // What was committed was not read again but for its second, better cut: markdown has none.
  expect(done.read).toBeLessThanOrEqual(3004 - before);
});

it('killed again and again, it comes to its end, and to the same index', async () => {
  const files = Array.from({ length: 400 }, (_, i) => [`f${i}.ts`, `export const name${i} = 'word${i}';\n`.repeat(60)]);
  await write(Object.fromEntries(files) as Record<string, string>);
  const random = seededRandom(3);
  for (let kill = 0; kill < 10; kill++) {
    const child = spawn(newest.file, [bundles.cli, 'index', folder], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 150 + 500 * random()));
    child.kill('SIGKILL');
    await ended;
  }
  const times = [performance.now()];
  const last = jsonOf<Record<string, unknown>>(await runCli(newest.file, bundles.cli, ['index', folder, '--json']));
  times.push(performance.now());
  const store = path.join(bundles.root, `fresh${rounds}.sqlite`);
  const fresh = jsonOf<Record<string, unknown>>(
    await runCli(newest.file, bundles.cli, ['index', folder, '--json', '--store', store]),
  );
  times.push(performance.now());
  // Nobody waits for the one that is gone: its lease would last a minute.
  const [begun, then, end] = times as [number, number, number];
  expect(then - begun).toBeLessThan(end - then + 40_000);
  for (const one of [last, fresh]) {
    expect(one).toMatchObject({
      state: 'ready',
      files: 404,
      chunks: fresh.chunks,
      vectors: fresh.chunks,
      errorCount: 0,
    });
  }
});

const older = found.filter(({ version }) => Number(version.slice(1).split('.')[0]) < 22);
describe.skipIf(older.length === 0)('where only an older Node is', () => {
  it('says what is needed', async () => {
    const alone = await makeAlone();
    const outcome = await runCli(older[0]!.file, alone, ['search', folder, 'penguin']);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(/node:sqlite.*22\.16/);
    await rm(path.join(bundles.root, 'alone'), { recursive: true });
  });

  async function makeAlone(): Promise<string> {
    const { cp } = await import('node:fs/promises');
    const alone = path.join(bundles.root, 'alone');
    await cp(path.join(bundles.root, 'dist'), path.join(alone, 'dist'), { recursive: true });
    await cp(path.join(bundles.root, 'package.json'), path.join(alone, 'package.json'));
    await mkdir(path.join(alone, 'node_modules'));
    return path.join(alone, 'dist/cli.js');
  }
});
