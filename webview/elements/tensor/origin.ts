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
  | 'normalised';

export interface Origin {
  readonly sources: readonly Source[];
  readonly steps: readonly Step[];
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
