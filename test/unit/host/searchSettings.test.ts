// VS Code's settings as the search worker takes them, each folder with its own.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { checkConnection, indexSettingsOf, type SettingsFolder } from '../../../src/host/searchSettings.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { rootId } from '../../../src/shared/rootId.ts';
import { z } from '../../../src/shared/schema.ts';
import { openIndex } from '../../../src/shared/searchMessages.ts';

const folder = (
  name: string,
  values: Record<string, unknown> = {},
  path: string | null = `/${name}`,
): SettingsFolder => ({
  name,
  uri: path === null ? `vscode-vfs://github/${name}` : `file://${path}`,
  ...(path !== null && { path }),
  get: (key) => values[key],
});
const place = {
  get: (_key: string): unknown => undefined,
  file: '/storage/index.sqlite',
  connection: undefined,
  noConnection: () => new Fault('not-found', 'no connection'),
};

test('without any setting it is what the manifest says', () => {
  const settings = indexSettingsOf([folder('a')], place);
  expect(settings).toEqual({
    store: '/storage/index.sqlite',
    read: 'node',
    roots: [{ id: rootId('/a'), name: 'a', place: '/a' }],
    rules: { exclude: [], include: [], useIgnoreFiles: true, maxBytes: 1024 * 1024 },
    embedder: 'minilm',
    rerank: false,
  });
  expect(z.safeParse(openIndex.params, settings).success).toBe(true);
});

test('what is excluded by VS Code and by us is, but for what is off or depends on another file', () => {
  const { rules } = indexSettingsOf(
    [
      folder('a', {
        'files.exclude': { '**/.git': true, '**/*.js': { when: '$(basename).ts' }, '**/kept': false },
        'search.exclude': { '**/dist': true },
        'insideLlms.search.exclude': ['*.snap', 7],
        'insideLlms.search.include': ['docs/generated/**'],
        'search.useIgnoreFiles': false,
        'insideLlms.search.maxFileKilobytes': 2,
      }),
    ],
    place,
  );
  expect(rules).toEqual({
    exclude: ['**/.git', '**/dist', '*.snap'],
    include: ['docs/generated/**'],
    useIgnoreFiles: false,
    maxBytes: 2048,
  });
});

test('a folder whose settings differ has rules of its own', () => {
  const { rules, roots } = indexSettingsOf(
    [folder('a'), folder('b'), folder('c', { 'insideLlms.search.exclude': ['x'] })],
    place,
  );
  expect(roots.map(({ rules: own }) => own?.exclude)).toEqual([undefined, undefined, ['x']]);
  expect(rules.exclude).toEqual([]);
});

test('one folder that is not on this machine, and all are read through the host, by their addresses', () => {
  const { read, roots } = indexSettingsOf([folder('a'), folder('b', {}, null)], place);
  expect(read).toBe('host');
  expect(roots.map((root) => root.place)).toEqual(['file:///a', 'vscode-vfs://github/b']);
  expect(roots.map(({ id }) => id)).toEqual([rootId('file:///a'), rootId('vscode-vfs://github/b')]);
});

test('PostgreSQL needs its connection', () => {
  const chosen = { ...place, get: (key: string) => (key === 'insideLlms.search.store' ? 'postgres' : undefined) };
  expect(() => indexSettingsOf([folder('a')], chosen)).toThrow('no connection');
  const connection = 'postgres://me:secret@db.example:5432/index';
  expect(indexSettingsOf([folder('a')], { ...chosen, connection }).store).toBe(connection);
  // A connection that is set and not chosen sends nothing anywhere.
  expect(indexSettingsOf([folder('a')], { ...place, connection }).store).toBe(place.file);
});

test.each(['', 'http://host/db', 'postgres://', 'host:5432'])('%j is no connection', (text) => {
  expect(() => checkConnection(text)).toThrow(Fault);
});

test('models go by the ids of the worker', () => {
  const embedder = (name: unknown) =>
    indexSettingsOf([folder('a')], {
      ...place,
      get: (key) => (key === 'insideLlms.search.embeddingModel' ? name : undefined),
    }).embedder;
  expect(['all-MiniLM-L6-v2', 'static', 'Xenova/bge-small-en', '', 7].map(embedder)).toEqual([
    'minilm',
    'static',
    'Xenova/bge-small-en',
    'minilm',
    'minilm',
  ]);
});

test('settings of the window are asked of the window, and those of folders of each folder', () => {
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const properties: Record<string, { readonly scope?: string }> = manifest.contributes.configuration.properties;
  const asked = { window: new Set<string>(), resource: new Set<string>() };
  const note = (scope: 'window' | 'resource') => (key: string) => void asked[scope].add(key);
  indexSettingsOf([{ ...folder('a'), get: note('resource') }], { ...place, get: note('window') });
  for (const scope of ['window', 'resource'] as const) {
    const ours = [...asked[scope]].filter((key) => key.startsWith('insideLlms.'));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.map((key) => [key, properties[key]?.scope])).toEqual(ours.map((key) => [key, scope]));
  }
});
