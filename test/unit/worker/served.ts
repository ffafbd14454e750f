// The worker's methods in this process, over a real port: for programs that the course doesn't have, and kernels that
// have little memory.

import { MessageChannel } from 'node:worker_threads';
import { createMessageConnection, PortMessageReader, PortMessageWriter } from 'vscode-jsonrpc/node';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import type { Program } from '../../../src/programs/program.ts';
import { programs } from '../../../src/programs/registry.ts';
import { Books } from '../../../src/services/books.ts';
import { tokenizerFolder } from '../../../src/services/tokenizerFolder.ts';
import type { Tokenizers } from '../../../src/services/tokenizers.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import type { Method } from '../../../src/shared/messages.ts';
import type { VocabularyLoader } from '../../../src/tokenizers/vocabulary.ts';
import { serve } from '../../../src/worker/server.ts';
import { TransferringWriter } from '../../../src/worker/transferringWriter.ts';
import { testModels } from '../programs/models.ts';
import { loadTestKernels } from '../programs/run.ts';

export interface Served {
  request<Params, Result>(method: Method<Params, Result>, params: Params): Promise<Result>;
  /** How many buffers each answer moved. */
  readonly moved: readonly number[];
  close(): void;
}

export function served(
  options: {
    readonly programs?: readonly Program[];
    readonly loadKernels?: () => Promise<Kernels>;
    readonly loadVocabulary?: VocabularyLoader;
    readonly tokenizers?: Tokenizers;
    readonly books?: Books;
  } = {},
): Served {
  const { port1, port2 } = new MessageChannel();
  const moved: number[] = [];
  const post = port2.postMessage.bind(port2);
  port2.postMessage = (message, transfer) => {
    moved.push(Array.isArray(transfer) ? transfer.length : 0);
    post(message, transfer as ArrayBuffer[]);
  };
  const far = createMessageConnection(new PortMessageReader(port2), new TransferringWriter(port2));
  let ids = 0;
  const loadVocabulary = options.loadVocabulary ?? (() => Promise.reject(new Error('No vocabulary is needed here.')));
  serve(far, {
    clock: systemClock,
    seed: 1,
    programs: options.programs ?? programs,
    loadVocabulary,
    tokenizers: options.tokenizers ?? tokenizerFolder('.', loadVocabulary),
    loadKernels: options.loadKernels ?? loadTestKernels,
    models: testModels,
    books: options.books ?? new Books('.'),
    newId: () => `id${++ids}`,
  });
  far.listen();
  const near = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  near.listen();
  return {
    request: (method, params) => near.sendRequest(method.name, params),
    moved,
    close: () => {
      near.dispose();
      far.dispose();
      port1.close();
    },
  };
}
