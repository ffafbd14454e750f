// One run of one answer on one input: what came of it, as something that can be compared.

import { kindOf } from './compare.ts';
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
    return { result: check.compared === undefined ? result : check.compared(result, inputs), inputs };
  } catch (thrown) {
    return { thrown, inputs };
  }
}

/** Runs an answer on an input as the check says, or calls its first export. */
export function callAnswer(check: ExerciseCheck, first: string, answer: Answer, inputs: Inputs): unknown {
  return check.run === undefined
    ? (answer[first] as (...all: Inputs) => unknown)(...inputs)
    : check.run(answer, inputs);
}
