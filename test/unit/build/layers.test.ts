// The layer gate, with a fault of each kind planted in a copy of the tree: each must be found, where it is, with a reason.
// The faults that the compiler finds are planted too, so that nobody widens a layer's types unnoticed.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkLayers, layers } from '../../../src/build/layers.ts';
import { root } from '../../../src/build/paths.ts';

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'inside-llms-layers-'));
  for (const name of ['src', 'webview', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs `look` while `file` holds `text`. */
async function planted<T>(file: string, text: string, look: () => T | Promise<T>): Promise<T> {
  writeFileSync(path.join(copy, file), text);
  try {
    return await look();
  } finally {
    rmSync(path.join(copy, file));
  }
}

test('the tree as it stands has no fault, and every layer was looked at', async () => {
  const { faults, looked } = await checkLayers();
  expect(faults).toEqual([]);
  expect([...looked.keys()].sort()).toEqual(layers.map(({ name }) => name).sort());
  for (const [name, count] of looked) {
    expect(count, name).toBeGreaterThan(0);
  }
});

describe('a planted fault is found', () => {
  // file, its text, the line of the fault, and what is said of it
  const cases: readonly (readonly [string, string, string, number, RegExp])[] = [
    [
      'another layer',
      'src/tokenizers/z.ts',
      `import { x } from '../programs/registry.ts';\nx;`,
      1,
      /may not import programs/,
    ],
    [
      'another layer by re-export',
      'src/shared/z.ts',
      `export * from '../tokenizers/bytes.ts';`,
      1,
      /may not import tokenizers/,
    ],
    [
      'another layer by a named re-export',
      'src/shared/z.ts',
      `\nexport { a } from '../lessons/a.ts';`,
      2,
      /may not import lessons/,
    ],
    [
      'another layer for its types',
      'webview/z.ts',
      `import type { A } from '../src/host/services.ts';`,
      1,
      /may not import host/,
    ],
    [
      'the build scripts in what is shipped',
      'src/services/z.ts',
      `import { root } from '../build/paths.ts';\nroot;`,
      1,
      /may not import build/,
    ],
    [
      'vscode in a pure layer',
      'src/programs/z.ts',
      `import * as vscode from 'vscode';\nvscode;`,
      1,
      /may not import vscode/,
    ],
    ['vscode for its types', 'src/lessons/z.ts', `export type U = import('vscode').Uri;`, 1, /may not import vscode/],
    ['vscode in the worker', 'src/worker/z.ts', `await import('vscode');`, 1, /may not import vscode/],
    ['Node in a pure layer', 'src/tokenizers/z.ts', `import fs from 'node:fs';\nfs;`, 1, /may not import Node/],
    ['Node by its short name', 'src/lessons/z.ts', `import fs from 'fs/promises';\nfs;`, 1, /may not import Node/],
    [
      'a service in the host outside platform.ts',
      'src/host/z.ts',
      `import { forkRunner } from '../services/runner/forkRunner.ts';\nforkRunner;`,
      1,
      /host may not import services/,
    ],
    [
      'Node in the host outside platform.ts',
      'src/host/z.ts',
      `import path from 'node:path';\npath;`,
      1,
      /may not import Node/,
    ],
    ["a package's Node half in a webview", 'webview/z.ts', `import 'vscode-jsonrpc/node';`, 1, /may not import Node/],
    ['a package in a pure layer', 'src/tokenizers/z.ts', `import 'js-tiktoken';`, 1, /package "js-tiktoken"/],
    ['a package that is not the layer’s', 'src/host/z.ts', `import 'markdown-it';`, 1, /package "markdown-it"/],
    [
      'the toolkit outside controls.ts',
      'webview/lesson/z.ts',
      `import '@vscode/webview-ui-toolkit';`,
      1,
      /"@vscode\/webview-ui-toolkit" in this file/,
    ],
    ['zod outside schema.ts', 'src/shared/z.ts', `import { z } from 'zod/mini';\nz;`, 1, /"zod" in this file/],
    [
      'the ranks outside the build',
      'src/services/z.ts',
      `import 'js-tiktoken/ranks/r50k_base';`,
      1,
      /"js-tiktoken" in this file/,
    ],
    ['a computed import', 'src/worker/z.ts', `const p = 'fs';\n\nawait import(p);`, 3, /computed/],
    ['a template as an import', 'webview/z.ts', 'const p = 1;\nawait import(`./$' + '{p}.ts`);', 2, /computed/],
    [
      'a computed require',
      'src/host/z.ts',
      `declare const require: (p: string) => void;\nrequire(String(1));`,
      2,
      /computed/,
    ],
    [
      'a plain require',
      'src/host/z.ts',
      `declare const require: (p: string) => void;\nrequire('node:fs');`,
      2,
      /may not import Node/,
    ],
    [
      'types widened by a reference',
      'src/programs/z.ts',
      `/// <reference types="node" />\nprocess.exit();`,
      1,
      /reference comment/,
    ],
    ['a file outside every layer', 'src/z.ts', `export const a = 1;`, 1, /belongs to no layer/],
    ['a file that cannot be read', 'src/shared/z.ts', `export const = 1;`, 1, /can't be read/],
  ];

  test.each(cases)('%s', async (_what, file, text, line, said) => {
    const report = await planted(file, text, () => checkLayers(copy));
    const faults = report.faults.filter((fault) => fault.file === file);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ file, line });
    expect(faults[0]?.what).toMatch(said);
    expect(faults[0]?.why).toMatch(/\.$/);
  });

  test('a layer without files', async () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'inside-llms-empty-'));
    try {
      const { faults } = await checkLayers(empty);
      expect(faults.map(({ file }) => file).sort()).toEqual(layers.map(({ name }) => name).sort());
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});

describe('the compiler finds', () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'the page in a pure layer',
      'src/tokenizers/z.ts',
      'export const a = document.title;',
      /z\.ts\(1,\d+\): error TS\d+: .*document/,
    ],
    [
      'the process in a pure layer',
      'src/programs/z.ts',
      'export const a = process.argv;',
      /z\.ts\(1,\d+\): error TS\d+: .*process/,
    ],
    [
      'Node in a pure layer',
      'src/lessons/z.ts',
      `import 'node:fs';\nexport const a = Buffer.from('');`,
      /z\.ts\(2,\d+\): error TS\d+: .*Buffer/,
    ],
    [
      'the process in a webview',
      'webview/z.ts',
      'export const a = process.argv;',
      /z\.ts\(1,\d+\): error TS\d+: .*process/,
    ],
    [
      'the page in the worker',
      'src/worker/z.ts',
      'export const a = document.title;',
      /z\.ts\(1,\d+\): error TS\d+: .*document/,
    ],
    [
      'the process in the host',
      'src/host/z.ts',
      'export const a = process.argv;',
      /z\.ts\(1,\d+\): error TS\d+: .*process/,
    ],
    [
      'a relative import of another layer',
      'src/shared/z.ts',
      `export * from '../tokenizers/bytes.ts';`,
      /z\.ts\(1,\d+\): error TS6307/,
    ],
  ];

  test.each(cases)('%s', async (_what, file, text, said) => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const layer = path.join(copy, file.startsWith('webview') ? 'webview' : path.dirname(file));
    const { stdout, status } = await planted(file, text, () =>
      spawnSync(process.execPath, [tsc, '-b', '--pretty', 'false', layer], { cwd: copy, encoding: 'utf8' }),
    );
    expect(status).not.toBe(0);
    expect(stdout).toMatch(said);
  });
});
