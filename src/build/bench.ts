// npm run bench -- AREA [--json]: measures one area, each figure beside a peer's or a goal's. With --json, one object a
// line on stdout and nothing else (start npm with --silent, which otherwise prints a heading of its own).

import { glob } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Measure, Measurement } from './measurement.ts';
import { inRoot, root } from './paths.ts';
import { endOnSignal } from './processes.ts';

async function areas(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('test/bench/*.ts', { cwd: root })) {
    found.push(path.basename(file, '.ts'));
  }
  return found.sort();
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function tableRow({ name, value, unit, peer, peerValue, ratio }: Measurement): string {
  const against = peer === undefined || peerValue === undefined ? '' : `${peer}: ${rounded(peerValue)} ${unit}`;
  const factor = ratio === undefined ? '' : `x ${ratio.toFixed(2)}`;
  return `${name.padEnd(48)} ${`${rounded(value)} ${unit}`.padStart(14)}   ${against.padEnd(36)} ${factor}`.trimEnd();
}

const args = process.argv.slice(2);
const json = args.includes('--json');
const [area] = args.filter((arg) => !arg.startsWith('--'));
const known = await areas();
if (area === undefined || !known.includes(area)) {
  console.error(`Name an area: npm run bench -- AREA [--json]. There are: ${known.join(', ')}.`);
  process.exit(2);
}
endOnSignal();
const { measure } = (await import(pathToFileURL(inRoot('test/bench', `${area}.ts`)).href)) as { measure: Measure };
let count = 0;
await measure(
  (measurement) => {
    count += 1;
    const { value, peerValue, ratio } = measurement;
    const round = {
      value: rounded(value),
      ...(peerValue !== undefined && { peerValue: rounded(peerValue) }),
      ...(ratio !== undefined && { ratio: rounded(ratio) }),
    };
    console.log(json ? JSON.stringify({ ...measurement, ...round }) : tableRow(measurement));
  },
  (line) => console.error(line),
);
if (count === 0) {
  console.error(`${area} measured nothing.`);
  process.exit(1);
}
