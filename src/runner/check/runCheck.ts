// Checks an answer: tries inputs from small to large, and names the first fault by matching it with the typical wrong
// answers. Their code is run on the same inputs: where one of them gives what the learner's gives, that is the fault.

import type { CaseName, Diagnosis, PartReport } from '../../shared/exercise.ts';
import { Todo } from '../api/todo.ts';
import { LoadFault } from '../loadFault.ts';
import { errorWords, placesOf, thrownDiagnosis } from '../thrown.ts';
import { type Attempt, attempt, differenceOf } from './attempt.ts';
import { type Case, casesOf, shownInputs } from './cases.ts';
import { compare, type Difference } from './compare.ts';
import type { Answer, ExerciseCheck, Inputs } from './exerciseCheck.ts';
import { guessSentence, missingSentence, notFiniteSentence, shapeSentence, valueSentence } from './sentences.ts';
import { show, weightOf } from './show.ts';
import { type Suspected, Suspects } from './suspects.ts';

/** Everything that a check is made of. */
export interface CheckSubject extends Suspected {
  readonly solution: Answer;
  /** The learner's texts, by the names that an error's stack has. */
  readonly files: Readonly<Record<string, string>>;
  /** Told before each run of the learner's code, so that one that never comes back is known by its input. */
  readonly before?: (name: CaseName, inputs: Inputs) => Promise<void> | void;
}

export interface Verdict {
  readonly diagnosis?: Diagnosis;
  readonly parts: readonly PartReport[];
  /** How many inputs were tried. */
  readonly cases: number;
}

/** A case on which the learner's answer and the right one differ. */
interface Failure {
  readonly mine: Attempt;
  readonly difference?: Difference;
  /** How much there is to read in its inputs. */
  readonly weight: number;
  /** Shown at once: the learner's code may change its result when it runs again. */
  readonly facts: Pick<Diagnosis, 'input' | 'expected' | 'actual' | 'at' | 'place' | 'stack' | 'caseName'>;
}

/** Never throws for what an answer does. */
export async function runCheck(subject: CheckSubject): Promise<Verdict> {
  const { check, answer, solution, exports, seed } = subject;
  const missing = exports.find((name) => !isThere(answer, solution, name));
  if (missing !== undefined) {
    const message = missingSentence(missing, answer, solution[missing]);
    return { diagnosis: { kind: 'missing', message }, parts: [], cases: 0 };
  }
  const first = exports[0] as string;
  const suspects = new Suspects(subject);
  const broken = new BrokenInvariants(check);
  let smallest: Failure | undefined;
  let changed: Failure | undefined;
  const cases = casesOf(check, seed);
  for (const candidate of cases) {
    const inputs = candidate.inputs();
    await subject.before?.(candidate.name, inputs);
    const mine = await attempt(check, first, answer, inputs);
    if ('thrown' in mine && (mine.thrown instanceof Todo || mine.thrown instanceof LoadFault)) {
      // Where a part of it is written, the part counts.
      return { diagnosis: thrownDiagnosis(mine.thrown, subject.files), parts: await partsOf(subject), cases: 1 };
    }
    await suspects.narrow(candidate, mine);
    const right = await attempt(check, first, solution, candidate.inputs());
    const fault = faultOf(check, mine, right);
    if (fault !== undefined) {
      const failure = failureOf(subject, candidate, mine, right, fault);
      broken.look(failure, candidate);
      smallest = smallest === undefined || failure.weight < smallest.weight ? failure : smallest;
    } else if (!check.changesInputs && !safely(() => compare(candidate.inputs(), mine.inputs) === undefined)) {
      changed ??= failureOf(subject, candidate, mine, right, {});
    }
  }
  const parts = await partsOf(subject);
  const diagnosis =
    smallest !== undefined
      ? await diagnose(subject, smallest, suspects, broken)
      : changed === undefined
        ? undefined
        : { kind: 'changed-input' as const, message: CHANGED, ...changed.facts };
  return { parts, cases: cases.length, ...(diagnosis !== undefined && { diagnosis }) };
}

const CHANGED =
  'The result is right, but your code changed what it was given. Whoever called it still needs it: work on a copy.';

/** A function where the right answer has one; any value where it has a value. */
function isThere(answer: Answer, solution: Answer, name: string): boolean {
  return typeof solution[name] === 'function' ? typeof answer[name] === 'function' : answer[name] !== undefined;
}

type OneFault = Pick<Failure, 'difference'>;

function faultOf(check: ExerciseCheck, mine: Attempt, right: Attempt): OneFault | undefined {
  if ('thrown' in right) {
    // The right answer refuses this input: so must the learner's.
    return 'thrown' in mine ? undefined : {};
  }
  if ('thrown' in mine) {
    return {};
  }
  const difference = differenceOf(check, right.result, mine.result);
  return difference && { difference };
}

function failureOf(
  { check, exports, solution, files }: CheckSubject,
  { name, inputs }: Case,
  mine: Attempt,
  right: Attempt,
  { difference }: OneFault,
): Failure {
  const foreseen = typeof solution[exports[0] as string] !== 'function';
  return {
    mine,
    ...(difference !== undefined && { difference }),
    weight: weightOf(inputs()),
    facts: {
      ...(!foreseen && {
        input: shownInputs(check, inputs(), 600),
        expected: 'thrown' in right ? 'an error' : show(right.result, 600),
      }),
      actual: 'thrown' in mine ? `an error: ${errorWords(mine.thrown)}` : show(mine.result, 600),
      ...(difference !== undefined && difference.at !== '' && { at: difference.at }),
      ...('thrown' in mine && placesOf(mine.thrown, files)),
      caseName: name,
    },
  };
}

/** The first failure that broke each of the check's invariants. */
class BrokenInvariants {
  private readonly check: ExerciseCheck;
  private readonly failures: (Failure | undefined)[];

  constructor(check: ExerciseCheck) {
    this.check = check;
    this.failures = (check.invariants ?? []).map(() => undefined);
  }

  look(failure: Failure, { inputs }: Case): void {
    for (const [i, { holds }] of (this.check.invariants ?? []).entries()) {
      if (this.failures[i] === undefined && 'result' in failure.mine) {
        const { result } = failure.mine;
        this.failures[i] = safely(() => holds(result, inputs())) ? undefined : failure;
      }
    }
  }

  /** In the check's order. */
  get first(): Diagnosis | undefined {
    for (const [i, { otherwise }] of (this.check.invariants ?? []).entries()) {
      const failure = this.failures[i];
      if (failure !== undefined) {
        return { kind: 'invariant', message: otherwise, ...failure.facts };
      }
    }
    return undefined;
  }
}

/** The one fault that the learner is told. */
async function diagnose(
  { check, exports, solution, files }: CheckSubject,
  { mine, difference, facts }: Failure,
  suspects: Suspects,
  broken: BrokenInvariants,
): Promise<Diagnosis> {
  const mutant = await suspects.one();
  if (mutant !== undefined) {
    return { kind: 'mutant', mutant, message: check.mutants[mutant] as string, ...facts };
  }
  if ('thrown' in mine) {
    return { ...thrownDiagnosis(mine.thrown, files), ...facts };
  }
  if (difference === undefined) {
    return { kind: 'value', message: 'This input should be refused with an error, and your code took it.', ...facts };
  }
  const { kind } = difference;
  const first = exports[0] as string;
  if (typeof solution[first] !== 'function') {
    return { kind, message: guessSentence(first, mine.result), ...facts };
  }
  if (kind === 'shape') {
    return { kind, message: shapeSentence(difference), ...facts };
  }
  if (kind === 'not-finite') {
    return { kind, message: notFiniteSentence(difference), ...facts };
  }
  return broken.first ?? { kind, message: valueSentence(difference), ...facts };
}

async function partsOf({ check, exports, answer, solution }: CheckSubject): Promise<PartReport[]> {
  const first = exports[0] as string;
  const reports: PartReport[] = [];
  for (const { id, title, cases } of check.parts ?? []) {
    let passed = true;
    for (const { inputs } of cases) {
      const mine = await attempt(check, first, answer, inputs());
      const right = await attempt(check, first, solution, inputs());
      passed &&= faultOf(check, mine, right) === undefined;
    }
    reports.push({ id, title, passed });
  }
  return reports;
}

function safely(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
