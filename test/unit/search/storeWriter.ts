// Started as a process of its own by the tests of faults: `FILE ROOT BATCHES` writes batches of four files into an index,
// with their vectors, and says a number on stdout when one is committed.

import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { batchOf } from './storeBatches.ts';

const [file, root, batches] = process.argv.slice(2) as [string, string, string];
const store = await SqliteStore.open(file, { clock: systemClock });
let from = 0;
for (const { root: of, path } of await store.files()) {
  from = of === root ? Math.max(from, Number.parseInt(path, 10) + 1) : from;
}
process.stdout.write('ready\n');
for (let batch = from; batch < from + Number(batches); batch++) {
  await store.apply(batchOf(root, batch));
  process.stdout.write(`${batch}\n`);
  const lacking = await store.withoutVectors('m', 20);
  await store.putVectors('m', 4, new Map(lacking.map(({ id }) => [id, new Float32Array([1, 0, 0, 0])])));
}
await store.close();
