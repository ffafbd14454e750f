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
    const secret = [
      '.env .env.local .env.production prod.env .envrc .env~ .env-prod .env_prod .env2 .env.local~ .env.bak #.env# .env.swp',
      '.env.vault .env.example.local .env.dist.local ..env.swp .env.un~ env.production env.local env_prod env.production.local app.env.local prod.env.bak .envrc.local',
      'server.PEM tls.key cert.p12 a.pem~ a.pem.bak release.keystore vpn.ovpn krb5.keytab',
      'id_rsa id_ed25519 id_rsa_work id_rsa.old id_ecdsa_sk id_dsa-2 .id_rsa.swp deploy_rsa ssh_host_ed25519_key',
      '.netrc _netrc .pgpass .git-credentials credentials credentials.json credentials.bak .dockerconfigjson .my.cnf .pypirc .s3cfg',
      'client_secret_1.json service-account.json service-account-prod.json my_service_account.json',
      'app-firebase-adminsdk-x1.json application_default_credentials.json aws-credentials.csv kubeconfig prod.kubeconfig',
      'secrets.yaml secrets.yml secrets.production.yaml prod-secrets.json secret.toml .secrets local.settings.json',
      'terraform.tfstate terraform.tfstate.backup prod.tfvars .htpasswd',
    ]
      .flatMap((line) => line.split(' '))
      .concat('.env copy', '.env copy 2', '.env (1)', 'id_rsa - Copy', '.env - Copy.bak');
    const fine = [
      '.env.example .env.sample .env.template .env.dist .env-example .env.local.example .env.example~ .env.schema.json',
      'env.ts env.d.ts env.test.ts env.local.ts env.mjs environment.ts envoy.yaml .envoy envy environments.json env',
      'id_rsa.pub id_rsa_work.pub id_ed25519.pub keys.ts secrets.ts credentials.ts monkey key.md main.tf rsa.ts ecdsa.go',
      'secrets.example.yaml credentials.json.example client_secret.sample.json secret-scanning.yml secrets.md tokens.json',
      'settings.json config.json package.json service-account.md keystore.ts README.md~ notes.bak backup.old pem.ts',
    ]
      .flatMap((line) => line.split(' '))
      .concat('src copy', 'a (1).md');
    expect(secret.filter((name) => secretName(name, false) === undefined)).toEqual([]);
    expect(fine.filter((name) => secretName(name, false) !== undefined)).toEqual([]);
    expect([secretName('.ssh', true), secretName('.ssh', false), secretName('src', true)]).toEqual([
      'folder of keys or credentials',
      undefined,
      undefined,
    ]);
  });

  const key = (kind: string) => `-----BEGIN ${kind}-----\nVersion: 1\n\n${'QUJD'.repeat(10)}`;

  test('are known by what stands in them', () => {
    for (const kind of [
      'PRIVATE KEY',
      'RSA PRIVATE KEY',
      'EC PRIVATE KEY',
      'OPENSSH PRIVATE KEY',
      'PGP PRIVATE KEY BLOCK',
    ]) {
      expect(secretInside('a.txt', key(kind)), kind).toBe('holds a private key');
      expect(secretInside('a.txt', `${'\n'.repeat(1000)}${key(kind)}`), kind).toBe('holds a private key');
    }
    expect(secretInside('a.txt', key('PUBLIC KEY'))).toBeUndefined();
    expect(secretInside('a.ts', "if (text.includes('-----BEGIN PRIVATE KEY-----')) {")).toBeUndefined();
    // Made to take long.
    expect(secretInside('a', `-----BEGIN ${'A '.repeat(50_000)}PRIVATE KEY`)).toBeUndefined();
    expect(
      secretInside('a', `${'\n'.repeat(50)}-----BEGIN PRIVATE KEY-----\n${'a: b\n'.repeat(50_000)}`),
    ).toBeUndefined();
    expect(secretInside('a', '\r'.repeat(1_000_000))).toBeUndefined();
  });

  test("a key's first line among a file's first is enough, whatever comes after", () => {
    for (const text of [
      '-----BEGIN PRIVATE KEY-----',
      '# mine\r\rkey: |\r  -----BEGIN ENCRYPTED PRIVATE KEY-----\r  (cut)',
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: a',
      'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none',
      '# created: 2024\nAGE-SECRET-KEY-1QQQ',
    ]) {
      expect(secretInside('notes', text), text).toBe('holds a private key');
    }
    expect(secretInside('a.md', `${'text\n'.repeat(100)}-----BEGIN PRIVATE KEY-----\n...`)).toBeUndefined();
  });

  test('are known in the settings of tools, where they are not left to a variable', () => {
    const held: readonly (readonly [string, string, string])[] = [
      ['.npmrc', '//host/:_authToken=abcdef', '//host/:_authToken=\u0024{TOKEN}\nregistry=https://host'],
      ['.npmrc~', '//host/:_authToken=abcdef', '# _authToken=abcdef'],
      [
        '.yarnrc.yml',
        'npmScopes:\n  a:\n    npmAuthToken: "abcdef"',
        'nodeLinker: node-modules\nnpmAuthToken: "\u0024{TOKEN}"\n#npmAuthToken: a',
      ],
      ['.yarnrc.yml', 'npmAuthIdent: user:word', 'npmAuthToken:\nenableTelemetry: false'],
      ['config.json', '{"auths":{"a.example":{"auth":"dXNlcjpwYXNz"}}}', '{"auths":{}}'],
      ['auth.json', '{"http-basic": {"a.example": {"username": "a"}}}', '{"http-basic": {}, "strategy": "jwt"}'],
      [
        'NuGet.Config',
        '<add key="ClearTextPassword" value="abc" />',
        '<add key="ClearTextPassword" value="%PASSWORD%" />',
      ],
      ['settings.xml', '<password>abc</password>', '<password>\u0024{env.PASSWORD}</password>'],
      ['gradle.properties', 'signing.password=abc', 'org.gradle.jvmargs=-Xmx2g\n# password=abc'],
      ['pip.conf', 'index-url = https://me:abc@a.example/simple', 'index-url = https://a.example/simple'],
    ];
    for (const [name, secret, fine] of held) {
      expect(secretInside(name, secret), `${name}: ${secret}`).toMatch(/^holds a/);
      expect(secretInside(name, fine), `${name}: ${fine}`).toBeUndefined();
      expect(secretInside('notes.md', secret), secret).toBeUndefined();
    }
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
