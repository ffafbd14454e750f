// Whatever a learner's code holds, as a value of a trace: numbers and lists of them as tensors, lists of texts and maps as
// tables, all else as a text.

import type { Engine } from '../../engine/engine.ts';
import { Tensor } from '../../engine/tensor.ts';
import type { Recorder } from '../../programs/recorder.ts';
import { tableValue, textValue } from '../../programs/views.ts';
import type { Cell, TableValue, ValueId } from '../../shared/trace.ts';
import { isList } from '../check/compare.ts';
import { show } from '../check/show.ts';

/** Elements of a list that becomes a tensor. */
const MOST_ELEMENTS = 1 << 20;

/** Puts `value` into the trace. Never throws for what it is, but for a trace that grows too large. */
export function traceValue(value: unknown, recorder: Recorder, engine: Engine): ValueId {
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? recorder.value({ kind: 'scalar', value })
      : recorder.value(textValue(String(value)));
  }
  if (typeof value === 'string') {
    return recorder.value(textValue(value));
  }
  if (value instanceof Tensor && !value.released) {
    return recorder.tape.value(value);
  }
  const shape = shapeOf(value);
  if (shape !== undefined) {
    const tensor = engine.fromData(flat(value), shape);
    try {
      return recorder.tape.value(tensor);
    } finally {
      tensor.release();
    }
  }
  return recorder.value(tableOf(value) ?? textValue(show(value)));
}

/** Of lists nested evenly down to numbers, none of them empty; undefined of all else. */
export function shapeOf(value: unknown): number[] | undefined {
  const shape: number[] = [];
  let first: unknown = value;
  while (isList(first)) {
    if (first.length === 0 || shape.length > 6) {
      return undefined;
    }
    shape.push(first.length);
    first = first[0];
  }
  const size = shape.reduce((product, length) => product * length, 1);
  return shape.length > 0 && size <= MOST_ELEMENTS && fits(value, shape, 0) ? shape : undefined;
}

function fits(value: unknown, shape: readonly number[], depth: number): boolean {
  if (depth === shape.length) {
    return typeof value === 'number';
  }
  return (
    isList(value) &&
    value.length === shape[depth] &&
    Array.prototype.every.call(value, (item: unknown) => fits(item, shape, depth + 1))
  );
}

function flat(value: unknown): number[] {
  return isList(value) ? Array.from(value as ArrayLike<unknown>).flatMap(flat) : [value as number];
}

/** A map as two columns, a list of texts or of objects as rows. */
function tableOf(value: unknown): TableValue | undefined {
  if (value instanceof Map) {
    const rows = [...value].map(([key, item]): Cell[] => [cell(key), cell(item)]);
    const type = rows.every(([, item]) => typeof item === 'number') ? 'number' : 'text';
    return tableValue(
      [
        { id: 'key', label: 'key', type: 'piece' },
        { id: 'value', label: 'value', type },
      ],
      rows.map(([key, item]) => [String(key), type === 'number' ? (item as number) : String(item)]),
    );
  }
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) {
    return tableValue(
      [
        { id: 'index', label: '', type: 'number' },
        { id: 'text', label: 'text', type: 'piece' },
      ],
      value.map((text: string, i): Cell[] => [i, text]),
    );
  }
  return undefined;
}

function cell(value: unknown): Cell {
  return typeof value === 'number' || typeof value === 'string' ? value : show(value, 200);
}
