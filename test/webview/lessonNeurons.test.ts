// The lessons on neurons in a browser, through the real worker: weights dragged on a plane until one line is enough, and a
// boundary that goes on moving while a network learns it.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
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
afterEach(async () => {
  await view.close();
});

async function open(block: string): Promise<Locator> {
  host = new LessonHost({ id: 'neural-networks' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
  const found = view.page.locator(`#block-${block}`);
  await found.scrollIntoViewIfNeeded();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000 });

it('folds XOR by two dragged arrows, draws the line that is enough, and marks the goal', async () => {
  const block = await open('bend');
  await block.locator('plane-view .frame').first().waitFor();
  const [corners, bent] = [block.locator('plane-view').first(), block.locator('plane-view').nth(1)];
  // Side by side, and no bar to walk through a single step.
  const [left, right] = await Promise.all([corners, bent].map((plane) => plane.boundingBox()));
  expect(right!.x).toBeGreaterThan(left!.x + left!.width);
  expect(await block.locator('.bar').isVisible()).toBe(false);

  const frame = (await corners.locator('.frame').boundingBox())!;
  const at = (a: number, b: number) =>
    [frame.x + (frame.width * (a + 2)) / 4, frame.y + (frame.height * (2 - b)) / 4] as const;
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    await view.page.mouse.move(...from);
    await view.page.mouse.down();
    await view.page.mouse.move(...to, { steps: 5 });
    await view.page.mouse.up();
  };
  await drag(at(1, 0), at(1, -1));
  await eventually(() => bent.locator('text.label').allTextContents()).toContain('0, 1 and 1, 1');
  await drag(at(0, 1), at(-1, 1));
  await eventually(() => block.locator('.frame-label').textContent()).toBe('One line is enough');
  expect(await bent.locator('.straight').count()).toBe(1);
  expect(await corners.locator('canvas.shades').isVisible()).toBe(true);
  expect(host.reached.has('bend')).toBe(true);
});

it('moves the boundary while the network learns, and starts over with other neurons', async () => {
  const block = await open('train');
  await block.locator('.bet-choice').nth(1).click();
  const plane = block.locator('plane-view');
  await plane.locator('.frame').waitFor();
  const wrong = async () => Number(/wrong: (\d+)/.exec((await plane.locator('.key').textContent()) ?? '')?.[1]);
  const picture = () =>
    plane.locator('canvas.shades').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL().length);
  const early = await picture();
  await eventually(wrong).toBe(0);
  expect(await picture()).not.toBe(early);
  await block.getByRole('slider', { name: 'Hidden neurons', exact: true }).fill('1');
  await eventually(wrong).toBeGreaterThan(0);
  await eventually(() => host.reached.has('train')).toBe(true);
});
