// What the worker threads share: answering methods on a connection. Checks what comes in by each method's schema, turns
// every error into one whose data survives the way back. How the messages travel is each thread's main.ts's business.

import { type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import type { CancelSignal, Clock } from '../shared/environment.ts';
import { FAULT_RPC_CODE, Fault } from '../shared/errors.ts';
import type { Method, Progress } from '../shared/messages.ts';
import { z } from '../shared/schema.ts';

/** Least time between two progress messages, in milliseconds. */
const PROGRESS_MS = 100;

/** What an answer is given beside its parameters. */
export interface Call {
  /** The caller's cancel, seen from inside a busy loop. Its events don't work: it has to be asked. */
  readonly token: { readonly isCancellationRequested: boolean };
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Has `answer` answer the method. */
export type On = <P, R>(method: Method<P, R>, answer: (params: P, call: Call) => Promise<R> | R) => void;

type Answer = (params: unknown, call: Call) => unknown;

/**
 * Serves what `add` adds on `connection`, until it closes. Call before `listen`.
 *
 * @param who names the thread in errors: `worker`
 */
export function serveMethods(connection: MessageConnection, who: string, clock: Clock, add: (on: On) => void): void {
  const answers = new Map<string, { readonly params: z.core.$ZodType; readonly answer: Answer }>();
  add((method, answer) => {
    answers.set(method.name, { params: method.params, answer: answer as Answer });
  });
  connection.onRequest(async (name: string, params: unknown, token: Call['token']) => {
    try {
      const entry = answers.get(name);
      if (entry === undefined) {
        throw new Fault('refused', `The ${who} has no method "${name.slice(0, 80)}".`, { where: name.slice(0, 80) });
      }
      const checked = check(who, name, entry.params, params);
      const signal: CancelSignal = {
        get cancelled() {
          return token.isCancellationRequested;
        },
      };
      if (signal.cancelled) {
        throw new Fault('cancelled', `${name} was cancelled before it began.`);
      }
      const onProgress = progressSender(connection, clock, (checked as { progress?: string }).progress);
      return await entry.answer(checked, { token, signal, onProgress });
    } catch (error) {
      throw asResponseError(connection, name, error);
    }
  });
}

function check(who: string, name: string, schema: z.core.$ZodType, params: unknown): unknown {
  const checked = z.safeParse(schema, params);
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => `${issue.path.join('.') || 'params'}: ${issue.message}`);
    throw new Fault('refused', `The ${who} refused "${name}": ${faults.join('; ')}.`, { where: name });
  }
  return checked.data;
}

/** Sends progress to the caller that asked for it by a token, and not more often than a person can read. */
function progressSender(connection: MessageConnection, clock: Clock, token: string | undefined) {
  let last = Number.NEGATIVE_INFINITY;
  return (value: Progress) => {
    if (token !== undefined && clock.elapsed() - last >= PROGRESS_MS) {
      last = clock.elapsed();
      // A port takes every message; when it has closed, nobody waits for progress.
      connection.sendNotification('progress', { token, value }).catch(() => {});
    }
  };
}

function asResponseError(connection: MessageConnection, name: string, error: unknown): ResponseError<unknown> {
  if (error instanceof Fault) {
    return new ResponseError(FAULT_RPC_CODE, error.message, error.data);
  }
  if (error instanceof RangeError && /allocation failed/i.test(error.message)) {
    const fault = new Fault('too-large', `${name} needs more memory than this machine gives.`, {
      remedy: 'Use smaller sizes, or close what else takes memory.',
    });
    return new ResponseError(FAULT_RPC_CODE, fault.message, fault.data);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  connection.sendNotification('log', { level: 'error', text: `${name}: ${text}` }).catch(() => {});
  const fault = new Fault('internal', `${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
    remedy: 'This is a mistake in Inside LLMs: please report it with the log.',
  });
  return new ResponseError(FAULT_RPC_CODE, fault.message, fault.data);
}
