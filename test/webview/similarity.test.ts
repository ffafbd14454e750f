// The similarity matrix in a real browser: what a cell is, by mouse and by keyboard, in the given order and with what is
// alike together, and what axe says in all themes.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { expectAccessible } from './harness/access.ts';
import { pageScript } from './harness/pageScript.ts';
import type { SimilarityPage } from './harness/similarityPage.ts';
import { eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('similarityPage.ts')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(places: readonly number[], more: Partial<ViewOptions> = {}): Promise<Page> {
  view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 800, ...more });
  await view.page.evaluate((at) => {
    (window as unknown as { similarityPage: SimilarityPage }).similarityPage.show(at);
  }, places);
  await view.page.locator('similarity-matrix .cells').waitFor();
  return view.page;
}

const pairs = (page: Page) =>
  page.evaluate(() => (window as unknown as { similarityPage: SimilarityPage }).similarityPage.pairs);
const readout = async (page: Page) =>
  (await page.locator('similarity-matrix .readout').textContent())?.replace(/\s+/g, ' ').trim();

describe('a similarity matrix', () => {
  it('names both things and their cosine under the mouse, and says them for the keyboard', async () => {
    const page = await open([0, 0.75, 0.25]);
    const box = (await page.locator('.cells').boundingBox())!;
    await page.mouse.move(box.x + (box.width * 2.5) / 3, box.y + box.height / 6);
    await eventually(() => readout(page)).toBe('at 0 and at 0.25: 0.750');
    await page.locator('.cells').focus();
    await page.mouse.move(1, 1);
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.locator('[role=status]').textContent()).toBe('at 0.75 and at 0: 0.250');
    expect(await pairs(page)).toEqual([{ a: 1, b: 0, cosine: 0.25 }]);
  });

  it('puts together what is alike, and tells of the things by their own numbers all the same', async () => {
    const places = [0.5, 0, 1, 0.25, 0.75];
    const page = await open(places);
    await page.locator('vscode-checkbox').click();
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const told = await pairs(page);
    const [first, second, third] = [told[0]!.a, told[0]!.b, told[1]!.b].map((index) => places[index]);
    expect([
      [0, 0.25, 0.5],
      [1, 0.75, 0.5],
    ]).toContainEqual([first, second, third]);
    expect(told[0]!.cosine).toBe(0.75);
  });

  it.each(THEMES)('has no faults in %s, narrow and wide, with many things', async (theme) => {
    const places = Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) / 60);
    for (const width of [300, 1600]) {
      const page = await open(places, { theme, width });
      await expectAccessible(page, width, `${theme} ${width}`);
      if (width === 300) {
        await view.close();
      }
    }
  });
});
