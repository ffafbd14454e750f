// The webview's end of the connection to the host: JSON-RPC objects over postMessage. It knows no method by name.

import {
  AbstractMessageReader,
  AbstractMessageWriter,
  CancellationTokenSource,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-jsonrpc/browser';
import { asFault } from '../src/shared/errors.ts';
import type { Calls, CancelToken, Method, Notice, Progress } from '../src/shared/messages.ts';

/** What `acquireVsCodeApi()` gives. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Calls to the host, and through it to the worker; and the host's notifications. */
export interface Host extends Calls {
  onNotice<Params>(notice: Notice<Params>, listener: (params: Params) => void): Disposable;
}

/** Stops a call: hand `source.token` to the request and call `source.cancel()`. */
export function cancelSource(): { readonly token: CancelToken; cancel(): void } {
  return new CancellationTokenSource();
}

class WindowReader extends AbstractMessageReader {
  listen(callback: DataCallback): Disposable {
    const listener = (event: MessageEvent) => {
      // Other scripts of the page may talk to this window as well: only JSON-RPC is ours.
      if ((event.data as { jsonrpc?: unknown } | null)?.jsonrpc === '2.0') {
        callback(event.data as Message);
      }
    };
    window.addEventListener('message', listener);
    return { dispose: () => window.removeEventListener('message', listener) };
  }
}

class HostWriter extends AbstractMessageWriter {
  private readonly api: VsCodeApi;

  constructor(api: VsCodeApi) {
    super();
    this.api = api;
  }

  async write(message: Message): Promise<void> {
    this.api.postMessage(message);
  }

  end(): void {}
}

/** Connects to the host. One connection a page. */
export function connectHost(api: VsCodeApi): Host {
  const connection = createMessageConnection(new WindowReader(), new HostWriter(api));
  const listeners = new Map<string, (progress: Progress) => void>();
  let lastToken = 0;
  connection.onNotification('progress', ({ token, value }: { token: string; value: Progress }) => {
    listeners.get(token)?.(value);
  });
  connection.listen();
  return {
    async request<Params, Result>(
      method: Method<Params, Result>,
      params: Params,
      { token, onProgress }: { token?: CancelToken; onProgress?: (progress: Progress) => void } = {},
    ): Promise<Result> {
      let sent = params;
      let progress: string | undefined;
      if (onProgress !== undefined) {
        lastToken += 1;
        progress = String(lastToken);
        listeners.set(progress, onProgress);
        sent = { ...params, progress };
      }
      try {
        // An undefined token would be sent as a second parameter.
        return token === undefined
          ? await connection.sendRequest<Result>(method.name, sent)
          : await connection.sendRequest<Result>(method.name, sent, token);
      } catch (error) {
        throw asFault(error);
      } finally {
        if (progress !== undefined) {
          listeners.delete(progress);
        }
      }
    },
    onNotice: (notice, listener) => connection.onNotification(notice.name, listener),
  };
}
