// Captures what VS Code's four kinds of theme hand to a webview, into test/fixtures/themes. Run by hand when the editor
// that the tests stand for moves on: node test/webview/harness/captureThemes.ts

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../../../src/build/browser.ts';
import { inRoot } from '../../../src/build/paths.ts';
import { prepareServer, startServer } from '../../../src/build/vscodeServer.ts';
import type { Theme, ThemeName } from './themes.ts';

const NAMES: Readonly<Record<ThemeName, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

const manifest = {
  name: 'capture',
  publisher: 'test',
  version: '0.0.1',
  engines: { vscode: '^1.106.0' },
  main: './main.cjs',
  activationEvents: ['*'],
};
const main = `const vscode = require('vscode');
exports.activate = () => {
  vscode.window.createWebviewPanel('capture', 'Capture', 1, {}).webview.html = '<!DOCTYPE html><html><body>ready</body></html>';
};`;

const work = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-themes-'));
const browser = await launchBrowser();
try {
  const extension = path.join(work, 'extension');
  const folder = path.join(work, 'folder');
  await Promise.all([mkdir(extension), mkdir(folder)]);
  await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(extension, 'main.cjs'), main);
  const vscode = await prepareServer(console.error);
  for (const [file, theme] of Object.entries(NAMES)) {
    const captured = await capture(vscode, extension, folder, path.join(work, file), theme);
    await writeFile(inRoot('test/fixtures/themes', `${file}.json`), `${JSON.stringify(captured, null, 1)}\n`);
    console.log(`${file}: ${Object.keys(captured.variables).length} variables of ${captured.name}`);
  }
} finally {
  await browser.close();
  await rm(work, { recursive: true, force: true });
}

/** Opens the editor in one theme and reads its webview's root and body. */
async function capture(
  vscode: string,
  extension: string,
  folder: string,
  dataDir: string,
  theme: string,
): Promise<Theme> {
  const settings = { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false };
  const server = await startServer(vscode, { dataDir, settings });
  try {
    const page = await browser.newPage({ colorScheme: theme.includes('Light') ? 'light' : 'dark' });
    await page.goto(server.address({ folder, extension }));
    const view = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame();
    await view.locator('body').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500); // the theme's own colours come after the first paint
    const found = await view.locator('html').evaluate((root) => ({
      bodyClass: document.body.className,
      kind: document.body.dataset.vscodeThemeKind ?? '',
      name: document.body.dataset.vscodeThemeName ?? '',
      variables: Array.from((root as HTMLElement).style)
        .filter((name) => name.startsWith('--vscode-'))
        .map((name) => [name, (root as HTMLElement).style.getPropertyValue(name).trim()] as const),
    }));
    await page.close();
    const sorted = [...found.variables].sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...found, variables: Object.fromEntries(sorted) };
  } finally {
    await server.stop();
  }
}
