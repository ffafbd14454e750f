// Each operation of the engine leads to the file that it is written in. That the lines are right is tested with the
// places of the programs, which hold these too.

import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quotedSources } from '../../../src/build/bundle.ts';
import type { Operation } from '../../../src/engine/autograd.ts';
import { operationPlace, operationPlaces } from '../../../src/engine/operationPlaces.ts';

const folder = new URL('../../../src/engine/ops/', import.meta.url);

it('each operation has a place, in the file that holds it', async () => {
  let found = 0;
  for (const file of readdirSync(folder)) {
    const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const exported of Object.values(module)) {
      const { name, forward } = (exported ?? {}) as Partial<Operation<unknown>>;
      if (typeof forward === 'function') {
        found++;
        expect(operationPlace(name!), name).toMatchObject({ file: `src/engine/ops/${file}` });
      }
    }
  }
  expect(found).toBeGreaterThan(35);
  expect(operationPlace('max')).toMatchObject({ file: 'src/engine/ops/max.ts' });
  expect(operationPlace('toString')).toBeUndefined();
});

it('each of these files is among the sources that people are shown', async () => {
  const files = Object.values(operationPlaces).map(({ file }) => file);
  expect(await quotedSources()).toEqual(expect.arrayContaining(files));
});
