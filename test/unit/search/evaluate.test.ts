// Search measured on a folder: where its queries come from, what is taken out of what is searched, and what is said.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { commitsOf, questionOf } from '../../../src/services/search/evaluate/commits.ts';
import { type EvaluateFilesParts, evaluateFiles } from '../../../src/services/search/evaluate/evaluateFiles.ts';
import { readLabels } from '../../../src/services/search/evaluate/labelFile.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import type { EvaluationReport, SearchWay } from '../../../src/shared/evaluateMessages.ts';
import type { Progress } from '../../../src/shared/messages.ts';
import { realCutter, Workspace } from './serviceParts.ts';

let open: Workspace | undefined;
afterEach(async () => {
  await open?.[Symbol.asyncDispose]();
  open = undefined;
});

async function workspace(files: Readonly<Record<string, string>>): Promise<Workspace> {
  open = await Workspace.with(files);
  return open;
}

async function evaluated(from: Workspace, more: Partial<EvaluateFilesParts> = {}): Promise<EvaluationReport> {
  return evaluateFiles({
    files: from.filesOf(from.settings()),
    cutter: realCutter,
    clock: systemClock,
    model: from.model,
    reranker: undefined,
    queries: 100,
    signal: neverCancelled,
    onProgress: () => {},
    ...more,
  });
}

/** A mean of the one source that there is. */
function mean(report: EvaluationReport, way: SearchWay, measure: 'recall1' | 'recall10' | 'mrr' | 'ndcg10'): number {
  expect(report.sources).toHaveLength(1);
  return report.sources[0]!.ways.find((one) => one.way === way)!.measures[measure].mean;
}

describe('docstrings as queries', () => {
  test('what is asked is not found in its own comment: that is not searched', async () => {
    const from = await workspace({
      'a.ts': '/** Wallaby quokka numbat wombat potoroo. */\nexport function f(n: number) {\n  return n + 1;\n}\n',
      'b.md': '# Other\n\nSomething else.\n',
    });
    const report = await evaluated(from);
    expect(report.sources[0]).toMatchObject({
      ...{ source: 'docstrings', queries: 1 },
      examples: [{ query: 'Wallaby quokka numbat wombat potoroo', path: 'a.ts' }],
    });
    for (const way of ['grep', 'bm25'] as const) {
      expect(mean(report, way, 'recall10'), way).toBe(0);
    }
    expect(from.model.embedded.filter((text) => text.includes('quokka'))).toEqual([
      'Wallaby quokka numbat wombat potoroo', // the question, and no chunk
    ]);
    expect(report.notes.join(' ')).toContain('that comment is taken out of what is searched');
  });

  test('the words of the code find it, by each way: first of all where nothing else has them', async () => {
    const from = await workspace({
      'a.py': 'def fill(tank, litres):\n    """Pour water into the tank."""\n    tank.water += litres\n',
      'b.md': '# Nothing\n\nof it stands here\n',
    });
    const report = await evaluated(from);
    for (const way of ['grep', 'bm25', 'vectors', 'fused'] as const) {
      expect(mean(report, way, 'mrr'), way).toBe(1);
      expect(mean(report, way, 'ndcg10'), way).toBe(1);
    }
    expect(report).toMatchObject({ files: 2, models: { vectors: 'label of words-1', reranker: null } });
    expect(report.notes).toContain('No better model is on this machine: there is no re-ranking to measure.');
  });

  test('the same sentence above two functions is asked of neither', async () => {
    const twice = '/** Tells the others what has changed. */\nexport function f() {\n  return 1;\n}\n';
    const from = await workspace({
      'a.ts': twice,
      'b.ts': twice,
      'c.ts': '/** Says what only this one says here. */\nexport function g() {\n  return 2;\n}\n',
    });
    const { sources } = await evaluated(from);
    expect(sources[0]).toMatchObject({ queries: 1, examples: [{ path: 'c.ts' }] });
  });

  test('so many are drawn, the same each time, and the others stay in what is searched', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `f${i}.ts`,
        `/** Computes the number ${'abcdefghijkl'[i]!.repeat(5)} of the list. */\nexport function f${i}() {\n  return ${i};\n}\n`,
      ]),
    );
    const from = await workspace(files);
    const first = await evaluated(from, { queries: 5 });
    const second = await evaluated(from, { queries: 5 });
    expect(first.sources[0]!.queries).toBe(5);
    expect(second.sources).toEqual(first.sources);
    const chunks = from.model.embedded.filter((text) => text.includes('export function'));
    // Of each run: seven comments were not asked.
    expect(chunks.filter((text) => text.includes('Computes the number'))).toHaveLength(2 * 7);
  });
});

describe('labels as queries', () => {
  const files = {
    'src/a.ts': 'export const apple = 1;\n',
    'src/b.ts': 'export const pear = 2;\n',
    'c.md': '# Apple\n\nAn apple and a pear, and apple pie.\n',
  };

  test('by hand: "apple" has its answer in a.ts; grep finds c.md first', async () => {
    const from = await workspace(files);
    const labels = readLabels('{"query":"apple","path":"src/a.ts"}', 'l');
    const report = await evaluated(from, { labels });
    // "apple" stands three times in c.md, its heading among them, and once in a.ts.
    expect(mean(report, 'grep', 'mrr')).toBe(0.5);
    expect(mean(report, 'grep', 'recall1')).toBe(0);
    expect(mean(report, 'grep', 'ndcg10')).toBeCloseTo(0.6309297536, 9);
  });

  test('a query whose file is not searched is left out, and said', async () => {
    const from = await workspace({ ...files, '.gitignore': 'src/b.ts\n' });
    const labels = readLabels('{"query":"apple","path":"c.md"}\n{"query":"pear","path":"src/b.ts"}', 'l');
    const { sources, notes } = await evaluated(from, { labels });
    expect(sources[0]!.queries).toBe(1);
    expect(notes).toContainEqual(expect.stringMatching(/^Labelled queries that are left out: 1\. .*\(src\/b\.ts\)/));
  });

  test('where that leaves none, it says why', async () => {
    const from = await workspace(files);
    const labels = readLabels('{"query":"plum","path":"../plum.ts"}', 'l');
    await expect(evaluated(from, { labels })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('../plum.ts'),
      remedy: expect.stringContaining('relative to the folder'),
    });
  });
});

describe('commits as queries', () => {
  async function git(from: Workspace, ...args: string[]): Promise<void> {
    const named = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    await promisify(execFile)('git', [...named, ...args], { cwd: from.folder });
  }
  async function commit(from: Workspace, subject: string, files: Readonly<Record<string, string>>): Promise<void> {
    await from.write(files);
    await git(from, 'add', '-A');
    await git(from, 'commit', '-q', '-m', subject);
  }
  async function repository(): Promise<Workspace> {
    const from = await workspace({});
    await git(from, 'init', '-q');
    await commit(from, 'feat(parser): skip blank lines of headers (#12)', { 'src/parser.ts': 'skip(blank, lines)\n' });
    await commit(from, 'bump version to something newer', { 'package.json': '{}\n' });
    await commit(from, 'Count every penguin of the colony', { 'a b/penguin é.md': 'penguin colony\n', 'c.md': 'c\n' });
    await commit(from, 'touch many files in one go', { '1': '1', '2': '2', '3': '3', '4': '4' });
    await commit(from, 'write down what will soon be gone', { 'gone.md': 'gone\n' });
    await from.remove('gone.md');
    await commit(from, 'wip', {});
    return from;
  }

  test('are the subjects of small ones, as people would ask them, with the files they changed', async () => {
    const from = await repository();
    const { commits, note } = await commitsOf(from.folder, neverCancelled);
    expect(note).toBeUndefined();
    expect(commits).toEqual([
      { subject: 'write down what will soon be gone', paths: ['gone.md'] },
      { subject: 'Count every penguin of the colony', paths: ['a b/penguin é.md', 'c.md'] },
      { subject: 'skip blank lines of headers', paths: ['src/parser.ts'] },
    ]);
  });

  test('are asked only where all of the files are still there', async () => {
    const from = await repository();
    const report = await evaluated(from, { commits: commitsOf });
    expect(report.sources).toHaveLength(1);
    expect(report.sources[0]).toMatchObject({ source: 'commits', queries: 2 });
    expect(mean(report, 'bm25', 'recall10')).toBe(0.75); // parser.ts; of two files the one that says what is asked
    expect(mean(report, 'bm25', 'mrr')).toBe(1);
  });

  test('of a folder without a repository: none, and why', async () => {
    const from = await workspace({ 'a.ts': '/** Says what is done in here. */\nfunction f() {\n  return 1;\n}\n' });
    const { notes, sources } = await evaluated(from, {
      commits: async () => ({ commits: [], note: 'No commits were asked: not a git repository' }),
    });
    expect(sources.map(({ source }) => source)).toEqual(['docstrings']);
    expect(notes).toContain('No commits were asked: not a git repository');
    const outside = await commitsOf('/no such folder', neverCancelled);
    expect(outside.commits).toEqual([]);
    expect(outside.note).toMatch(/^No commits were asked: ./);
  });

  test.each([
    ['fix: keep the order of equal hits', 'keep the order of equal hits'],
    ['[docs] Say what a chunk is', 'Say what a chunk is'],
    ['feat(search)!: rank by cosine too (#4)', 'rank by cosine too'],
    ['Merge branch main into other', ''],
    ['Update dependencies of the build', ''],
    ['1.2.3', ''],
    ['typo', ''],
    ['x'.repeat(300), ''],
  ])('%j is asked as %j', (subject, asked) => {
    expect(questionOf(subject)).toBe(asked);
  });
});

describe('the run', () => {
  test('an empty folder, and one that says nothing of itself', async () => {
    // On the command line no folder is opened, but named.
    await expect(evaluated(await workspace({}))).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.not.stringMatching(/open/i),
    });
    const silent = await workspace({ 'a.ts': 'export const a = 1;\n' });
    await expect(evaluated(silent)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('nothing to ask'),
      remedy: expect.stringContaining('Label'),
    });
  });

  test('tells how far it is, and stops where nobody waits', async () => {
    const from = await workspace({
      'a.py': 'def fill(tank, litres):\n    """Pour water into the tank."""\n    tank.water += litres\n',
    });
    const told: Progress[] = [];
    await evaluated(from, { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ unit }) => unit)).toEqual(['files', 'chunks', 'queries']);
    expect(told.at(-1)).toEqual({ done: 1, total: 1, unit: 'queries' });
    const signal = { cancelled: false };
    const stopped = evaluated(from, {
      signal,
      onProgress: () => {
        signal.cancelled = true;
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a better model is named, with what is not measured of it', async () => {
    const from = await workspace({
      'a.py': 'def fill(tank, litres):\n    """Pour water into the tank."""\n    tank.water += litres\n',
    });
    const report = await evaluated(from, { reranker: from.model });
    expect(report.models.reranker).toBe('label of words-1');
    expect(mean(report, 'reranked', 'mrr')).toBe(1);
    expect(report.notes.join(' ')).toContain('that is not measured here');
  });
});
