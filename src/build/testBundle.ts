// Bundles the suites that run inside the extension host into test/output/integration/, as CommonJS for any editor.

import { glob, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { inRoot, root } from './paths.ts';

export async function bundleSuites(): Promise<void> {
  await rm(inRoot('test/output/integration'), { recursive: true, force: true });
  const suites: string[] = [];
  for await (const file of glob('test/integration/{suite,restricted,bench}/*.test.ts', { cwd: root })) {
    suites.push(file);
  }
  await build({
    absWorkingDir: root,
    entryPoints: ['test/integration/index.ts', 'test/integration/guard.ts', ...suites.sort()],
    outdir: 'test/output/integration',
    outbase: 'test/integration',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha', './guard.cjs'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
