// What the benchmark measured last, as it is committed: nDCG at 10 of each query by each way. Lesson 29, the settings and
// the static model's card speak of these figures, and tests hold them against this file.

import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../../../src/build/paths.ts';

const FILE = inRoot('test/bench/searchQuality/measured.csv');

export interface Measured {
  /** The id of the MiniLM that took part: which file, and how texts were given to it. */
  readonly model: string;
  /** By way, then by code base: the queries in their order. */
  readonly ndcgs: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

export function readMeasured(): Measured {
  const [head = '', ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  const [model = '', , ...ways] = head.split(';');
  const ndcgs = new Map(ways.map((way) => [way, new Map<string, number[]>()]));
  for (const line of lines) {
    const [base = '', , ...values] = line.split(';');
    ways.forEach((way, i) => {
      const byBase = ndcgs.get(way)!;
      byBase.set(base, [...(byBase.get(base) ?? []), Number(values[i])]);
    });
  }
  return { model, ndcgs };
}

/** One line a query: its code base, its number there, and its nDCGs in the order of the ways in the first line. */
export function writeMeasured({ model, ndcgs }: Measured): void {
  const ways = [...ndcgs.keys()];
  const lines = [[model, 'query', ...ways]];
  for (const [base, values] of ndcgs.get(ways[0]!)!) {
    values.forEach((_, i) => {
      lines.push([base, String(i + 1), ...ways.map((way) => ndcgs.get(way)!.get(base)![i]!.toFixed(6))]);
    });
  }
  writeFileSync(FILE, `${lines.map((line) => line.join(';')).join('\n')}\n`);
}
