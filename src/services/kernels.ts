// The engine's compiled kernels, from a folder of modules and the threads' program; read and started once, when first asked
// for.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { NearestKernels } from '../engine/kernels/nearest.ts';
import { bestKernels, type KernelLoader } from '../engine/kernels/wasm.ts';
import { bestNearest } from '../engine/kernels/wasmNearest.ts';
import { Fault } from '../shared/errors.ts';
import { kernelThreads } from './kernelThreads.ts';

/**
 * The fastest kernels that this machine can run, of the modules in `folder`, on as many threads as it has: the same ones
 * each time.
 *
 * The loader throws Fault `not-found` when a module is missing, `bad-input` when it is damaged; the next call tries
 * again.
 */
export function kernelFolder(folder: string): () => Promise<Kernels> {
  let kernels: Promise<Kernels> | undefined;
  return () => {
    const threads = kernelThreads(pathToFileURL(path.join(folder, 'thread.mjs')));
    kernels ??= bestKernels(reader(folder), undefined, threads).catch((cause: unknown) => {
      kernels = undefined;
      throw cause instanceof Fault ? cause : damaged(folder, cause as Error);
    });
    return kernels;
  };
}

/** What nearest neighbours are computed with, of the modules in `folder`: on one thread. Faults as above. */
export function nearestFolder(folder: string): () => Promise<NearestKernels> {
  let kernels: Promise<NearestKernels> | undefined;
  return () => {
    kernels ??= bestNearest(reader(folder)).catch((cause: unknown) => {
      kernels = undefined;
      throw cause instanceof Fault ? cause : damaged(folder, cause as Error);
    });
    return kernels;
  };
}

function reader(folder: string): KernelLoader {
  return async (name) => {
    const file = path.join(folder, `${name}.wasm`);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new Fault('not-found', `The compiled kernels can't be read: ${(cause as Error).message}.`, {
        where: file,
        remedy: 'Install the extension again, or build it with "npm run build".',
        cause,
      });
    });
    return new Uint8Array(bytes);
  };
}

function damaged(folder: string, cause: Error): Fault {
  return new Fault('bad-input', `The compiled kernels are damaged: ${cause.message}.`, {
    where: folder,
    remedy: 'Install the extension again, or build it with "npm run build".',
    cause,
  });
}
