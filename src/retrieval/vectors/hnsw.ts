// A graph to walk to the nearest (HNSW; Malkov and Yashunin, 2016, whose names stand in brackets): every row is linked to
// some near ones, and few of them again on sparser layers above. A search starts at the top, goes to whichever neighbour is
// nearer until none is, and goes down a layer. It may end beside the nearest: the trace shows the way that it took. Rows have
// length 1, and are not removed.

import type { Random } from '../../shared/environment.ts';
import type { Ranked } from './neighbours.ts';
import { dotOf } from './quantise.ts';

export interface HnswOptions {
  /** Links that a new row gets on each layer [M]; on the lowest, a row may have twice as many. */
  readonly links: number;
  /** How many of the best are kept on the way when a row is put in [efConstruction]. */
  readonly breadth: number;
  readonly random: Random;
}

/** A step of a search: a row that was compared with the query. */
export interface Visit {
  readonly layer: number;
  readonly row: number;
  /** From which row the link led here; undefined at the entry. */
  readonly from: number | undefined;
  readonly score: number;
}

export interface HnswTrace {
  /** Best first. */
  readonly nearest: readonly Ranked[];
  /** In the order in which they were compared. */
  readonly visits: readonly Visit[];
}

export class Hnsw {
  readonly rows: Float32Array[] = [];
  /** By row, then by layer from the lowest: the rows that it is linked to. */
  readonly links: number[][][] = [];
  private readonly options: HnswOptions;
  private entry = -1;

  constructor(options: HnswOptions) {
    this.options = options;
  }

  /** The highest layer; -1 while there is nothing. */
  get top(): number {
    return (this.links[this.entry]?.length ?? 0) - 1;
  }

  /** Puts a row in [INSERT]. @returns its place. */
  add(vector: Float32Array): number {
    const { links, breadth, random } = this.options;
    const row = this.rows.push(vector) - 1;
    // Each layer has about 1/links of the rows of the layer below it.
    const level = Math.floor(-Math.log(1 - random()) / Math.log(links));
    this.links.push(Array.from({ length: level + 1 }, () => []));
    if (row === 0) {
      this.entry = 0;
      return row;
    }
    const top = this.top;
    let near = [this.ranked(this.entry, vector)];
    for (let layer = top; layer > level; layer--) {
      near = this.searchLayer(vector, near, 1, layer);
    }
    for (let layer = Math.min(top, level); layer >= 0; layer--) {
      near = this.searchLayer(vector, near, breadth, layer);
      for (const { index } of this.chosen(near, links)) {
        this.linksOf(row, layer).push(index);
        this.linksOf(index, layer).push(row);
        this.shrink(index, layer);
      }
    }
    if (level > top) {
      this.entry = row;
    }
    return row;
  }

  /** The best `limit` of those that a walk finds [K-NN-SEARCH]. @param breadth how many it keeps on the way [ef]. */
  search(query: Float32Array, limit: number, breadth: number): HnswTrace {
    if (this.entry === -1) {
      return { nearest: [], visits: [] };
    }
    const visits: Visit[] = [];
    const first = this.ranked(this.entry, query);
    visits.push({ layer: this.top, row: first.index, from: undefined, score: first.score });
    let near = [first];
    for (let layer = this.top; layer > 0; layer--) {
      near = this.searchLayer(query, near, 1, layer, visits);
    }
    near = this.searchLayer(query, near, Math.max(breadth, limit), 0, visits);
    return { nearest: near.slice(0, limit), visits };
  }

  /** The best that links lead to from `entries`, on one layer, best first [SEARCH-LAYER]. */
  private searchLayer(
    query: Float32Array,
    entries: readonly Ranked[],
    breadth: number,
    layer: number,
    visits?: Visit[],
  ): Ranked[] {
    const seen = new Set(entries.map(({ index }) => index));
    const best = [...entries].sort(byScore);
    const waiting = [...best];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const worst = best.at(-1);
      if (best.length >= breadth && worst !== undefined && byScore(next, worst) > 0) {
        break; // whatever waits is farther than all that are kept
      }
      for (const row of this.linksOf(next.index, layer)) {
        if (!seen.has(row)) {
          seen.add(row);
          const found = this.ranked(row, query);
          visits?.push({ layer, row, from: next.index, score: found.score });
          if (best.length < breadth || byScore(found, best.at(-1) as Ranked) < 0) {
            insert(best, found);
            insert(waiting, found);
            best.length = Math.min(best.length, breadth);
          }
        }
      }
    }
    return best;
  }

  /**
   * Those of the near ones to link to [SELECT-NEIGHBORS-HEURISTIC]: one is taken only if it is nearer to the row than to
   * all that were taken before, so that links lead in different directions; then the nearest of the rest.
   */
  private chosen(near: readonly Ranked[], count: number): Ranked[] {
    const taken: Ranked[] = [];
    const passed: Ranked[] = [];
    for (const one of near) {
      const vector = this.rows[one.index]!;
      const apart = taken.every(({ index }) => dotOf(vector, this.rows[index]!) < one.score);
      (apart && taken.length < count ? taken : passed).push(one);
    }
    return [...taken, ...passed.slice(0, count - taken.length)];
  }

  /** Takes links away from a row that has too many. */
  private shrink(row: number, layer: number): void {
    const most = layer === 0 ? 2 * this.options.links : this.options.links;
    const links = this.linksOf(row, layer);
    if (links.length > most) {
      const near = links.map((other) => this.ranked(other, this.rows[row]!)).sort(byScore);
      this.links[row]![layer] = this.chosen(near, most).map(({ index }) => index);
    }
  }

  private linksOf(row: number, layer: number): number[] {
    return this.links[row]![layer]!;
  }

  private ranked(index: number, query: Float32Array): Ranked {
    return { index, score: dotOf(this.rows[index]!, query) };
  }
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.index - b.index;
}

/** Puts one where it belongs in a list that is in order, best first. */
function insert(list: Ranked[], one: Ranked): void {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byScore(list[middle]!, one) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  list.splice(low, 0, one);
}
