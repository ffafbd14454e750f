// Large answers are moved between threads, not copied.

import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { encodeText } from '../../../src/shared/messages.ts';
import { handOver, TransferringWriter } from '../../../src/worker/transferringWriter.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { served } from './served.ts';

it('leaves the buffers that were handed over empty on the sending side', async () => {
  const { port1, port2 } = new MessageChannel();
  const writer = new TransferringWriter(port1);
  const received = new Promise<{ result: { moved: ArrayBuffer; copied: ArrayBuffer } }>((resolve) => {
    port2.once('message', resolve);
  });
  const result = { moved: new Uint8Array([1, 2, 3]).buffer, copied: new Uint8Array([4, 5]).buffer };
  handOver(result, [result.moved, result.moved]);
  await writer.write({ jsonrpc: '2.0', id: 1, result } as never);
  expect(result.moved.byteLength).toBe(0);
  expect(result.copied.byteLength).toBe(2);
  const message = await received;
  expect([...new Uint8Array(message.result.moved)]).toEqual([1, 2, 3]);
  expect([...new Uint8Array(message.result.copied)]).toEqual([4, 5]);
  port1.close();
});

it('moves each of the buffers of an encoded text', async () => {
  await using folder = await temporaryFolder();
  await buildVocabularies(folder.path);
  const worker = served({ loadVocabulary: vocabularyFolder(folder.path) });
  const encoded = await worker.request(encodeText, { encoding: 'r50k_base', text: 'hello world' });
  expect([...new Uint32Array(encoded.ids)]).toEqual([31373, 995]);
  expect(worker.moved).toEqual([6]);
  worker.close();
});
