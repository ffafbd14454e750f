// Cells that are a cell of another place, moved there: axes in another order, other shapes, stretches of axes and tensors
// put together, and rows that ids name.

import { sizeOf, stridesOf } from './grid.ts';
import { axesOf, broadcastIndex, formula, moved, type Origin, oneCell, type Question, take } from './origin.ts';

/**
 * Attribute `permutation`: the output's axis d is the input's axis `permutation[d]`; or `axes` of two that change
 * places; without either the last two do.
 */
export function transpose({ inputs, attributes, index }: Question): Origin | undefined {
  const [input] = inputs;
  const rank = index.length;
  if (input === undefined || input.shape.length !== rank) {
    return undefined;
  }
  const order = Array.from({ length: rank }, (_, axis) => axis);
  if (Array.isArray(attributes.permutation)) {
    order.splice(0, rank, ...axesOf({ axes: attributes.permutation as readonly number[] }, rank));
  } else if (rank > 1) {
    const two = Array.isArray(attributes.axes) ? (attributes.axes as readonly number[]) : [-2, -1];
    const [a, b] = axesOf({ axes: two }, rank) as [number, number];
    [order[a], order[b]] = [order[b] as number, order[a] as number];
  }
  const from = new Array<number>(rank).fill(0);
  for (const [axis, source] of order.entries()) {
    from[source] = index[axis] as number;
  }
  return moved(0, from, take(input, from));
}

/** Inputs: the table (V, C) and the ids; the output has the shape of the ids and C behind it. */
export function embedding({ inputs, index }: Question): Origin | undefined {
  const [table, ids] = inputs;
  if (table?.shape.length !== 2 || ids === undefined || ids.shape.length !== index.length - 1) {
    return undefined;
  }
  const place = index.slice(0, -1);
  const from = [take(ids, place), index.at(-1) as number];
  const { sources, steps } = moved(0, from, take(table, from));
  return { sources: [...sources, { input: 1, cells: oneCell(place) }], steps };
}

/** The same elements in row-major order in another shape: `reshape`, `squeeze`, `unsqueeze`. */
export function reshape({ inputs: [input], shape, index }: Question): Origin | undefined {
  if (input === undefined || sizeOf(input.shape) !== sizeOf(shape)) {
    return undefined;
  }
  const from = placeIn(input.shape, shape, index);
  return moved(0, from, take(input, from));
}

/** The index in `to` of what is at `index` in `from`, both of one size, counted row by row. */
export function placeIn(to: readonly number[], from: readonly number[], index: readonly number[]): number[] {
  const strides = stridesOf(from);
  const flat = index.reduce((sum, at, axis) => sum + at * (strides[axis] as number), 0);
  return stridesOf(to).map((stride, axis) => Math.floor(flat / stride) % (to[axis] as number));
}

/** Repeated along axes of size 1 and missing ones. */
export function expand({ inputs: [input], index }: Question): Origin | undefined {
  if (input === undefined) {
    return undefined;
  }
  const from = broadcastIndex(input.shape, index);
  return moved(0, from, take(input, from));
}

/** Attributes `axis` and `start`. */
export function slice({ inputs: [input], attributes: { axis, start }, index }: Question): Origin | undefined {
  if (input === undefined || typeof axis !== 'number' || typeof start !== 'number') {
    return undefined;
  }
  const from = index.with(axis, (index[axis] as number) + start);
  return moved(0, from, take(input, from));
}

/** Attribute `axis`: tensors one after another along it. */
export function concat({ inputs, attributes: { axis }, index }: Question): Origin | undefined {
  if (typeof axis !== 'number') {
    return undefined;
  }
  let before = 0;
  for (const [number, input] of inputs.entries()) {
    const at = (index[axis] as number) - before;
    if (at < (input.shape[axis] as number)) {
      const from = index.with(axis, at);
      return moved(number, from, take(input, from));
    }
    before += input.shape[axis] as number;
  }
  return undefined;
}

/** Inputs: the condition, a, b; all broadcast. */
export function where({ inputs: [condition, a, b], index }: Question): Origin | undefined {
  if (condition === undefined || a === undefined || b === undefined) {
    return undefined;
  }
  const at = broadcastIndex(condition.shape, index);
  const holds = take(condition, at) !== 0;
  const chosen = holds ? a : b;
  const from = broadcastIndex(chosen.shape, index);
  const { sources, steps } = moved(holds ? 1 : 2, from, take(chosen, from));
  return { sources: [{ input: 0, cells: oneCell(at) }, ...sources], steps };
}

/** Inputs: x and the indices, attribute `axis`. */
export function gather({ inputs: [input, indices], attributes: { axis }, index }: Question): Origin | undefined {
  if (input === undefined || indices === undefined || typeof axis !== 'number') {
    return undefined;
  }
  const from = index.with(axis, take(indices, index));
  const { sources, steps } = moved(0, from, take(input, from));
  return { sources: [...sources, { input: 1, cells: oneCell(index) }], steps };
}

/** 1 where the last index is the id, else 0. */
export function oneHot({ inputs: [ids], index }: Question): Origin | undefined {
  if (ids === undefined) {
    return undefined;
  }
  const place = index.slice(0, -1);
  const id = take(ids, place);
  const value = id === index.at(-1) ? 1 : 0;
  return {
    sources: [{ input: 0, cells: oneCell(place) }],
    steps: [formula('cell', [index.at(-1) as number, value === 1 ? '=' : '≠', id, '→', value], value)],
  };
}
