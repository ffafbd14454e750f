// JSON-RPC over a webview's postMessage: what jsonrpc reads from and writes to, and the little that it wants of its runtime.
// Knows no method, and nothing of vscode.

import { AbstractMessageReader, AbstractMessageWriter, type DataCallback, type Message, RAL } from 'vscode-jsonrpc';
import type { Disposable } from '../shared/disposable.ts';

/** A webview's postMessage and onDidReceiveMessage. */
export interface WebviewPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

export interface ConnectionLog {
  warn(message: string): void;
  error(message: string): void;
}

/** Takes requests and notifications; the host asks a webview nothing, so an answer is refused like any other thing. */
export class PortReader extends AbstractMessageReader {
  private readonly port: WebviewPort;
  private readonly log: ConnectionLog;
  private listening: Disposable | undefined;

  constructor(port: WebviewPort, log: ConnectionLog) {
    super();
    this.port = port;
    this.log = log;
  }

  listen(callback: DataCallback): Disposable {
    this.listening = this.port.onMessage((message) => {
      if (isCall(message)) {
        callback(message);
      } else {
        this.log.warn(`Refused a message from a webview: not a JSON-RPC call (${typeof message}).`);
      }
    });
    return this.listening;
  }

  override dispose(): void {
    this.listening?.dispose();
    super.dispose();
  }
}

/** Posts to the page until it is closed. */
export class PortWriter extends AbstractMessageWriter {
  closed = false;
  private readonly port: WebviewPort;

  constructor(port: WebviewPort) {
    super();
    this.port = port;
  }

  async write(message: Message): Promise<void> {
    if (!this.closed) {
      this.port.post(message);
    }
  }

  end(): void {}
}

function isCall(message: unknown): message is Message {
  if (message === null || typeof message !== 'object') {
    return false;
  }
  const { jsonrpc, method, id, params } = message as Record<string, unknown>;
  const idFits = id === undefined || typeof id === 'string' || typeof id === 'number';
  const paramsFit = params === undefined || (params !== null && typeof params === 'object');
  // jsonrpc reads the id out of a cancellation before it looks at its shape.
  const cancelFits = method !== '$/cancelRequest' || (params as { id?: unknown } | undefined)?.id !== undefined;
  return jsonrpc === '2.0' && typeof method === 'string' && idFits && paramsFit && cancelFits;
}

/**
 * jsonrpc's common part wants timers from its runtime. `vscode-jsonrpc/node` brings a whole one; where that was not
 * loaded (yet, or a browser runs this) a connection with a reader and a writer of its own needs no more than this.
 */
export function installRuntime(): void {
  try {
    RAL();
  } catch {
    const after = (milliseconds: number, callback: (...args: unknown[]) => void, args: unknown[]) => {
      const handle = setTimeout(() => callback(...args), milliseconds);
      return { dispose: () => clearTimeout(handle) };
    };
    const runtime: Pick<RAL, 'timer' | 'console'> = {
      timer: {
        setImmediate: (callback, ...args) => after(0, callback, args),
        setTimeout: (callback, milliseconds, ...args) => after(milliseconds, callback, args),
        setInterval: () => {
          throw new Error('This runtime has no interval timer.');
        },
      },
      console: { info: () => {}, log: () => {}, warn: () => {}, error: () => {} },
    };
    RAL.install(runtime as RAL);
  }
}
