// Checks an answer: tries inputs from small to large, and names the first fault by matching it with the typical wrong
// answers. Their code is run on the same inputs: where one of them gives what the learner's gives, that is the fault.

import { type Random, seededRandom } from '../../shared/environment.ts';
import type { CaseName, Diagnosis, PartReport } from '../../shared/exercise.ts';
import { Todo } from '../api/todo.ts';
import { type Attempt, attempt } from './attempt.ts';
import { compare, DEFAULT_TOLERANCE, type Difference, type Tolerance } from './compare.ts';
import type { Answer, ExerciseCheck, Inputs } from './exerciseCheck.ts';
import { show, weightOf } from './show.ts';

/** Everything that a check is made of. */
export interface CheckSubject {
  readonly check: ExerciseCheck;
  /** What it must export; the first is what is called. */
  readonly exports: readonly string[];
  readonly answer: Answer;
  readonly solution: Answer;
  /** By name, as in {@link ExerciseCheck.mutants}. */
  readonly mutants: Readonly<Record<string, Answer>>;
  readonly seed: number;
  /** Told before each run of the learner's code, so that one that never comes back is known by its input. */
  readonly before?: (name: CaseName, inputs: Inputs) => Promise<void> | void;
}

export interface Verdict {
  readonly diagnosis?: Diagnosis;
  readonly parts: readonly PartReport[];
  /** How many inputs were tried. */
  readonly cases: number;
  /** What the learner's code threw, for its stack. */
  readonly thrown?: unknown;
}

/** Sizes and draws of each that are tried. */
const SIZES = [1, 2, 3, 4, 5, 6] as const;
const DRAWS = 5;
/** Draws that are tried to tell two typical wrong answers apart. */
const SEPARATING_DRAWS = 60;

interface Case {
  readonly name: CaseName;
  /** The same inputs each time, made anew. */
  readonly inputs: () => Inputs;
}

/** A case on which the learner's answer and the right one differ. */
interface Failure {
  readonly case: Case;
  readonly mine: Attempt;
  readonly right: Attempt;
  readonly difference?: Difference;
}

/** Never throws for what an answer does. */
export async function runCheck(subject: CheckSubject): Promise<Verdict> {
  const { check, answer, exports } = subject;
  const missing = exports.find((name) => typeof answer[name] !== 'function');
  if (missing !== undefined) {
    return { diagnosis: missingExport(missing, answer), parts: [], cases: 0 };
  }
  const tried: { readonly case: Case; readonly mine: Attempt }[] = [];
  const failures: Failure[] = [];
  let changed: Failure | undefined;
  for (const candidate of casesOf(check, subject.seed)) {
    const inputs = candidate.inputs();
    await subject.before?.(candidate.name, inputs);
    const mine = await attempt(check, exports[0] as string, answer, inputs);
    const right = await attempt(check, exports[0] as string, subject.solution, candidate.inputs());
    tried.push({ case: candidate, mine });
    const failure = failureOf(check, candidate, mine, right);
    if (failure !== undefined) {
      failures.push(failure);
    } else if (!check.changesInputs && compare(candidate.inputs(), mine.inputs) !== undefined) {
      changed ??= { case: candidate, mine, right };
    }
  }
  const parts = await partsOf(subject);
  const cases = tried.length;
  if (failures.length > 0) {
    const smallest = failures.reduce((a, b) => (weightOf(b.case.inputs()) < weightOf(a.case.inputs()) ? b : a));
    const diagnosis = await diagnose(subject, failures, smallest, tried);
    return { diagnosis, parts, cases, ...('thrown' in smallest.mine && { thrown: smallest.mine.thrown }) };
  }
  return { parts, cases, ...(changed !== undefined && { diagnosis: changedInput(check, changed) }) };
}

function casesOf(check: ExerciseCheck, seed: number): Case[] {
  const planted = (check.planted ?? []).map(({ inputs }, i): Case => ({ name: { planted: i }, inputs }));
  const drawn = SIZES.flatMap((size) => Array.from({ length: DRAWS }, (_, i) => drawnCase(check, size, seed + i)));
  return [...drawn, ...planted];
}

function drawnCase(check: ExerciseCheck, size: number, seed: number): Case {
  return { name: { size, seed }, inputs: () => check.draw(randomOf(size, seed), size) };
}

/** The draws of a case: the same each time, and unlike those of other sizes and seeds. */
function randomOf(size: number, seed: number): Random {
  return seededRandom(Math.imul(seed, 0x9e3779b1) ^ (size << 24));
}

/** The inputs of a case, made again. */
export function inputsOf(check: ExerciseCheck, name: CaseName): Inputs {
  return 'planted' in name
    ? (check.planted?.[name.planted]?.inputs() ?? [])
    : drawnCase(check, name.size, name.seed).inputs();
}

function toleranceOf(check: ExerciseCheck): Tolerance {
  return { ...DEFAULT_TOLERANCE, ...check.tolerance };
}

function failureOf(check: ExerciseCheck, tried: Case, mine: Attempt, right: Attempt): Failure | undefined {
  if ('thrown' in right) {
    // The right answer refuses this input: so must the learner's.
    return 'thrown' in mine ? undefined : { case: tried, mine, right };
  }
  if ('thrown' in mine) {
    return { case: tried, mine, right };
  }
  const difference = compare(right.result, mine.result, toleranceOf(check));
  return difference === undefined ? undefined : { case: tried, mine, right, difference };
}

function sameOutcome(check: ExerciseCheck, one: Attempt, other: Attempt): boolean {
  if ('thrown' in one || 'thrown' in other) {
    return 'thrown' in one && 'thrown' in other;
  }
  return compare(one.result, other.result, toleranceOf(check)) === undefined;
}

/** The one fault that the learner is told. */
async function diagnose(
  subject: CheckSubject,
  failures: readonly Failure[],
  smallest: Failure,
  tried: readonly { readonly case: Case; readonly mine: Attempt }[],
): Promise<Diagnosis> {
  const { check } = subject;
  const facts = factsOf(check, smallest);
  if ('thrown' in smallest.mine && smallest.mine.thrown instanceof Todo) {
    return { kind: 'untouched', message: `Not written yet. ${smallest.mine.thrown.message}` };
  }
  const mutant = await matching(subject, tried);
  if (mutant !== undefined) {
    return { kind: 'mutant', mutant, message: check.mutants[mutant] as string, ...facts };
  }
  if ('thrown' in smallest.mine) {
    return { kind: 'threw', message: `Your code stopped with an error: ${messageOf(smallest.mine.thrown)}`, ...facts };
  }
  if (smallest.difference === undefined) {
    return { kind: 'value', message: 'This input should be refused with an error, and your code took it.', ...facts };
  }
  const { kind } = smallest.difference;
  if (kind === 'shape') {
    return { kind, message: shapeSentence(smallest.difference), ...facts };
  }
  if (kind === 'not-finite') {
    return { kind, message: `There is ${show(smallest.difference.actual)} where a number should be.`, ...facts };
  }
  for (const { holds, otherwise } of check.invariants ?? []) {
    const broken = failures.find(
      ({ case: { inputs }, mine }) => 'result' in mine && !safely(() => holds(mine.result, inputs())),
    );
    if (broken !== undefined) {
      return { kind: 'invariant', message: otherwise, ...factsOf(check, broken) };
    }
  }
  return { kind, message: valueSentence(smallest.difference), ...facts };
}

/** The typical wrong answer that gives, on every input tried, what the learner's gives. */
async function matching(
  subject: CheckSubject,
  tried: readonly { readonly case: Case; readonly mine: Attempt }[],
): Promise<string | undefined> {
  const { check, exports, answer } = subject;
  const first = exports[0] as string;
  const agrees = async (name: string, { inputs }: Case, mine: Attempt) =>
    sameOutcome(check, await attempt(check, first, subject.mutants[name] as Answer, inputs()), mine);
  let names: string[] = [];
  for (const name of Object.keys(check.mutants)) {
    let all = true;
    for (const { case: candidate, mine } of tried) {
      if (!(await agrees(name, candidate, mine))) {
        all = false;
        break;
      }
    }
    if (all) {
      names.push(name);
    }
  }
  for (let draw = 0; names.length > 1 && draw < SEPARATING_DRAWS; draw++) {
    const candidate = drawnCase(check, 1 + (draw % SIZES.length), subject.seed + DRAWS + draw);
    const mine = await attempt(check, first, answer, candidate.inputs());
    const left: string[] = [];
    for (const name of names) {
      if (await agrees(name, candidate, mine)) {
        left.push(name);
      }
    }
    names = left.length > 0 ? left : names;
  }
  return names[0];
}

async function partsOf({ check, exports, answer, solution }: CheckSubject): Promise<PartReport[]> {
  const reports: PartReport[] = [];
  for (const { id, title, cases } of check.parts ?? []) {
    let passed = true;
    for (const [i, { inputs }] of cases.entries()) {
      const mine = await attempt(check, exports[0] as string, answer, inputs());
      const right = await attempt(check, exports[0] as string, solution, inputs());
      passed &&= failureOf(check, { name: { planted: i }, inputs }, mine, right) === undefined;
    }
    reports.push({ id, title, passed });
  }
  return reports;
}

function factsOf(check: ExerciseCheck, { case: { name, inputs }, mine, right, difference }: Failure) {
  return {
    input: inputs().map((value, i) => ({ name: check.parameters[i] ?? `input ${i + 1}`, text: show(value, 600) })),
    expected: 'thrown' in right ? 'an error' : show(right.result, 600),
    actual: 'thrown' in mine ? `an error: ${messageOf(mine.thrown)}` : show(mine.result, 600),
    ...(difference !== undefined && difference.at !== '' && { at: difference.at }),
    caseName: name,
  };
}

function changedInput(check: ExerciseCheck, failure: Failure): Diagnosis {
  return {
    kind: 'changed-input',
    message:
      'The result is right, but your code changed what it was given. Whoever called it still needs it: work on a copy.',
    ...factsOf(check, failure),
  };
}

function missingExport(name: string, answer: Answer): Diagnosis {
  const near = Object.keys(answer);
  const there = near.length === 0 ? 'It exports nothing.' : `It exports ${near.join(', ')}.`;
  const what = name in answer ? `"${name}" is no function` : `The file doesn't export "${name}"`;
  return {
    kind: 'missing',
    message: `${what}. ${there} Keep the name that the exercise gives, with "export" before it.`,
  };
}

function shapeSentence({ at, expected, actual }: Difference): string {
  const where = at === '' ? 'The result' : `At ${at}, the result`;
  return `${where} is ${sizeWords(actual)}, and should be ${sizeWords(expected)}.`;
}

function sizeWords(value: unknown): string {
  if (value === undefined) {
    return 'nothing (undefined)';
  }
  if (value !== null && typeof value === 'object' && 'shape' in value && Array.isArray(value.shape)) {
    return `a tensor of shape (${value.shape.join(', ')})`;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const { length } = value as ArrayLike<unknown>;
    return `a list of ${length}`;
  }
  return value === null
    ? 'null'
    : typeof value === 'object'
      ? show(value, 80)
      : `${typeof value === 'string' ? 'the text' : `the ${typeof value}`} ${show(value, 80)}`;
}

function valueSentence({ at, expected, actual }: Difference): string {
  return `${at === '' ? 'The result' : `The result at ${at}`} is ${show(actual, 120)}, and should be ${show(expected, 120)}.`;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : show(thrown, 200);
}

function safely(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
