// A writer for thread ports that moves large buffers instead of copying them. jsonrpc's own copies everything.

import type { MessagePort } from 'node:worker_threads';
import { type Message, PortMessageWriter } from 'vscode-jsonrpc/node';

const handedOver = new WeakMap<object, readonly ArrayBuffer[]>();

/**
 * Says that `buffers`, which are somewhere in `result`, are to be moved when `result` is sent as an answer: they are
 * empty on this side afterwards.
 */
export function handOver<T extends object>(result: T, buffers: readonly ArrayBuffer[]): T {
  handedOver.set(result, buffers);
  return result;
}

export class TransferringWriter extends PortMessageWriter {
  private readonly target: MessagePort;

  constructor(port: MessagePort) {
    super(port);
    this.target = port;
  }

  override async write(message: Message): Promise<void> {
    const { result } = message as { readonly result?: unknown };
    const buffers = typeof result === 'object' && result !== null ? handedOver.get(result) : undefined;
    if (buffers === undefined) {
      return super.write(message);
    }
    this.target.postMessage(message, [...new Set(buffers)]);
  }
}
