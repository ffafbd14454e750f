// What an exercise is to those that show it, and what checking a learner's answer comes to. Everything here survives a
// structured clone.

/** How an exercise asks: write it, mend a broken version, foresee a result, account for a shape. */
export type ExerciseKind = 'write' | 'repair' | 'predict' | 'explain';

/** What the course knows of an exercise without running it: its block in lesson.md. */
export interface ExerciseSummary {
  /** Of all the course's exercises; its files are named by it: `exercises/softmax.ts`. */
  readonly id: string;
  /** The lesson's id. */
  readonly lesson: string;
  readonly title: string;
  readonly minutes: number;
  readonly kind: ExerciseKind;
  /** What the learner's file must export; the first is where it all begins. */
  readonly exports: readonly string[];
  /** Two to four, shown one at a time: each leads a step further. */
  readonly hints: readonly string[];
  /** True where the lesson counts as done without it. */
  readonly optional: boolean;
  /** Exercises whose answers this one is built on: the learner's own where they pass, else the reference's. */
  readonly uses: readonly string[];
}

/** A place in one of the learner's files. */
export interface CodePlace {
  /** As it was sent: relative to the course folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** What went wrong, by kind: the order of the first eight is that in which they are looked for. */
export type DiagnosisKind =
  | 'syntax' // the file is no TypeScript
  | 'import' // it asks for what the course doesn't have
  | 'missing' // it doesn't export what it should
  | 'untouched' // it is the starter still
  | 'threw'
  | 'mutant' // a typical wrong answer: it does exactly what the learner's code does
  | 'shape' // another type or size
  | 'not-finite'
  | 'invariant'
  | 'value'
  | 'changed-input'
  | 'time' // it didn't come back
  | 'memory'
  | 'died'; // its process ended for another reason

/** An input, as people read it. */
export interface ShownInput {
  /** The parameter's name. */
  readonly name: string;
  readonly text: string;
}

/** The first fault that a check found: one, never a list. */
export interface Diagnosis {
  readonly kind: DiagnosisKind;
  /** One or two sentences to the learner, in the lesson's words. */
  readonly message: string;
  /** The name of the typical wrong answer that matched. */
  readonly mutant?: string;
  /** The smallest input on which it shows. */
  readonly input?: readonly ShownInput[];
  readonly expected?: string;
  readonly actual?: string;
  /** Where in the result the first difference is: `[1][2]`. */
  readonly at?: string;
  readonly place?: CodePlace;
  /** The learner's own frames of an error, innermost first. */
  readonly stack?: readonly CodePlace[];
  /** The case, for stepping through it: see {@link CaseName}. */
  readonly caseName?: CaseName;
}

/** By which a case is made again: the planted one of this number, or the one drawn with this size and seed. */
export type CaseName = { readonly planted: number } | { readonly size: number; readonly seed: number };

/** Part of an exercise that can be right by itself: the first five minutes of it. */
export interface PartReport {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
}

/** A line that the learner's code wrote. */
export interface OutputLine {
  readonly stream: 'log' | 'warn' | 'error';
  readonly text: string;
}

/** What checking one exercise came to. */
export interface CheckReport {
  readonly exercise: string;
  readonly passed: boolean;
  readonly diagnosis?: Diagnosis;
  readonly parts: readonly PartReport[];
  /** How many inputs were tried. */
  readonly cases: number;
  /** What it printed, its first lines. */
  readonly output: readonly OutputLine[];
  readonly milliseconds: number;
}
