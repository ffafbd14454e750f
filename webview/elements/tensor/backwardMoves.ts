// The gradients of what only moved: each goes back to the place that its number came from, and where several came from
// one place, they are added up there.

import {
  along,
  axesOf,
  backwardOf,
  cellOf,
  moved,
  type Origin,
  oneCell,
  type Question,
  type Recipe,
  type Source,
  type Term,
  take,
} from './origin.ts';
import { placeIn } from './provenanceMoves.ts';

/** One gradient, taken over from where the number went; 0 where it went nowhere. */
function back(question: Question, to: (found: NonNullable<ReturnType<typeof backwardOf>>) => number[] | undefined) {
  const found = backwardOf(question);
  if (found === undefined) {
    return undefined;
  }
  const place = to(found);
  return place === undefined ? { sources: [], steps: [cellOf([])] } : moved(0, place, take(found.dy, place));
}

/** Attributes as `transpose` has them. */
export const transposeBackward: Recipe = (question) =>
  back(question, ({ index }) => {
    const rank = index.length;
    const { permutation, axes } = question.attributes;
    if (Array.isArray(permutation)) {
      return axesOf({ axes: permutation as readonly number[] }, rank).map((axis) => index[axis] as number);
    }
    const [a, b] = axesOf({ axes: Array.isArray(axes) ? (axes as readonly number[]) : [-2, -1] }, rank) as [
      number,
      number,
    ];
    return index.with(a, index[b] as number).with(b, index[a] as number);
  });

export const reshapeBackward: Recipe = (question) =>
  back(question, ({ dy, index, shape }) => placeIn(dy.shape, shape, index));

/** Attributes `axis`, `start` and `length`. */
export const sliceBackward: Recipe = (question) =>
  back(question, ({ index }) => {
    const { axis, start, length } = question.attributes;
    const at = (index[axis as number] as number) - (start as number);
    return at < 0 || at >= (length as number) ? undefined : index.with(axis as number, at);
  });

/** Attribute `axis`. */
export const concatBackward: Recipe = (question) =>
  back(question, ({ index, values, which }) => {
    const axis = question.attributes.axis as number;
    const before = values.slice(0, which).reduce((total, { shape }) => total + (shape[axis] as number), 0);
    return index.with(axis, (index[axis] as number) + before);
  });

/** A row of the table gets the gradients of all the places that looked it up. */
export function embeddingBackward(question: Question): Origin | undefined {
  const found = backwardOf(question);
  const ids = found?.values[1];
  if (found === undefined || ids === undefined || found.which !== 0) {
    return undefined;
  }
  const [row, column] = found.index as [number, number];
  return collected(found, ids, 1, (place) => (take(ids, place) === row ? [...place, column] : undefined));
}

/** Attribute `axis`; inputs x and the indices. */
export function gatherBackward(question: Question): Origin | undefined {
  const found = backwardOf(question);
  const indices = found?.values[1];
  const { axis } = question.attributes;
  if (found === undefined || indices === undefined || typeof axis !== 'number' || found.which !== 0) {
    return undefined;
  }
  const { index } = found;
  const same = (place: readonly number[]) => place.every((at, one) => one === axis || at === index[one]);
  return collected(found, indices, 1, (place) =>
    same(place) && take(indices, place) === index[axis] ? [...place] : undefined,
  );
}

/** Adds up the gradients at the places that `to` names for the ids' own places. */
function collected(
  { dy, at }: NonNullable<ReturnType<typeof backwardOf>>,
  ids: Question['inputs'][number],
  idsAt: number,
  to: (place: readonly number[]) => number[] | undefined,
): Origin {
  const terms: Term[] = [];
  const sources: Source[] = [];
  const start = ids.shape.map(() => 0);
  const all = ids.shape.map((_, axis) => axis);
  for (const place of along(ids.shape, start, all)) {
    const from = to(place);
    if (from !== undefined) {
      const value = take(dy, from);
      terms.push({ value, parts: [value] });
      sources.push({ input: 0, cells: oneCell(from) }, { input: at(idsAt), cells: oneCell(place) });
    }
  }
  return { sources, steps: [cellOf(terms)] };
}
