// onnxruntime's WebAssembly build and Transformers.js, set up for this machine: files from folders that we name, no
// network. The one place in which both are imported. The build puts Transformers.js's web build here and onnxruntime's
// plain WASM build (src/build/modelsBundle.ts), so that no native module is needed.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as transformers from '@huggingface/transformers';
import * as ort from 'onnxruntime-web/wasm';

export type Runtime = { readonly ort: typeof ort; readonly transformers: typeof transformers };

/**
 * @param ortFolder holds onnxruntime's .wasm and the .mjs beside it
 * @param threads how many share one computation; the first counts
 */
export function runtime(ortFolder: string, threads: number): Runtime {
  const folder = path.resolve(ortFolder);
  // Threads only start from a plain path, which is no address on Windows: there is one thread there.
  const plain = threads > 1 && path.sep === '/';
  ort.env.wasm.wasmPaths = plain ? `${folder}/` : `${pathToFileURL(folder).href}/`;
  ort.env.wasm.numThreads = plain ? threads : 1;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
  const { env } = transformers;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = refuse as typeof env.fetch;
  return { ort, transformers };
}

/** Models are fetched by src/services/models/fetch.ts, after the user agreed, and by nothing else. */
async function refuse(address: unknown): Promise<never> {
  throw new Error(`Nothing is fetched here: ${String(address)}`);
}
