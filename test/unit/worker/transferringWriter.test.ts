// Large answers are moved between threads, not copied.

import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createMessageConnection, PortMessageReader, PortMessageWriter } from 'vscode-jsonrpc/node';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { type EncodedText, encodeText } from '../../../src/shared/messages.ts';
import { serve } from '../../../src/worker/server.ts';
import { handOver, TransferringWriter } from '../../../src/worker/transferringWriter.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

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
  const { port1, port2 } = new MessageChannel();
  const moved: number[] = [];
  const post = port2.postMessage.bind(port2);
  port2.postMessage = (message, transfer) => {
    moved.push(Array.isArray(transfer) ? transfer.length : 0);
    post(message, transfer as ArrayBuffer[]);
  };
  const far = createMessageConnection(new PortMessageReader(port2), new TransferringWriter(port2));
  serve(far, {
    clock: systemClock,
    seed: 1,
    loadVocabulary: vocabularyFolder(folder.path),
    newSessionId: () => 'session',
  });
  far.listen();
  const near = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  near.listen();
  const encoded = await near.sendRequest<EncodedText>(encodeText.name, { encoding: 'r50k_base', text: 'hello world' });
  expect([...new Uint32Array(encoded.ids)]).toEqual([31373, 995]);
  expect(moved).toEqual([6]);
  near.dispose();
  far.dispose();
  port1.close();
});
