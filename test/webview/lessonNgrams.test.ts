// The first lesson in a browser: dragging n makes the sample sharper at once, line ends of a text stand once, and the
// tiny GPT trains when it is told to and not before; the curve that a bet is about is not run before it is placed.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { POST_ROAD } from '../../src/programs/postRoad.ts';
import { Fault } from '../../src/shared/errors.ts';
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
  host = new LessonHost({ id: 'what-is-a-language-model' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
  const found = view.page.locator(`#block-${block}`);
  await found.scrollIntoViewIfNeeded();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 30_000 });

/** What is selected and copied of the first text that a block shows, without what only screen readers are told. */
const shownText = (block: Locator) =>
  block
    .locator('text-view .text')
    .first()
    .evaluate((text) => {
      const copy = text.cloneNode(true) as HTMLElement;
      for (const told of copy.querySelectorAll('.sr')) {
        told.remove();
      }
      return copy.textContent;
    });

it('sharpens the sample while n is dragged, and marks the goal', async () => {
  const block = await open('drag');
  await block.locator('text-view').first().waitFor();
  const first = await shownText(block);
  await block.getByRole('slider', { name: 'n', exact: true }).fill('7');
  await eventually(() => block.locator('.frame-label').textContent()).toBe('A sample, n = 7');
  const sample = await shownText(block);
  expect(sample).not.toBe(first);
  const whole = sample!.trim().split(/\s+/u).slice(1, -1); // the ends may be cut
  const known = new Set(POST_ROAD.split(/\s+/u));
  expect(whole.filter((word) => known.has(word)).length / whole.length).toBeGreaterThan(0.8);
  await eventually(() => host.reached.has('drag')).toBe(true);
});

it('shows the place that a letter was copied from, with the text’s own line ends', async () => {
  const block = await open('own-text');
  await block.locator('text-view').first().waitFor();
  await block.getByRole('slider', { name: 'Step', exact: true }).fill('12');
  await eventually(() => block.locator('text-view mark.chosen').count()).toBe(1);
  const place = (await shownText(block))!.replace(/^…|…$/gu, '');
  expect(place).toContain('\n\n');
  expect(POST_ROAD).toContain(place);
});

it('runs nothing before the bet is placed, says what became of it, and doesn’t ask again', async () => {
  const block = await open('held-out');
  await block.locator('.bet').waitFor();
  await view.page.waitForTimeout(500);
  const runs = () =>
    view.sent.filter(({ params }) => JSON.stringify(params ?? {}).includes('"program":"ngram-perplexity"'));
  expect(runs().map(({ method }) => method)).toEqual(['program.describe']);
  expect(await block.locator('plot-view, param-controls').count()).toBe(0);

  await block.getByRole('button', { name: 'It falls with every n' }).press('Enter');
  await block.locator('.outcome.wrong').waitFor();
  expect(await block.locator('svg.plot path.line').count()).toBeGreaterThanOrEqual(3);
  expect(await block.locator('.outcome').innerText()).toContain("That's the line of the part it counted.");
  const focused = () => block.locator('.title').evaluate((title) => title.matches(':focus'));
  expect(await focused()).toBe(true); // and not lost with the choice

  await view.page.waitForTimeout(300); // writes of state are gathered
  await view.reload();
  await block.scrollIntoViewIfNeeded();
  await block.locator('.outcome.wrong').waitFor();

  // About other parameters nothing was bet.
  await block.getByRole('combobox', { name: 'Symbols' }).click();
  await block.getByRole('option', { name: 'words' }).click();
  await eventually(() => block.locator('.outcome').count()).toBe(0);
});

it('draws without a bet when asked to', async () => {
  const block = await open('held-out');
  await block.getByRole('button', { name: 'Show it without betting' }).click();
  await block.locator('svg.plot path.line').first().waitFor();
  expect(await block.locator('.outcome, .bet').count()).toBe(0);
});

it('trains the tiny GPT once that is switched on, until it is paused', async () => {
  const block = await open('gpt');
  const state = () => block.locator('.state').innerText();
  await eventually(state).toContain('Switch “Train it” on to begin.');
  await block.getByRole('checkbox', { name: 'Train it' }).click();
  await eventually(state).toMatch(/^[3-9] points\./u);
  await block.getByRole('button', { name: 'Pause' }).click();
  await block.getByRole('button', { name: 'Go on' }).waitFor();
  await view.page.waitForTimeout(500); // what was asked for before the pause has come
  const paused = await state();
  await view.page.waitForTimeout(1000);
  expect(await state()).toBe(paused);
});

it('takes a text that the learner chooses, and keeps the field where they leave it or it can’t be had', async () => {
  const block = await open('own-text');
  const field = block.getByRole('textbox', { name: 'Text to count in' });
  const take = block.getByRole('button', { name: 'Take a text…' });
  await take.press('Enter');
  await eventually(() => host.opened).toEqual(['choose:4000000']);
  expect(await field.inputValue()).toBe(POST_ROAD);

  host.chosen = new Fault('bad-input', 'song.mp3 is no text in UTF-8.');
  await take.press('Enter');
  await view.page.getByText('song.mp3 is no text in UTF-8.').waitFor();
  expect(await field.inputValue()).toBe(POST_ROAD);

  host.chosen = { name: 'A song', text: 'tra la la tra la la tra la la la' };
  await take.press('Enter');
  await eventually(() => field.inputValue()).toBe(host.chosen.text);
  await eventually(() => shownText(block)).toContain('tra la');
});
