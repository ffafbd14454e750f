// The lesson as the compiler makes it and the webview shows it. Made from lessons/NN-id/lesson.md; no HTML of an
// author's gets in here: `html` is always markdown-it's and KaTeX's own output.

import type { ExerciseSummary } from './exercise.ts';
import type { ParamValues } from './trace.ts';

export const LESSON_SCHEMA = 1;

/** The six sections of every lesson, in this order. A lesson without exercises yet has no `build`. */
export const SECTION_KINDS = ['overview', 'deep-dive', 'implementation', 'build', 'check', 'breaks'] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

/** What the tree needs: the front matter and where it came from. */
export interface LessonSummary {
  readonly id: string;
  /** From the folder's name: 2 for `02-text-to-tokens`. */
  readonly number: number;
  readonly title: string;
  readonly part: string;
  readonly minutes: number;
  readonly needs: readonly string[];
  readonly youWill: readonly string[];
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  /** The goals that make it done, in order. */
  readonly goals: readonly Goal[];
  /** In the order in which they stand. */
  readonly exercises: readonly ExerciseSummary[];
}

/** A lesson file that can't be read: shown as one entry, harms no other. */
export interface BrokenLesson {
  readonly folder: string;
  readonly faults: readonly LessonFault[];
}

export interface LessonFault {
  /** Relative to the lessons folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong and what to do, as a sentence. */
  readonly reason: string;
}

/** What the learner does in a block to have done it. A lesson is done when all its goals are. */
export interface Goal {
  /** The block's id. */
  readonly block: string;
  /** What to do, as an imperative: "Step to the last merge". */
  readonly text: string;
  readonly when: GoalEvent;
}

/**
 * `end`: stepped (or played) to the last frame. `change`: ran it with parameters of their own. `answer`: answered
 * rightly (a wrong answer first is fine). `bet`: placed a bet. `pass`: their code passed the check. `run`: ran code of
 * their own to its end.
 */
export type GoalEvent = 'end' | 'change' | 'answer' | 'bet' | 'pass' | 'run';

export interface Lesson extends LessonSummary {
  readonly schema: typeof LESSON_SCHEMA;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly kind: SectionKind;
  readonly title: string;
  /** Anchor and key of the table of contents. */
  readonly id: string;
  readonly content: readonly Content[];
  /** The `###` headings inside, for the table of contents. */
  readonly headings: readonly { readonly id: string; readonly title: string }[];
}

export type Content = HtmlContent | Block;

/** Prose. Code is coloured by `hljs-*` classes, maths is MathML; links are `href`s that the host opens on request:
 * `https://...`, `lesson:ID`, `source:src/x.ts` or `source:src/x.ts#L12`. Classes beside `hljs-*`: `div.formula` (display
 * maths), `div.table` around a table, `align-left|center|right` on cells, `pre.code`. No style attributes.
 */
export interface HtmlContent {
  readonly type: 'html';
  readonly html: string;
}

export type Block = StepBlock | QuizBlock | TokensBlock | PlotBlock | SourceBlock | ExerciseBlock | RunBlock;

interface BlockBase {
  /** Unique in its lesson; the key for kept state. */
  readonly id: string;
  /** Line of the fence in lesson.md, from 1. */
  readonly line: number;
}

/** A program stepped through. */
export interface StepBlock extends BlockBase {
  readonly type: 'step';
  readonly program: string;
  readonly params: ParamValues;
  /** The parameters that the learner may change, in order. */
  readonly controls: readonly string[];
  readonly caption?: string;
  /** Before a frame whose `op` is `op` shows its outputs, the learner picks a row of its input table `table`. */
  readonly bet?: { readonly op: string; readonly table: string; readonly question: string };
  readonly goal?: Goal;
}

/** A question with choices; every choice says why. */
export interface QuizBlock extends BlockBase {
  readonly type: 'quiz';
  /** HTML from inline markdown, as are the texts below. */
  readonly question: string;
  readonly options: readonly { readonly text: string; readonly right: boolean; readonly why: string }[];
  readonly goal?: Goal;
}

/** A text, editable, with its tokens below it as they change. */
export interface TokensBlock extends BlockBase {
  readonly type: 'tokens';
  /** The tokenizer's id; of several the first. */
  readonly encoding: string;
  /** Two to four tokenizers, the first included, whose tokens stand one under the other. */
  readonly encodings?: readonly string[];
  readonly text: string;
  readonly caption?: string;
  readonly goal?: Goal;
}

/** A question before the answer is drawn; every choice says what became of it. */
export interface PlotBet {
  readonly question: string;
  readonly choices: readonly { readonly text: string; readonly right: boolean; readonly why: string }[];
}

/** A table that a program yields (a session's grows), drawn as lines. */
export interface PlotBlock extends BlockBase {
  readonly type: 'plot';
  readonly program: string;
  readonly params: ParamValues;
  readonly controls: readonly string[];
  /** Name of the output that holds the table. */
  readonly table: string;
  readonly x: string;
  /** Column ids, one line each. */
  readonly y: readonly string[];
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly caption?: string;
  /** Nothing is run before the learner has picked a choice, or passed. */
  readonly bet?: PlotBet;
  readonly goal?: Goal;
}

/** The project's own code, quoted from the file itself. */
export interface SourceBlock extends BlockBase {
  readonly type: 'source';
  /** `src/tokenizers/bpe.ts`. */
  readonly file: string;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Highlighted, by `hljs-*` classes. */
  readonly html: string;
}

/** An exercise: its card, with what may be done about it. */
export interface ExerciseBlock extends BlockBase {
  readonly type: 'exercise';
  readonly exercise: ExerciseSummary;
  /** Absent where it is optional. */
  readonly goal?: Goal;
}

/** Code that the learner may change and run against the engine; what it prints and watches stands below it. */
export interface RunBlock extends BlockBase {
  readonly type: 'run';
  readonly code: string;
  readonly caption?: string;
  readonly goal?: Goal;
}
