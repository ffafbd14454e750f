// One run of one answer on one input: what came of it, and how it compares with what came of another's.

import { compare, DEFAULT_TOLERANCE, type Difference, kindOf } from './compare.ts';
import type { Answer, ExerciseCheck, Inputs } from './exerciseCheck.ts';

/** What a run came to. */
export type Attempt =
  | { readonly result: unknown; readonly inputs: Inputs }
  | { readonly thrown: unknown; readonly inputs: Inputs };

/** @param inputs of this run's own: an answer may spoil them. */
export async function attempt(check: ExerciseCheck, first: string, answer: Answer, inputs: Inputs): Promise<Attempt> {
  try {
    let result = callAnswer(check, first, answer, inputs);
    if (kindOf(result) === 'promise') {
      result = await result;
    }
    return { result: comparedForm(check, result, inputs), inputs };
  } catch (thrown) {
    return { thrown, inputs };
  }
}

/** Runs an answer on an input as the check says, or calls its first export; one that is no function is the result. */
export function callAnswer(check: ExerciseCheck, first: string, answer: Answer, inputs: Inputs): unknown {
  if (check.run !== undefined) {
    return check.run(answer, inputs);
  }
  const exported = answer[first];
  return typeof exported === 'function' ? exported(...inputs) : exported;
}

/** A result that can't be brought into the form that is compared is compared as it is: it is of another type. */
function comparedForm(check: ExerciseCheck, result: unknown, inputs: Inputs): unknown {
  try {
    return check.compared === undefined ? result : check.compared(result, inputs);
  } catch {
    return result;
  }
}

/** The first difference, as {@link compare} finds it; a result that can't even be read differs as a whole. */
export function differenceOf(check: ExerciseCheck, expected: unknown, actual: unknown): Difference | undefined {
  try {
    return compare(expected, actual, { ...DEFAULT_TOLERANCE, ...check.tolerance });
  } catch {
    return { kind: 'shape', at: '', expected, actual };
  }
}

/** True where both did the same: the same result, or an error of the same name. */
export function sameOutcome(check: ExerciseCheck, one: Attempt, other: Attempt): boolean {
  return 'thrown' in one || 'thrown' in other
    ? 'thrown' in one && 'thrown' in other && nameOf(one.thrown) === nameOf(other.thrown)
    : differenceOf(check, one.result, other.result) === undefined;
}

function nameOf(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown.name : typeof thrown;
  } catch {
    return undefined;
  }
}
