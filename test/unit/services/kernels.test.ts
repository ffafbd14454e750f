// The compiled kernels, from the folder that they are shipped in.

import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { buildKernels } from '../../../src/build/kernels.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { kernelFolder } from '../../../src/services/kernels.ts';
import { temporaryFolder } from './temporaryFolder.ts';

it('are started once, and compute', async () => {
  await using folder = await temporaryFolder();
  await buildKernels(folder.path);
  const load = kernelFolder(folder.path);
  const kernels = await load();
  expect(await load()).toBe(kernels);
  expect(kernels.name).toMatch(/^wasm-/);
  const engine = new Engine(kernels);
  expect(matmul(engine.tensor([[1, 2]]), engine.tensor([[3], [4]])).item()).toBe(11);
});

it('that are missing or damaged are named, and had once they are there', async () => {
  await using folder = await temporaryFolder();
  const load = kernelFolder(folder.path);
  await expect(load()).rejects.toMatchObject({
    code: 'not-found',
    where: expect.stringContaining('.wasm'),
    remedy: expect.stringContaining('Install the extension again'),
  });
  await buildKernels(folder.path);
  for (const file of await readdir(folder.path)) {
    await writeFile(path.join(folder.path, file), 'no module');
  }
  await expect(load()).rejects.toMatchObject({ code: 'bad-input', where: folder.path });
  await rm(folder.path, { recursive: true });
  await buildKernels(folder.path);
  expect((await load()).name).toMatch(/^wasm-/);
});
