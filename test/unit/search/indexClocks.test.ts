// Two programs on one index whose clocks disagree, and jump: for a while both may take themselves for the one that writes.
// Nothing is lost by that, nothing is there twice, and in the end the index is what one of them alone would have made.

import { rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { type Clock, systemClock } from '../../../src/shared/environment.ts';
import { found, Workspace } from './serviceParts.ts';

const DAY = 86_400_000;
/** Leases are renewed by a clock that runs faster, so that the test need not wait for them. */
const FASTER = 30;

/** A clock whose time of day somebody sets anew. */
class JumpingClock implements Clock {
  offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }

  now(): number {
    return systemClock.now() + this.offset;
  }

  elapsed(): number {
    return systemClock.elapsed() * FASTER;
  }
}

it('comes out right', { timeout: 60_000 }, async () => {
  const text = (i: number, round = 0) => `export function parse${i}() { return 'round${round}x${i}'; }\n`;
  const word = (round: number) => `fresh${'abcdefg'[round]}`;
  await using workspace = await Workspace.with(
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.ts`, text(i)])),
  );
  const clocks = [new JumpingClock(0), new JumpingClock(400 * DAY)];
  const services = clocks.map((clock, i) =>
    workspace.service({
      clock,
      owner: `window ${i}`,
      openStore: ({ store }) => SqliteStore.open(store, { clock }),
    }),
  );
  await Promise.all(services.map((service) => service.open(workspace.settings())));
  for (let round = 1; round <= 6; round++) {
    clocks.forEach((clock, i) => {
      clock.offset = [0, 400 * DAY, -3000 * DAY, 3600_000][(round + i) % 4]!;
    });
    const saved = [round % 20, (round + 7) % 20].filter((i) => i !== 10);
    await workspace.write(Object.fromEntries(saved.map((i) => [`f${i}.ts`, text(i, round)])));
    await workspace.write({ [`new${round}.ts`]: `export const ${word(round)} = ${round};\n` });
    if (round > 1) {
      const [from, to] = [`new${round - 1}.ts`, `moved${round - 1}.ts`];
      await rename(path.join(workspace.folder, from), path.join(workspace.folder, to));
    }
    for (const service of services) {
      service.changed([]);
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  await Promise.all(services.map((service) => service.close()));
  const last = await workspace.settled();
  const health = await last.health();
  expect(health).toMatchObject({ state: 'ready', indexed: 26, pending: 0, chunks: 26, errorCount: 0 });
  expect(health.message).toBeUndefined();
  expect(health.models[0]?.vectors).toBe(26);
  for (let round = 1; round <= 6; round++) {
    const { hits } = await last.query(word(round), { top: 5, parts: ['lexical'] });
    expect(hits.map((hit) => hit.path)).toEqual([round < 6 ? `moved${round}.ts` : 'new6.ts']);
  }
  expect(await found(last, 'round6x6', 1)).toEqual(['f6.ts']);
});
