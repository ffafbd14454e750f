// A text of 5 MB in the tokens panel: nothing is cut, little is drawn, and the page goes on answering. The numbers here
// are of elements and tokens; the one limit in time is loose, and only shows that nothing worked on all tokens at once.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View } from './harness/view.ts';
import { TokensHost } from './tokensHost.ts';

const LINE = 'A line of text with some words in it.\n'; // 11 tokens
const LINES = 138_000;
const COUNT = 11 * LINES;

/** More elements than this are more than a few screens of tokens. */
const MOST_ELEMENTS = 15_000;
const LONGEST_TASK_MS = 1000;

let browser: Browser;
let worker: RealWorker;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('tokens')]);
  const host = new TokensHost(worker.calls);
  host.subject = { what: 'document', name: 'large.txt', lines: [1, LINES], text: LINE.repeat(LINES) };
  view = await View.open({
    browser,
    script,
    handlers: host.handlers,
    worker: worker.calls,
    width: 700,
    height: 800,
  });
  await view.page.locator('tokens-text .token.current').waitFor({ timeout: 150_000 });
}, 240_000);
afterAll(async () => {
  try {
    await view?.close();
  } finally {
    await browser?.close();
    await worker?.close();
  }
});

/** Waits as long as a busy machine may need. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 20_000 });
const elements = (name: string) =>
  view.page.locator(name).evaluate((element) => (element.shadowRoot as ShadowRoot).querySelectorAll('*').length);
/** The token that is current in a view, as the readout says it, from 0. */
const current = async () =>
  Number((await view.page.locator('tokens-readout dd').first().innerText()).split(' ')[0]?.replaceAll(',', '')) - 1;
function watchLongTasks(): void {
  const kept = window as unknown as { tasks: number[] };
  kept.tasks = [];
  new PerformanceObserver((list) => kept.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
}
function longest(): number {
  return Math.max(0, ...(window as unknown as { tasks: number[] }).tasks);
}
const watchTasks = () => view.page.evaluate(watchLongTasks);
const longestTask = () => view.page.evaluate(longest);

describe('5 MB of text', () => {
  it('is all there: every number, and the last token', async () => {
    expect(LINE.length * LINES).toBeGreaterThan(5 * 1024 * 1024);
    expect(await view.page.locator('.figures').innerText()).toContain(COUNT.toLocaleString('en'));
    expect(await view.page.locator('.size').innerText()).toContain((LINE.length * LINES).toLocaleString('en'));
    await view.page.locator('tokens-text .scroller').press('End');
    expect(await current()).toBe(COUNT - 1);
    const last = view.page.locator('tokens-text .token.current');
    expect(await last.isVisible()).toBe(true);
    expect(await last.evaluate((token) => token.textContent)).toBe('\n');
  });

  it('is drawn only near the screen, wherever one scrolls, and without long tasks', async () => {
    await watchTasks();
    const scroller = view.page.locator('tokens-text .scroller');
    expect(await scroller.evaluate((element) => element.scrollHeight)).toBeGreaterThan(LINES * 20);
    for (const share of [0.3, 0.99, 0.5, 0.01]) {
      await scroller.evaluate((element, where) => {
        element.scrollTop = element.scrollHeight * where;
      }, share);
      // What is on the screen is drawn, and is about that share of the text.
      await poll(() =>
        scroller.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const root = element.getRootNode() as ShadowRoot;
          // One of these points is not between two lines.
          const points = [0, 9, 18].flatMap((by) => root.elementsFromPoint(left + 30, top + height / 2 + by));
          const found = points.some((hit) => hit.closest('.token') !== null);
          return !found || width === 0 ? -1 : element.scrollTop / element.scrollHeight;
        }),
      ).toBeGreaterThan(share * 0.9);
      expect(await elements('tokens-text')).toBeLessThan(MOST_ELEMENTS);
    }
    expect(await longestTask()).toBeLessThan(LONGEST_TASK_MS);
  });

  it('is gone through by keyboard from anywhere', async () => {
    const scroller = view.page.locator('tokens-text .scroller');
    await scroller.press('End');
    await scroller.press('PageUp');
    const before = await current();
    expect(before).toBeLessThan(COUNT - 100);
    await scroller.press('ArrowDown');
    expect(await current()).toBe(before + 11);
    await scroller.press('Home');
    expect(await current()).toBe(0);
    expect(await view.page.locator('tokens-text .token.current').isVisible()).toBe(true);
  });

  it('is searched whole', async () => {
    await watchTasks();
    await view.page.locator('[data-control="Find text, or an id as #995"] input').fill('words in');
    await view.page.getByText(`1 of ${LINES.toLocaleString('en')}`).waitFor();
    await view.page.locator('[data-control="Previous hit"]').click();
    await view.page.getByText(`${LINES.toLocaleString('en')} of ${LINES.toLocaleString('en')}`).waitFor();
    expect(await current()).toBe(COUNT - 11 + 6);
    expect(await longestTask()).toBeLessThan(LONGEST_TASK_MS);
  });

  it('has every row in its table, though browsers draw no scroller that high', async () => {
    await view.page.locator('#tab-table').click();
    const scroller = view.page.locator('tokens-table .scroller');
    expect(await scroller.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    const row = () => view.page.locator('tokens-table .line.current').innerText();
    await scroller.press('End');
    expect(await row()).toContain(COUNT.toLocaleString('en').replaceAll(',', ''));
    await scroller.press('ArrowUp');
    expect((await row()).split(/\s/)[0]).toBe(String(COUNT - 1));
    await scroller.press('Home');
    expect((await row()).split(/\s/)[0]).toBe('1');
    // The wheel moves by single rows in spite of the scaled scroll bar.
    await scroller.hover();
    await view.page.mouse.wheel(0, 26 * 3);
    await poll(() => view.page.locator('tokens-table .rows .line').first().innerText()).toMatch(/^4\s/);
    // Its scroll bar reaches the middle of the table.
    await scroller.evaluate((element) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
    });
    await poll(async () =>
      Number((await view.page.locator('tokens-table .rows .line').first().innerText()).split(/\s/)[0]),
    ).toBeGreaterThan(COUNT * 0.49);
    expect(await elements('tokens-table')).toBeLessThan(2000);
  });
});

describe('a keystroke in a text of 1 MB', () => {
  it('is seen without loading anew, and without a long task', async () => {
    const host = new TokensHost(worker.calls);
    host.chosen = ['r50k_base', 'cl100k_base'];
    const shown = LINE.repeat(28_000);
    host.subject = { what: 'document', name: 'typed.txt', text: shown };
    const typed = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, width: 900 });
    host.connection = typed.connection;
    try {
      await typed.page.locator('tokens-text .token.current').waitFor({ timeout: 60_000 });
      await poll(() => typed.page.locator('#tab-findings .count').count()).toBe(1);
      await typed.page.evaluate(watchLongTasks);
      for (const letter of 'keys') {
        host.edit(1, 1, letter);
        await typed.page.waitForTimeout(100);
      }
      await poll(() => typed.page.locator('tokens-text .cell').first().innerText()).toContain('Asyek');
      expect(host.loads).toBe(1);
      expect(host.patches.length).toBeGreaterThan(1);
      expect(await typed.page.evaluate(longest)).toBeLessThan(LONGEST_TASK_MS);
    } finally {
      await typed.close();
    }
  }, 120_000);
});
