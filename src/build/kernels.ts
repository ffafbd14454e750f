// Compiles the AssemblyScript kernels of src/engine/kernels/wasm/ to two modules: with relaxed SIMD and without. The same
// sources and compiler give the same bytes, so that what was compiled once is kept by the hash of both.

import { createHash, randomUUID } from 'node:crypto';
import { glob, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, repoPath, root } from './paths.ts';
import { binOf, runCommand } from './processes.ts';

/** The modules' names, and the features of WASM that each may use. */
type Variant = 'simd' | 'relaxed';

const FOLDER = 'src/engine/kernels/wasm';
const VARIANTS: Readonly<Record<Variant, string>> = { simd: 'threads,simd', relaxed: 'threads,simd,relaxed-simd' };
/** The memory is shared between threads: that needs a bound, here as many pages of 64 kB as addresses reach. */
const MEMORY = ['--importMemory', '--sharedMemory', '--maximumMemory', '65536'];
const OPTIONS = ['--runtime', 'stub', ...MEMORY, '--noAssert', '-O3', '--disableWarning'];
const KEPT = 'node_modules/.cache/kernels';

/**
 * Writes `simd.wasm` and `relaxed.wasm` into a folder.
 *
 * @returns their paths.
 * @throws Error with the compiler's own account when a source doesn't compile.
 */
export async function buildKernels(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    (Object.keys(VARIANTS) as Variant[]).map(async (variant) => {
      const file = path.join(folder, `${variant}.wasm`);
      await writeFile(file, await compiledKernels(variant));
      return file;
    }),
  );
}

/** One module's bytes: kept from an earlier time, or compiled now (some seconds). */
export async function compiledKernels(variant: Variant): Promise<Uint8Array<ArrayBuffer>> {
  const options = [...OPTIONS, '--enable', VARIANTS[variant]];
  const kept = inRoot(KEPT, `${await hashOf(options)}.wasm`);
  try {
    return new Uint8Array(await readFile(kept));
  } catch {
    // Not compiled yet.
  }
  await mkdir(path.dirname(kept), { recursive: true });
  // Renamed into place, so that whoever reads at this moment finds it whole.
  const unfinished = `${kept}.${randomUUID()}.wasm`;
  const args = [`${FOLDER}/index.ts`, '--outFile', repoPath(unfinished), ...options];
  await runCommand(process.execPath, [binOf('assemblyscript/bin/asc.js'), ...args]);
  await rename(unfinished, kept);
  return new Uint8Array(await readFile(kept));
}

/** Stands for the sources, the compiler and what it is told. */
async function hashOf(options: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(`${FOLDER}/*.ts`, { cwd: root })) {
    files.push(repoPath(file));
  }
  if (files.length === 0) {
    throw new Error(`There are no kernels in ${FOLDER}.`);
  }
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const file of ['node_modules/assemblyscript/package.json', ...files.sort()]) {
    hash.update(file).update(await readFile(inRoot(file)));
  }
  return hash.digest('hex');
}
