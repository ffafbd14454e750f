// Real code and real prose, of what every checkout has: this project's own files and those of the packages it installs.
// Nothing is downloaded.

import { glob, readFile, stat } from 'node:fs/promises';
import { inRoot, root } from '../../../src/build/paths.ts';

const KB = 1000;

/** Files by their paths in the project's folder, sorted, so that the same install gives the same corpus. */
async function files(patterns: readonly string[], least = 0, most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob([...patterns], { cwd: root })) {
    const stats = await stat(inRoot(file));
    if (stats.isFile() && stats.size >= least && stats.size <= most) {
      found.push(file);
    }
  }
  return found.sort();
}

/** Packages' TypeScript and JavaScript: smaller files only pass others on, larger ones are bundles. */
function packageCode(): Promise<string[]> {
  return files(['node_modules/**/*.ts', 'node_modules/**/*.js', 'node_modules/**/*.mjs'], 2 * KB, 100 * KB);
}

async function join(paths: readonly string[], most: number): Promise<string> {
  let text = '';
  for (const file of paths) {
    if (text.length >= most) {
      break;
    }
    text += await readFile(inRoot(file), 'utf8');
  }
  return text.slice(0, most);
}

/** This project's TypeScript, then every eighth file of the packages: 5 million characters. */
export async function code(): Promise<string> {
  const own = await files(['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts']);
  const others = (await packageCode()).filter((_, i) => i % 8 === 0);
  return join([...own, ...others], 5e6);
}

/** Tiny Shakespeare where it is there, the lessons, and the read-me files and accounts of changes of all packages. */
export async function prose(): Promise<string> {
  return join(await files(['../shared/data/tinyshakespeare.txt', 'lessons/**/*.md', 'node_modules/**/*.md'], KB), 5e6);
}

/** Up to `most` characters of different code. */
export async function muchCode(most: number): Promise<string> {
  return join(await packageCode(), most);
}
