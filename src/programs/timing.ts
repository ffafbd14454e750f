// How long something takes on this machine: the fastest of several runs, as whatever else the machine does only adds.

import type { Clock } from '../shared/environment.ts';

export interface TimingOptions {
  /** Runs that count are made for so long, in milliseconds. */
  readonly least?: number;
  /** And never more than so many. */
  readonly most?: number;
}

/** The first runs of a piece of code are slow, until it has been compiled: they don't count. @returns milliseconds */
export async function fastestMs(
  clock: Clock,
  work: () => void | Promise<void>,
  { least = 60, most = 100 }: TimingOptions = {},
): Promise<number> {
  await repeated(clock, work, least / 2, most / 2);
  const took = await repeated(clock, work, least, most);
  return Math.min(...took);
}

async function repeated(
  clock: Clock,
  work: () => void | Promise<void>,
  least: number,
  most: number,
): Promise<number[]> {
  const took: number[] = [];
  const start = clock.elapsed();
  do {
    const before = clock.elapsed();
    await work();
    took.push(clock.elapsed() - before);
  } while (took.length < most && clock.elapsed() - start < least);
  return took;
}
