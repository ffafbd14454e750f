// What was typed into the embedding inspector, after its panel was hidden or its window reloaded: all that page has then is
// its kept state, and the host may be slow, or know nothing of it.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { handle } from '../../src/host/webviewConnection.ts';
import { listEmbedders } from '../../src/shared/embeddingMessages.ts';
import { addPanelTexts } from '../../src/shared/embeddingPanelMessages.ts';
import { Fault } from '../../src/shared/errors.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { EmbeddingsHost } from './embeddingsHost.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { View } from './harness/view.ts';

/** Characters of the listed texts, and of the box. */
const MOST_KEPT = 200_000;

let browser: Browser;
let script: string;
let host: EmbeddingsHost;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), viewScript('embeddings')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(texts: readonly string[] = [], before: () => void = () => {}): Promise<Page> {
  host = new EmbeddingsHost();
  host.addTexts(texts);
  before();
  view = await View.open({ browser, script, handlers: host.handlers, worker: {} as Calls, width: 1200 });
  await view.page.locator('[role=tablist]').waitFor();
  return view.page;
}

/** Has the host wait, or fail, before it answers a method. */
function delay(name: string, wait: () => Promise<void>): void {
  const at = host.handlers.findIndex(({ method }) => method.name === name);
  const { method, answer } = host.handlers[at]!;
  (host.handlers as unknown[])[at] = handle(method, async (params, context) => {
    await wait();
    return answer(params, context);
  });
}

/** The window is loaded again: the host's list is gone with it. */
async function reloadWindow(): Promise<void> {
  host.items = [];
  await view.reload();
}

const box = (page: Page) => page.locator('vscode-text-area textarea');
const names = (page: Page) => page.locator('ul.list .name').allTextContents();
const stored = (page: Page) => page.evaluate(() => sessionStorage.getItem('vscode-state')?.length ?? 0);

it('what stands in the box is there again, and gone once it was added', async () => {
  const page = await open();
  await box(page).fill('one cat\ntwo dogs');
  await view.reload(); // before the state is written by itself
  await eventually(() => box(page).inputValue()).toBe('one cat\ntwo dogs');
  await control(page, 'Add').click();
  await eventually(() => names(page)).toEqual(['one cat', 'two dogs']);
  await view.reload();
  await eventually(() => names(page)).toEqual(['one cat', 'two dogs']);
  expect(await box(page).inputValue()).toBe('');
});

it('an analogy’s texts are there again', async () => {
  const page = await open();
  await page.locator('#tab-analogy').click();
  const field = (label: string) => page.locator(`vscode-text-field[data-control="${label}"] input`);
  await field('a').fill('cat');
  await field('c').fill('a very small river');
  await view.reload();
  await eventually(() => field('c').inputValue()).toBe('a very small river');
  expect(await field('a').inputValue()).toBe('cat');
  expect(await field('b').inputValue()).toBe('man');
});

it('typed texts come back, though the models are not known yet, and the window is loaded again meanwhile', async () => {
  let go = () => {};
  const page = await open(['one cat', 'two dogs']);
  await eventually(() => names(page)).toHaveLength(2);
  await page.waitForTimeout(300);
  delay(
    listEmbedders.name,
    () =>
      new Promise((resolve) => {
        go = resolve;
      }),
  );
  for (let times = 0; times < 2; times++) {
    await reloadWindow();
    await eventually(() => names(page)).toEqual(['one cat', 'two dogs']);
    await page.waitForTimeout(300);
  }
  go();
});

it('typed texts that the host would not take are not forgotten', async () => {
  const page = await open(['one cat']);
  await eventually(() => names(page)).toHaveLength(1);
  await page.waitForTimeout(300);
  let fault: Fault | undefined = new Fault('internal', 'The host is busy.');
  delay(addPanelTexts.name, async () => {
    if (fault !== undefined) {
      throw fault;
    }
  });
  await reloadWindow();
  await page.getByText('An embedding turns').waitFor();
  await page.waitForTimeout(300);
  await reloadWindow();
  await page.getByText('An embedding turns').waitFor();
  fault = undefined;
  await reloadWindow();
  await eventually(() => names(page)).toEqual(['one cat']);
});

it('no more is kept than fits, and whole texts of it', async () => {
  const long = 'x'.repeat(19_000);
  const page = await open(Array.from({ length: 15 }, (_, i) => `${i} ${long}`));
  await eventually(() => names(page)).toHaveLength(15);
  await box(page).fill(`${'y'.repeat(MOST_KEPT - 1)}😀 and more`);
  await page.waitForTimeout(400);
  expect(await stored(page)).toBeLessThan(2 * MOST_KEPT + 1000);
  await reloadWindow();
  await eventually(() => names(page)).toHaveLength(10);
  expect(await box(page).inputValue()).toBe('y'.repeat(MOST_KEPT - 1));
});

it('a state of another shape is as good as none', async () => {
  host = new EmbeddingsHost();
  const values = {
    page: { tab: 7, typed: [1, 'one cat', null] },
    box: {},
    analogy: { a: 1, b: 'x', c: 'y', among: 'z' },
  };
  const state = { schema: 1, subject: 'embeddings', values };
  view = await View.open({ browser, script, handlers: host.handlers, worker: {} as Calls, width: 1200, state });
  const { page } = view;
  await eventually(() => names(page)).toEqual(['one cat']);
  expect(await box(page).inputValue()).toBe('');
  await page.locator('#tab-analogy').click();
  await eventually(() => page.locator('vscode-text-field[data-control="a"] input').inputValue()).toBe('king');
});
