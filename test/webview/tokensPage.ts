// The tokens panel in a real browser, for the tests of it: one browser, one worker and one script a file, a page and its
// host a test, and the parts of the page by name.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { TokensHost } from './tokensHost.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Spaces, line ends, emoji, marks, controls, letters that pass for others, and lines enough to scroll. */
export const AWKWARD =
  'Hello world, hello World!\n\tif (a) {\r\n}\n\n東京は雨 👨‍👩‍👧 🇩🇪 \u00a0n\u200b\u202eo\u202c \ufeff\u0000 x\u0301 שלום\n' +
  'A <|endoftext|> or [CLS] in a pаypal text  \n' +
  Array.from({ length: 60 }, (_, line) => `Line ${line} says one thing after another until it is long enough.\n`).join(
    '',
  );

/** What a file's tests share. Call it once, at the top of the file. */
export function tokensPage() {
  let browser: Browser;
  let worker: RealWorker;
  let script: string;
  const page = {} as { host: TokensHost; view: View | undefined };
  beforeAll(async () => {
    [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('tokens')]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });
  beforeEach(() => {
    page.host = new TokensHost(worker.calls);
  });
  afterEach(async () => {
    const closing = page.view;
    page.view = undefined;
    await closing?.close();
  });
  return {
    get host() {
      return page.host;
    },
    /** Opens the page on a text, or on what the host has. */
    open: async (text: string | undefined, options: Partial<ViewOptions> = {}): Promise<View> => {
      const { host } = page;
      if (text !== undefined) {
        host.subject = { what: 'document', name: 'sample.txt', lines: [3, 9], text };
      }
      page.view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, ...options });
      host.connection = page.view.connection;
      if (text !== undefined) {
        await page.view.page.locator('tokens-readout dd').first().waitFor();
      }
      return page.view;
    },
  };
}

/** Waits as long as a busy machine may need. */
export const poll: typeof expect.poll = (look) => expect.poll(look, { timeout: 20_000 });
export const text = ({ page }: View) => page.locator('tokens-text .scroller');
export const tokens = ({ page }: View) => page.locator('tokens-text .token');
/** What the readout says, on one line. */
export const readout = async ({ page }: View) =>
  (await page.locator('tokens-readout').locator('.facts, .notes').allInnerTexts()).join(' ').replace(/\s+/g, ' ');
export const control = ({ page }: View, label: string) => page.locator(`[data-control="${label}"]`);
export const find = (opened: View) => control(opened, 'Find text, or an id as #995').locator('input');
export const current = ({ page }: View) => page.locator('tokens-text .token.current');
export const tab = ({ page }: View, name: string) => page.locator(`#tab-${name}`);
export const words = async (locator: { allInnerTexts(): Promise<string[]> }) =>
  (await locator.allInnerTexts()).map((words) => words.replace(/\s+/g, ' ').trim());
/** The current token's number as the readout says it, from 0. */
export const number = async (opened: View) =>
  Number((await readout(opened)).match(/Token ([\d,]+) of/)?.[1]?.replaceAll(',', '')) - 1;

/** Chooses in one of the toolkit's drop-downs, by what an entry is called. */
export async function pick(opened: View, label: string, entry: string): Promise<void> {
  await control(opened, label).click();
  await control(opened, label).locator('vscode-option', { hasText: entry }).first().click();
}

/** The serious and critical faults that axe finds. */
export async function seriousFaults({ page }: View): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ target, failureSummary }) => `${target} ${failureSummary}`)
            .slice(0, 3)
            .join('; ')}`,
      );
  });
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** How far the page, and what stands in it, reach over the side, in px; 0 for none. */
export async function sideways({ page }: View): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
