// What makes dist/models.mjs: Transformers.js's web build over onnxruntime's plain WebAssembly build, on Node's files.
// Neither's build for Node will do, as both want native modules, one set a system.

import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { inRoot } from './paths.ts';

const TRANSFORMERS = 'node_modules/@huggingface/transformers/dist/transformers.web.js';
const ORT = 'node_modules/onnxruntime-web/dist';

/** What is turned in Transformers.js's web build, and why. Each must be there exactly once. */
const REPLACEMENTS: readonly (readonly [from: string, to: string])[] = [
  // It was built without files: give it Node's.
  ['var node_fs_default = {};', "import node_fs_default from 'node:fs';"],
  ['var node_path_default = {};', "import node_path_default from 'node:path';"],
  ['var node_url_default = {};', "import node_url_default from 'node:url';"],
  // On Node it takes the native onnxruntime.
  [
    'var IS_NODE_ENV = IS_PROCESS_AVAILABLE && process?.release?.name === "node" && !IS_DENO_WEB_RUNTIME;',
    'var IS_NODE_ENV = false;',
  ],
];

/** @throws Error naming the replacement that found no place, or more than one: the package has changed */
export function webTransformers(text: string): string {
  let result = text;
  for (const [from, to] of REPLACEMENTS) {
    const parts = result.split(from);
    if (parts.length !== 2) {
      throw new Error(
        `Transformers.js has changed: ${JSON.stringify(from)} is in it ${parts.length - 1} times, not once.`,
      );
    }
    result = parts.join(to);
  }
  return result;
}

/** Puts the web build in the place of `@huggingface/transformers`, and one onnxruntime in the place of all. */
export const modelsPlugin: Plugin = {
  name: 'models',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@huggingface\/transformers$/ }, () => ({ path: inRoot(TRANSFORMERS) }));
    onResolve({ filter: /^onnxruntime-(web(\/.*)?|common)$/ }, () => ({ path: inRoot(ORT, 'ort.wasm.min.mjs') }));
    onLoad({ filter: /transformers\.web\.js$/ }, async ({ path: file }) => ({
      contents: webTransformers(await readFile(file, 'utf8')),
      loader: 'js',
    }));
  },
};

/** What onnxruntime loads when it runs; the other builds of it, twice as large, stay at home. */
const RUNTIME_FILES = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'] as const;

/** Copies onnxruntime's files. @returns where they are now */
export async function copyRuntime(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    RUNTIME_FILES.map(async (name) => {
      const target = path.join(folder, name);
      await copyFile(inRoot(ORT, name), target);
      return target;
    }),
  );
}
