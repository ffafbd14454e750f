// The MCP servers as VS Code is told of them: started by the very command that it is given, and asked over the protocol.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INDEX_VARIABLE as READ_VARIABLE } from '../../../src/cli/mcpSettings.ts';
import { INDEX_VARIABLE, type McpLaunch, mcpLaunches, readyToStart } from '../../../src/host/mcpLaunch.ts';
import { scriptRunner } from '../../../src/host/platform.ts';
import { rootId } from '../../../src/shared/rootId.ts';
import type { IndexSettings } from '../../../src/shared/searchMessages.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';

const CONNECTION = 'postgres://me:secret@db.example/index';

function settingsOf(folders: readonly string[], store = '/storage/index.sqlite'): IndexSettings {
  return {
    ...{ store, read: 'node', embedder: 'static', rerank: false, owner: 'window' },
    roots: folders.map((place) => ({ id: rootId(place), name: path.basename(place), place })),
    rules: { exclude: ['skipped.md'], include: [], useIgnoreFiles: true, maxBytes: 100_000 },
  };
}

const parts = {
  runner: { command: '/editor', env: { ELECTRON_RUN_AS_NODE: '1' } },
  program: '/x/dist/cli.js',
  version: '1.0.0',
};

describe('what VS Code is told', () => {
  it('is one server a folder, run by its own Node', () => {
    const [one, two] = mcpLaunches(settingsOf(['/projects/one', '/projects/two']), parts);
    expect(one).toMatchObject({
      ...{ name: 'one', command: '/editor', args: ['/x/dist/cli.js', 'mcp', '/projects/one'] },
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(two!.args[2]).toBe('/projects/two');
  });

  it('is nothing where no index is, or where files are not on this disk', () => {
    expect(mcpLaunches(undefined, parts)).toEqual([]);
    expect(mcpLaunches({ ...settingsOf(['/projects/one']), read: 'host' }, parts)).toEqual([]);
  });

  it('holds no secret, and is another version when settings are others', () => {
    const settings = settingsOf(['/projects/one'], CONNECTION);
    const launches = mcpLaunches(settings, parts);
    expect(JSON.stringify(launches)).not.toContain('secret');
    const versions = [
      launches,
      mcpLaunches({ ...settings, embedder: 'minilm' }, parts),
      mcpLaunches(settingsOf(['/projects/one']), parts),
      mcpLaunches(settings, { ...parts, version: '1.0.1' }),
    ].map(([launch]) => launch!.version);
    expect(new Set(versions).size).toBe(4);
    expect(mcpLaunches({ ...settings, store: `${CONNECTION}2` }, parts)).toEqual(launches);
  });

  it('gets its store when it is started: a file by its name, a connection in the environment alone', () => {
    const settings = settingsOf(['/projects/one', '/projects/two']);
    const [, two] = mcpLaunches(settings, parts);
    const ready = readyToStart(two!.args, settings, parts);
    expect(ready.args).toEqual([...two!.args, '--store', '/storage/index.sqlite']);
    expect(ready.version).toBe(two!.version);
    const { owner: _, ...shared } = settings;
    expect(JSON.parse(ready.env[INDEX_VARIABLE]!)).toEqual(shared);
    expect(INDEX_VARIABLE).toBe(READ_VARIABLE);
    const remote = readyToStart(two!.args, settingsOf(['/projects/one', '/projects/two'], CONNECTION), parts);
    expect(remote.args.join(' ')).not.toContain('secret');
    expect(remote.env[INDEX_VARIABLE]).toContain(CONNECTION);
  });

  it('is not started for a folder that was closed', () => {
    const [launch] = mcpLaunches(settingsOf(['/projects/one']), parts);
    expect(() => readyToStart(launch!.args, settingsOf(['/projects/two']), parts)).toThrow(/not open any more/);
    expect(() => readyToStart(launch!.args, undefined, parts)).toThrow(/not open any more/);
  });
});

describe('the servers themselves', () => {
  let bundles: Bundles;
  let launches: McpLaunch[];
  let settings: IndexSettings;
  beforeAll(async () => {
    bundles = await makeBundles('dist/cli.js');
    for (const [file, text] of [
      ['one/notes.md', '# Animals\n\nThe penguin swims.\n'],
      ['one/skipped.md', '# Skipped\n\nThe penguin of the exclude setting.\n'],
      ['two/other.md', '# Other\n\nThe penguin of another folder.\n'],
    ] as const) {
      await mkdir(path.dirname(path.join(bundles.root, file)), { recursive: true });
      await writeFile(path.join(bundles.root, file), text);
    }
    settings = settingsOf(
      [path.join(bundles.root, 'one'), path.join(bundles.root, 'two')],
      path.join(bundles.root, 'storage/search/index.sqlite'),
    );
    launches = mcpLaunches(settings, { runner: scriptRunner(), program: bundles.cli, version: '1.0.0' });
  }, MAKING_MS);
  afterAll(() => bundles.remove());

  async function pathsBy(launch: McpLaunch): Promise<string[]> {
    const { command, args, env } = readyToStart(launch.args, settings, {
      ...{ runner: scriptRunner(), program: bundles.cli, version: '1.0.0' },
    });
    const client = new Client({ name: 'test', version: '1' });
    // As VS Code does it: beside what the editor's own environment has.
    const all = { ...process.env, ...env } as Record<string, string>;
    await client.connect(new StdioClientTransport({ command, args, env: all, stderr: 'pipe' }));
    try {
      const search = async () =>
        (await client.callTool({ name: 'search_workspace', arguments: { query: 'penguin' } })).structuredContent as {
          readonly hits: readonly { readonly path: string }[];
          readonly index: { readonly state: string };
        };
      await expect.poll(async () => (await search()).index.state, { timeout: 20_000 }).toBe('ready');
      return (await search()).hits.map((hit) => hit.path);
    } finally {
      await client.close();
    }
  }

  it("share the extension's index, each shows its own folder, and the exclude settings hold", async () => {
    expect(await pathsBy(launches[0]!)).toEqual(['notes.md']);
    expect(await pathsBy(launches[1]!)).toEqual(['other.md']);
  });
});
