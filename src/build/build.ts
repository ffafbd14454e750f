// npm run build: dist/, ready to run or to package. With --development: readable bundles with source maps; with
// --suites: also the suites that run inside the extension host.

import { stat } from 'node:fs/promises';
import { bundleAll } from './bundle.ts';
import { warnOfMissingModel } from './models.ts';
import { inRoot } from './paths.ts';
import { bundleSuites } from './testBundle.ts';

try {
  const metafiles = await bundleAll(process.argv.includes('--development'));
  if (process.argv.includes('--suites')) {
    await bundleSuites();
  }
  for (const out of metafiles.keys()) {
    const { size } = await stat(inRoot(out));
    console.log(`${out.padEnd(24)} ${(size / 1024).toFixed(1).padStart(8)} kB`);
  }
  await warnOfMissingModel();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
