// The typical wrong answers that have done, on every input so far, what the learner's code did.

import { type Attempt, attempt, sameOutcome } from './attempt.ts';
import { type Case, separatingCases } from './cases.ts';
import type { Answer, ExerciseCheck } from './exerciseCheck.ts';

export interface Suspected {
  readonly check: ExerciseCheck;
  readonly exports: readonly string[];
  readonly answer: Answer;
  /** By name, as in {@link ExerciseCheck.mutants}. */
  readonly mutants: Readonly<Record<string, Answer>>;
  readonly seed: number;
}

export class Suspects {
  private readonly subject: Suspected;
  private readonly first: string;
  private names: readonly string[];

  constructor(subject: Suspected) {
    this.subject = subject;
    this.first = subject.exports[0] as string;
    this.names = Object.keys(subject.check.mutants);
  }

  /** Leaves those that do on this input what the learner's code did. Call it before that code runs again. */
  async narrow({ inputs }: Case, mine: Attempt): Promise<void> {
    this.names = await this.agreeing(inputs, mine);
  }

  /** The one that is left; where several are, the one that still agrees on inputs that tell them apart. */
  async one(): Promise<string | undefined> {
    const { check, seed, answer } = this.subject;
    for (const { inputs } of this.names.length > 1 ? separatingCases(check, seed) : []) {
      const mine = await attempt(check, this.first, answer, inputs());
      const left = await this.agreeing(inputs, mine);
      this.names = left.length > 0 ? left : this.names;
      if (this.names.length === 1) {
        break;
      }
    }
    return this.names[0];
  }

  private async agreeing(inputs: Case['inputs'], mine: Attempt): Promise<readonly string[]> {
    const { check, mutants } = this.subject;
    const left: string[] = [];
    for (const name of this.names) {
      const theirs = await attempt(check, this.first, mutants[name] as Answer, inputs());
      if (sameOutcome(check, theirs, mine)) {
        left.push(name);
      }
    }
    return left;
  }
}
