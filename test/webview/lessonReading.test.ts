// Reading a lesson: by keyboard alone, and while the window is made narrower and wider.

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View, type ViewOptions } from './harness/view.ts';

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

async function open(more: Partial<ViewOptions> = {}): Promise<void> {
  host = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, ...more });
  await view.page.locator('h1').waitFor();
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000, interval: 50 });

/** Id of the element with an id that holds the focus, through the shadow roots. */
const focusedBlock = () =>
  view.page.evaluate(() => {
    const page = document.querySelector('lesson-page')?.shadowRoot;
    return page?.activeElement?.closest('.block')?.id ?? '';
  });

it('names the blocks that are still far away, and Tab goes into each of them', async () => {
  await open({ height: 400 });
  const { page } = view;
  const far = page.locator('#block-growth');
  await eventually(() => far.locator('.title').textContent()).toBe('Types against tokens');
  expect(await far.getByRole('slider', { name: 'Pieces a step' }).count()).toBe(1);
  expect(view.methodsSince(0)).not.toContain('session.start'); // it is described and not run
  const visited = new Set<string>();
  for (let presses = 0; presses < 100 && !visited.has('block-question'); presses++) {
    await page.keyboard.press('Tab');
    visited.add(await focusedBlock());
  }
  visited.delete('');
  expect([...visited]).toEqual([
    'block-words',
    'block-train',
    'block-live',
    'block-source-disposable-store',
    'block-growth',
    'block-question',
  ]);
});

it('moves over the answers with the arrows, and answers with Space alone', async () => {
  await open();
  const { page } = view;
  const quiz = page.locator('#block-question');
  await quiz.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await quiz.locator('.why').count()).toBe(0);
  expect(await quiz.getByRole('radio', { name: /word\s+the/ }).evaluate((radio) => radio.matches(':focus'))).toBe(true);
  await page.keyboard.press('Space');
  await quiz.locator('.option.right').waitFor();
  await eventually(() => [...host.reached]).toEqual(['question']);
});

it('stays where the reader was when the window is made narrower and wider, with the contents folded', async () => {
  await open({ width: 1000, height: 700 });
  const { page } = view;
  const place = page.locator('.prose', { hasText: 'A displayed formula' });
  await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.locator('#block-live .chip').first().waitFor();
  await page.waitForTimeout(3000); // what is held after the page was opened is let go
  await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(300);
  const top = () => place.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  for (const width of [460, 320, 1000]) {
    await page.setViewportSize({ width, height: 700 });
    await eventually(async () => Math.abs((await top()) - before)).toBeLessThan(4);
    expect(await page.locator('.contents details').evaluate((details: HTMLDetailsElement) => details.open)).toBe(
      width === 1000,
    );
  }
});
