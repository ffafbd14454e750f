// `index` killed at random moments over a folder that changes meanwhile: real processes, ended by the system without a
// word. What is left is always whole, and brought to its end it is what an index made at once is.

import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import { PATIENCE_MS, startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { runCli } from './runCli.ts';

startsProcesses();

const KILLS = 50;
const FILES = 60;
/** Of the time that a run takes: before it has opened the index, until after its end. */
const [EARLIEST, LATEST] = [0.3, 1.05];
const QUERIES = ['omega', 'alpha beta', 'parse the header', 'class Delta', 'gamma 7 delta', 'heading', 'no such thing'];
const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'parse', 'header', 'value', 'reader', 'writer', 'stream'];

interface Health {
  readonly state: string;
  readonly files: number;
  readonly chunks: number;
  readonly vectors: number;
  readonly pending: number;
  readonly message?: string;
}

interface Hit {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly lexical: number | null;
  readonly vector: number | null;
}

let bundles: Bundles;
let folder: string;
let store: string;
const random = seededRandom(50);
const below = (limit: number) => Math.floor(random() * limit);
let made = 0;

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js');
  folder = path.join(bundles.root, 'work');
  store = path.join(bundles.root, 'index.sqlite');
}, MAKING_MS);
afterAll(() => bundles.remove());

/** No two are alike. */
function content(name: string): string {
  const words = (count: number) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(' ');
  made += 1;
  return name.endsWith('.md')
    ? `# Heading ${made}\n\n${words(20 + below(40))} ${made}\n\n## Part ${made}\n\n${words(5 + below(60))}\n`
    : Array.from(
        { length: 1 + below(6) },
        (_, i) => `export class Delta${made}x${i} {\n  // ${words(3 + below(50))}\n  read() { return ${made}; }\n}\n`,
      ).join('\n');
}

async function names(): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
}

async function save(name: string): Promise<void> {
  await mkdir(path.dirname(name), { recursive: true });
  await writeFile(name, content(name));
}

function freshName(): string {
  return path.join(folder, ['', 'one', 'one/two', 'three'][below(4)]!, `file${made}.${['ts', 'md', 'ts'][below(3)]}`);
}

/** Some files are saved, made, moved or deleted, and now and then a whole folder moves. */
async function change(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    const all = await names();
    const one = all[below(all.length)]!;
    const what = random();
    if (what < 0.4 || all.length < FILES / 2) {
      await save(what < 0.2 ? one : freshName());
    } else if (what < 0.7) {
      await rename(one, path.join(path.dirname(one), `moved${made++}${path.extname(one)}`));
    } else if (what < 0.9) {
      await rm(one);
    } else if (path.dirname(one) !== folder) {
      await rename(path.dirname(one), path.join(folder, `folder${made++}`));
    }
  }
}

/** @returns whether it was still running, and what it said */
async function killed(after: number): Promise<{ readonly running: boolean; readonly stdout: string }> {
  const args = [bundles.cli, 'index', folder, '--json', '--store', store];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  setTimeout(() => child.kill('SIGKILL'), after);
  return { running: (await ended) === 'SIGKILL', stdout };
}

/** How many files are in. */
function checkFile(): number {
  const db = new DatabaseSync(store);
  try {
    expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    if (db.prepare('pragma user_version').get()!.user_version === 0) {
      return 0;
    }
    db.exec("insert into words (words) values ('integrity-check')");
    const count = (of: string) => db.prepare(`select count(*) n from ${of}`).get()!.n as number;
    expect(count('chunks where id not in (select chunk from texts)')).toBe(0);
    expect(count('chunks where file not in (select id from files)')).toBe(0);
    expect(count('words')).toBe(count('chunks'));
    const totals = db.prepare('select chunks, terms from totals').get()!;
    const terms = db.prepare('select coalesce(sum(terms), 0) n from chunks').get()!.n;
    expect(totals).toMatchObject({ chunks: count('chunks'), terms });
    return count('files');
  } finally {
    db.close();
  }
}

async function run<T>(command: string, into: string, ...args: string[]): Promise<T> {
  const outcome = await runCli(process.execPath, bundles.cli, [command, folder, ...args, '--json', '--store', into]);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(outcome.stdout) as T;
}

/** What is found, and how well it fits: of equal ones the order is by when they came, so it is left aside. */
async function hits(into: string, query: string): Promise<string[]> {
  const answer = await run<{ hits: Hit[] }>('search', into, query, '--top', '100');
  const told = answer.hits.map(({ path: at, startLine, endLine, lexical, vector }) =>
    JSON.stringify([at, startLine, endLine, lexical, vector]),
  );
  expect(new Set(answer.hits.map((hit) => hit.path)).size).toBeGreaterThan(10);
  return told.sort();
}

it('is whole after each of them, and comes to the same index in the end', { timeout: 2 * PATIENCE_MS }, async () => {
  for (let i = 0; i < FILES; i++) {
    await save(freshName());
  }
  const began = performance.now();
  await run('index', path.join(bundles.root, 'whole.sqlite'));
  let whole = performance.now() - began;
  let torn = 0;
  let between = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await change();
    // Begun anew now and then, so that the first build is killed as well.
    if (kill % 10 === 0) {
      await Promise.all(['', '-wal', '-shm'].map((ending) => rm(store + ending, { force: true })));
    }
    const { running, stdout } = await killed(whole * (EARLIEST + (LATEST - EARLIEST) * random()));
    // A machine has more to do at one time than at another.
    whole *= running ? 1.05 : 0.85;
    torn += running ? 1 : 0;
    const files = checkFile();
    between += running && files > 0 ? 1 : 0;
    if (stdout !== '') {
      // It came to its end: then what it said is so.
      expect(JSON.parse(stdout) as Health).toMatchObject({ state: 'ready', pending: 0, files: (await names()).length });
    }
  }
  // Else it was never killed at its work.
  expect(torn).toBeGreaterThan(KILLS / 3);
  expect(between).toBeGreaterThan(5);
  const fresh = path.join(bundles.root, 'fresh.sqlite');
  const all = (await names()).length;
  for (const into of [store, fresh]) {
    const health = await run<Health>('index', into);
    expect(health).toMatchObject({ state: 'ready', files: all, vectors: health.chunks, pending: 0 });
    expect(health.message).toBeUndefined();
  }
  for (const query of QUERIES) {
    expect(await hits(store, query), query).toEqual(await hits(fresh, query));
  }
});
