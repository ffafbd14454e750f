// The projects of the test run that vitest carries: unit tests, views in a real browser, and the whole in a real editor.

import { defineConfig } from 'vitest/config';
import { inRoot, root } from './paths.ts';

export default defineConfig({
  root,
  cacheDir: inRoot('node_modules/.vite'),
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,gradients,reference}/**/*.test.ts'],
          setupFiles: ['test/unit/support/networkGuard.ts'],
          // Both lanes of a full run share two cores: what takes seconds alone may take a minute there.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has a browser of its own, and there may be two cores.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
