// Collects the texts that people see, from the host and from the webviews, into l10n/bundle.l10n.json, which is what a
// translation starts from: `node src/build/l10n.ts`. A test fails when the file is out of date.

import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { getL10nJson } from '@vscode/l10n-dev';
import { inRoot, root } from './paths.ts';

/** The bundle's text. */
export async function exportStrings(): Promise<string> {
  const host = (await textsOf(['src/extension.ts', 'src/host/*.ts'])).map((text) =>
    /\bt: Translate\b/.test(text) ? asHostCode(text) : text,
  );
  const webview = (await textsOf(['webview/**/*.ts'])).filter((text) => text.includes('l10n.ts'));
  // As one file: starting the collector for each takes ten times as long.
  const contents = [...host, ...webview.map(asHostCode)].join('\n');
  const strings = await getL10nJson([{ extension: '.ts', contents }]);
  const sorted = Object.fromEntries(Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

async function textsOf(patterns: string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) {
    files.push(file);
  }
  return Promise.all(files.sort().map((file) => readFile(inRoot(file), 'utf8')));
}

/** The collector knows `vscode.l10n.t`; in webviews, and where it is handed in, the same is called `t`. */
function asHostCode(text: string): string {
  return `import * as vscode from 'vscode';\n${text.replace(/(?<![\w.])t\(/g, 'vscode.l10n.t(')}`;
}

if (import.meta.main) {
  await mkdir(inRoot('l10n'), { recursive: true });
  await writeFile(inRoot('l10n/bundle.l10n.json'), await exportStrings());
}
