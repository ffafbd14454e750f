// Which tensors of a trace hold the same numbers: a way of reading a list and the list, and what operations only move.
// They share one range of colours, so that a number looks the same in all of them and in every step. Pure.

import type { Frame, Port, TensorValue, Trace, ValueId } from '../../../src/shared/trace.ts';

/** One range of colours for several tensors. */
export interface SharedRange {
  /** Over the finite elements of all of them; null without any. */
  readonly min: number | null;
  readonly max: number | null;
  /** The names of the others in the same step; none where they are all in other steps. */
  readonly others: readonly string[];
  /** Shared with what stands beside it in another run. */
  readonly runs?: boolean;
}

/**
 * @param shown the ports of the step that are on the screen, `id`'s own among them.
 * @returns undefined for a tensor whose numbers are no other's.
 */
export function sharedRange(trace: Trace, id: ValueId, shown: readonly Port[]): SharedRange | undefined {
  const groups = known.get(trace) ?? groupsOf(trace);
  known.set(trace, groups);
  const group = groups.get(id);
  if (group === undefined) {
    return undefined;
  }
  const others = shown.filter(({ value }) => value !== id && group.members.has(value));
  return { min: group.min, max: group.max, others: [...new Set(others.map(({ name }) => name))] };
}

interface Group {
  readonly members: ReadonlySet<ValueId>;
  readonly min: number | null;
  readonly max: number | null;
}

const known = new WeakMap<Trace, ReadonlyMap<ValueId, Group>>();

/** Operations whose result is made of the numbers of these inputs and of no others; `all` inputs, or those at places. */
export const MOVES: Readonly<Record<string, readonly number[] | 'all'>> = {
  transpose: 'all',
  permute: 'all',
  reshape: 'all',
  squeeze: 'all',
  unsqueeze: 'all',
  expand: 'all',
  slice: 'all',
  concat: 'all',
  gather: [0],
  embedding: [0],
  where: [1, 2],
};
/** Whose gradient, too, only moves. */
const MOVES_BACK = new Set(['transpose', 'permute', 'reshape', 'squeeze', 'unsqueeze', 'slice', 'concat']);

/** The ports of a step whose numbers are the same ones. */
function movedBy(frame: Frame, tensor: (id: ValueId) => TensorValue | undefined): readonly Port[] {
  const name = frame.operation ?? frame.op;
  const { inputs, outputs } = frame;
  if (name.endsWith('-backward')) {
    return MOVES_BACK.has(name.slice(0, -'-backward'.length))
      ? [...inputs, ...outputs].filter(({ gradientOf }) => gradientOf !== undefined)
      : [];
  }
  const places = MOVES[name];
  if (places === undefined) {
    return [];
  }
  // A lone number, as a mask is filled with, is no colour's concern: -1e9 would leave one colour to all others.
  const moved = inputs.filter(
    ({ value }, at) => (places === 'all' || places.includes(at)) && (tensor(value)?.shape.length ?? 0) > 0,
  );
  const all = moved.flatMap(({ value }) => tensor(value) ?? []);
  const { min, max } = rangeOf(all);
  const within = ({ value }: Port) => {
    const own = tensor(value)?.statistics;
    return (
      own !== undefined && (own.min === null || own.min >= (min ?? 0)) && (own.max === null || own.max <= (max ?? 0))
    );
  };
  return [...moved, ...outputs.filter(within)];
}

/** Tensors that hold the same numbers, anywhere in the trace: a number then has one colour in all its steps. */
function groupsOf({ values, frames }: Trace): Map<ValueId, Group> {
  const leader = new Map<ValueId, ValueId>();
  const tensor = (id: ValueId) => {
    const value = values[id];
    return value?.kind === 'tensor' ? value : undefined;
  };
  const leaderOf = (id: ValueId): ValueId => {
    let at = id;
    while (leader.has(at)) {
      at = leader.get(at) as ValueId;
    }
    return at;
  };
  const join = (a: ValueId, b: ValueId) => {
    const [first, second] = [leaderOf(a), leaderOf(b)];
    if (first !== second && tensor(a) !== undefined && tensor(a)?.dtype === tensor(b)?.dtype) {
      leader.set(second, first);
    }
  };
  for (const [id, value] of values.entries()) {
    if (value.kind === 'tensor' && value.reads !== undefined) {
      join(value.reads.list, id);
    }
  }
  for (const frame of frames) {
    const [first, ...others] = movedBy(frame, tensor);
    for (const other of others) {
      join((first as Port).value, other.value);
    }
  }
  const members = new Map<ValueId, ValueId[]>();
  for (const id of leader.keys()) {
    const first = leaderOf(id);
    members.set(first, [...(members.get(first) ?? []), id]);
  }
  const groups = new Map<ValueId, Group>();
  for (const [first, rest] of members) {
    const ids = [first, ...rest];
    const group = { members: new Set(ids), ...rangeOf(ids.flatMap((id) => tensor(id) ?? [])) };
    for (const id of ids) {
      groups.set(id, group);
    }
  }
  return groups;
}

/** The least and the greatest of all their elements. */
function rangeOf(tensors: readonly TensorValue[]): { min: number | null; max: number | null } {
  const ends = tensors.flatMap(({ statistics: { min, max } }) => (min === null || max === null ? [] : [{ min, max }]));
  return ends.length === 0
    ? { min: null, max: null }
    : { min: Math.min(...ends.map(({ min }) => min)), max: Math.max(...ends.map(({ max }) => max)) };
}
