// The package as users get it: what is in it, under which licences, and that it works in an editor that has nothing else.

import { globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasMiniLm } from '../../src/build/models.ts';
import { ALLOWED_LICENCES } from '../../src/build/notice.ts';
import { makeVsix, vsixFiles, wantedNotice } from '../../src/build/package.ts';
import { inRoot } from '../../src/build/paths.ts';
import { openEditor, scrollTo } from './editor.ts';

const MINILM = 'dist/models/all-MiniLM-L6-v2/';
const MINILM_FILES = [
  'config.json',
  'files.json',
  'onnx/model_quantized.onnx',
  'sentence_bert_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];

/** Of exercises, which come and go with every wrong answer that somebody thinks of. */
const OF_EXERCISES = 'lessons/*/{exercises,solutions,checks,mutants}/**/*.ts';

let folder: string;
let vsix: string;
let bytes: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-vsix-'));
  vsix = path.join(folder, 'inside-llms.vsix');
  bytes = await makeVsix(vsix);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('it holds exactly the files of the list', async () => {
  // Changed on purpose? Look at the difference, then: npm run package -- --list
  const all = await vsixFiles();
  const ofMiniLm = all.filter((file) => file.startsWith(MINILM));
  const ofExercises = all.filter((file) => path.posix.matchesGlob(file, OF_EXERCISES));
  const files = `${all.filter((file) => ![...ofMiniLm, ...ofExercises].includes(file)).join('\n')}\n`;
  // In it where "npm run models" has made it.
  expect(ofMiniLm.map((file) => file.slice(MINILM.length))).toEqual((await hasMiniLm()) ? MINILM_FILES : []);
  const there = globSync(OF_EXERCISES, { cwd: inRoot('.') });
  expect(ofExercises.toSorted()).toEqual(there.map((file) => file.replaceAll('\\', '/')).toSorted());
  expect(ofExercises.length).toBeGreaterThan(400);
  expect(files).toBe(await readFile(inRoot('test/fixtures/vsixFiles.txt'), 'utf8'));
});

test('each picture and data file in media is used', async () => {
  const users = ['package.json', 'README.md'].map((file) => readFile(inRoot(file), 'utf8'));
  const sources = [
    'src/host/webviewPanel.ts',
    'src/host/contextWindows.ts',
    'src/worker/search/main.ts',
    'src/services/models/wordVectorsFolder.ts',
  ].map((file) => readFile(inRoot(file), 'utf8'));
  const text = (await Promise.all([...users, ...sources])).join('\n');
  const pictures = (await vsixFiles()).filter((file) => file.startsWith('media/'));
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures.filter((file) => !/\/(?:README\.md|LICENSE)$/.test(file))) {
    // (A model's README is its card, which people read, as its licence.)
    // The icons of the panels are named in two parts: `${view}-dark.svg`.
    const [, view, theme] = /^([a-z]+)(-(?:dark|light)\.svg)$/.exec(path.posix.basename(picture)) ?? [];
    const used = theme
      ? text.includes(theme) && text.includes(`'${view}'`)
      : text.includes(path.posix.basename(picture));
    expect(used, picture).toBe(true);
  }
});

test('every package in it has an allowed licence, and NOTICE has it in full', async () => {
  const { packages, notice } = await wantedNotice();
  const committed = await readFile(inRoot('NOTICE'), 'utf8');
  expect(committed, 'NOTICE is out of date: npm run package').toBe(notice);
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['@vscode/webview-ui-toolkit', 'lit-html', 'katex', 'js-tiktoken', 'zod']),
  );
  for (const { name, version, licence, text } of packages) {
    expect(ALLOWED_LICENCES, name).toContain(licence);
    expect(text.length, name).toBeGreaterThan(200);
    expect(committed).toContain(`- ${name} ${version} (${licence})`);
    expect(committed).toContain(text);
  }
});

test('it is no larger than its parts need', async () => {
  console.log(`VSIX: ${(bytes / 1024 / 1024).toFixed(2)} MB`);
  // Packed: the static model 5.2 MB, onnxruntime-web 3.7, the parsers 2.5, the vocabularies 2.4, the runner with what
  // takes types out 1.5, word vectors 1, all else 3.4. MiniLM: 21.8.
  expect(bytes).toBeLessThan(((await hasMiniLm()) ? 41 : 20) * 1024 * 1024);
});

test('its command line serves MCP from nothing but what is packed, by words and by vectors', async () => {
  const packed = path.join(folder, 'packed');
  for (const file of await vsixFiles()) {
    await mkdir(path.dirname(path.join(packed, file)), { recursive: true });
    await copyFile(inRoot(file), path.join(packed, file));
  }
  const args = ['mcp', inRoot('test/fixtures/sample-workspace'), '--store', path.join(folder, 'index.sqlite')];
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [path.join(packed, 'dist/cli.js'), ...args] }),
  );
  try {
    const search = async () =>
      (
        await client.callTool({
          name: 'search_workspace',
          arguments: { query: 'moving average of the last values', top: 1 },
        })
      ).structuredContent as {
        readonly hits: readonly {
          readonly path: string;
          readonly names: readonly string[];
          readonly vector: unknown;
        }[];
        readonly index: { readonly state: string };
        readonly notes: readonly string[];
      };
    await expect.poll(async () => (await search()).index.state, { timeout: 20_000 }).toBe('ready');
    // The parsers gave it its name, the static model its vector.
    expect(await search()).toMatchObject({
      hits: [{ path: 'code/moving_average.py', names: ['moving_average'], vector: expect.any(Number) }],
      notes: [],
    });
  } finally {
    await client.close();
  }
});

test('installed in VS Code, it shows its lessons, opens one, and counts tokens', async () => {
  const editor = await openEditor({ vsix });
  try {
    await editor.showLessons();
    await editor.openLesson('Byte pair encoding');
    const lesson = await editor.webview('Byte pair encoding');
    await scrollTo(lesson, 'step-block');
    await lesson.locator('trace-player').first().waitFor();
    await editor.openFile('traps.md');
    await editor.page.locator('.part.statusbar', { hasText: /\d+ tokens/ }).waitFor();
    expect(editor.faults).toEqual([]);
  } finally {
    await editor.close();
  }
});
