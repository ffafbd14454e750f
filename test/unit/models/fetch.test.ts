// Fetching a model from a server that stands for the hub: it says what it has, breaks off, sends other bytes.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchModel, isPartial } from '../../../src/services/models/fetch.ts';
import { type KnownModel, modelOf } from '../../../src/services/models/knownModels.ts';
import { checkHashes, readList } from '../../../src/services/models/modelFolder.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

const COMMIT = 'c'.repeat(40);
const model = modelOf('tests/tiny') as KnownModel;
const config = Buffer.from('{"hidden_size":4}');
const graph = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));

let server: Server;
let hub: string;
/** How many bytes of the graph are sent before the connection is cut; each answer takes the next. */
let cuts: number[];
let ranges: (string | undefined)[];
let sent: Buffer;

beforeEach(async () => {
  [cuts, ranges, sent] = [[], [], graph];
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url as string, 'http://hub');
    if (pathname === `/api/models/${model.hub}/revision/main`) {
      response.end(JSON.stringify({ sha: COMMIT }));
    } else if (pathname === `/api/models/${model.hub}/tree/${COMMIT}`) {
      response.end(JSON.stringify(tree()));
    } else if (pathname === `/${model.hub}/resolve/${COMMIT}/config.json`) {
      response.end(config);
    } else if (pathname === `/${model.hub}/resolve/${COMMIT}/onnx/model_quantized.onnx`) {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      ranges.push(request.headers.range);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': sent.length - from });
      const cut = cuts.shift();
      if (cut === undefined) {
        response.end(sent.subarray(from));
      } else {
        response.write(sent.subarray(from, from + cut), () => setTimeout(() => response.destroy(), 50));
      }
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const options = { signal: neverCancelled, onProgress: () => {} };

it('fetches what is needed to run a model, checked, and says how far it is', async () => {
  await using folder = await temporaryFolder();
  const done: number[] = [];
  await fetchModel(model, path.join(folder.path, 'm'), hub, { ...options, onProgress: ({ done: n }) => done.push(n) });
  const list = await readList(path.join(folder.path, 'm'));
  expect(list?.source).toBe(`tests/tiny@${COMMIT}`);
  expect(list?.files.map((file) => file.path)).toEqual(['config.json', 'onnx/model_quantized.onnx']);
  await checkHashes(path.join(folder.path, 'm'), list as NonNullable<typeof list>);
  expect(done.at(-1)).toBe(config.length + graph.length);
});

it('goes on where a connection was cut, by itself and the next time', async () => {
  await using folder = await temporaryFolder();
  const target = path.join(folder.path, 'm');
  cuts = [100_000, 50_000, 10_000];
  await expect(fetchModel(model, target, hub, options)).rejects.toMatchObject({ code: 'storage' });
  expect(await isPartial(target)).toBe(true);
  await fetchModel(model, target, hub, options);
  const starts = ranges.map((range) => Number(/\d+/.exec(range ?? '0')?.[0]));
  expect(starts).toHaveLength(4);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts[3]).toBeGreaterThan(0);
  expect(await readFile(path.join(target, 'onnx/model_quantized.onnx'))).toEqual(graph);
});

it('throws away a file of other bytes', async () => {
  await using folder = await temporaryFolder();
  sent = Buffer.from(graph);
  sent[1234]! ^= 1;
  await expect(fetchModel(model, folder.path, hub, options)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await readdir(path.join(folder.path, 'onnx'))).toEqual([]);
  expect(await readList(folder.path)).toBeUndefined();
});

it('stops when it is cancelled, and keeps what it has', async () => {
  await using folder = await temporaryFolder();
  const signal = { cancelled: false };
  const onProgress = ({ done }: { done: number }) => {
    signal.cancelled = done > config.length;
  };
  const running = fetchModel(model, folder.path, hub, { signal, onProgress });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(await readdir(path.join(folder.path, 'onnx'))).toEqual(['model_quantized.onnx.part']);
});

it('starts a file anew of which there is more than there should be', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, 'onnx'));
  await writeFile(path.join(folder.path, 'onnx/model_quantized.onnx.part'), Buffer.alloc(graph.length + 1));
  await fetchModel(model, folder.path, hub, options);
  expect(await readFile(path.join(folder.path, 'onnx/model_quantized.onnx'))).toEqual(graph);
});

it('says that there is no such model, or none that runs', async () => {
  await using folder = await temporaryFolder();
  const absent = modelOf('tests/absent') as KnownModel;
  await expect(fetchModel(absent, folder.path, hub, options)).rejects.toMatchObject({ code: 'not-found' });
  const other = { ...model, precision: 'q4' } as const;
  await expect(fetchModel(other, folder.path, hub, options)).rejects.toMatchObject({ code: 'bad-input' });
});

function tree() {
  const sha1 = createHash('sha1').update(`blob ${config.length}\0`).update(config).digest('hex');
  const sha256 = createHash('sha256').update(graph).digest('hex');
  return [
    { type: 'directory', path: 'onnx', size: 0, oid: '0' },
    { type: 'file', path: 'README.md', size: 12, oid: '1' },
    { type: 'file', path: 'config.json', size: config.length, oid: sha1 },
    {
      type: 'file',
      path: 'onnx/model_quantized.onnx',
      size: graph.length,
      oid: '2',
      lfs: { oid: sha256, size: graph.length },
    },
  ];
}
