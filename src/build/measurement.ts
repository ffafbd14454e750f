// What a benchmark reports: one figure, beside a peer's or a goal's. Used by test/bench/AREA.ts; printing is bench.ts.

/** One figure. `ratio` above 1 is better than the peer, whichever way "better" runs. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against: another program, or "goal". */
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
}

/** What a file test/bench/AREA.ts exports as `measure`: it reports each figure as soon as it has it. */
export type Measure = (report: (measurement: Measurement) => void, log: (line: string) => void) => Promise<void>;

/** A figure of which less is better, beside its peer's. */
export function lessIsBetter(name: string, value: number, unit: string, peer: string, peerValue: number): Measurement {
  return { name, value, unit, peer, peerValue, ratio: peerValue / value };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
