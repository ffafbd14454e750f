// The tensor view and axe: nothing serious or worse in any of the four kinds of theme, on a narrow page and a wide one,
// with everything in it open; and nothing that stands out of a narrow page.

import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import type { TensorPage } from './harness/tensorPage.ts';
import { tensorScript } from './harness/tensorScript.ts';
import { THEMES } from './harness/themes.ts';
import { View } from './harness/view.ts';

let browser: Browser;
let script: string;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), tensorScript()]);
});
afterAll(async () => {
  await browser?.close();
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const view = await View.open({ browser, script, handlers: [], worker: {} as Calls, theme, width });
    const { page } = view;
    for (const scene of ['attention', 'rank4', 'special']) {
      await page.evaluate((name) => (window as unknown as { tensorPage: TensorPage }).tensorPage.show(name), scene);
      await page.locator('tensor-view canvas').first().waitFor();
      for (const summary of await page.locator('tensor-view summary').all()) {
        await summary.click();
      }
      await page.locator('tensor-view .cells').last().focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
      const found = await page.evaluate(async () => {
        const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
        const { violations, passes } = await run(document, { resultTypes: ['violations'] });
        return {
          passes: passes.length,
          serious: violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => ({
              id,
              nodes: nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`),
            })),
        };
      });
      expect(found.serious, scene).toEqual([]);
      expect(found.passes).toBeGreaterThan(10);
    }
    await view.close();
  });
});
