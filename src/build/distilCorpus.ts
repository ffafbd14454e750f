// What the distillation reads beside the teacher: source code and documentation of installed packages, which the lock file
// pins. Only counts and sums of it go into the model. None of the code bases that search is measured on is among them.

import { glob, readFile } from 'node:fs/promises';
import { seededRandom } from '../shared/environment.ts';
import { inRoot } from './paths.ts';

/** All under MIT, ISC, BSD or Apache-2.0. */
const PACKAGES = [
  '@azure/identity',
  '@azure/msal-common',
  '@huggingface/jinja',
  '@huggingface/transformers',
  '@lenml/tokenizers',
  '@lit/reactive-element',
  '@microsoft/fast-element',
  '@microsoft/fast-foundation',
  '@typespec/ts-http-runtime',
  '@vscode/vsce',
  'ajv',
  'assemblyscript',
  'chai',
  'cockatiel',
  'commander',
  'css-select',
  'd3-array',
  'diff',
  'entities',
  'express',
  'flatbuffers',
  'glob',
  'gpt-tokenizer',
  'hono',
  'iconv-lite',
  'jose',
  'jsonc-parser',
  'lit-html',
  'magic-string',
  'markdown-it',
  'mocha',
  'node-html-parser',
  'onnxruntime-common',
  'parse5',
  'pg',
  'pg-protocol',
  'picomatch',
  'postcss',
  'protobufjs',
  'qs',
  'readable-stream',
  'semver',
  'source-map-js',
  'umap-js',
  'underscore',
  'vite',
  'vitest',
  'vscode-jsonrpc',
  'workerpool',
  'yargs',
  'zod',
];
const FILES = '**/*.{js,mjs,cjs,ts,md}';
/** Copies for other ways to load them, translations, declarations, and what no person wrote. */
const NOT = /(^|\/)(node_modules|cjs|umd|browser|locales?)\/|\.min\.|\.d\.[mc]?ts$/;
const MOST_BYTES = 400_000;
const LONGEST_LINE = 1000;

/** Passages of so many lines, at every so many lines of a file. */
const LINES = [2, 4, 12];
const STEP = 12;
const MOST_A_PACKAGE = 150;

export interface Corpus {
  readonly packages: readonly string[];
  /** Whole files. */
  readonly texts: readonly string[];
  /** Parts of them, drawn evenly over the packages. */
  readonly passages: readonly string[];
}

/** The same for the same lock file. @throws Error when a package is missing */
export async function distilCorpus(): Promise<Corpus> {
  const random = seededRandom(1);
  const texts = new Set<string>();
  const passages = new Set<string>();
  for (const name of PACKAGES) {
    const found = await textsOf(name);
    if (found.length === 0) {
      throw new Error(`No text was found in the package ${name}: is it installed?`);
    }
    const candidates = found.filter((text) => !texts.has(text)).flatMap(passagesOf);
    for (let i = 0; i < MOST_A_PACKAGE && candidates.length > 0; i++) {
      const [passage] = candidates.splice(Math.floor(random() * candidates.length), 1);
      passages.add(passage!);
    }
    for (const text of found) {
      texts.add(text);
    }
  }
  return { packages: PACKAGES, texts: [...texts], passages: [...passages] };
}

async function textsOf(name: string): Promise<string[]> {
  const cwd = inRoot('node_modules', name);
  const files: string[] = [];
  for await (const file of glob(FILES, { cwd })) {
    const path = file.replaceAll('\\', '/');
    if (!NOT.test(path)) {
      files.push(path);
    }
  }
  const texts: string[] = [];
  for (const file of files.sort()) {
    const text = await readFile(inRoot('node_modules', name, file), 'utf8');
    if (text.length <= MOST_BYTES && text.split('\n').every((line) => line.length <= LONGEST_LINE)) {
      texts.push(text);
    }
  }
  return texts;
}

function passagesOf(text: string): string[] {
  const lines = text.split('\n');
  const passages: string[] = [];
  for (let start = 0, turn = 0; start < lines.length; start += STEP, turn++) {
    const passage = lines
      .slice(start, start + LINES[turn % LINES.length]!)
      .join('\n')
      .trim();
    if (passage.length >= 40 && passage.length <= 1500 && (passage.match(/[a-zA-Z]{3,}/g)?.length ?? 0) > 5) {
      passages.push(passage);
    }
  }
  return passages;
}
