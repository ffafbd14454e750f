// What names and settings say of files: languages, secrets, the editor's own rules.

import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/services/search/languages.ts';
import { NodeFolder } from '../../../src/services/search/nodeFolder.ts';
import { minified, nameSays } from '../../../src/services/search/plainNames.ts';
import { secretInside, secretName } from '../../../src/services/search/secrets.ts';
import { rulesOf, rulesOfFolder } from '../../../src/services/search/workspaceSettings.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { writeFiles } from './walkedFolder.ts';

test("languages have VS Code's ids, by name, by extension, and by the first line", () => {
  const languages = Object.entries({
    typescript: ['a/b.ts', 'x.mts', 'run\n#!/usr/bin/env -S deno run'],
    typescriptreact: ['a.tsx'],
    javascript: ['a.cjs', 'cli\n#!/usr/bin/env node'],
    python: ['a.py', 'tool\n#!/usr/bin/python3.11 -u', 'tool\n#!/usr/bin/env A=1 python3'],
    shellscript: ['x/.bashrc', 'install\n#!/bin/sh\nset -e'],
    dockerfile: ['Dockerfile', 'Dockerfile.dev'],
    makefile: ['Makefile', 'rules.mk'],
    csharp: ['A.CS'],
    cpp: ['a.h', 'b.cc'],
    c: ['a.c'],
    jsonc: ['tsconfig.json'],
    json: ['package.json'],
    markdown: ['README.md'],
    yaml: ['.github/workflows/a.yml'],
    plaintext: ['LICENSE', 'a.unknown', 'constructor', '', 'a.constructor', 'x\n#!/usr/bin/env'],
  });
  for (const [language, files] of languages) {
    for (const one of files) {
      const [path, ...lines] = one.split('\n');
      expect([one, languageOf(path as string, lines.join('\n'))]).toEqual([one, language]);
    }
  }
});

describe('secrets', () => {
  test('are known by their names', () => {
    const secret = (
      '.env .env.local .env.production prod.env .envrc server.PEM tls.key id_rsa id_ed25519 cert.p12 .netrc .pgpass ' +
      '.git-credentials credentials credentials.json client_secret_1.json service-account.json secrets.yaml ' +
      'terraform.tfstate prod.tfvars .htpasswd kubeconfig'
    ).split(' ');
    const fine =
      '.env.example .env.sample .env.template env.ts environment.ts id_rsa.pub keys.ts secrets.ts credentials.ts monkey key.md envy main.tf'.split(
        ' ',
      );
    expect(secret.filter((name) => secretName(name, false) === undefined)).toEqual([]);
    expect(fine.filter((name) => secretName(name, false) !== undefined)).toEqual([]);
    expect([secretName('.ssh', true), secretName('.ssh', false), secretName('src', true)]).toEqual([
      'folder of keys or credentials',
      undefined,
      undefined,
    ]);
  });

  test('are known by what stands in them', () => {
    const key = (kind: string) => `-----BEGIN ${kind}-----\nVersion: 1\n\n${'QUJD'.repeat(10)}`;
    for (const kind of [
      'PRIVATE KEY',
      'RSA PRIVATE KEY',
      'EC PRIVATE KEY',
      'OPENSSH PRIVATE KEY',
      'PGP PRIVATE KEY BLOCK',
    ]) {
      expect(secretInside('a.txt', key(kind)), kind).toBe('holds a private key');
    }
    expect(secretInside('a.txt', key('PUBLIC KEY'))).toBeUndefined();
    expect(secretInside('a.ts', "if (text.includes('-----BEGIN PRIVATE KEY-----')) {")).toBeUndefined();
    expect(secretInside('.npmrc', '//host/:_authToken=abcdef')).toBe('holds an npm token');
    expect(secretInside('.npmrc', '//host/:_authToken=\u0024{TOKEN}\nregistry=https://host')).toBeUndefined();
    expect(secretInside('config.json', '{"auths":{"a.example":{"auth":"dXNlcjpwYXNz"}}}')).toBe(
      'holds a login of a container registry',
    );
    expect(secretInside('config.json', '{"auths":{}}')).toBeUndefined();
    // Made to take long.
    expect(secretInside('a', `-----BEGIN ${'A '.repeat(50_000)}PRIVATE KEY`)).toBeUndefined();
    expect(secretInside('a', `-----BEGIN PRIVATE KEY-----\n${'a: b\n'.repeat(50_000)}`)).toBeUndefined();
  });
});

test('lock files, maps and minified code are no reading', () => {
  expect(
    ['yarn.lock', 'Cargo.lock', 'a.js.map', 'jquery.min.js', 'x.PNG', 'a.ts', 'map.ts'].map(
      (name) => nameSays(name)?.reason,
    ),
  ).toEqual(['ignored', 'ignored', 'minified', 'minified', 'binary', undefined, undefined]);
  expect(minified('x'.repeat(1001), 'javascript')).toBe('100% of it in lines of more than 1000 characters');
  expect(minified('x'.repeat(1001), 'markdown')).toBeUndefined();
  expect(minified(`${'x'.repeat(1500)}\n${'y\n'.repeat(1000)}`, 'javascript')).toBeUndefined();
});

describe('the rules of a plain folder', () => {
  test("are VS Code's defaults and the folder's settings", async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      '.vscode/settings.json': `{
        // comments and a trailing comma, as the editor takes them
        "files.exclude": { "**/*.js": { "when": "$(basename).ts" }, "**/gen": true, "**/.hg": false },
        "search.exclude": { "**/node_modules": false, "docs": true },
        "search.useIgnoreFiles": false,
        "insideLlms.search.exclude": ["tmp/**", 3],
        "insideLlms.search.include": "wrong",
        "insideLlms.search.maxFileKilobytes": 5,
      }`,
    });
    const { rules, notes } = await rulesOfFolder(new NodeFolder(folder.path));
    expect(rules).toEqual({
      exclude: [
        ...['**/.git', '**/.svn', '**/.DS_Store', '**/Thumbs.db', '**/bower_components', '**/*.code-search'],
        ...['**/gen', 'docs', 'tmp/**'],
      ],
      include: [],
      useIgnoreFiles: false,
      maxBytes: 5120,
    });
    expect(notes).toEqual(['The exclude **/*.js depends on files beside it ("when"): it is not followed.']);
  });

  test('are the defaults where there are no settings, or none that can be read', async () => {
    await using folder = await temporaryFolder();
    const none = await rulesOfFolder(new NodeFolder(folder.path));
    expect(none).toEqual(rulesOf({}));
    await writeFiles(folder.path, { '.vscode/settings.json': '{ "files.exclude": { "a": true }, nonsense' });
    const broken = await rulesOfFolder(new NodeFolder(folder.path));
    expect([broken.rules.exclude.at(-1), broken.notes]).toEqual([
      'a',
      ['.vscode/settings.json is not whole JSON: what could be read of it counts.'],
    ]);
    await writeFiles(folder.path, { '.vscode/settings.json': '[]' });
    expect((await rulesOfFolder(new NodeFolder(folder.path))).rules).toEqual(none.rules);
  });
});
