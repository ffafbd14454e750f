// Makes dist/: the bundles, the compiled kernels, the sources that lessons quote, the vocabulary data and the l10n
// bundle. The same tree gives the same bytes. Packaging is package.ts.

import { existsSync } from 'node:fs';
import { cp, glob, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { buildPieceVocabularies } from '../services/buildPieceVocabularies.ts';
import { buildVocabularies } from '../services/buildVocabularies.ts';
import { TINY_SENTIMENT } from '../services/models/knownModels.ts';
import { grammarFiles, packagedGrammars } from '../services/search/grammars.ts';
import { buildCourseTypes } from './courseTypes.ts';
import { buildKernels } from './kernels.ts';
import { copyRuntime, modelsPlugin } from './modelsBundle.ts';
import { inRoot, repoPath, root } from './paths.ts';

export interface Entry {
  readonly entry: string;
  readonly out: string;
  readonly options: BuildOptions;
}

const node: BuildOptions = { platform: 'node', target: 'node20' };
/** Some packages are CommonJS and `require` Node's own modules; an ES module has no `require` unless it makes one. */
const esm: BuildOptions = {
  ...node,
  format: 'esm',
  banner: { js: `import { createRequire as _cr } from 'node:module'; const require = _cr(import.meta.url);` },
};
/** Tree-sitter asks for the name of its own file: it is CommonJS, and an ES module has none unless it makes one. */
const withFilename: BuildOptions = {
  ...esm,
  // Its CommonJS asks for its own files in a way that can't be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  banner: {
    js: `${esm.banner?.js} import { fileURLToPath as _fu } from 'node:url'; const __filename = _fu(import.meta.url);`,
  },
};
/** It empties the global scope, in which its packages look for these later. */
const ownGlobals: BuildOptions = {
  ...esm,
  banner: { js: `${esm.banner?.js} const _si = setImmediate, _st = setTimeout, _ct = clearTimeout, _bf = Buffer;` },
  define: { setImmediate: '_si', setTimeout: '_st', clearTimeout: '_ct', Buffer: '_bf' },
};
const browser: BuildOptions = { platform: 'browser', format: 'esm', target: ['es2022', 'chrome128'] };

/** Leaves src/host/later.ts out of the bundle that asks for it with `import()`: it is one of its own. */
const loadLater: Plugin = {
  name: 'load-later',
  setup({ onResolve }) {
    onResolve({ filter: /\/later\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './later.cjs', external: true } : undefined,
    );
  },
};

/** Every bundle there is. A view of its own is a bundle of its own. */
export const entries: readonly Entry[] = [
  {
    entry: 'src/extension.ts',
    out: 'dist/extension.cjs',
    // As `require`: VS Code hands out its API by answering that.
    options: {
      ...node,
      format: 'cjs',
      external: ['vscode'],
      plugins: [loadLater],
      supported: { 'dynamic-import': false },
    },
  },
  { entry: 'src/host/later.ts', out: 'dist/later.cjs', options: { ...node, format: 'cjs', external: ['vscode'] } },
  { entry: 'src/worker/main.ts', out: 'dist/worker.mjs', options: esm },
  { entry: 'src/worker/search/main.ts', out: 'dist/search.mjs', options: withFilename },
  { entry: 'src/services/search/cutProgram.ts', out: 'dist/cut.mjs', options: withFilename },
  { entry: 'src/services/kernelThread.ts', out: 'dist/kernels/thread.mjs', options: esm },
  { entry: 'src/worker/models/main.ts', out: 'dist/models.mjs', options: { ...esm, plugins: [modelsPlugin] } },
  { entry: 'src/runner/main.ts', out: 'dist/runner.mjs', options: ownGlobals },
  { entry: 'src/cli/main.ts', out: 'dist/cli.js', options: withFilename },
  { entry: 'webview/lesson/main.ts', out: 'dist/webview/lesson.js', options: browser },
  { entry: 'webview/tensor/main.ts', out: 'dist/webview/tensor.js', options: browser },
  { entry: 'webview/tensor/steps/main.ts', out: 'dist/webview/steps.js', options: browser },
  { entry: 'webview/tokens/main.ts', out: 'dist/webview/tokens.js', options: browser },
  { entry: 'webview/training/main.ts', out: 'dist/webview/training.js', options: browser },
  { entry: 'webview/search/main.ts', out: 'dist/webview/search.js', options: browser },
  { entry: 'webview/health/main.ts', out: 'dist/webview/health.js', options: browser },
  { entry: 'webview/embeddings/main.ts', out: 'dist/webview/embeddings.js', options: browser },
  { entry: 'webview/ask/main.ts', out: 'dist/webview/ask.js', options: browser },
];

/** Kept for NOTICE; not shipped. */
const METAFILES = 'dist/metafiles.json';

/** What esbuild is told for an entry. */
export function optionsFor({ entry, out, options }: Entry, development: boolean): BuildOptions {
  return {
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    metafile: true,
    minify: !development,
    keepNames: false,
    sourcemap: development ? 'linked' : false,
    legalComments: 'none', // NOTICE holds every licence in full
    charset: 'utf8',
    logLevel: 'warning',
    define: { ...options.define, 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
  };
}

/**
 * Builds everything into dist/ and takes out what doesn't belong there.
 *
 * @returns esbuild's account of what went into each bundle, by output file.
 * @throws Error naming each bundle that couldn't be made; esbuild has then said why. The others are made.
 */
export async function bundleAll(development = false): Promise<Map<string, Metafile>> {
  const metafiles = new Map<string, Metafile>();
  const failed: string[] = [];
  for (const entry of entries) {
    try {
      const { metafile } = await build(optionsFor(entry, development));
      metafiles.set(entry.out, metafile as Metafile);
    } catch (error) {
      if (!isBuildFailure(error)) {
        throw error;
      }
      failed.push(entry.out);
    }
  }
  const assets = await copyAssets();
  if (failed.length > 0) {
    throw new Error(`Could not make ${failed.join(', ')}: see above.`);
  }
  await writeFile(inRoot(METAFILES), JSON.stringify([...metafiles]));
  await removeOthers([METAFILES, ...[...metafiles.values()].flatMap(({ outputs }) => Object.keys(outputs)), ...assets]);
  return metafiles;
}

/** What the last build put into each bundle. @throws Error when nothing was built yet. */
export async function readMetafiles(): Promise<Map<string, Metafile>> {
  return new Map(JSON.parse(await readFile(inRoot(METAFILES), 'utf8')) as [string, Metafile][]);
}

/** esbuild prints its own account of these. */
function isBuildFailure(error: unknown): boolean {
  return error instanceof Error && 'errors' in error;
}

/** Makes the files in dist/ that are not bundles. @returns their paths. */
export async function copyAssets(): Promise<string[]> {
  const vocabularies = await buildVocabularies(inRoot('dist/vocabularies'));
  const pieces = await buildPieceVocabularies(inRoot('dist/vocabularies'));
  const kernels = await buildKernels(inRoot('dist/kernels'));
  const runtime = await copyRuntime(inRoot('dist/ort'));
  return [
    ...(await copySources()),
    ...(await copyGrammars()),
    ...(await copyPackedModel()),
    ...(await buildCourseTypes()),
    ...[...vocabularies, ...pieces, ...kernels, ...runtime].map(repoPath),
  ];
}

/** Deletes what an earlier build left in dist/: it would be shipped. */
async function removeOthers(made: readonly string[]): Promise<void> {
  const keep = new Set(made);
  for await (const entry of glob('dist/**', { cwd: root, withFileTypes: true })) {
    const file = repoPath(path.join(entry.parentPath, entry.name));
    // Models are made by a command of their own (models.ts).
    if (entry.isFile() && !keep.has(file) && !file.startsWith('dist/models/')) {
      await rm(inRoot(file), { force: true });
    }
  }
}

/** Copies each quoted source to dist/sources/PATH, where the host opens it read-only. */
async function copySources(): Promise<string[]> {
  const files = await quotedSources();
  for (const file of files) {
    const target = inRoot('dist/sources', file);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(inRoot(file), target);
  }
  return files.map((file) => `dist/sources/${file}`);
}

/** Copies the grammars by which files are cut for search to dist/grammars/. */
async function copyGrammars(): Promise<string[]> {
  await mkdir(inRoot('dist/grammars'), { recursive: true });
  for (const file of grammarFiles) {
    await cp(path.join(packagedGrammars(), file), inRoot('dist/grammars', file));
  }
  return grammarFiles.map((file) => `dist/grammars/${file}`);
}

/** Copies our own classifier to where the models are that come with the extension. */
async function copyPackedModel(): Promise<string[]> {
  const target = inRoot('dist/models', TINY_SENTIMENT);
  await cp(inRoot('media/models', TINY_SENTIMENT), target, { recursive: true });
  const files = await readdir(target, { recursive: true, withFileTypes: true });
  return files.filter((entry) => entry.isFile()).map(({ parentPath, name }) => repoPath(path.join(parentPath, name)));
}

/**
 * The repository's own files that people are shown: those that a lesson quotes or links, and those that a program
 * names as the place of a step.
 *
 * @throws Error naming a file that doesn't exist, and who names it.
 */
export async function quotedSources(): Promise<string[]> {
  const found = new Set<string>();
  const look = async (pattern: string, named: RegExp) => {
    for await (const place of glob(pattern, { cwd: root })) {
      for (const match of (await readFile(inRoot(place), 'utf8')).matchAll(named)) {
        const file = match[1] as string;
        if (!existsSync(inRoot(file))) {
          throw new Error(`${place} names ${file}, which doesn't exist.`);
        }
        found.add(file);
      }
    }
  };
  await look('lessons/*/lesson.md', /^file:\s*["']?([\w./-]+?)["']?\s*$/gm);
  await look('lessons/*/lesson.md', /\]\(source:([\w./-]+)(?:#[^)]*)?\)/g);
  await look('src/{programs,tokenizers,engine}/**/*.ts', /['"`]((?:src|webview|lessons)\/[\w./-]+\.\w+)['"`]/g);
  return [...found].sort();
}
