// Finds and starts a Chromium for the tests that need a real browser.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** What to say where there is none. */
export const HOW_TO_GET_A_BROWSER =
  process.platform === 'linux'
    ? 'Get one with: sudo apt-get install -y --no-install-recommends chromium   (or, anywhere: npx playwright-core install chromium)'
    : 'Get one with: npx playwright-core install chromium   (an installed Chrome or Edge is found by itself)';

/** The program of a Chromium, Chrome or Edge: $CHROMIUM, playwright's own, or an installed one. */
export function findBrowser(): string | undefined {
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const candidates = [
    process.env.CHROMIUM,
    ownBrowser(),
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].flatMap(onPath),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...windows.flatMap((folder) =>
      folder
        ? [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`]
        : [],
    ),
  ];
  return candidates.find((file) => file !== undefined && existsSync(file));
}

/** Starts it without a window, and with nothing of its own that asks the network. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error(`No browser was found. ${HOW_TO_GET_A_BROWSER}`);
  }
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-sync', '--disable-dev-shm-usage', ...quiet],
  });
}

function ownBrowser(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // playwright has none for this system
  }
}

function onPath(name: string): string[] {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
}
