// What is said about how a cell was made: where it comes from and the steps of its arithmetic; and the little that all
// the recipes for it share. Pure.

import type { Attributes, TensorSlice } from '../../../src/shared/trace.ts';

/** An input as far as the page holds it. */
export interface Input {
  readonly shape: readonly number[];
  /** undefined where the page lacks the element. */
  readonly read: (index: readonly number[]) => number | undefined;
}

export interface Question {
  readonly op: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Input[];
  /** Shape of the output, and the cell's index in it. */
  readonly shape: readonly number[];
  readonly index: readonly number[];
  /** What stands in the cell. */
  readonly cell: number;
  /**
   * Of a backward step: which of `inputs` the output is the gradient of. Its inputs are the gradient that came in, what
   * the forward step took in, in order, and what that gave.
   */
  readonly of?: number | undefined;
}

/** Cells of an input that take part. */
export interface Source {
  /** Index into the frame's inputs. */
  readonly input: number;
  readonly cells: TensorSlice;
}

/** What is added up: its value, and the numbers that it is made of as the arithmetic shows them. */
export interface Term {
  readonly value: number;
  /** Numbers and signs: `[2, '×', 3]`. */
  readonly parts: readonly (number | string)[];
}

/** One line of the arithmetic. */
export type Step =
  | { readonly kind: 'sum'; readonly name: StepName; readonly terms: readonly Term[]; readonly value: number }
  | { readonly kind: 'formula'; readonly name: StepName; readonly parts: Term['parts']; readonly value: number };

export type StepName =
  | 'cell'
  | 'total'
  | 'mean'
  | 'largest'
  | 'numerator'
  | 'denominator'
  | 'squares'
  | 'variance'
  | 'normalised'
  | 'inner'
  | 'slope'
  | 'probability'
  | 'pull'
  | 'gradientMean'
  | 'productMean';

export interface Origin {
  readonly sources: readonly Source[];
  readonly steps: readonly Step[];
}

/** True when the arithmetic comes to what stands in the cell, but for what 32 bits round away. */
export function comesTo({ steps }: Origin, cell: number): boolean {
  const value = steps.at(-1)?.value;
  if (value === undefined || !Number.isFinite(value) || !Number.isFinite(cell)) {
    return Object.is(value, cell);
  }
  const numbers = steps.flatMap((step) => [step.value, ...(step.kind === 'sum' ? step.terms.map((t) => t.value) : [])]);
  const largest = numbers.reduce(
    (most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most),
    Math.abs(cell),
  );
  return Math.abs(value - cell) <= 1e-3 * largest;
}

/** Thrown inside a recipe where the page lacks an element; caught by `originOf`. */
export class Missing extends Error {}

export type Recipe = (question: Question) => Origin | undefined;

/** Reads an element. @throws Missing */
export function take({ read }: Input, index: readonly number[]): number {
  const value = read(index);
  if (value === undefined) {
    throw new Missing();
  }
  return value;
}

/** Where an input stands for the output's cell under broadcasting: aligned at the right, axes of size 1 stay at 0. */
export function broadcastIndex(shape: readonly number[], index: readonly number[]): number[] {
  return shape.map((size, axis) => (size === 1 ? 0 : (index[index.length - shape.length + axis] ?? 0)));
}

/** One cell. */
export function oneCell(index: readonly number[]): TensorSlice {
  return { start: index, step: index.map(() => 1), shape: index.map(() => 1) };
}

/** All along some axes, and otherwise at the index. */
export function line(shape: readonly number[], index: readonly number[], axes: readonly number[]): TensorSlice {
  return {
    start: index.map((at, axis) => (axes.includes(axis) ? 0 : at)),
    step: index.map(() => 1),
    shape: shape.map((size, axis) => (axes.includes(axis) ? size : 1)),
  };
}

/** A sum as a step. */
export function sum(name: StepName, terms: readonly Term[]): Step & { kind: 'sum' } {
  return { kind: 'sum', name, terms, value: terms.reduce((total, term) => total + term.value, 0) };
}

/** A formula as a step. */
export function formula(name: StepName, parts: Term['parts'], value: number): Step & { kind: 'formula' } {
  return { kind: 'formula', name, parts, value };
}

/** A sum of terms as the cell; a single term is a formula, and none is zero. */
export function cellOf(terms: readonly Term[]): Step {
  const [only] = terms;
  return terms.length > 1 ? sum('cell', terms) : formula('cell', only?.parts ?? [0], only?.value ?? 0);
}

/** Every index that is the same but along the axes, in row-major order. */
export function* along(
  shape: readonly number[],
  index: readonly number[],
  axes: readonly number[],
): Generator<number[]> {
  const [first, ...rest] = axes;
  if (first === undefined) {
    yield [...index];
    return;
  }
  for (let at = 0; at < (shape[first] as number); at++) {
    yield* along(shape, index.with(first, at), rest);
  }
}

/** The axes that an attribute names; negative ones count from the end; all where it names none. */
export function axesOf(attributes: Attributes, rank: number): number[] {
  const given = attributes.axes ?? attributes.axis;
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const named = typeof given === 'number' ? [given] : Array.isArray(given) ? (given as readonly number[]) : all;
  return named.map((axis) => (axis < 0 ? axis + rank : axis));
}

/** One cell that is taken over as it is. */
export function moved(input: number, from: readonly number[], value: number): Origin {
  return { sources: [{ input, cells: oneCell(from) }], steps: [formula('cell', [value], value)] };
}

/** What a backward step has to work with; undefined where its inputs are not those of one. */
export function backwardOf({ inputs, of, index, shape }: Question) {
  const [dy, ...rest] = inputs;
  const y = rest.at(-1);
  if (dy === undefined || y === undefined || of === undefined || of < 1 || of > rest.length - 1) {
    return undefined;
  }
  /** `which` counts among the forward step's inputs; `at` of one of them is its place in the backward step's. */
  return {
    dy,
    y,
    values: rest.slice(0, -1),
    which: of - 1,
    at: (value: number) => value + 1,
    yAt: rest.length,
    index,
    shape,
  };
}
