// A lattice in its lesson, with the real worker behind it: pulling an arc runs the program again, the step stays, the
// page doesn't jump, and the best way flips.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View } from './harness/view.ts';

let browser: Browser;
let worker: RealWorker;
let script: string;
let host: LessonHost;
let view: View;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('lesson')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});
beforeEach(async () => {
  host = new LessonHost({ id: 'wordpiece-and-unigram' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, height: 1400 });
});
afterEach(async () => {
  await view.close();
});

async function block(id: string): Promise<Locator> {
  const found = view.page.locator(`#block-${id}`);
  await found.scrollIntoViewIfNeeded();
  await found.locator('trace-player .stage').waitFor();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const label = (within: Locator) => within.locator('trace-player .frame-label').textContent();

describe('the lattice of lesson 04', () => {
  it('flips when an arc is pulled, at the step where one is, and that is the goal', async () => {
    const drag = await block('drag');
    await eventually(() => label(drag)).toBe('The best cuts side by side');
    const best = () => drag.locator('graph-view .label.chosen .piece').allTextContents();
    await eventually(best).toEqual(['▸ no', '▸ where']);

    const grip = drag.locator('.grip').first();
    await grip.scrollIntoViewIfNeeded();
    const box = (await grip.boundingBox())!;
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await view.page.mouse.move(at.x, at.y);
    await view.page.mouse.down();
    await view.page.mouse.move(at.x, at.y - 30, { steps: 6 });
    // Not let go yet.
    await eventually(best).toEqual(['▸ now', '▸ here']);
    await eventually(() => [...host.reached]).toContain('drag');
    expect(await label(drag)).toBe('The best cuts side by side');
    const now = (await grip.boundingBox())!;
    expect(Math.abs(now.x - box.x)).toBeLessThan(2);
    await view.page.mouse.up();
    // The slider follows, and is in sight.
    const slider = drag.getByRole('slider', { name: 'Probability of the first piece', exact: true });
    await eventually(async () => Number(await slider.inputValue())).toBeGreaterThan(0.075);
  });

  it('flips by keyboard alone, and says so', async () => {
    const drag = await block('drag');
    const now = drag.locator('.edge.adjustable').first();
    await now.scrollIntoViewIfNeeded();
    await drag.locator('trace-player .frame-label').click();
    const focused = () => now.evaluate((node) => node.matches(':focus'));
    for (let presses = 0; presses < 20 && !(await focused()); presses++) {
      await view.page.keyboard.press('Tab');
    }
    expect(await focused()).toBe(true);
    expect(await now.getAttribute('role')).toBe('slider');
    const said = () => now.getAttribute('aria-label');
    expect(await said()).toBe('now, from 0 to 3: 0.05 (not taking part): change its number');
    for (const number of ['0.055', '0.06', '0.065', '0.07', '0.075', '0.08']) {
      await view.page.keyboard.press('ArrowUp');
      await eventually(said).toContain(`: ${number} (`);
    }
    expect(await said()).toBe('now, from 0 to 3: 0.08 (chosen): change its number');
    expect(await focused()).toBe(true);
    const whole = drag.locator('graph-view .frame');
    await eventually(() => whole.getAttribute('aria-label')).toContain('Chosen: now, here.');
    await drag.getByText('Best is “now + here” with 0.0062').waitFor();
  });

  it('is explained for real tokenizers', async () => {
    const lite = await block('lite');
    await lite.locator('trace-player .frame-label').click();
    await view.page.keyboard.press('End');
    await eventually(() => label(lite)).toBe('The tokens');
    await eventually(() => lite.locator('.chip .piece').allTextContents()).toEqual(['▁un', 'ask', 'ed']);
  });
});
