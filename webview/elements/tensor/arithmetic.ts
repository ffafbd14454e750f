// The arithmetic of a cell as text, written with so many digits that the written terms add up to the written result.
// Pure.

import { withPlaces } from './numberText.ts';
import type { Step, Term } from './origin.ts';

/** One term as it is written. */
export interface WrittenTerm {
  /** `0.5 × 1.25`, or the number itself. */
  readonly text: string;
  /** Its value, as text. */
  readonly value: string;
}

export interface WrittenStep {
  readonly kind: Step['kind'];
  readonly name: Step['name'];
  /** Of a sum: its terms, the first ones where there are very many. */
  readonly terms: readonly WrittenTerm[];
  /** Of a formula: what stands before the equals sign. */
  readonly text: string;
  /** The terms that are not written one by one, and what they come to. */
  readonly rest?: { readonly count: number; readonly value: string };
  /** What 32-bit rounding made of the exact result, where the written digits show it. */
  readonly rounding?: string;
  readonly result: string;
}

/** More terms than this are not written one by one. */
export const MAX_TERMS = 256;
/** Significant digits of a number inside a formula. */
const DIGITS = 6;

/**
 * @param cell what stands in the output, for the last step: 32-bit arithmetic may have come to another last digit.
 */
export function write(steps: readonly Step[], cell: number): WrittenStep[] {
  return steps.map((step, at) => {
    const result = at === steps.length - 1 ? cell : step.value;
    return step.kind === 'sum' ? writeSum(step.name, step.terms, step.value, result) : writeFormula(step, result);
  });
}

function writeFormula(step: Step & { kind: 'formula' }, result: number): WrittenStep {
  const { kind, name, parts, value } = step;
  const text = joined(parts);
  const written = number(result);
  // What a formula gives and what stands there may differ in the last of the digits.
  const same = Object.is(written, number(value)) || !Number.isFinite(value) || !Number.isFinite(result);
  return { kind, name, terms: [], text, ...(!same && { rounding: number(result - value) }), result: written };
}

function writeSum(name: Step['name'], terms: readonly Term[], value: number, result: number): WrittenStep {
  const shown = terms.slice(0, MAX_TERMS);
  const left = terms.slice(MAX_TERMS);
  const rest = left.reduce((total, term) => total + term.value, 0);
  const addends = [...shown.map((term) => term.value), ...(left.length > 0 ? [rest] : [])];
  const finite = Number.isFinite(result) && addends.every(Number.isFinite);
  const { places, guard, rounding } = finite
    ? placesFor(addends, value, result)
    : { places: undefined, guard: 0, rounding: undefined };
  const fixed = (given: number, more: number) =>
    places === undefined ? number(given) : withPlaces(given, places + more);
  return {
    kind: 'sum',
    name,
    terms: shown.map((term) => ({ text: joined(term.parts), value: fixed(term.value, guard) })),
    text: '',
    ...(left.length > 0 && { rest: { count: left.length, value: fixed(rest, guard) } }),
    ...(rounding !== undefined && { rounding: fixed(rounding, guard) }),
    result: fixed(result, 0),
  };
}

/**
 * How many decimal places the result gets, and how many more its terms need for their sum, rounded as the result is, to
 * be the result. Where 32-bit arithmetic differs within those digits, the difference is a term of its own.
 */
function placesFor(addends: readonly number[], value: number, result: number) {
  if (addends.every(Number.isInteger) && Number.isInteger(result) && value === result) {
    return { places: 0, guard: 0, rounding: undefined };
  }
  const largest = addends.reduce((most, addend) => Math.max(most, Math.abs(addend)), Math.abs(result));
  const places = Math.min(12, Math.max(0, 4 - Math.floor(Math.log10(largest || 1))));
  const goal = withPlaces(result, places);
  const adds = (guard: number, list: readonly number[]) =>
    withPlaces(
      list.reduce((total, addend) => total + Number(withPlaces(addend, places + guard)), 0),
      places,
    ) === goal;
  for (let guard = 0; guard <= 4; guard++) {
    if (adds(guard, addends)) {
      return { places, guard, rounding: undefined };
    }
  }
  const rounding = result - value;
  for (let guard = 2; guard <= 6; guard++) {
    if (adds(guard, [...addends, rounding])) {
      return { places, guard, rounding };
    }
  }
  return { places, guard: 6, rounding };
}

/** A number inside a formula. */
export function number(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  return String(Number(value.toPrecision(DIGITS)));
}

/** `(0.5 − -2)`: signs stand apart, brackets close to what they hold. */
function joined(parts: Term['parts']): string {
  return parts
    .map((part) => (typeof part === 'number' ? number(part) : part))
    .join(' ')
    .replace(/([(√^]) /g, '$1')
    .replace(/ (\))/g, '$1');
}
