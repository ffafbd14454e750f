// Fetching a model from a server that stands for the hub, which breaks off, sends other bytes, or keeps silent; and onto
// a disk that is full.

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeBertOnnx } from '../../../src/services/models/bertFiles.ts';
import { fetchModel, isPartial } from '../../../src/services/models/fetch.ts';
import { describe } from '../../../src/services/models/hub.ts';
import { type KnownModel, modelOf } from '../../../src/services/models/knownModels.ts';
import { checkHashes, readList } from '../../../src/services/models/modelFolder.ts';
import { Stop } from '../../../src/services/models/stop.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { COMMIT, config, GRAPH, graph, HubServer, model } from './hubServer.ts';
import { writeTinyBert } from './support.ts';

let hub: HubServer;

beforeEach(async () => {
  hub = await HubServer.start();
});

afterEach(async () => {
  await hub[Symbol.asyncDispose]();
});

const options = { signal: neverCancelled, onProgress: () => {} };

it('fetches what is needed to run a model, checked, and says how far it is', async () => {
  await using folder = await temporaryFolder();
  const done: number[] = [];
  await fetchModel(model, path.join(folder.path, 'm'), hub.address, {
    ...options,
    onProgress: ({ done: n }) => done.push(n),
  });
  const list = await readList(path.join(folder.path, 'm'));
  expect(list?.source).toBe(`tests/tiny@${COMMIT}`);
  expect(list?.files.map((file) => file.path)).toEqual(['config.json', 'onnx/model_quantized.onnx']);
  await checkHashes(path.join(folder.path, 'm'), list as NonNullable<typeof list>);
  expect(done.at(-1)).toBe(config.length + graph.length);
});

it('goes on where a connection was cut, by itself and the next time', async () => {
  await using folder = await temporaryFolder();
  const target = path.join(folder.path, 'm');
  hub.cuts = [100_000, 50_000, 10_000];
  await expect(fetchModel(model, target, hub.address, options)).rejects.toMatchObject({ code: 'storage' });
  expect(await isPartial(target)).toBe(true);
  await fetchModel(model, target, hub.address, options);
  const starts = hub.ranges.map((range) => Number(/\d+/.exec(range ?? '0')?.[0]));
  expect(starts).toHaveLength(4);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts[3]).toBeGreaterThan(0);
  expect(await readFile(path.join(target, 'onnx/model_quantized.onnx'))).toEqual(graph);
});

it('throws away a file of other bytes', async () => {
  await using folder = await temporaryFolder();
  hub.sent = Buffer.from(graph);
  hub.sent[1234]! ^= 1;
  await expect(fetchModel(model, folder.path, hub.address, options)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await readdir(path.join(folder.path, 'onnx'))).toEqual([]);
  expect(await readList(folder.path)).toBeUndefined();
});

it('stops when it is cancelled, and keeps what it has', async () => {
  await using folder = await temporaryFolder();
  const signal = { cancelled: false };
  const onProgress = ({ done }: { done: number }) => {
    signal.cancelled = done > config.length;
  };
  const running = fetchModel(model, folder.path, hub.address, { signal, onProgress });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(path.join(folder.path, 'onnx'))).toEqual(['model_quantized.onnx.part']);
});

it('starts a file anew of which there is more than there should be', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, 'onnx'));
  await writeFile(path.join(folder.path, 'onnx/model_quantized.onnx.part'), Buffer.alloc(graph.length + 1));
  await fetchModel(model, folder.path, hub.address, options);
  expect(await readFile(path.join(folder.path, 'onnx/model_quantized.onnx'))).toEqual(graph);
});

it('says that there is no such model, or none that runs', async () => {
  await using folder = await temporaryFolder();
  const absent = modelOf('tests/absent') as KnownModel;
  await expect(fetchModel(absent, folder.path, hub.address, options)).rejects.toMatchObject({ code: 'not-found' });
  const other = { ...model, precision: 'q4' } as const;
  await expect(fetchModel(other, folder.path, hub.address, options)).rejects.toMatchObject({ code: 'bad-input' });
});

it('stops while nothing comes', async () => {
  await using folder = await temporaryFolder();
  hub.silentAfter = 1000;
  const signal = { cancelled: false };
  const onProgress = ({ done }: { done: number }) => {
    signal.cancelled = done === config.length + 1000;
  };
  await expect(fetchModel(model, folder.path, hub.address, { signal, onProgress })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

it('a silence that is too long ends a request', async () => {
  using stop = new Stop(neverCancelled, 30);
  await expect(fetch(`${hub.address}x`, { signal: stop.signal })).resolves.toMatchObject({ status: 404 });
  hub.silentAfter = 10;
  const response = await fetch(`${hub.address}tests/tiny/resolve/${COMMIT}/${GRAPH}`, { signal: stop.signal });
  await expect(response.arrayBuffer()).rejects.toThrow('aborted');
  expect(stop.late).toBe(true);
});

it('says so when there is no hub to be reached', async () => {
  const { address } = hub;
  await hub[Symbol.asyncDispose]();
  const asking = describe(model, address);
  await expect(asking).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('ECONNREFUSED') });
  await expect(asking).rejects.toMatchObject({ remedy: expect.stringContaining('network') });
  hub = await HubServer.start();
});

// Whatever is written to /dev/full finds the disk full.
const FULL = '/dev/full';

it.skipIf(!existsSync(FULL))('says that the disk is full, and goes on when it no longer is', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, 'onnx'));
  const part = path.join(folder.path, `${GRAPH}.part`);
  await symlink(FULL, part);
  await expect(fetchModel(model, folder.path, hub.address, options)).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining('disk is full'),
  });
  expect(await isPartial(folder.path)).toBe(true);
  await rm(part);
  await fetchModel(model, folder.path, hub.address, options);
  expect(await isPartial(folder.path)).toBe(false);
});

it.skipIf(!existsSync(FULL))('leaves no half of a graph that it makes itself', async () => {
  await using folder = await temporaryFolder();
  await writeTinyBert(folder.path);
  await mkdir(path.join(folder.path, 'onnx'));
  await symlink(FULL, path.join(folder.path, `${GRAPH}.part`));
  const making = writeBertOnnx(folder.path, path.join(folder.path, 'model.safetensors'), 'q8');
  await expect(making).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await readdir(path.join(folder.path, 'onnx'))).toEqual([]);
});
