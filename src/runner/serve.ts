// The runner's methods: checking an answer, stepping through one, running a text. One request at a time; whoever asks
// watches the clock.

import { Engine } from '../engine/engine.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Clock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { CaseName, CheckReport, Diagnosis, OutputLine, ShownInput } from '../shared/exercise.ts';
import type { checkAnswer, RunReport, runCode, TracedAnswer, traceAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import * as checkModule from './api/check.ts';
import * as courseModule from './api/course.ts';
import { useEngine } from './api/session.ts';
import { callAnswer } from './check/attempt.ts';
import { inputsOf, shownInputs } from './check/cases.ts';
import type { Answer, ExerciseCheck, Inputs } from './check/exerciseCheck.ts';
import { runCheck } from './check/runCheck.ts';
import { loadModule } from './courseModules.ts';
import { Output, printTo } from './output.ts';
import type { Left, Strays } from './strays.ts';
import { thrownDiagnosis } from './thrown.ts';
import { firstDifference } from './trace/firstDifference.ts';
import { RunRecording, traceRun } from './trace/traceRun.ts';

export interface RunnerEnvironment {
  readonly clock: Clock;
  readonly kernels: () => Promise<Kernels>;
  /** Timers and errors that learners' code leaves behind. */
  readonly strays: Strays;
  /** Tells that learners' code runs from now on: its time begins. */
  readonly begun: () => Promise<void>;
  /** Tells which input is tried now, before it is: the last word of a run that doesn't come back. */
  readonly trying: (name: CaseName, inputs: readonly ShownInput[]) => Promise<void>;
  readonly printed: (line: OutputLine) => void;
}

type ExerciseParams = z.infer<typeof checkAnswer.params>;
type Files = Readonly<Record<string, string>>;

const LEARNERS = { 'inside-llms': courseModule };
const CHECKS = { ...LEARNERS, 'inside-llms/check': checkModule };

export function answerCheck(environment: RunnerEnvironment) {
  return async (params: ExerciseParams): Promise<CheckReport> => {
    const { exercise, exports, seed } = params;
    const begun = environment.clock.elapsed();
    const ours = await oursOf(params, await environment.kernels());
    const files = learnersOf(params);
    const before = (name: CaseName, inputs: Inputs) => environment.trying(name, shownInputs(ours.check, inputs, 300));
    const { result, output, left } = await apart(environment, async () => {
      const answer = await loadAnswer(params.entry, files, params.mine);
      return 'diagnosis' in answer
        ? { ...answer, parts: [], cases: 0 }
        : runCheck({ ...ours, exports, answer: answer.module, seed, files, before });
    });
    const { parts, cases, diagnosis = strayDiagnosis(left, files) } = result;
    return {
      exercise,
      passed: diagnosis === undefined,
      ...(diagnosis !== undefined && { diagnosis }),
      parts,
      cases,
      output,
      milliseconds: environment.clock.elapsed() - begun,
    };
  };
}

/** Runs the learner's answer and the right one on one input, each recorded. */
export function answerTrace(environment: RunnerEnvironment) {
  return async (params: z.infer<typeof traceAnswer.params>): Promise<TracedAnswer> => {
    const { exercise, exports, caseName = { size: 2, seed: params.seed } } = params;
    const kernels = await environment.kernels();
    const { check, solution } = await oursOf(params, kernels);
    const inputs = () => inputsOf(check, caseName);
    const traced = (whose: string, module: Answer) =>
      traceRun(
        `${exercise}, ${whose}`,
        (given) => callAnswer(check, exports[0] as string, module, given),
        kernels,
        check.parameters,
        inputs,
      );
    const reference = await traced('the reference', solution);
    const { result, output } = await apart(environment, async () => {
      const answer = await loadAnswer(params.entry, learnersOf(params), params.mine);
      return 'diagnosis' in answer ? answer : { mine: await traced('yours', answer.module) };
    });
    if ('diagnosis' in result) {
      return { mine: reference, reference, output, diagnosis: result.diagnosis };
    }
    const difference = firstDifference(result.mine, reference);
    return { mine: result.mine, reference, output, ...(difference !== undefined && { difference }) };
  };
}

/** Runs a text, recorded: what it prints, what it watches, what the engine does. */
export function answerRun(environment: RunnerEnvironment) {
  return async ({ entry, files }: z.infer<typeof runCode.params>): Promise<RunReport> => {
    const begun = environment.clock.elapsed();
    const recording = new RunRecording(entry, await environment.kernels());
    const { result, output, left } = await apart(environment, () =>
      recording.during(() => loadAnswer(entry, files, {})),
    );
    const trace = recording.end();
    const diagnosis = 'diagnosis' in result ? result.diagnosis : strayDiagnosis(left, files);
    return {
      output: left.timers === 0 ? output : [...output, { stream: 'warn', text: TIMERS_LEFT }],
      ...(diagnosis !== undefined && { diagnosis }),
      ...(trace.frames.length > 0 && { trace }),
      milliseconds: environment.clock.elapsed() - begun,
    };
  };
}

const TIMERS_LEFT = 'A timer was still waiting when your code ended, and was stopped: await a promise to wait for it.';

/** What the course knows of an exercise, loaded, with an engine to run it on. */
async function oursOf(params: ExerciseParams, kernels: Kernels) {
  const { exercise, files, mine } = params;
  useEngine(new Engine(kernels));
  const { check } = await loadModule(params.check, { files, mine, named: CHECKS });
  const solution = await loadModule(params.solution, { files, mine, named: LEARNERS });
  const mutants: Record<string, Answer> = {};
  for (const [name, file] of Object.entries(params.mutants)) {
    mutants[name] = await loadModule(file, { files, mine, named: LEARNERS });
  }
  checkNames(exercise, Object.keys((check as ExerciseCheck).mutants), Object.keys(mutants));
  return { check: check as ExerciseCheck, solution, mutants };
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
function learnersOf({ files }: ExerciseParams): Files {
  return Object.fromEntries(Object.entries(files).filter(([file]) => !file.startsWith('course:')));
}

/** Loads the learner's file; what is wrong with it is a diagnosis. */
async function loadAnswer(
  entry: string,
  files: Files,
  mine: Readonly<Record<string, string>>,
): Promise<{ readonly module: Answer } | { readonly diagnosis: Diagnosis }> {
  try {
    return { module: await loadModule(entry, { files, mine, named: LEARNERS }) };
  } catch (error) {
    return { diagnosis: thrownDiagnosis(error, files, 'Your code stopped with an error as it was loaded') };
  }
}

/** Runs what runs learners' code: what that prints is caught, and what it leaves behind is ended. */
async function apart<T>({ strays, printed, begun }: RunnerEnvironment, work: () => Promise<T>) {
  const output = new Output(printed);
  printTo(output);
  await begun();
  try {
    const result = await work();
    return { result, output: output.lines, left: await strays.end() };
  } finally {
    printTo(undefined);
  }
}

function strayDiagnosis({ errors }: Left, files: Files): Diagnosis | undefined {
  return errors.length === 0
    ? undefined
    : thrownDiagnosis(errors[0], files, 'An error of your code reached nobody, for want of an await');
}
