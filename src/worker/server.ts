// Answers the worker's methods on a connection. Checks what comes in by each method's schema, turns every error into
// one whose data survives the way back. How the messages travel is main.ts's business.

import { type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import type { HeldTensors } from '../engine/heldTensors.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { ProgramModels } from '../programs/models.ts';
import type { Program } from '../programs/program.ts';
import { describe, findProgram } from '../programs/registry.ts';
import { type RunEnvironment, runToEnd, SessionRun } from '../programs/run.ts';
import { buffersOf, type Tokenizers } from '../services/tokenizers.ts';
import { Trainings } from '../services/trainings.ts';
import type { CancelSignal, Clock } from '../shared/environment.ts';
import { FAULT_RPC_CODE, Fault } from '../shared/errors.ts';
import {
  countTokens,
  describeProgram,
  encodeText,
  listPrograms,
  listTokenizers,
  type Method,
  nextOfSession,
  openTokenizer,
  type Progress,
  runProgram,
  searchVocabulary,
  sliceTensor,
  startSession,
  stopSession,
  updateSession,
} from '../shared/messages.ts';
import { z } from '../shared/schema.ts';
import type { VocabularyLoader } from '../tokenizers/vocabulary.ts';
import { HeldTraces, slicedFrom } from './heldTraces.ts';
import { Sessions } from './sessions.ts';
import { addTrainingMethods } from './trainingMethods.ts';
import { handOver } from './transferringWriter.ts';

/** What the worker's methods are made of. */
export interface WorkerEnvironment {
  readonly clock: Clock;
  readonly seed: number;
  /** What can be run. */
  readonly programs: readonly Program[];
  readonly loadVocabulary: VocabularyLoader;
  readonly tokenizers: Tokenizers;
  readonly loadKernels: () => Promise<Kernels>;
  readonly models: ProgramModels;
  /** For sessions and traces. */
  readonly newId: () => string;
}

/** How long a pull of a session works, in milliseconds: short enough that the next message is not kept waiting. */
const PULL_MS = 50;
/** Least time between two progress messages, in milliseconds. */
const PROGRESS_MS = 100;

interface Call {
  /** The caller's cancel, seen from inside a busy loop. Its events don't work: it has to be asked. */
  readonly token: { readonly isCancellationRequested: boolean };
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
}

type Answer = (params: unknown, call: Call) => unknown;

/** Serves `connection` until it closes. Call before `listen`. */
export function serve(connection: MessageConnection, environment: WorkerEnvironment): void {
  const answers = methods(environment);
  connection.onRequest(async (name: string, params: unknown, token: Call['token']) => {
    try {
      const entry = answers.get(name);
      if (entry === undefined) {
        throw new Fault('refused', `The worker has no method "${name.slice(0, 80)}".`, { where: name.slice(0, 80) });
      }
      const checked = check(name, entry.params, params);
      const signal: CancelSignal = {
        get cancelled() {
          return token.isCancellationRequested;
        },
      };
      if (signal.cancelled) {
        throw new Fault('cancelled', `${name} was cancelled before it began.`);
      }
      const onProgress = progressSender(connection, environment.clock, (checked as { progress?: string }).progress);
      return await entry.answer(checked, { token, signal, onProgress });
    } catch (error) {
      throw asResponseError(connection, name, error);
    }
  });
}

function methods({ clock, seed, programs, loadVocabulary, tokenizers, loadKernels, models, newId }: WorkerEnvironment) {
  const sessions = new Sessions(newId);
  const traces = new HeldTraces(newId);
  const answers = new Map<string, { readonly params: z.core.$ZodType; readonly answer: Answer }>();
  const on = <P, R>(method: Method<P, R>, answer: (params: P, call: Call) => Promise<R> | R) => {
    answers.set(method.name, { params: method.params, answer: answer as Answer });
  };
  const environment = (signal: CancelSignal): RunEnvironment => ({
    signal,
    seed,
    clock,
    loadVocabulary,
    loadTokenizer: (id) => tokenizers.get(id),
    loadKernels,
    models,
  });

  const find = (id: string) => findProgram(id, programs);

  on(listPrograms, () => programs.map(describe));
  on(describeProgram, ({ program }) => describe(find(program)));
  on(runProgram, async ({ program, params }, { signal, onProgress }) => {
    const hold = (held: HeldTensors) => traces.hold(held);
    return withBuffer(await runToEnd(find(program), params, { ...environment(signal), onProgress, hold }));
  });
  on(sliceTensor, ({ trace, value, slice }) => {
    const sliced = slicedFrom(traces.get(trace), value, slice);
    return handOver(sliced, [sliced.bytes]);
  });
  on(startSession, ({ program, params }) => {
    const found = find(program);
    return { session: sessions.open((signal) => SessionRun.start(found, params, environment(signal))) };
  });
  on(nextOfSession, async ({ session, maxFrames }, { token }) => {
    const { run, signal } = sessions.get(session);
    try {
      const part = await signal.during(token, () => run.next(maxFrames, PULL_MS));
      if (run.held.size > 0) {
        traces.hold(run.held, session);
      }
      return withBuffer(part);
    } catch (error) {
      // A cancelled pull leaves the session where it was; any other fault has ended its program.
      if (!(error instanceof Fault) || error.code !== 'cancelled') {
        sessions.forget(session);
        traces.drop(session);
      }
      throw error;
    }
  });
  on(updateSession, ({ session, params }) => {
    sessions.get(session).run.update(params);
    return null;
  });
  on(stopSession, ({ session }) => {
    sessions.stop(session);
    traces.drop(session);
    return null;
  });
  on(listTokenizers, () => tokenizers.list());
  on(openTokenizer, ({ id, label, file }) => tokenizers.open(id, label, new Uint8Array(file)));
  on(searchVocabulary, ({ encoding, query, from, limit }, { signal }) =>
    tokenizers.search(encoding, query, from, limit, signal),
  );
  on(encodeText, async ({ encoding, text, specialTokens = false }, { signal, onProgress }) => {
    const tell = (done: number) => onProgress({ done, total: text.length, unit: 'characters' });
    const encoded = await tokenizers.encode(encoding, text, { signal, specialTokens, onProgress: tell });
    return handOver(encoded, buffersOf(encoded));
  });
  on(countTokens, async ({ encoding, text, specialTokens = false }, { signal }) => ({
    count: await tokenizers.count(encoding, text, { signal, specialTokens }),
    textBytes: Buffer.byteLength(text),
  }));
  addTrainingMethods(on, new Trainings(clock, newId));
  return answers;
}

/** The numbers of a trace's tensors are moved, not copied. */
function withBuffer<T extends { readonly buffer?: ArrayBuffer }>(result: T): T {
  return result.buffer === undefined ? result : handOver(result, [result.buffer]);
}

function check(name: string, schema: z.core.$ZodType, params: unknown): unknown {
  const checked = z.safeParse(schema, params);
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => `${issue.path.join('.') || 'params'}: ${issue.message}`);
    throw new Fault('refused', `The worker refused "${name}": ${faults.join('; ')}.`, { where: name });
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
