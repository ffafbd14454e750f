// Are two results the same? Numbers within a tolerance, everything else exactly: lists, maps, sets, plain objects, texts
// and tensors. Says where the first difference is, and of what kind.

import { Tensor } from '../../engine/tensor.ts';

/** How a result differs from what was expected, at the first place where it does. */
export interface Difference {
  /** `shape`: of another type or size; `not-finite`: NaN or infinite where a number was expected; else `value`. */
  readonly kind: 'shape' | 'not-finite' | 'value';
  /** `[1][2]`, `.get("th")`; empty where the whole differs. */
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** How far a number may be off: `absolute + relative * |expected|`. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

export const DEFAULT_TOLERANCE: Tolerance = { absolute: 1e-6, relative: 1e-4 };

/**
 * The first difference, or undefined where there is none. One of shape comes before one of value, wherever it is.
 *
 * Example: `compare([1, 2], [1, 3])` is a `value` at `[1]`.
 */
export function compare(
  expected: unknown,
  actual: unknown,
  tolerance: Tolerance = DEFAULT_TOLERANCE,
): Difference | undefined {
  let first: Difference | undefined;
  const rank = { shape: 0, 'not-finite': 1, value: 2 } as const;
  const differs = (kind: Difference['kind'], at: string, e: unknown, a: unknown) => {
    if (first === undefined || rank[kind] < rank[first.kind]) {
      first = { kind, at, expected: e, actual: a };
    }
  };
  walk(expected, actual, '', tolerance, differs, 0);
  return first;
}

/** Deeper than any result of an exercise: what is deeper holds itself. */
const DEEPEST = 200;

type Differs = (kind: Difference['kind'], at: string, expected: unknown, actual: unknown) => void;

function walk(e: unknown, a: unknown, at: string, tolerance: Tolerance, differs: Differs, depth: number): void {
  if (Object.is(e, a)) {
    return;
  }
  if (depth > DEEPEST || kindOf(e) !== kindOf(a)) {
    differs('shape', at, e, a);
  } else if (typeof e === 'number' && typeof a === 'number') {
    compareNumbers(e, a, at, tolerance, differs);
  } else if (e instanceof Tensor && a instanceof Tensor) {
    if (e.shape.join() !== a.shape.join()) {
      differs('shape', at, e, a);
    } else {
      walk(e.toNested(), a.toNested(), at, tolerance, differs, depth + 1);
    }
  } else if (isList(e) && isList(a)) {
    if (e.length !== a.length) {
      differs('shape', at, e, a);
    }
    for (let i = 0; i < Math.min(e.length, a.length); i++) {
      walk(e[i], a[i], `${at}[${i}]`, tolerance, differs, depth + 1);
    }
  } else if (e instanceof Map && a instanceof Map) {
    for (const [key, value] of e) {
      walk(value, a.get(key), `${at}.get(${JSON.stringify(key)})`, tolerance, differs, depth + 1);
    }
    for (const key of a.keys()) {
      if (!e.has(key)) {
        differs('shape', `${at}.get(${JSON.stringify(key)})`, undefined, a.get(key));
      }
    }
  } else if (e instanceof Set && a instanceof Set) {
    if (e.size !== a.size || [...e].some((item) => !a.has(item))) {
      differs('value', at, e, a);
    }
  } else if (kindOf(e) === 'object') {
    walk(
      new Map(Object.entries(e as object)),
      new Map(Object.entries(a as object)),
      at,
      tolerance,
      dotted(differs),
      depth + 1,
    );
  } else {
    differs('value', at, e, a);
  }
}

function compareNumbers(e: number, a: number, at: string, { absolute, relative }: Tolerance, differs: Differs): void {
  if (Number.isFinite(e) && !Number.isFinite(a)) {
    differs('not-finite', at, e, a);
  } else if (!Number.isFinite(e) || !(Math.abs(e - a) <= absolute + relative * Math.abs(e))) {
    differs('value', at, e, a);
  }
}

/** A property's place as one writes it. */
const dotted =
  (differs: Differs): Differs =>
  (kind, at, e, a) =>
    differs(kind, at.replace(/\.get\("([A-Za-z_$][\w$]*)"\)/gu, '.$1'), e, a);

type List = readonly unknown[] | Float32Array | Float64Array | Int32Array | Uint8Array | Uint32Array | Int8Array;

export function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** By which results are of one type. A list of numbers may be an array or a typed one. */
export function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (isList(value)) {
    return 'list';
  }
  for (const [kind, Class] of CLASSES) {
    if (value instanceof Class) {
      return kind;
    }
  }
  return typeof value;
}

const CLASSES = [
  ['tensor', Tensor],
  ['map', Map],
  ['set', Set],
  ['promise', Promise],
  ['error', Error],
] as const;
