// The runner's methods: checking an answer, running a text. One request at a time; whoever asks watches the clock.

import type { MessageConnection } from 'vscode-jsonrpc';
import { Engine } from '../engine/engine.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Clock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { CaseName, CheckReport, CodePlace, Diagnosis } from '../shared/exercise.ts';
import type { checkAnswer, RunReport, runCode, TracedAnswer, traceAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import * as checkModule from './api/check.ts';
import * as courseModule from './api/course.ts';
import { useEngine } from './api/session.ts';
import { callAnswer } from './check/attempt.ts';
import type { Answer, ExerciseCheck, Inputs } from './check/exerciseCheck.ts';
import { inputsOf, runCheck } from './check/runCheck.ts';
import { show } from './check/show.ts';
import { LoadFault, loadModule } from './courseModules.ts';
import { learnerFrames } from './learnerFrames.ts';
import { Output } from './output.ts';
import { firstDifference } from './trace/firstDifference.ts';
import { RunRecording, traceRun } from './trace/traceRun.ts';

export interface RunnerEnvironment {
  readonly clock: Clock;
  readonly kernels: () => Promise<Kernels>;
  /** Tells which input is tried now, before it is: the last word of a run that doesn't come back. */
  readonly trying: (name: CaseName, inputs: readonly string[]) => Promise<void>;
}

type Files = Readonly<Record<string, string>>;

const LEARNERS = { 'inside-llms': courseModule };
const CHECKS = { ...LEARNERS, 'inside-llms/check': checkModule };

export function answerCheck(environment: RunnerEnvironment) {
  return async (params: z.infer<typeof checkAnswer.params>): Promise<CheckReport> => {
    const { exercise, entry, exports, files, mutants, seed } = params;
    const learners = withoutOurs(files);
    const output = new Output();
    const begun = environment.clock.elapsed();
    const report = (rest: Pick<CheckReport, 'parts' | 'cases'> & { readonly diagnosis?: Diagnosis }): CheckReport => ({
      exercise,
      passed: rest.diagnosis === undefined,
      ...rest,
      output: output.lines,
      milliseconds: environment.clock.elapsed() - begun,
    });
    useEngine(new Engine(await environment.kernels()));
    const check = await checkOf(params.check, files);
    checkNames(exercise, Object.keys(check.mutants), Object.keys(mutants));
    const solution = await loadModule(params.solution, files, LEARNERS);
    const wrong: Record<string, Answer> = {};
    for (const [name, file] of Object.entries(mutants)) {
      wrong[name] = await loadModule(file, files, LEARNERS);
    }
    const answer = await withConsole(output, () => loadAnswer(entry, learners));
    if ('diagnosis' in answer) {
      return report({ diagnosis: answer.diagnosis, parts: [], cases: 0 });
    }
    const before = (name: CaseName, inputs: Inputs) =>
      environment.trying(
        name,
        inputs.map((input) => show(input, 300)),
      );
    const { thrown, diagnosis, ...verdict } = await withConsole(output, () =>
      runCheck({ check, exports, answer: answer.module, solution, mutants: wrong, seed, before }),
    );
    const stack = learnerFrames(thrown, learners);
    return report({
      ...verdict,
      ...(diagnosis !== undefined && { diagnosis: { ...diagnosis, ...placed(stack) } }),
    });
  };
}

/** Runs the learner's answer and the right one on one input, each recorded. */
export function answerTrace(environment: RunnerEnvironment) {
  return async (params: z.infer<typeof traceAnswer.params>): Promise<TracedAnswer> => {
    const { exercise, entry, exports, files, caseName } = params;
    const output = new Output();
    const kernels = await environment.kernels();
    useEngine(new Engine(kernels));
    const check = await checkOf(params.check, files);
    const solution = await loadModule(params.solution, files, LEARNERS);
    const answer = await withConsole(output, () => loadAnswer(entry, withoutOurs(files)));
    const inputs = () => inputsOf(check, caseName ?? { size: 2, seed: params.seed });
    const call = (module: Answer) => () => callAnswer(check, exports[0] as string, module, inputs());
    const named = { parameters: check.parameters, inputs };
    const reference = traceRun(`${exercise}, the reference`, call(solution), kernels, named);
    if ('diagnosis' in answer) {
      return { mine: reference, reference, output: output.lines, diagnosis: answer.diagnosis };
    }
    const mine = await withConsole(output, async () =>
      traceRun(`${exercise}, yours`, call(answer.module), kernels, named),
    );
    const difference = firstDifference(mine, reference);
    return { mine, reference, output: output.lines, ...(difference !== undefined && { difference }) };
  };
}

/** Runs a text, recorded: what it prints, what it watches, what the engine does. */
export function answerRun(environment: RunnerEnvironment) {
  return async ({ entry, files }: z.infer<typeof runCode.params>): Promise<RunReport> => {
    const output = new Output();
    const begun = environment.clock.elapsed();
    const recording = new RunRecording(entry, await environment.kernels());
    const answer = await withConsole(output, () => recording.during(() => loadAnswer(entry, files)));
    const trace = recording.end();
    return {
      output: output.lines,
      ...('diagnosis' in answer && { diagnosis: answer.diagnosis }),
      ...(trace.frames.length > 0 && { trace }),
      milliseconds: environment.clock.elapsed() - begun,
    };
  };
}

async function checkOf(file: string, files: Files): Promise<ExerciseCheck> {
  const { check } = await loadModule(file, files, CHECKS);
  return check as ExerciseCheck;
}

/** @throws Fault `internal` where a typical wrong answer has no file, or a file no words. */
function checkNames(exercise: string, told: readonly string[], there: readonly string[]): void {
  const odd = [...told.filter((name) => !there.includes(name)), ...there.filter((name) => !told.includes(name))];
  if (odd.length > 0) {
    throw new Fault(
      'internal',
      `${exercise}: the check and the folder of wrong answers disagree on ${odd.join(', ')}.`,
    );
  }
}

/** What learners' code may import: not the answers. */
function withoutOurs(files: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([file]) => !file.startsWith('course:')));
}

/** Loads the learner's file; what is wrong with it is a diagnosis. */
async function loadAnswer(
  entry: string,
  files: Files,
): Promise<{ readonly module: Answer } | { readonly diagnosis: Diagnosis }> {
  try {
    return { module: await loadModule(entry, files, LEARNERS) };
  } catch (error) {
    if (error instanceof LoadFault) {
      const { kind, message, place } = error;
      return { diagnosis: { kind, message, ...(place !== undefined && { place }) } };
    }
    const words = error instanceof Error ? `${error.name}: ${error.message}` : show(error, 200);
    const message = `Your code stopped with an error as it was loaded: ${words}`;
    return { diagnosis: { kind: 'threw', message, ...placed(learnerFrames(error, files)) } };
  }
}

function placed(stack: readonly CodePlace[]) {
  const [place] = stack;
  return place === undefined ? {} : { place, stack };
}

/** Learners' code prints to `output` while `work` runs. */
async function withConsole<T>(output: Output, work: () => Promise<T>): Promise<T> {
  const before = globalThis.console;
  Object.defineProperty(globalThis, 'console', { value: output.console(), configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'console', { value: before, configurable: true, writable: true });
  }
}

export type Serve = (connection: MessageConnection) => void;
