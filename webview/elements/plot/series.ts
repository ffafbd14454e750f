// What a plot shows: points gathered from the tables that a program's frames yield. Pure; draws nothing.

import { Fault } from '../../../src/shared/errors.ts';
import type { Frame, TableValue, TracePart, Value } from '../../../src/shared/trace.ts';

export interface Line {
  /** The column's id. */
  readonly id: string;
  readonly label: string;
  /** In the order they came. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface SeriesOptions {
  readonly table: string;
  readonly x: string;
  readonly y: readonly string[];
}

/** Points kept a line; beyond it every second one is dropped, so that a plot can go on for hours. */
const MOST = 4000;

/** Gathers points part by part. A frame with the op `restart` clears them. */
export class Series {
  private readonly options: SeriesOptions;
  private values: Value[] = [];
  private firstValue = 0;
  private lines: { id: string; label: string; points: [number, number][] }[] = [];
  /** Keep one row in so many. */
  private stride = 1;
  private rowsSeen = 0;
  /** The frame that came last. */
  newest: Frame | undefined;
  /** The values that {@link newest} shows beside the plotted table, by name. */
  beside: readonly { readonly name: string; readonly value: Value }[] = [];
  /** Frames since the last restart. */
  frames = 0;

  constructor(options: SeriesOptions) {
    this.options = options;
  }

  get drawn(): readonly Line[] {
    return this.lines;
  }

  /** @throws Fault `not-found` when a table lacks a column that the block names. */
  add(part: Pick<TracePart, 'values' | 'frames'>): void {
    this.values = [...part.values];
    for (const frame of part.frames) {
      if (frame.op === 'restart') {
        this.clear();
      }
      this.frames += 1;
      this.newest = frame;
      const tables = frame.outputs.filter((port) => port.name === this.options.table);
      for (const port of tables) {
        const value = this.valueOf(port.value);
        if (value?.kind === 'table') {
          this.append(value);
        }
      }
      this.beside = frame.outputs
        .filter((port) => port.name !== this.options.table)
        .flatMap(({ name, value }) => {
          const found = this.valueOf(value);
          return found === undefined ? [] : [{ name, value: found }];
        });
    }
    this.firstValue += part.values.length;
  }

  private valueOf(id: number): Value | undefined {
    return this.values[id - this.firstValue];
  }

  private clear(): void {
    this.lines = [];
    this.stride = 1;
    this.rowsSeen = 0;
    this.frames = 0;
  }

  private append(table: TableValue): void {
    const index = (id: string) => {
      const at = table.columns.findIndex((column) => column.id === id);
      if (at < 0) {
        const known = table.columns.map((column) => column.id).join(', ');
        throw new Fault('not-found', `The table "${this.options.table}" has no column "${id}". It has: ${known}.`);
      }
      return at;
    };
    const x = index(this.options.x);
    const y = this.options.y.map(index);
    if (this.lines.length === 0) {
      this.lines = this.options.y.map((id, line) => ({
        id,
        label: table.columns[y[line] as number]?.label ?? id,
        points: [],
      }));
    }
    for (const row of table.rows) {
      const at = row[x];
      if (typeof at === 'number' && this.rowsSeen++ % this.stride === 0) {
        this.lines.forEach((line, number) => {
          const value = row[y[number] as number];
          if (typeof value === 'number') {
            line.points.push([at, value]);
          }
        });
      }
    }
    if (this.lines.some((line) => line.points.length > MOST)) {
      this.stride *= 2;
      for (const line of this.lines) {
        line.points = line.points.filter((_, number) => number % 2 === 0);
      }
    }
    // A fresh list, so that whoever draws it sees that it changed.
    this.lines = [...this.lines];
  }
}
