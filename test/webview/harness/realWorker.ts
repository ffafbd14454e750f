// The real model worker for views under test, and a hand on its thread, so that a test can kill it.

import { ModelWorker } from '../../../src/host/modelWorker.ts';
import { spawnWorker, type WorkerHandle } from '../../../src/host/platform.ts';
import type { ModelPlaces } from '../../../src/services/models/localModels.ts';
import { workerFiles } from './bundles.ts';

export interface RealWorker {
  readonly calls: ModelWorker;
  readonly log: readonly string[];
  /** Ends the thread as a crash would. False when none runs. */
  kill(): Promise<boolean>;
  close(): Promise<void>;
}

/** @param models where the worker looks for models; without it, beside its own script, where none is */
export async function realWorker(models?: ModelPlaces): Promise<RealWorker> {
  const files = await workerFiles();
  const lines: string[] = [];
  const write = (text: string) => lines.push(text);
  const log = { info: write, warn: write, error: write };
  let handle: WorkerHandle | undefined;
  const calls = new ModelWorker({
    spawn: () => {
      handle = spawnWorker(files.script, log, { vocabularies: files.vocabularies, ...(models && { models }) });
      return handle;
    },
    log,
  });
  return {
    calls,
    log: lines,
    kill: async () => {
      const running = handle !== undefined;
      await handle?.terminate();
      return running;
    },
    close: async () => {
      calls.dispose();
      await files.remove();
    },
  };
}
