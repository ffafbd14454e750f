// What learners do in the lessons on semantic search and on vector databases, in a real browser with the real worker and
// the static model: what the prose promises of it happens. No transformer is there.

import os from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { inRoot } from '../../src/build/paths.ts';
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
  const nowhere = path.join(os.tmpdir(), 'inside-llms-no-models');
  const models = { staticModel: inRoot('media/models/static-minilm/model.bin'), dist: nowhere, cache: nowhere };
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(models), viewScript('lesson')]);
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
const goTo = (block: Locator, step: number) =>
  block.getByRole('slider', { name: 'Step', exact: true }).fill(String(step - 1));
/** The cells of a row, counted from 0, of the table with this name. */
const row = (block: Locator, port: string, at: number) =>
  block.locator(`[data-port="${port}"] tbody tr`).nth(at).locator('td, th').allInnerTexts();
const said = async (block: Locator) => (await block.locator('.note, .outcome').allTextContents()).join(' ');

describe('lesson 26', () => {
  it('finds felines where no word is shared, as soon as they are asked for', async () => {
    const block = await open('semantic-search', 'feline');
    await eventually(() => row(block, 'lists', 0)).toEqual(['1', '4 Animals: 2.52', '4 Animals: 0.646']);
    await block.getByRole('textbox', { name: 'You ask' }).fill('feline pets');
    await eventually(() => row(block, 'lists', 0)).toEqual(['1', '–', '4 Animals: 0.581']);
    await eventually(() => [...host.reached]).toEqual(['feline']);
  });

  it('lets the code be bet on before either list is shown', async () => {
    const block = await open('semantic-search', 'code');
    expect(await block.locator('[data-port=lists]').count()).toBe(0);
    const choices = block.locator('.bet-choice');
    await choices.first().waitFor();
    expect((await choices.allInnerTexts()).join(' ')).not.toMatch(/\d\.\d/u); // no cosine gives it away
    await choices.filter({ hasText: '10 Boiler' }).click();
    await eventually(() => said(block)).toContain('the step picked 11 Boiler, flue');
    await eventually(() => row(block, 'lists', 0)).toEqual([
      '1',
      '10 Boiler, low pressure: 5',
      '11 Boiler, flue: 0.383',
    ]);
    await eventually(() => [...host.reached]).toEqual(['code']);
  });

  it('hands the wrong boiler the first place once the list by meaning counts more', async () => {
    const block = await open('semantic-search', 'fusion');
    await goTo(block, 2);
    const first = async () => (await row(block, 'fused', 0)).join(' ');
    await eventually(first).toContain('10 Boiler, low pressure');
    await block.getByRole('slider', { name: 'What the list by meaning counts' }).fill('1.1');
    await eventually(first).toContain('11 Boiler, flue');
  });

  it('says what is missing where the transformer is asked for, and goes on with the table', async () => {
    const block = await open('semantic-search', 'direction');
    await block.getByRole('combobox', { name: 'Model' }).click();
    await block.getByRole('option', { name: /all-MiniLM-L6-v2/u }).click();
    await eventually(() => said(block)).toContain('This is the static model’s answer.');
  });
});

describe('lesson 27', () => {
  it('bets on one district, then finds the missing bakeries with three', async () => {
    const block = await open('vector-databases', 'town');
    await goTo(block, 2);
    await block.locator('.bet-choice').filter({ hasText: 'all of them' }).click();
    await eventually(() => said(block)).toContain('the step picked none of them');
    await goTo(block, 3);
    await eventually(() => said(block)).toContain('0 of the 5 nearest are found');
    await block.getByRole('slider', { name: 'Districts that are searched' }).fill('3');
    await eventually(() => said(block)).toContain('All 5 nearest are found');
    expect(await block.locator('.count').textContent()).toBe('Step 3 of 5');
    await eventually(() => [...host.reached]).toEqual(['town']);
  });
});
