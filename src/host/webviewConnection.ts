// The host's end of the line to a webview: JSON-RPC objects over postMessage. Checks every message, answers the
// methods that it has handlers for, relays the allowed ones to the worker. Knows nothing of vscode.

import { createMessageConnection, type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import { CancelSource } from '../shared/cancelSource.ts';
import type { Disposable } from '../shared/disposable.ts';
import { asFault, FAULT_RPC_CODE, Fault } from '../shared/errors.ts';
import {
  type Calls,
  type CancelToken,
  type Method,
  type Notice,
  nextOfSession,
  type Progress,
  relayedMethods,
  startSession,
  stopSession,
  updateSession,
} from '../shared/messages.ts';
import { z } from '../shared/schema.ts';
import { type ConnectionLog, installRuntime, PortReader, PortWriter, type WebviewPort } from './webviewPort.ts';

/** What a handler may use beside the parameters. */
export interface CallContext {
  readonly token: CancelToken;
  /** Reaches the caller if it asked for progress. */
  readonly onProgress: (progress: Progress) => void;
}

export interface Handler {
  readonly method: Method<unknown, unknown>;
  readonly answer: (params: unknown, context: CallContext) => unknown;
}

/** A method with what answers it; `params` have been checked against the method's schema. */
export function handle<Params, Result>(
  method: Method<Params, Result>,
  answer: (params: Params, context: CallContext) => Promise<Result> | Result,
): Handler {
  return { method, answer: (params, context) => answer(params as Params, context) };
}

/** Handlers that hand these methods on to a worker. The progress token stays on this hop: the next one has its own. */
export function relayTo(worker: Calls, methods: readonly Method<unknown, unknown>[]): Handler[] {
  return methods.map((method) => ({
    method,
    answer: (params, { token, onProgress }) => {
      const { progress, ...rest } = params as Record<string, unknown>;
      return worker.request(method, rest, { token, ...(progress !== undefined && { onProgress }) });
    },
  }));
}

export interface WebviewConnection extends Disposable {
  /** Tells the page something. Lost when the page is hidden: a page asks for its data when it starts. */
  notify<Params>(notice: Notice<Params>, params: Params): void;
  /** The page is gone (hidden or reloaded): cancels its calls, ends its sessions, is ready for the next page. */
  pageGone(): void;
}

/** Answers a webview until it is disposed. */
export function connectWebview(options: {
  readonly port: WebviewPort;
  readonly handlers: readonly Handler[];
  readonly worker: Calls;
  readonly log: ConnectionLog;
}): WebviewConnection {
  installRuntime();
  let page: Page | undefined = new Page(options);
  return {
    notify: (notice, params) => page?.notify(notice.name, params),
    pageGone: () => {
      if (page !== undefined) {
        page.dispose();
        page = new Page(options);
      }
    },
    dispose: () => {
      page?.dispose();
      page = undefined;
    },
  };
}

/** One life of a page: its calls and its sessions end with it, and no late answer reaches the page after it. */
class Page implements Disposable {
  private readonly connection: MessageConnection;
  private readonly writer: PortWriter;
  private readonly handlers: ReadonlyMap<string, Handler>;
  private readonly worker: Calls;
  private readonly log: ConnectionLog;
  /** Sessions that this page started, and only these may it use. */
  private readonly sessions = new Set<string>();
  private readonly gone = new CancelSource();

  constructor({ port, handlers, worker, log }: Parameters<typeof connectWebview>[0]) {
    this.worker = worker;
    this.log = log;
    const relays = relayedMethods.map((method) => ({ method, answer: this.relay(method) }));
    this.handlers = new Map([...relays, ...handlers].map((handler) => [handler.method.name, handler]));
    this.writer = new PortWriter(port);
    const reader = new PortReader(port, log);
    const quiet = { error: (text: string) => log.error(text), warn: () => {}, info: () => {}, log: () => {} };
    this.connection = createMessageConnection(reader, this.writer, quiet);
    this.connection.onRequest((name, params, token) => this.answer(name, params, token));
    this.connection.onNotification((name) => log.warn(`Refused a notification from a webview: ${shorten(name)}`));
    this.connection.listen();
  }

  notify(name: string, params: unknown): void {
    // Posting never rejects: PortWriter hands the message over and is done.
    void this.connection.sendNotification(name, params);
  }

  dispose(): void {
    this.writer.closed = true;
    this.gone.cancel();
    this.connection.dispose();
    for (const session of this.sessions) {
      this.stop(session);
    }
    this.sessions.clear();
  }

  /** A session that its worker lost is stopped already: that answer is the wanted one. */
  private stop(session: string): void {
    this.worker.request(stopSession, { session }).catch((error) => {
      const fault = asFault(error);
      if (fault.code !== 'unknown-session' && fault.code !== 'worker-died') {
        this.log.error(`A session could not be stopped: ${fault.full}`);
      }
    });
  }

  private async answer(name: string, params: unknown, token: CancelToken): Promise<unknown> {
    const handler = this.handlers.get(name);
    if (handler === undefined) {
      throw this.refuse(`no method "${shorten(name)}" can be called from here`);
    }
    const checked = z.safeParse(handler.method.params, params);
    if (!checked.success) {
      const faults = checked.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`);
      throw this.refuse(`the parameters of "${name}" don't fit (${faults.join('; ')})`);
    }
    const both = new CancelSource();
    const links = [token, this.gone].map((source) => source.onCancellationRequested(() => both.cancel()));
    if (token.isCancellationRequested) {
      both.cancel();
    }
    const asked = (params as { readonly progress?: string }).progress;
    const onProgress = (value: Progress) => {
      if (asked !== undefined && !this.writer.closed) {
        this.notify('progress', { token: asked, value });
      }
    };
    try {
      return await handler.answer(checked.data, { token: both, onProgress });
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'internal') {
        const stack = (error as { stack?: string } | null)?.stack;
        this.log.error(`"${name}" failed by a mistake of ours: ${stack ?? fault.message}`);
      }
      throw responseError(fault);
    } finally {
      for (const link of links) {
        link.dispose();
      }
    }
  }

  /** Hands a call on to the worker, and keeps account of the page's sessions. */
  private relay(method: Method<unknown, unknown>): Handler['answer'] {
    const [relayed] = relayTo(this.worker, [method]) as [Handler];
    return async (params, context) => {
      const { session } = params as { readonly session?: unknown };
      if (ofSession.has(method.name) && !this.sessions.has(String(session))) {
        throw new Fault('unknown-session', 'This run is over.', { remedy: 'Start it again.' });
      }
      const answer = await relayed.answer(params, context);
      if (method.name === startSession.name) {
        this.own((answer as { readonly session: string }).session);
      } else if (method.name === stopSession.name) {
        this.sessions.delete(String(session));
      }
      return answer;
    };
  }

  private own(session: string): void {
    if (this.gone.isCancellationRequested) {
      this.stop(session);
    } else {
      this.sessions.add(session);
    }
  }

  private refuse(why: string): ResponseError<unknown> {
    this.log.warn(`Refused a message from a webview: ${why}.`);
    return responseError(new Fault('refused', `The message was refused: ${why}.`));
  }
}

const ofSession: ReadonlySet<string> = new Set([nextOfSession.name, updateSession.name, stopSession.name]);

function responseError(fault: Fault): ResponseError<unknown> {
  return new ResponseError(FAULT_RPC_CODE, fault.message, fault.data);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
