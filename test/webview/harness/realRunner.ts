// The real process for learners' code, from a bundle of this run, with its kernels.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { buildKernels } from '../../../src/build/kernels.ts';
import { Runner } from '../../../src/course/runner.ts';
import { forkRunner } from '../../../src/services/runner/forkRunner.ts';
import { systemClock, systemTimers } from '../../../src/shared/environment.ts';
import { bundleOptions } from './bundles.ts';

export interface RealRunner {
  readonly runner: Runner;
  close(): Promise<void>;
}

export async function realRunner(): Promise<RealRunner> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-runner-'));
  const bundle = path.join(folder, 'runner.mjs');
  await Promise.all([
    build({ ...bundleOptions('dist/runner.mjs'), outfile: bundle }),
    buildKernels(path.join(folder, 'kernels')),
  ]);
  const runner = new Runner({ start: () => forkRunner(bundle), timers: systemTimers, clock: systemClock });
  return {
    runner,
    close: async () => {
      runner.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
