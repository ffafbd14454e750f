// The line from a worker thread to the host that started it.

import type { MessagePort } from 'node:worker_threads';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  SharedArrayReceiverStrategy,
  SharedArraySenderStrategy,
} from 'vscode-jsonrpc/node';
import { TransferringWriter } from './transferringWriter.ts';

/** Not listening yet. A cancel travels in shared memory: as a message, a busy loop would never see it. */
export function threadConnection(port: MessagePort): MessageConnection {
  return createMessageConnection(new PortMessageReader(port), new TransferringWriter(port), console, {
    cancellationStrategy: { sender: new SharedArraySenderStrategy(), receiver: new SharedArrayReceiverStrategy() },
  });
}
