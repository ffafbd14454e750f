// The bundle of one of the pages beside this file, as text.

import { build } from 'esbuild';
import { inRoot } from '../../../src/build/paths.ts';

/** @param page its file name, such as `pointsPage.ts` */
export async function pageScript(page: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inRoot('test/webview/harness', page)],
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
    throw new Error(`esbuild made nothing of ${page}.`);
  }
  return file.text;
}
