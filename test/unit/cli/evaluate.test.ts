// `evaluate` as a user runs it, on each Node that can be found: a folder whose figures are known by hand.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EvaluationReport, measures, type SearchWay } from '../../../src/shared/evaluateMessages.ts';
import { startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { nodes, runCli } from './runCli.ts';

startsProcesses();

const found = await nodes();
let bundles: Bundles;
let folder: string;
let labels: string;

beforeAll(async () => {
  bundles = await makeBundles('dist/cli.js');
  folder = path.join(bundles.root, 'work');
  labels = path.join(bundles.root, 'labels.jsonl');
  await write(folder, {
    'src/tank.py': 'def fill(tank, litres):\n    """Pour water into the tank."""\n    tank.water += litres\n',
    'fruit/a.txt': 'plum plum plum\n',
    'fruit/b.txt': 'plum\n',
    'skipped.log': 'plum\n',
    '.gitignore': '*.log\n',
  });
}, MAKING_MS);
afterAll(() => bundles.remove());

async function write(at: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(at, name)), { recursive: true });
    await writeFile(path.join(at, name), text);
  }
}

const cli = (node: string, ...args: string[]) => runCli(node, bundles.cli, ['evaluate', ...args]);

function of({ sources: [source] }: EvaluationReport, way: SearchWay) {
  return source!.ways.find((one) => one.way === way)!.measures;
}

describe.each(found)('on Node $version', ({ file: node }) => {
  it('gives the figures of labelled queries as JSON, and they are those by hand', async () => {
    await writeFile(labels, '{"query":"plum","path":"fruit/b.txt"}\n');
    const { code, stdout } = await cli(node, folder, '--labels', labels, '--json');
    expect(code).toBe(0);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    const report = JSON.parse(stdout) as EvaluationReport;
    expect(report).toMatchObject({ files: 4, sources: [{ source: 'labels', queries: 1 }] });
    expect(report.models.vectors).not.toBe('');
    // grep counts three in a.txt and one in b.txt, which is second: 1/2, and 1/log2(3).
    const grep = of(report, 'grep');
    expect(measures.map((measure) => grep[measure].mean)).toEqual([0, 1, 1, 0.5, 1 / Math.log2(3)]);
  });

  it('asks what stands above functions, and prints a table', async () => {
    const { code, stdout } = await cli(node, folder, '--queries', '5');
    expect(code).toBe(0);
    expect(stdout).toContain('Sentences above functions: 1, such as:');
    expect(stdout).toContain('"Pour water into the tank" -> src/tank.py');
    // "tank" and "water" stand in the function's own code, and nowhere else.
    expect(stdout).toMatch(/BM25 alone +1\.000 +1\.000 +1\.000 +1\.000 +1\.000\n/);
    expect(stdout).toContain('that comment is taken out of what is searched');
    expect(stdout).toMatch(/No commits were asked: ./);
  });
});

describe('what goes wrong', () => {
  const node = process.execPath;

  it('in a file of labels is named with its line', async () => {
    await writeFile(labels, '{"query":"plum","path":"fruit/b.txt"}\n{"query":"plum"}\n');
    const { code, stdout, stderr } = await cli(node, folder, '--labels', labels);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`${labels}:2`);
    expect(stderr).toContain('"path" has to be');
  });

  it.each([
    [
      'labels that are not there',
      () => [folder, '--labels', path.join(bundles.root, 'none.jsonl')],
      3,
      'Check the name',
    ],
    ['a folder that is not there', () => [path.join(bundles.root, 'nowhere')], 3, 'There is no folder'],
    ['no folder', () => [], 2, 'Which folder?'],
    ['no queries', () => [folder, '--queries', '0'], 2, 'queries'],
    ['too many', () => [folder, '--queries', '1001'], 2, 'at most 1000'],
  ] as const)('%s', async (_, args, code, said) => {
    const outcome = await cli(node, ...args());
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(said);
  });

  it('a folder that says nothing of itself', async () => {
    const silent = path.join(bundles.root, 'silent');
    await write(silent, { 'a.txt': 'plum\n' });
    const { code, stdout, stderr } = await cli(node, silent);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('There is nothing to ask');
    expect(await readdir(silent)).toEqual(['a.txt']);
  });
});
