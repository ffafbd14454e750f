// What learners do in the lessons on gradients and on optimisation, in a real browser with the real worker: what the
// prose promises of it happens.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

/** The block with this id of the lesson, once it has run. */
async function open(id: string, block: string): Promise<Locator> {
  host = new LessonHost({ id });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
  const found = view.page.locator(`#block-${block}`);
  await found.scrollIntoViewIfNeeded();
  await found.locator('trace-player .stage').first().waitFor();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const note = (block: Locator) => block.locator('.note').textContent();
const goTo = (block: Locator, step: number) =>
  block.getByRole('slider', { name: 'Step', exact: true }).fill(String(step - 1));

describe('lesson 11', () => {
  it('asks for a gradient before it is seen, and shows it when it was guessed', async () => {
    const block = await open('backpropagation', 'breakfast');
    await goTo(block, 7);
    const choice = (text: string) => block.locator('.bet-choice', { hasText: text });
    await choice('12').waitFor();
    expect(await block.locator('.ports.out').count()).toBe(0);
    await choice('7').click();
    await eventually(() => block.locator('.outcome.wrong').textContent()).toContain('4 × 3 is 12');
    await eventually(() => [...host.reached]).toEqual(['breakfast']);
    expect((await block.locator('[data-port=graph] .box').first().textContent())?.replace(/\s/g, '')).toBe('+w2grad12');
  });

  it('measures anew while a number is wiggled', async () => {
    const block = await open('backpropagation', 'wiggle');
    await eventually(() => note(block)).toContain('Nothing is moved yet. The loss is 4');
    const move = block.getByRole('slider', { name: 'Move it by' });
    await move.fill('0.5');
    await eventually(() => note(block)).toContain('Change ÷ move is 16.5; the gradient says 12.');
    await move.fill('0.01');
    await eventually(() => note(block)).toContain('Change ÷ move is 12.09; the gradient says 12.');
    await eventually(() => [...host.reached]).toEqual(['wiggle']);
  });
});

describe('lesson 12', () => {
  it('lets the fog lift when a step is chosen', async () => {
    const block = await open('optimisation', 'fog');
    await goTo(block, 2);
    await block.locator('.bet-choice', { hasText: '0.1 × gradient' }).click();
    await eventually(() => block.locator('.outcome.wrong').textContent()).toContain(
      '0.05 × gradient lands lowest, at a loss of 2.72.',
    );
    await eventually(() => [...host.reached]).toEqual(['fog']);
  });

  it('throws SGD out at 0.09, and at 0.085 not yet', async () => {
    const block = await open('optimisation', 'balls');
    await goTo(block, 18);
    await eventually(() => note(block)).toContain('SGD is highest, at 0.18');
    const rate = block.getByRole('slider', { name: 'Rate of SGD and momentum' });
    await rate.fill('0.085');
    await eventually(() => note(block)).toMatch(/RMSProp is highest, at 0.059.$/);
    await rate.fill('0.09');
    await eventually(() => note(block)).toContain('SGD is gone: at step 46 its loss passed 10,000.');
    await eventually(() => [...host.reached]).toEqual(['balls']);
  });
});
