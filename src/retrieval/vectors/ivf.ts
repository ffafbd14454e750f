// An inverted file (Sivic and Zisserman, 2003; Jégou, Douze and Schmid, 2011): rows are sorted into lists round centres
// that k-means finds (Lloyd, 1982), and a search looks through the lists of the nearest centres alone. What it doesn't look
// at it can't find: the price is told by the trace. Rows have length 1; nothing is added or removed once it is built.

import type { Random } from '../../shared/environment.ts';
import { type Ranked, rank } from './neighbours.ts';
import { dotOf, normalised } from './quantise.ts';

/** k-means is stopped after so many rounds if it has not settled before. */
const MOST_ROUNDS = 25;

export interface Ivf {
  readonly rows: readonly Float32Array[];
  /** (C,) each, of length 1. */
  readonly centres: readonly Float32Array[];
  /** By centre: the rows that are nearest to it, ascending. */
  readonly lists: readonly (readonly number[])[];
  /** Rounds of k-means until nothing changed. */
  readonly rounds: number;
}

/** What a search looked at. */
export interface IvfTrace {
  /** Best first. */
  readonly nearest: readonly Ranked[];
  /** The lists that were looked through, the nearest centre's first. */
  readonly probed: readonly { readonly list: number; readonly score: number; readonly size: number }[];
  /** Dot products that were computed, with centres and with rows. */
  readonly compared: number;
}

/** Sorts rows into `count` lists. About the square root of the number of rows is usual. */
export function buildIvf(rows: readonly Float32Array[], count: number, random: Random): Ivf {
  const rounds = ivfRounds(rows, count, random);
  for (;;) {
    const { done, value } = rounds.next();
    if (done) {
      return value;
    }
  }
}

/** {@link buildIvf} round by round of k-means: who has others waiting lets them in between. */
export function* ivfRounds(rows: readonly Float32Array[], count: number, random: Random): Generator<void, Ivf, void> {
  let centres = startingCentres(rows, Math.min(count, rows.length), random);
  let assigned: number[] = [];
  for (let round = 1; ; round++) {
    yield;
    const next = rows.map((row) => nearestOf(centres, row));
    const settled = next.every((centre, i) => centre === assigned[i]);
    assigned = next;
    if (settled || round === MOST_ROUNDS) {
      const lists = centres.map((_, centre) => [...rows.keys()].filter((row) => assigned[row] === centre));
      return { rows, centres, lists, rounds: round };
    }
    centres = centres.map((old, centre) => middle(rows, assigned, centre) ?? old);
  }
}

/** The best `limit` rows of the `probes` nearest lists. With as many probes as lists that is exact. */
export function searchIvf(ivf: Ivf, query: ArrayLike<number>, limit: number, probes: number): IvfTrace {
  const { rows, centres, lists } = ivf;
  const probed = rank(centres, query, probes).map(({ index, score }) => ({
    list: index,
    score,
    size: lists[index]!.length,
  }));
  const candidates = probed.flatMap(({ list }) => lists[list]!).sort((a, b) => a - b);
  const nearest = rank(
    candidates.map((row) => rows[row]!),
    query,
    limit,
  ).map(({ index, score }) => ({ index: candidates[index]!, score }));
  return { nearest, probed, compared: centres.length + candidates.length };
}

/** Rows that are drawn one after the other, the farther from those before the likelier (Arthur and Vassilvitskii, 2007). */
function startingCentres(rows: readonly Float32Array[], count: number, random: Random): Float32Array[] {
  const centres: Float32Array[] = [];
  const far = new Float64Array(rows.length).fill(1);
  while (centres.length < count) {
    let left = random() * far.reduce((a, b) => a + b, 0);
    let chosen = far.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    if (chosen === -1) {
      chosen = Math.floor(random() * rows.length);
    }
    const centre = rows[chosen]!;
    centres.push(centre);
    for (const [i, row] of rows.entries()) {
      far[i] = Math.min(far[i]!, Math.max(0, 1 - dotOf(row, centre)));
    }
  }
  return centres;
}

function nearestOf(centres: readonly Float32Array[], row: Float32Array): number {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [i, centre] of centres.entries()) {
    const score = dotOf(centre, row);
    if (score > highest) {
      highest = score;
      best = i;
    }
  }
  return best;
}

/** The direction of the sum of a list's rows; undefined where the list is empty. */
function middle(rows: readonly Float32Array[], assigned: readonly number[], centre: number): Float32Array | undefined {
  const sum = new Float64Array(rows[0]!.length);
  let members = 0;
  for (const [i, row] of rows.entries()) {
    if (assigned[i] === centre) {
      members++;
      for (let c = 0; c < sum.length; c++) {
        sum[c]! += row[c]!;
      }
    }
  }
  return members === 0 ? undefined : normalised(sum);
}
