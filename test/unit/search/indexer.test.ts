// An index that keeps itself up to date: what is read, what is kept, and what is said of it.

import { mkdir, rename, utimes } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import type { SearchService } from '../../../src/services/search/searchService.ts';
import { systemTimers } from '../../../src/shared/environment.ts';
import { found, realCutter, WordModel, Workspace } from './serviceParts.ts';

const code = (name: string, words: string) => `export function ${name}() {\n  return '${words}';\n}\n`;
const three = {
  'src/one.ts': code('one', 'penguin'),
  'src/two.ts': code('two', 'giraffe'),
  'notes.md': '# Zoo\n\nAn elephant lives here.\n',
};

describe('the first time', () => {
  it('reads all files, cuts them as well as it can, and makes their vectors', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    const health = await service.health();
    expect(health).toMatchObject({ state: 'ready', seen: 3, indexed: 3, pending: 0, errorCount: 0 });
    expect(health.languages).toEqual({ typescript: 2, markdown: 1 });
    expect(health.models).toMatchObject([{ id: 'static', state: 'ready', vectors: health.chunks }]);
    expect(health.lastRun).toMatchObject({ read: 3 });
    const { hits } = await service.query('penguin', { top: 5 });
    expect(hits[0]).toMatchObject({ path: 'src/one.ts', kind: 'code', names: ['one'], startLine: 1, endLine: 3 });
  });

  it('says what it left out, and why', async () => {
    await using workspace = await Workspace.with({
      ...three,
      '.gitignore': 'built/\n',
      'built/out.ts': 'x',
      '.env': 'KEY=1',
      'picture.png': Uint8Array.of(137, 80, 78, 71, 0, 0, 0, 1, 2, 3),
      'data.txt': Uint8Array.of(0, 1, 2, 3, 0, 0, 255, 254, 0),
      'long.txt': 'x'.repeat(1_000_001),
    });
    const service = await workspace.settled();
    const { leftOut } = await service.health();
    expect(leftOut).toMatchObject({ ignored: 1, secret: 1, large: 1, binary: 2 });
    const listed = await service.leftOut();
    expect(listed.find(({ path }) => path === '.env')).toMatchObject({ reason: 'secret' });
    expect(await found(service, 'KEY')).not.toContain('.env');
  });

  it('of nothing is not called ready', async () => {
    await using workspace = await Workspace.with({ '.env': 'KEY=1', 'a.png': Uint8Array.of(0, 1, 2) });
    const service = await workspace.settled();
    const health = await service.health();
    expect(health.state).toBe('empty');
    expect(health.message).toMatch(/left out \(.*secret/);
    await using bare = await Workspace.with({});
    expect(await (await bare.settled()).health()).toMatchObject({
      state: 'empty',
      message: expect.stringContaining('no file'),
    });
  });

  it('of a folder that is not there fails and says so', async () => {
    await using workspace = await Workspace.with({});
    await workspace.remove('.');
    const service = await workspace.settled();
    expect(await service.health()).toMatchObject({ state: 'failed', message: expect.stringContaining('work') });
  });

  it('cuts quickly first where there is much, and then along the syntax', async () => {
    const files = Array.from({ length: 500 }, (_, i) => [`f${i}.ts`, code(`name${i}`, 'x').repeat(200)]);
    await using workspace = await Workspace.with(Object.fromEntries(files) as Record<string, string>);
    const quick = vi.spyOn(realCutter, 'quickInTurns');
    const service = await workspace.settled();
    expect(quick.mock.calls.length).toBeGreaterThan(100);
    quick.mockRestore();
    const cuts = (await workspace.stores[0]!.files()).map(({ cut }) => cut);
    expect(new Set(cuts)).toEqual(new Set([realCutter.bestCut('typescript')]));
    const { models, chunks, lastRun } = await service.health();
    expect(models[0]!.vectors).toBe(chunks);
    // Read twice, and no more files than there are.
    expect(lastRun?.read).toBe(500);
  });
});

describe('opened again', () => {
  it('unchanged reads and embeds nothing', async () => {
    await using workspace = await Workspace.with({ ...three, 'data.bin': Uint8Array.of(0, 1, 2, 0) });
    await (await workspace.settled()).close();
    const [read, embedded] = [workspace.read.length, workspace.model.embedded.length];
    const again = await workspace.settled();
    expect(workspace.read.length).toBe(read);
    expect(workspace.model.embedded.length).toBe(embedded);
    expect(await again.health()).toMatchObject({ state: 'ready', indexed: 3, leftOut: { binary: 1 } });
  });

  it('reads what has another time stamp, and embeds it only where it differs', async () => {
    await using workspace = await Workspace.with(three);
    await (await workspace.settled()).close();
    await utimes(path.join(workspace.folder, 'src/one.ts'), 1, 1);
    await workspace.write({ 'src/two.ts': code('two', 'zebra') });
    const [read, embedded] = [workspace.read.length, workspace.model.embedded.length];
    const service = await workspace.settled();
    expect(workspace.read.slice(read).sort()).toEqual(['src/one.ts', 'src/two.ts']);
    expect(workspace.model.embedded.slice(embedded).filter((text) => text.includes('return'))).toEqual([
      expect.stringContaining('zebra'),
    ]);
    expect(await found(service, 'zebra')).toContain('src/two.ts');
  });

  it('knows a moved file by what is in it', async () => {
    await using workspace = await Workspace.with(three);
    await (await workspace.settled()).close();
    const before = workspace.model.embedded.length;
    await mkdir(path.join(workspace.folder, 'lib'));
    await rename(path.join(workspace.folder, 'src/one.ts'), path.join(workspace.folder, 'lib/first.ts'));
    const service = await workspace.settled();
    expect(workspace.model.embedded.length).toBe(before);
    expect((await found(service, 'penguin'))[0]).toBe('lib/first.ts');
    expect((await service.health()).indexed).toBe(3);
    // Found by its new path's words, and not by the old one's.
    expect((await service.query('first', { top: 1, parts: ['lexical'] })).hits[0]?.path).toBe('lib/first.ts');
  });

  it('goes on from what was committed, whenever it was closed', async () => {
    const files = Array.from({ length: 300 }, (_, i) => [`f${i}.md`, `# Title ${i}\n\n${`word${i} `.repeat(300)}\n`]);
    await using workspace = await Workspace.with(Object.fromEntries(files) as Record<string, string>);
    let indexed = 0;
    for (let round = 0; indexed < 300 && round < 100; round++) {
      const service = workspace.service();
      await service.open(workspace.settings());
      await new Promise((resolve) => setTimeout(resolve, 30 + round));
      await service.close();
      const store = workspace.stores.at(-1)!;
      expect(store).toBeDefined();
      const look = workspace.service();
      look.pause(true);
      await look.open(workspace.settings());
      const health = await look.health();
      expect(health.indexed).toBeGreaterThanOrEqual(indexed);
      indexed = health.indexed;
      await look.close();
    }
    const service = await workspace.settled();
    const health = await service.health();
    expect(health).toMatchObject({ state: 'ready', indexed: 300 });
    expect(health.models[0]!.vectors).toBe(health.chunks);
    // No file was read twice for a batch that had been committed.
    expect(new Set(workspace.read).size).toBe(300);
  });
});

describe('while it is open', () => {
  const changed = async (service: SearchService, workspace: Workspace, ...names: string[]) => {
    service.changed(names.map((name) => workspace.key(name)));
    await service.settled();
  };

  it('a save, a new file and a deleted one', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    await workspace.write({ 'src/one.ts': code('one', 'walrus'), 'new.md': '# Otter\n' });
    await workspace.remove('src/two.ts');
    await changed(service, workspace, 'src/one.ts', 'src/two.ts', 'new.md');
    const words = async (query: string) =>
      (await service.query(query, { top: 5, parts: ['lexical'] })).hits.map((hit) => hit.path);
    expect(await words('walrus')).toEqual(['src/one.ts']);
    expect(await words('penguin')).toEqual([]);
    expect(await words('giraffe')).toEqual([]);
    expect(await words('otter')).toEqual(['new.md']);
    expect((await service.health()).indexed).toBe(3);
  });

  it('a renamed folder costs no embedding', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    const before = workspace.model.embedded.length;
    await rename(path.join(workspace.folder, 'src'), path.join(workspace.folder, 'lib'));
    await changed(service, workspace, 'src', 'lib', 'lib/one.ts', 'lib/two.ts');
    expect(workspace.model.embedded.length).toBe(before);
    expect((await workspace.stores[0]!.files()).map((file) => file.path)).toEqual([
      'lib/one.ts',
      'lib/two.ts',
      'notes.md',
    ]);
  });

  it('a folder that came without a word on its files', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    await workspace.write({ 'more/deep/a.md': '# Heron\n' });
    await changed(service, workspace, 'more');
    expect(await found(service, 'heron')).toContain('more/deep/a.md');
  });

  it('rules that leave more out', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    await workspace.write({ '.gitignore': 'src\n' });
    await changed(service, workspace, '.gitignore');
    expect(await service.health()).toMatchObject({ indexed: 2, leftOut: { ignored: 1 } });
    expect((await service.query('penguin', { top: 5, parts: ['lexical'] })).hits).toEqual([]);
  });

  it('a pause, in which changes wait', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    service.pause(true);
    await vi.waitFor(async () => expect((await service.health()).state).toBe('paused'));
    await workspace.write({ 'new.md': '# Otter\n' });
    service.changed([workspace.key('new.md')]);
    await service.settled();
    expect((await service.health()).indexed).toBe(3);
    service.pause(false);
    await vi.waitFor(async () => expect((await service.health()).indexed).toBe(4));
  });

  it('everything, when it is rebuilt', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    const read = workspace.read.length;
    await service.rebuild();
    await vi.waitFor(() => expect(workspace.read.length).toBe(read + 3));
    await service.settled();
    expect(await service.health()).toMatchObject({ state: 'ready', indexed: 3 });
  });
});

describe('what goes wrong', () => {
  it('a file that cannot be read is named, and the rest is indexed', async () => {
    await using workspace = await Workspace.with(three);
    const files = workspace.service({
      files: (settings) => {
        const source = workspace.filesOf(settings);
        return {
          ...source,
          read: async (file) => {
            if (file.path === 'src/two.ts') {
              throw new Error('the disk makes noises');
            }
            return source.read(file);
          },
        };
      },
    });
    await files.open(workspace.settings());
    await files.settled();
    const health = await files.health();
    expect(health).toMatchObject({ state: 'ready', indexed: 2, errorCount: 1, leftOut: { unreadable: 1 } });
    expect(health.errors).toEqual([{ root: workspace.root, path: 'src/two.ts', why: 'the disk makes noises' }]);
  });

  it('a model that fails leaves the words', async () => {
    await using workspace = await Workspace.with(three);
    const broken: Embedder = Object.assign(new WordModel(), { embed: () => Promise.reject(new Error('no numbers')) });
    const service = await workspace.settled({ staticModel: async () => broken });
    const health = await service.health();
    expect(health).toMatchObject({ state: 'ready', indexed: 3, models: [{ state: 'broken' }] });
    const answer = await service.query('penguin', { top: 3 });
    expect(answer.hits[0]?.path).toBe('src/one.ts');
    expect(answer.notes.join(' ')).toContain('no numbers');
  });

  it('a store that takes nothing is a failure, not an end', async () => {
    await using workspace = await Workspace.with(three);
    const service = await workspace.settled();
    const store = workspace.stores[0]!;
    const apply = vi.spyOn(store, 'apply').mockRejectedValue(new Error('disk full'));
    await workspace.write({ 'new.md': '# Otter\n' });
    service.changed([workspace.key('new.md')]);
    await service.settled();
    expect(await service.health()).toMatchObject({ state: 'failed', message: expect.stringContaining('disk full') });
    expect(await found(service, 'penguin')).toContain('src/one.ts');
    apply.mockRestore();
    service.changed([]);
    await vi.waitFor(async () => expect((await service.health()).indexed).toBe(4));
  });
});

describe('two windows', () => {
  it('one writes, the other waits, sees what the first wrote, and takes over', async () => {
    await using workspace = await Workspace.with(three);
    const first = await workspace.settled();
    const second = workspace.service();
    await second.open(workspace.settings());
    await vi.waitFor(async () => expect((await second.health()).state).toBe('waiting'));
    expect(await found(second, 'giraffe')).toContain('src/two.ts');
    await workspace.write({ 'new.md': '# Otter\n' });
    first.changed([workspace.key('new.md')]);
    await first.settled();
    expect(await found(second, 'otter')).toContain('new.md');
    await first.close();
    await workspace.write({ 'last.md': '# Badger\n' });
    await vi.waitFor(async () => expect((await second.health()).state).toBe('ready'), {
      timeout: 10_000,
      interval: 100,
    });
    expect(await found(second, 'badger')).toContain('last.md');
  });
});

it('tells of changes, but not more than four times a second', async () => {
  await using workspace = await Workspace.with(three);
  const times: number[] = [];
  await workspace.settled({ onChange: () => times.push(performance.now()) });
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(1));
  for (let i = 1; i < times.length; i++) {
    expect(times[i]! - times[i - 1]!).toBeGreaterThan(240);
  }
});

it('tells nothing while it rests, and of what changes then', async () => {
  await using workspace = await Workspace.with(three);
  let told = 0;
  // Long sleeps are short here: it wakes up again and again, and finds nothing to do.
  const timers = { after: (wait: number, act: () => void) => systemTimers.after(wait > 1000 ? 5 : wait, act) };
  const service = await workspace.settled({
    timers,
    onChange: () => {
      told += 1;
    },
  });
  await vi.waitFor(async () => expect(await service.health()).toMatchObject({ state: 'ready', indexed: 3 }));
  await new Promise((resolve) => setTimeout(resolve, 600));
  const before = told;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(told).toBe(before);
  await workspace.remove('src/one.ts');
  service.changed([]);
  await vi.waitFor(async () => expect((await service.health()).indexed).toBe(2));
  await vi.waitFor(() => expect(told).toBeGreaterThan(before));
});
