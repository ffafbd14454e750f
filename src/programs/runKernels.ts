// Kernels lent to one run: what was allocated through them is known, so that all of it can be given back when the run
// is over, however it ended.

import type { Kernels, Storage } from '../engine/kernels/kernels.ts';

export interface LentKernels {
  readonly kernels: Kernels;
  /** Releases every storage that is still allocated. What is released later through these kernels counts for nothing. */
  takeBack(): void;
}

export function lendKernels(kernels: Kernels): LentKernels {
  const lent = new Set<Storage>();
  return {
    kernels: {
      ...kernels,
      allocate(length, dtype) {
        const storage = kernels.allocate(length, dtype);
        lent.add(storage);
        return storage;
      },
      release(storage) {
        if (lent.delete(storage)) {
          kernels.release(storage);
        }
      },
    },
    takeBack() {
      for (const storage of lent) {
        kernels.release(storage);
      }
      lent.clear();
    },
  };
}
