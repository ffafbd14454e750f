// What the tensor view costs: drawing 16 million cells beside drawing 65 thousand in the same window, and the
// messages that stepping sends.

import type { Page } from 'playwright-core';
import { launchBrowser } from '../../src/build/browser.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { tensorScript } from '../webview/harness/tensorScript.ts';
import { View } from '../webview/harness/view.ts';

const ROUNDS = 5;

export const measure: Measure = async (report, log) => {
  const browser = await launchBrowser();
  try {
    const worker = { request: () => Promise.reject(new Error('not asked in this benchmark')) } as Calls;
    const view = await View.open({
      browser,
      script: await tensorScript(),
      handlers: [],
      worker,
      width: 1000,
      height: 900,
    });
    const { page } = view;
    log('Drawing each in turn, several times over.');
    for (const [what, zoom] of [
      ['', 0],
      [', zoomed in', 4],
    ] as const) {
      const times: Record<'medium' | 'large', number[]> = { medium: [], large: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const scene of ['medium', 'large'] as const) {
          await show(page, scene);
          times[scene].push(median((await page.evaluate(`tensorPage.measureDraw(15, ${zoom})`)) as number[]));
        }
      }
      const [large, medium] = [median(times.large), median(times.medium)];
      report({ name: `draw 256 x 256${what}`, value: medium, unit: 'ms' });
      report(lessIsBetter(`draw 4096 x 4096${what}`, large, 'ms', '1.5 times 256 x 256', 1.5 * medium));
    }
    await show(page, 'long');
    const sent = view.sent.length;
    const begun = performance.now();
    for (let step = 1; step < 200; step++) {
      await page.locator('[data-control="Next step"]').click();
    }
    const each = (performance.now() - begun) / 199;
    report(lessIsBetter('messages of 199 steps, and one', view.sent.length - sent + 1, '', 'goal', 1));
    report({ name: 'a step by a click, the click included', value: each, unit: 'ms' });
    await view.close();
  } finally {
    await browser.close();
  }
};

/** Shows a scene and waits until its picture is whole. */
async function show(page: Page, scene: string): Promise<void> {
  await page.evaluate(`tensorPage.show('${scene}')`);
  while (!(await page.evaluate('tensorPage.pooled()'))) {
    await page.waitForTimeout(10); // waiting for a function in the page would need eval, which its policy forbids
  }
}
