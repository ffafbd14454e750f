// `course check` as a learner runs it, on each Node that can be found: what it tells of answers that are right, wrong,
// not written and not there.

import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { exercises, project, summaries, writeCourse } from '../course/courseOnDisk.ts';
import { startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, runCli } from './runCli.ts';

startsProcesses();

const found = await nodes();
const bigram = (await summaries()).find(({ id }) => id === 'bigram')!;
const { solution, mutants } = await exercises.files(bigram);
const BIGRAM = '01-what-is-a-language-model/bigram.ts';
let bundles: Bundles;

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js', 'dist/runner.mjs');
  await symlink(path.join(project, 'lessons'), path.join(bundles.root, 'lessons'), 'junction');
}, MAKING_MS);
afterAll(() => bundles.remove());

let folder: string;
const check = (node: string, ...more: string[]) => runCli(node, bundles.cli, ['course', 'check', folder, ...more]);
const write = (text: string) => writeFile(path.join(folder, BIGRAM), text);
beforeEach(async () => {
  folder = await mkdtemp(path.join(bundles.root, 'course-'));
  await writeCourse(folder);
});

it.each(found)(
  'tells a wrong answer what the editor would, and lets a right one pass, on Node $version',
  async ({ file: node }) => {
    const [name, text] = Object.entries(mutants)[0]!;
    await write(text);
    const wrong = await check(node, '--exercise', 'bigram', '--json');
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      exercises: [{ exercise: 'bigram', path: BIGRAM, state: 'failed', diagnosis: { mutant: name } }],
      passed: 0,
      failed: 1,
    });
    await write(`${solution}\n// mine`);
    expect(await check(node, '--exercise', 'bigram')).toEqual({
      code: 0,
      stdout: `${BIGRAM}: bigram: It passes.\n`,
      stderr: '1 pass, 0 fail, 0 not written yet\n',
    });
  },
);

it('finds nothing written in a new folder, and no fault in that', async () => {
  const { code, stdout, stderr } = await check(process.execPath);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^0 pass, 0 fail, \d+ not written yet\n$/),
  });
  expect(stdout.split('\n')[0]).toBe(`${BIGRAM}: bigram: Not written yet.`);
  expect((await check(process.execPath, '--exercise', 'bigram')).code).toBe(1);
});

it('shows the input of one that fails, and the line of one that throws', async () => {
  await write(Object.values(mutants)[0]!);
  expect((await check(process.execPath)).stdout).toMatch(
    /\n {2}with: texts = .*\n[\s\S]*\n {2}expected: .*\n {2}yours: /,
  );
  await write(solution.replace('[][] {', '[][] {\n  (undefined as any).here;'));
  const { stdout } = await check(process.execPath, '--exercise', 'bigram');
  expect(stdout).toMatch(/^01-.*bigram\.ts:\d+:\d+: bigram: Your code stopped/);
});

it('ends an endless loop, and goes on', async () => {
  await write(solution.replace('[][] {', '[][] {\n  while (texts) {}'));
  const { code, stdout, stderr } = await check(process.execPath);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^0 pass, 1 fail, \d+ not written yet\n$/),
  });
  expect(stdout).toContain('did not come back within 2 seconds');
});

it('says what is not there', async () => {
  await rm(path.join(folder, BIGRAM));
  const away = await check(process.execPath, '--exercise', 'bigram');
  expect(away).toMatchObject({ code: 1, stdout: expect.stringMatching(/not there/) });
  const unknown = await check(process.execPath, '--exercise', 'bigrm');
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/mean bigram/) });
  const elsewhere = await runCli(process.execPath, bundles.cli, ['course', 'check', bundles.root]);
  expect(elsewhere).toMatchObject({ code: 3, stderr: expect.stringMatching(/no course folder/) });
});
