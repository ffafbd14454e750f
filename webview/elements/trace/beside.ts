// A step's value beside another run's: what is marked in it where the two differ. Pure.

import type { TableValue, TensorValue, TextValue, TokensValue, Trace, Value } from '../../../src/shared/trace.ts';
import { type Against, apart, apartOf, heldAgainst } from '../tensor/against.ts';
import { heldOf } from '../tensor/held.ts';

/** What stands for a value in the other run, and how that run is spoken of. */
export interface Beside extends Pick<Against, 'differs' | 'same'> {
  readonly value: Value;
  readonly buffer: ArrayBuffer | undefined;
}

/** How two values differ: in some cells, or as a whole. */
export type ValueApart =
  | {
      readonly kind: 'cells';
      readonly count: number;
      readonly of: number;
      readonly first: readonly number[];
      readonly values: readonly [number, number];
    }
  | { readonly kind: 'shape'; readonly shapes: readonly [readonly number[], readonly number[]] }
  | { readonly kind: 'whole' }
  /** Only the reference has it. */
  | { readonly kind: 'missing' };

/** Undefined where they are the same, numbers within what the checks allow. */
export function valueApart(
  one: Value,
  buffer: ArrayBuffer | undefined,
  other: Value,
  otherBuffer: ArrayBuffer | undefined,
): ValueApart | undefined {
  if (one.kind === 'tensor' && other.kind === 'tensor') {
    return tensorsApart(one, buffer, other, otherBuffer);
  }
  if (one.kind === 'scalar' && other.kind === 'scalar' && one.unit === other.unit && apart(one.value, other.value)) {
    return { kind: 'cells', count: 1, of: 1, first: [], values: [one.value, other.value] };
  }
  return sameParts(one, other) ? undefined : { kind: 'whole' };
}

function tensorsApart(
  one: TensorValue,
  buffer: ArrayBuffer | undefined,
  other: TensorValue,
  otherBuffer: ArrayBuffer | undefined,
): ValueApart | undefined {
  if (one.shape.join() !== other.shape.join()) {
    return { kind: 'shape', shapes: [one.shape, other.shape] };
  }
  const theirs = heldAgainst(one, { value: other, buffer: otherBuffer, differs: String, same: '' });
  const cells = theirs && apartOf(heldOf(one, buffer) ?? theirs, theirs);
  return cells && { kind: 'cells', ...cells };
}

/** Numbers within what the checks allow, all else exactly; where values stand in their traces doesn't count. */
function sameParts(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') {
    return !apart(one, other);
  }
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
    return one === other;
  }
  const [left, right] = [Object.entries(one), Object.entries(other)];
  return (
    left.length === right.length &&
    left.every(([name, value]) => sameParts(value, (other as Readonly<Record<string, unknown>>)[name]))
  );
}

/** The value with what differs marked in it, as far as its kind has marks. */
export function markedBeside(value: Value, { value: other }: Beside): Value {
  if (value.kind === 'table' && other.kind === 'table') {
    return tableBeside(value, other);
  }
  if (value.kind === 'text' && other.kind === 'text' && value.text !== other.text) {
    return textBeside(value, other);
  }
  if (value.kind === 'tokens' && other.kind === 'tokens') {
    return tokensBeside(value, other);
  }
  return value;
}

function tableBeside(table: TableValue, other: TableValue): TableValue {
  const marks = table.rows.flatMap((row, i) =>
    sameParts(row, other.rows[i]) ? [] : [{ row: i, role: 'warn' as const }],
  );
  return marks.length === 0 ? table : { ...table, marks };
}

function textBeside(value: TextValue, other: TextValue): TextValue {
  const most = Math.min(value.text.length, other.text.length);
  let start = 0;
  while (start < most && value.text[start] === other.text[start]) {
    start += 1;
  }
  return start === value.text.length ? value : { ...value, marks: [{ start, end: value.text.length, role: 'warn' }] };
}

function tokensBeside(value: TokensValue, other: TokensValue): TokensValue {
  const pieces = value.pieces.map((piece, i) =>
    piece.text === other.pieces[i]?.text && piece.id === other.pieces[i]?.id
      ? piece
      : { ...piece, role: 'warn' as const },
  );
  return { ...value, pieces };
}

/** The other run's port of this name; where none has it, the one in its place. */
export function portBeside(
  ports: readonly { readonly name: string; readonly value: number }[],
  name: string,
  at: number,
  { values }: Trace,
): Value | undefined {
  const port = ports.find((one) => one.name === name) ?? ports[at];
  return port && values[port.value];
}
