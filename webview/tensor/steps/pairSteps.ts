// Two runs' steps beside each other: which step of the reference stands beside which of the learner's. Pure.

import type { Frame, FrameId, Trace } from '../../../src/shared/trace.ts';
import { portBeside, type ValueApart, valueApart } from '../../elements/trace/beside.ts';

/** `same`: all outputs agree. `alone`: the other run has no such step. `ended`: an error ended the run here. */
export type PairState = 'same' | 'differs' | 'alone' | 'ended';

/** A row of the two runs. At least one of the two is there. */
export interface StepPair {
  readonly mine: FrameId | undefined;
  readonly reference: FrameId | undefined;
  readonly state: PairState;
  /** The first output that differs. */
  readonly apart?: { readonly output: string; readonly how: ValueApart };
}

/** Larger than this, steps are paired by their names alone, from the start on. */
const MOST_WEIGHED = 250_000;

/**
 * All steps of both runs, each once, in order. Where the runs are known to part, these two steps stand beside each other;
 * before it steps are paired by what they come to, after it by their names as well.
 */
export function pairSteps(
  mine: Trace,
  reference: Trace,
  parting: { readonly mine: FrameId; readonly reference: FrameId } | undefined,
): readonly StepPair[] {
  const all = (trace: Trace) => trace.frames.map((_, id) => id);
  const [left, right] = [all(mine), all(reference)];
  const split = parting ?? { mine: left.length, reference: right.length };
  // What only the learner watches has nothing beside it.
  const forced = parting !== undefined && !watchedAlone(mine.frames[parting.mine] as Frame, reference);
  const pairs = [
    ...align(left.slice(0, split.mine), right.slice(0, split.reference), weigher(mine, reference, false)),
    ...(forced ? [[split.mine, split.reference] as const] : []),
    ...align(
      left.slice(split.mine + (forced ? 1 : 0)),
      right.slice(split.reference + (forced ? 1 : 0)),
      weigher(mine, reference, true),
    ),
  ];
  return pairs.map(([one, other]) => pairOf(mine, one, reference, other));
}

/** The row at which the runs part; undefined where they don't. */
export function partingRow(pairs: readonly StepPair[]): number | undefined {
  const found = pairs.findIndex(({ state }) => state === 'differs' || state === 'ended');
  return found === -1 ? undefined : found;
}

/** True where both runs end, and come to the same. */
export function sameResult(pairs: readonly StepPair[]): boolean {
  const end = pairs.findLast(({ mine, reference }) => mine !== undefined && reference !== undefined);
  return end?.state === 'same' && end === pairs.at(-1);
}

function watchedAlone(frame: Frame, reference: Trace): boolean {
  return frame.op === 'watch' && !reference.frames.some((other) => keyOf(other) === keyOf(frame));
}

type Ids = readonly [FrameId | undefined, FrameId | undefined];
type Weigh = (mine: FrameId, reference: FrameId) => number;

function weigher(mine: Trace, reference: Trace, byName: boolean): Weigh {
  return (a, b) => {
    const [one, other] = [mine.frames[a] as Frame, reference.frames[b] as Frame];
    const named = keyOf(one) === keyOf(other);
    const how = outputApart(mine, one, reference, other)?.how.kind;
    if (one.outputs.length > 0 && (how === undefined || how === 'missing')) {
      return named ? 5 : ending(one) === ending(other) ? 3 : 0;
    }
    return named && (byName || ending(one) || one.outputs.length === 0) ? 2 : 0;
  };
}

/** What makes two steps the same one: the operation, and for what is watched its name. How a run ends is one step. */
function keyOf(frame: Frame): string {
  return ending(frame) ? 'end' : frame.op === 'watch' ? `watch ${frame.label}` : frame.op;
}

function ending({ op }: Frame): boolean {
  return op === 'result' || op === 'error';
}

/** Pairs two lists in order so that the pairs weigh the most together. */
function align(left: readonly FrameId[], right: readonly FrameId[], weigh: Weigh): readonly Ids[] {
  if (left.length * right.length > MOST_WEIGHED) {
    return inTurn(left, right, weigh);
  }
  const width = right.length + 1;
  const best = new Float64Array((left.length + 1) * width);
  const weights = new Float64Array(left.length * right.length);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const weight = weigh(left[i] as FrameId, right[j] as FrameId);
      weights[i * right.length + j] = weight;
      const paired = weight > 0 ? weight + (best[(i + 1) * width + j + 1] as number) : 0;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] as number, best[i * width + j + 1] as number);
    }
  }
  const pairs: Ids[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const weight = weights[i * right.length + j] as number;
    if (weight > 0 && best[i * width + j] === weight + (best[(i + 1) * width + j + 1] as number)) {
      pairs.push([left[i++], right[j++]]);
    } else if ((best[(i + 1) * width + j] as number) >= (best[i * width + j + 1] as number)) {
      pairs.push([left[i++], undefined]);
    } else {
      pairs.push([undefined, right[j++]]);
    }
  }
  return [
    ...pairs,
    ...left.slice(i).map((id): Ids => [id, undefined]),
    ...right.slice(j).map((id): Ids => [undefined, id]),
  ];
}

/** Each of the one list with the next of the other that fits; quick, and for runs too long to be weighed. */
function inTurn(left: readonly FrameId[], right: readonly FrameId[], weigh: Weigh): readonly Ids[] {
  const AHEAD = 50;
  const pairs: Ids[] = [];
  let j = 0;
  for (const id of left) {
    let found = j;
    while (found < Math.min(right.length, j + AHEAD) && weigh(id, right[found] as FrameId) === 0) {
      found += 1;
    }
    if (found < Math.min(right.length, j + AHEAD)) {
      pairs.push(...right.slice(j, found).map((other): Ids => [undefined, other]), [id, right[found]]);
      j = found + 1;
    } else {
      pairs.push([id, undefined]);
    }
  }
  return [...pairs, ...right.slice(j).map((id): Ids => [undefined, id])];
}

function pairOf(mine: Trace, one: FrameId | undefined, reference: Trace, other: FrameId | undefined): StepPair {
  const [left, right] = [
    one === undefined ? undefined : mine.frames[one],
    other === undefined ? undefined : reference.frames[other],
  ];
  const ids = { mine: one, reference: other };
  if (left?.op === 'error') {
    return { ...ids, state: 'ended' };
  }
  if (left === undefined || right === undefined) {
    return { ...ids, state: 'alone' };
  }
  const apart = outputApart(mine, left, reference, right);
  return apart === undefined ? { ...ids, state: 'same' } : { ...ids, state: 'differs', apart };
}

/** The first of the learner's outputs that differs from the reference's; one that the reference lacks differs as a whole. */
function outputApart(mine: Trace, one: Frame, reference: Trace, other: Frame): StepPair['apart'] {
  for (const [at, { name, value }] of one.outputs.entries()) {
    const left = mine.values[value];
    const right = portBeside(other.outputs, name, at, reference);
    if (left !== undefined) {
      const how: ValueApart | undefined =
        right === undefined ? { kind: 'whole' } : valueApart(left, mine.buffer, right, reference.buffer);
      if (how !== undefined) {
        return { output: name, how };
      }
    }
  }
  // A gradient that goes nowhere in the learner's code: what it should reach was cut off.
  const lost = other.outputs.find(
    ({ name, gradientOf }) => gradientOf !== undefined && !one.outputs.some((port) => port.name === name),
  );
  return lost && { output: lost.name, how: { kind: 'missing' } };
}
