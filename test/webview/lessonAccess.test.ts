// The lesson view and axe: nothing serious or worse in any of the four kinds of theme, with every block run and in
// the states that look different: a bet open, an answer wrong, a fault.

import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { THEMES } from './harness/themes.ts';
import { View } from './harness/view.ts';

let browser: Browser;
let worker: RealWorker;
let script: string;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('lesson')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([320, 1200])('axe finds nothing serious at %i pixels', async (width) => {
    const host = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons', theme });
    const view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, theme, width });
    const { page } = view;
    await page.locator('h1').waitFor();
    for (const [id, ready] of [
      ['words', '.stage'],
      ['train', '.stage'],
      ['live', '.chip'],
      ['growth', 'svg.plot path.line'],
      ['question', 'fieldset'],
    ] as const) {
      const block = page.locator(`#block-${id}`);
      await block.scrollIntoViewIfNeeded();
      await block.locator(ready).first().waitFor();
    }
    const train = page.locator('#block-train');
    await page.locator('#block-words [data-control="Last step"]').click();
    for (let step = 0; step < 4; step++) {
      await train.locator('[data-control="Next step"]').click();
    }
    await train.locator('.bet').waitFor();
    await page.getByRole('radio', { name: /tideline/ }).click();
    await page.locator('#block-growth summary').click();
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
    expect(found.serious).toEqual([]);
    expect(found.passes).toBeGreaterThan(10); // axe did look at something
    await view.close();
  });
});
