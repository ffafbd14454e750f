// The tensor view and its panel, and axe: nothing serious or worse in any of the four kinds of theme, on a narrow page and
// a wide one, with everything in it open; and nothing that stands out of a narrow page.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { transformerTrace } from './harness/engineTrace.ts';
import type { TensorPage } from './harness/tensorPage.ts';
import { tensorScript } from './harness/tensorScript.ts';
import { THEMES } from './harness/themes.ts';
import { View } from './harness/view.ts';
import { TensorHost, withTrace } from './tensorHost.ts';

let browser: Browser;
let script: string;
let panelScript: string;

beforeAll(async () => {
  [browser, script, panelScript] = await Promise.all([launchBrowser(), tensorScript(), viewScript('tensor')]);
});
afterAll(async () => {
  await browser?.close();
});

/** Opens all that is folded away, and asks how a cell of the last tensor was made. */
async function openAll(page: Page): Promise<void> {
  await page.locator('tensor-view canvas').first().waitFor();
  for (const summary of await page.locator('tensor-view summary').all()) {
    await summary.click();
  }
  await page.locator('tensor-view .cells').last().focus();
  await page.keyboard.press('ArrowRight');
}

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const view = await View.open({ browser, script, handlers: [], worker: {} as Calls, theme, width });
    const { page } = view;
    for (const scene of ['attention', 'rank4', 'special']) {
      await page.evaluate((name) => (window as unknown as { tensorPage: TensorPage }).tensorPage.show(name), scene);
      await openAll(page);
      await expectAccessible(page, width, scene);
    }
    await view.close();
  });

  it.each([320, 1400])('nor in the panel at %i pixels: forward, backward, empty and at fault', async (width) => {
    const trace = transformerTrace();
    const shown = { program: trace.program, params: {} };
    for (const label of ['attention', 'softmax, backward', 'nothing', 'fault']) {
      const host = new TensorHost();
      host.shown = label === 'nothing' ? null : label === 'fault' ? { program: 'other', params: {} } : shown;
      const at = trace.frames.findIndex((frame) => frame.label === label);
      const values = { [trace.program]: { params: {}, player: { at, bets: {}, betting: true, speed: 1 } } };
      const view = await View.open({
        browser,
        script: panelScript,
        handlers: host.handlers,
        worker: withTrace(trace),
        theme,
        width,
        state: { schema: 1, subject: JSON.stringify(shown), values },
      });
      const { page } = view;
      if (at < 0) {
        await page.locator('.message, .fault').first().waitFor();
        await page.locator('tensor-page vscode-button').first().waitFor();
      } else {
        await openAll(page);
      }
      await expectAccessible(page, width, label);
      await view.close();
    }
  });
});
