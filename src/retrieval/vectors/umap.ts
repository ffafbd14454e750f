// UMAP (McInnes, Healy and Melville, 2018): a map on which near vectors stay near, laid out by letting the edges of a
// neighbourhood graph pull and all else push. Distances between far groups, their sizes and the axes mean nothing. Work is
// done in slices; the vectors' neighbours are given, exactly found.

import type { Random } from '../../shared/environment.ts';
import type { Pause } from './pca.ts';

/** How many neighbours make a neighbourhood, the point itself left out. */
export const UMAP_NEIGHBOURS = 15;
/** The curve 1 / (1 + a d^2b) that fits a least distance of 0.1 and a spread of 1, as the authors' program fits it. */
const A = 1.5769434603;
const B = 0.8950608779;
/** Points that push for each edge that pulls. */
const PUSHES = 5;
/** The most that one edge moves a point along an axis, before the rate. */
const MOST_MOVE = 4;
/** How wide the start is: units of the map. */
const START_SIZE = 10;
const SMALLEST = 1e-3;

/** A point's nearest others, nearest first. */
export interface Neighbourhood {
  readonly points: readonly number[];
  /** From 0 up. */
  readonly distances: readonly number[];
}

export interface UmapOptions {
  readonly epochs: number;
  readonly random: Random;
  readonly pause: Pause;
  readonly onEpoch?: (done: number) => void;
}

/**
 * Lays points out on a plane.
 *
 * @param start where they begin, (N, 2): a PCA, so that far groups stand as they stand there.
 * @returns (N, 2)
 */
export async function layOut(
  neighbourhoods: readonly Neighbourhood[],
  start: Float32Array,
  { epochs, random, pause, onEpoch }: UmapOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const graph = await fuzzyGraph(neighbourhoods, pause);
  const xy = spreadStart(start, random);
  const layout = new Layout(graph, xy, epochs, random);
  for (let epoch = 0; epoch < epochs; epoch++) {
    layout.step(epoch);
    onEpoch?.(epoch + 1);
    await pause();
  }
  return Float32Array.from(xy);
}

/** Edges in both directions at once: `from` is less than `to`. */
export interface FuzzyGraph {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How surely the two belong together: above 0, at most 1. */
  readonly weights: Float64Array;
}

/**
 * Whether two points are neighbours is a matter of degree, and each sees it by its own measure: its nearest at degree 1,
 * and all of them together at log2(K). An edge is as sure as "either of them says so": v + w - v w.
 */
export async function fuzzyGraph(neighbourhoods: readonly Neighbourhood[], pause: Pause): Promise<FuzzyGraph> {
  const count = neighbourhoods.length;
  const edges = new Map<number, number>();
  for (const [i, { points, distances }] of neighbourhoods.entries()) {
    const nearest = distances.find((distance) => distance > 0) ?? 0;
    const width = widthOf(distances, nearest);
    for (const [n, j] of points.entries()) {
      const degree = degreeOf(distances[n]!, nearest, width);
      const edge = Math.min(i, j) * count + Math.max(i, j);
      const other = edges.get(edge) ?? 0;
      edges.set(edge, other + degree - other * degree);
    }
    await pause();
  }
  return {
    from: Int32Array.from(edges.keys(), (edge) => Math.floor(edge / count)),
    to: Int32Array.from(edges.keys(), (edge) => edge % count),
    weights: Float64Array.from(edges.values()),
  };
}

function degreeOf(distance: number, nearest: number, width: number): number {
  return distance <= nearest ? 1 : Math.exp((nearest - distance) / width);
}

/** The width at which a neighbourhood's degrees add up to log2 of how many they are, by halving. */
function widthOf(distances: readonly number[], nearest: number): number {
  const wanted = Math.log2(distances.length + 1);
  const mean = distances.reduce((a, b) => a + b, 0) / Math.max(1, distances.length);
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, 1];
  for (let step = 0; step < 64; step++) {
    const sum = distances.reduce((total, distance) => total + degreeOf(distance, nearest, width), 0);
    if (Math.abs(sum - wanted) < 1e-5) {
      break;
    }
    if (sum > wanted) {
      high = width;
    } else {
      low = width;
    }
    width = high === Number.POSITIVE_INFINITY ? 2 * width : (low + high) / 2;
  }
  return Math.max(width, SMALLEST * mean, Number.MIN_VALUE);
}

/** The start at a size that suits the forces, and no two points at one place: between such there is no direction. */
function spreadStart(start: Float32Array, random: Random): Float64Array {
  const largest = start.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = largest > 0 ? START_SIZE / largest : 0;
  return Float64Array.from(start, (x) => x * scale + (random() - 0.5) * 1e-2);
}

class Layout {
  private readonly graph: FuzzyGraph;
  private readonly xy: Float64Array;
  private readonly epochs: number;
  private readonly random: Random;
  /** An edge pulls once in so many epochs: the surest in each. */
  private readonly every: Float64Array;
  private readonly due: Float64Array;

  constructor(graph: FuzzyGraph, xy: Float64Array, epochs: number, random: Random) {
    this.graph = graph;
    this.xy = xy;
    this.epochs = epochs;
    this.random = random;
    const surest = graph.weights.reduce((a, b) => Math.max(a, b), 0);
    this.every = graph.weights.map((weight) => surest / weight);
    this.due = this.every.slice();
  }

  /** One epoch: moves get smaller with each. */
  step(epoch: number): void {
    const { from, to } = this.graph;
    const { every, due } = this;
    const rate = 1 - epoch / this.epochs;
    for (let edge = 0; edge < from.length; edge++) {
      if (due[edge]! <= epoch + 1) {
        due[edge]! += every[edge]!;
        const [i, j] = [from[edge]!, to[edge]!];
        this.pull(i, j, rate);
        this.pushFromSome(i, rate);
        this.pushFromSome(j, rate);
      }
    }
  }

  /** Moves both ends of an edge toward each other. */
  private pull(i: number, j: number, rate: number): void {
    const { xy } = this;
    const dx = xy[2 * i]! - xy[2 * j]!;
    const dy = xy[2 * i + 1]! - xy[2 * j + 1]!;
    const square = dx * dx + dy * dy;
    if (square > 0) {
      const power = square ** B;
      const force = (-2 * A * B * (power / square)) / (1 + A * power);
      const [x, y] = [rate * clipped(force * dx), rate * clipped(force * dy)];
      xy[2 * i]! += x;
      xy[2 * i + 1]! += y;
      xy[2 * j]! -= x;
      xy[2 * j + 1]! -= y;
    }
  }

  /** Moves a point away from a few that are drawn at random. */
  private pushFromSome(i: number, rate: number): void {
    const { xy } = this;
    const count = xy.length / 2;
    for (let n = 0; n < PUSHES; n++) {
      const j = Math.floor(this.random() * count);
      const dx = xy[2 * i]! - xy[2 * j]!;
      const dy = xy[2 * i + 1]! - xy[2 * j + 1]!;
      const square = dx * dx + dy * dy;
      if (j !== i && square > 0) {
        const force = (2 * B) / ((SMALLEST + square) * (1 + A * square ** B));
        xy[2 * i]! += rate * clipped(force * dx);
        xy[2 * i + 1]! += rate * clipped(force * dy);
      }
    }
  }
}

function clipped(move: number): number {
  return Math.max(-MOST_MOVE, Math.min(MOST_MOVE, move));
}
