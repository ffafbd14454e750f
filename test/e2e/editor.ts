// A real VS Code with the extension in it, driven as a person would: VS Code's server in a browser. Every request of its
// pages is looked at, and every breach of a webview's content policy.

import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../src/build/browser.ts';
import { inRoot, root } from '../../src/build/paths.ts';
import { installVsix, prepareServer, startServer } from '../../src/build/vscodeServer.ts';

export interface EditorOptions {
  /** Taken from a VSIX instead of the tree. */
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width: number; readonly height: number };
  /** Adds to the copy of the sample workspace before it is opened. @returns a folder or `.code-workspace` file to open */
  readonly prepare?: (workspace: string) => Promise<string>;
  /** More variables for the server and its extension hosts. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Editor {
  readonly page: Page;
  /** The copy of the sample workspace, which is open unless `prepare` named another. */
  readonly workspace: string;
  /** What went wrong beside the tests: requests out of a webview, breaches of its policy. Empty when all is well. */
  readonly faults: readonly string[];
  /** Runs a command by its title, as typed after F1. */
  command(title: string): Promise<void>;
  /** Opens a file of the workspace by its name. */
  openFile(name: string): Promise<void>;
  /** Shows the Lessons tree. */
  showLessons(): Promise<void>;
  /** Clicks a lesson in the tree. */
  openLesson(title: string): Promise<void>;
  /** The inner page of the webview that shows an editor tab of this title; waits for it. */
  webview(title: string): Promise<Frame>;
  /** Answers the dialog for a file or a folder, where the setting `files.simpleDialog.enable` makes it the page's own. */
  pick(file: string): Promise<void>;
  /** Loads the window again, as "Developer: Reload Window" does. */
  reload(): Promise<void>;
  /** Saves a picture under test/output/. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const work = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-e2e-'));
  const workspace = path.join(work, 'workspace');
  await cp(inRoot('test/fixtures/sample-workspace'), workspace, { recursive: true });
  const opened = (await options.prepare?.(workspace)) ?? workspace;
  const vscode = await prepareServer(() => {});
  const dataDir = path.join(work, 'data');
  const extensionsDir = path.join(work, 'extensions');
  await mkdir(extensionsDir);
  if (options.vsix) {
    await installVsix(vscode, options.vsix, dataDir, extensionsDir);
  }
  const { settings = {}, environment = {} } = options;
  const server = await startServer(vscode, { dataDir, extensionsDir, settings, environment });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: options.size ?? { width: 1440, height: 900 }, colorScheme: 'dark' });
  const faults: string[] = [];
  watchRequests(page, server.origin, faults);
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text()) && message.location().url.includes('/pre/')) {
      faults.push(`breach of a webview's policy: ${message.text()}`);
    }
  });
  const address = server.address({ folder: opened, ...(options.vsix ? {} : { extension: root }) });
  await page.goto(address);
  await ready(page);
  return {
    page,
    workspace,
    faults,
    command: (title) => runCommand(page, title),
    openFile: (name) => openFile(page, name),
    showLessons: () => page.getByRole('tab', { name: 'Inside LLMs' }).first().click(),
    openLesson: (title) => page.locator('.pane-body .monaco-list-row', { hasText: title }).first().click(),
    webview: (title) =>
      webviewWhere(page, `the title "${title}"`, async (frame) => (await frame.title()).includes(title)),
    pick: (file) => pick(page, file),
    reload: async () => {
      const loaded = page.waitForEvent('load');
      await runCommand(page, 'Developer: Reload Window');
      await loaded;
      await ready(page);
    },
    picture: async (name) => {
      await mkdir(inRoot('test/output'), { recursive: true });
      await page.screenshot({ path: inRoot('test/output', `${name}.png`) });
    },
    close: async () => {
      await browser.close();
      await server.stop();
      await rm(work, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Brings an element to the top of the page: blocks start when they come near the screen. */
export async function scrollTo(frame: Frame, selector: string): Promise<void> {
  const element = frame.locator(selector).first();
  await element.evaluate((found) => {
    // A reader scrolls by a gesture: until there is one, a page that came back holds its place.
    dispatchEvent(new WheelEvent('wheel'));
    found.scrollIntoView({ block: 'start' });
  });
}

/**
 * A webview may load from this server, and through the workbench's own service worker (`vscode-resource`), which never
 * leaves the machine. The workbench itself looks up services of its maker's: those requests are not the product's, and
 * come from frames that hold no webview.
 */
function watchRequests(page: Page, origin: string, faults: string[]): void {
  page.on('request', (request) => {
    const url = request.url();
    const local = url.startsWith(origin) || /^(data|blob|vscode-file):/.test(url) || isWebviewResource(url);
    if (!local && request.serviceWorker() === null && isInWebview(request.frame())) {
      faults.push(`request out of a webview: ${url}`);
    }
  });
}

function isWebviewResource(url: string): boolean {
  return /^https:\/\/[\w%+.-]*\.(vscode-resource\.)?vscode-cdn\.net\//.test(url);
}

function isInWebview(frame: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.parentFrame()) {
    if (at.url().includes('/webview/') || at.name() === 'active-frame' || at.name() === 'pending-frame') {
      return true;
    }
  }
  return false;
}

async function ready(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
}

/** Right after the start the palette lacks what extensions contribute, and doesn't gain it while it is open. */
async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input.input').first();
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let tries = 0; tries < 6; tries++) {
    await page.keyboard.press('F1');
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${title}`);
    if (await appears(row)) {
      await row.click();
      return;
    }
    await page.keyboard.press('Escape');
  }
  throw new Error(`The palette has no command "${title}".`);
}

/** Within 5 s. */
async function appears(element: Locator): Promise<boolean> {
  try {
    await element.waitFor({ state: 'visible', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  const input = page.locator('.quick-input-widget input.input').first();
  await input.waitFor({ state: 'visible' });
  await input.fill(name);
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) }).first();
  await row.waitFor({ state: 'visible' });
  await row.click();
  await page.locator('.editor-instance .view-lines').first().waitFor();
}

/** The dialog lists a folder first; what is filled in before that is written over. */
async function pick(page: Page, file: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget').first();
  const input = dialog.locator('input.input').first();
  await dialog.locator('.monaco-list-row').first().waitFor();
  await input.fill(file);
  await dialog
    .locator('.monaco-list-row', { hasText: path.basename(file) })
    .first()
    .waitFor();
  // A folder is gone into first, and taken then.
  for (let tries = 0; tries < 4 && (await dialog.isVisible()); tries++) {
    await dialog.locator('.monaco-button:visible').first().click();
    await page.waitForTimeout(700);
  }
}

/** The inner page of the webview that passes `test`; waits for it, 45 s at most. */
export async function webviewWhere(page: Page, what: string, test: (frame: Frame) => Promise<boolean>): Promise<Frame> {
  for (let tries = 0; tries < 900; tries++) {
    for (const frame of page.frames().filter((candidate) => /^(active|pending)-frame$/.test(candidate.name()))) {
      // A frame may go away while it is asked: then it was not the one.
      if (await test(frame).catch(() => false)) {
        return frame;
      }
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`No webview with ${what} came up in 45 s.`);
}
