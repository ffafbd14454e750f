// The view of verdicts in a real browser: what it counts, dragging the threshold by pointer and by keyboard, reading a
// thing out, and what axe says in all themes, narrow and wide.

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { pageScript } from './harness/pageScript.ts';
import { THEMES } from './harness/themes.ts';
import type { VerdictsPage } from './harness/verdictsPage.ts';
import { View, type ViewOptions } from './harness/view.ts';

type Win = { verdictsPage: VerdictsPage };

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('verdictsPage.ts')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open({ movable = true, ...more }: Partial<ViewOptions> & { movable?: boolean } = {}): Promise<Page> {
  view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 700, ...more });
  await view.page.evaluate((may) => (window as unknown as Win).verdictsPage.show(may), movable);
  await view.page.locator('verdicts-view svg').waitFor();
  return view.page;
}

const moves = (page: Page) => page.evaluate(() => (window as unknown as Win).verdictsPage.moves);
const counts = async (page: Page) => (await page.locator('verdicts-view td b').allTextContents()).map(Number);
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });

describe('the verdicts', () => {
  it('count what lies above the threshold, and say the shares', async () => {
    const page = await open();
    // Of six spam mails 1, 3, 3 and 8 lie above 0, of four wanted ones 2.
    expect(await counts(page)).toEqual([4, 2, 1, 3]);
    expect(await page.locator('dd').allTextContents()).toEqual(['70%', '80%', '66.7%']);
    expect(await page.locator('.mark').count()).toBe(10);
    expect(await page.locator('.mark.wrong').count()).toBe(3);
  });

  it('follow the threshold by keyboard, on its steps and within its bounds', async () => {
    const page = await open();
    const handle = page.getByRole('slider', { name: 'Threshold' });
    await handle.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(() => moves(page)).toEqual([5]);
    await eventually(() => counts(page)).toEqual([1, 5, 0, 4]);
    expect(await page.locator('dd').nth(1).textContent()).toBe('100%');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowRight');
    await eventually(() => handle.getAttribute('aria-valuenow')).toBe('10');
    expect(await page.locator('dd').nth(1).textContent()).toBe('none called so');
    expect(await handle.getAttribute('aria-valuetext')).toContain('0 spam caught, 6 missed');
  });

  it('follow the threshold by pointer, and count at once', async () => {
    const page = await open();
    const { x, y, width } = (await page.locator('.threshold').boundingBox())!;
    await page.mouse.move(x + width / 2, y + 20);
    await page.mouse.down();
    await page.mouse.move(x - 3000, y + 20, { steps: 3 });
    await eventually(async () => (await moves(page)).at(-1)).toBe(-10);
    await eventually(() => counts(page)).toEqual([5, 1, 4, 0]);
    await page.mouse.up();
    const count = (await moves(page)).length;
    await page.mouse.move(x, y + 40);
    expect((await moves(page)).length).toBe(count);
  });

  it('read out what is under the pointer, and offer no handle where nothing may be changed', async () => {
    const page = await open({ movable: false });
    expect(await page.getByRole('slider').count()).toBe(0);
    await page.locator('.mark.negative').last().hover();
    await eventually(() => page.locator('.readout').textContent()).toBe('2: mail 3');
  });
});

describe('numbers with bars', () => {
  it('have them to either side of a middle where some are below 0, else from the left', async () => {
    const page = await open();
    const bars = await page
      .locator('table-view .bar rect')
      .evaluateAll((rects) => rects.map((rect) => ['x', 'width'].map((name) => Number(rect.getAttribute(name)))));
    expect(bars).toEqual([
      [50, 50],
      [0, 100],
      [25, 25],
      [0, 50],
    ]);
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open({ theme, width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
    const found = await page.evaluate(async () => {
      const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
      const { violations, passes } = await run(document, { resultTypes: ['violations'] });
      return {
        passes: passes.length,
        serious: violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html.slice(0, 200)).join(' ')}`),
      };
    });
    expect(found.serious).toEqual([]);
    expect(found.passes).toBeGreaterThan(6);
  });
});
