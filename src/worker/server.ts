// The model worker's methods, but for those on training. What comes in is checked by methods.ts; how the messages travel
// is main.ts's business.

import type { MessageConnection } from 'vscode-jsonrpc';
import type { HeldTensors } from '../engine/heldTensors.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { ProgramModels } from '../programs/models.ts';
import type { Program } from '../programs/program.ts';
import { describe, findProgram } from '../programs/registry.ts';
import { type RunEnvironment, runToEnd, SessionRun } from '../programs/run.ts';
import type { Books } from '../services/books.ts';
import { buffersOf, type Tokenizers } from '../services/tokenizers.ts';
import { Trainings } from '../services/trainings.ts';
import type { CancelSignal, Clock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import {
  countTokens,
  describeProgram,
  encodeText,
  listPrograms,
  listTokenizers,
  nextOfSession,
  openTokenizer,
  runProgram,
  searchVocabulary,
  sliceTensor,
  startSession,
  stopSession,
  updateSession,
} from '../shared/messages.ts';
import type { VocabularyLoader } from '../tokenizers/vocabulary.ts';
import { addBookMethods } from './bookMethods.ts';
import { HeldTraces, slicedFrom } from './heldTraces.ts';
import { type On, serveMethods } from './methods.ts';
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
  readonly books: Books;
  /** For sessions and traces. */
  readonly newId: () => string;
}

/** How long a pull of a session works, in milliseconds: short enough that the next message is not kept waiting. */
const PULL_MS = 50;

/** Serves `connection` until it closes. Call before `listen`. */
export function serve(connection: MessageConnection, environment: WorkerEnvironment): void {
  serveMethods(connection, 'worker', environment.clock, (on) => addMethods(on, environment));
}

function addMethods(
  on: On,
  { clock, seed, programs, loadVocabulary, tokenizers, loadKernels, models, books, newId }: WorkerEnvironment,
): void {
  const sessions = new Sessions(newId);
  const traces = new HeldTraces(newId);
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
  addBookMethods(on, books);
  addTrainingMethods(on, new Trainings(clock, newId));
}

/** The numbers of a trace's tensors are moved, not copied. */
function withBuffer<T extends { readonly buffer?: ArrayBuffer }>(result: T): T {
  return result.buffer === undefined ? result : handOver(result, [result.buffer]);
}
