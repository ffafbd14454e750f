// A thread that may not take more of V8's heap than it needs, and one that may.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { spawnWorker } from '../../../src/host/platform.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

const TELLS = `
  import { parentPort, resourceLimits } from 'node:worker_threads';
  parentPort.postMessage({ jsonrpc: '2.0', method: 'limits', params: resourceLimits });
  parentPort.on('message', () => {});
`;

async function limitsOf(lean: boolean): Promise<Record<string, number>> {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'tells.mjs');
  await writeFile(file, TELLS);
  const said: string[] = [];
  const log = { info: (text: string) => said.push(text), error: (text: string) => said.push(text) };
  const worker = spawnWorker(file, log, undefined, lean);
  const limits = await new Promise<Record<string, number>>((resolve) => {
    worker.connection.onNotification('limits', resolve);
  });
  await worker.terminate();
  await worker.exited;
  expect(said).toEqual([]);
  return limits;
}

it('a lean thread has a bounded heap, another the usual one', async () => {
  const [lean, usual] = [await limitsOf(true), await limitsOf(false)];
  expect(lean.maxOldGenerationSizeMb).toBeLessThan(1024);
  expect(lean.maxYoungGenerationSizeMb).toBeLessThan(usual.maxYoungGenerationSizeMb as number);
  expect(lean.maxOldGenerationSizeMb).toBeLessThan(usual.maxOldGenerationSizeMb as number);
});
