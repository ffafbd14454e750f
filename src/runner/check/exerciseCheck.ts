// How an exercise's check is written: which inputs it tries, what must hold of every result, and what its typical wrong
// answers are told. The right answer and the wrong ones are files beside it; they are run, not described.

import type { Random } from '../../shared/environment.ts';
import type { Tolerance } from './compare.ts';

/** A module's exports, the learner's or ours. */
export type Answer = Readonly<Record<string, unknown>>;

/** Inputs to the function, in the order of its parameters. */
export type Inputs = readonly unknown[];

/** An input that chance wouldn't find. */
export interface Planted<I extends Inputs> {
  /** Made anew for each run: what one answer did to its input, the next doesn't see. */
  readonly inputs: () => I;
  /** What it catches, for whoever reads the check. */
  readonly why: string;
}

/** What holds of every right result, whatever the input: asked where no typical wrong answer matches. */
export interface Invariant<I extends Inputs> {
  holds(result: unknown, inputs: I): boolean;
  /** What the learner is told when it doesn't. */
  readonly otherwise: string;
}

/** Something that can be right before the whole is. */
export interface Part<I extends Inputs> {
  readonly id: string;
  readonly title: string;
  readonly cases: readonly Planted<I>[];
}

export interface ExerciseCheck<I extends Inputs = Inputs> {
  /** Names of the inputs, as the exercise's signature has them. */
  readonly parameters: readonly string[];
  /**
   * Draws an input. `size` grows from 1: small inputs first, for the smallest that fails is shown. Sizes within it
   * should be unlike each other, or transposes hide.
   */
  readonly draw: (random: Random, size: number) => I;
  readonly planted?: readonly Planted<I>[];
  /** How an answer is run where it isn't `answer[first export](...inputs)`: a class, two functions in turn. */
  run?(answer: Answer, inputs: I): unknown;
  readonly tolerance?: Partial<Tolerance>;
  /** Of a result that may come in several forms: what is compared. */
  compared?(result: unknown, inputs: I): unknown;
  readonly invariants?: readonly Invariant<I>[];
  readonly parts?: readonly Part<I>[];
  /** By the file's name in mutants/ID/: what a learner is told whose code does just that. */
  readonly mutants: Readonly<Record<string, string>>;
  /** True where the answer is meant to change its inputs. */
  readonly changesInputs?: boolean;
}

/** Keeps the inputs' types through the declaration. */
export function defineCheck<const I extends Inputs>(check: ExerciseCheck<I>): ExerciseCheck<I> {
  return check;
}
