// The runner as it ships, in a folder of its own: what the tests fork.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { entries, optionsFor } from '../../../src/build/bundle.ts';
import { buildKernels } from '../../../src/build/kernels.ts';
import { Runner } from '../../../src/course/runner.ts';
import { DEFAULT_LIMITS, forkRunner } from '../../../src/services/runner/forkRunner.ts';
import { systemClock, systemTimers } from '../../../src/shared/environment.ts';

export interface BuiltRunner {
  readonly bundle: string;
  readonly runner: Runner;
  remove(): Promise<void>;
}

export async function builtRunner(): Promise<BuiltRunner> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inside-llms-runner-'));
  const bundle = path.join(folder, 'runner.mjs');
  const entry = entries.find(({ out }) => out === 'dist/runner.mjs')!;
  await Promise.all([
    build({ ...optionsFor(entry, false), outfile: bundle }),
    buildKernels(path.join(folder, 'kernels')),
  ]);
  const runner = new Runner({
    start: () => forkRunner(bundle, DEFAULT_LIMITS),
    timers: systemTimers,
    clock: systemClock,
  });
  return {
    bundle,
    runner,
    remove: async () => {
      runner.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
