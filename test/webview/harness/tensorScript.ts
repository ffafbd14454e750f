// The bundle of tensorPage.ts, as text.

import { build } from 'esbuild';
import { inRoot } from '../../../src/build/paths.ts';

export async function tensorScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inRoot('test/webview/harness/tensorPage.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    target: ['es2022', 'chrome128'],
    charset: 'utf8',
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (file === undefined) {
    throw new Error('esbuild made nothing of the tensor page.');
  }
  return file.text;
}
