// What learners do in the lessons on embeddings and tensors, in a real browser with the real worker: what the prose
// promises of it happens.

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
const count = (block: Locator) => block.locator('.count').textContent();
const goTo = (block: Locator, step: number) =>
  block.getByRole('slider', { name: 'Step', exact: true }).fill(String(step - 1));

describe('lesson 06', () => {
  it('slides the 1 while the third step stays on the screen', async () => {
    const block = await open('embeddings-are-lookups', 'one-hot');
    await goTo(block, 3);
    await eventually(() => note(block)).toContain('the row of “tide” is times 1');
    await block.getByRole('slider', { name: 'The 1 stands at' }).fill('4');
    await eventually(() => note(block)).toContain('the row of “wave” is times 1');
    expect(await count(block)).toBe('Step 3 of 7');
    await eventually(() => [...host.reached]).toEqual(['one-hot']);
  });

  it('shows the sum behind a number of the product: six terms, five of them with a 0', async () => {
    const block = await open('embeddings-are-lookups', 'one-hot');
    await goTo(block, 5);
    const result = block.locator('.ports.out tensor-heatmap').first();
    await result.getByRole('application').or(result.locator('[tabindex="0"]')).first().focus();
    await view.page.keyboard.press('ArrowRight');
    const terms = block.locator('.made tbody tr td:first-of-type');
    await eventually(() => terms.count()).toBe(6);
    const written = await terms.allTextContents();
    expect(written.filter((text) => text.startsWith('0 × '))).toHaveLength(5);
    expect(written[2]).toBe('1 × -0.8');
  });
});

describe('lesson 07', () => {
  it('transposes a table while the list stands still', async () => {
    const block = await open('tensors', 'places');
    await goTo(block, 3);
    const list = block.locator('[data-port=list] tensor-heatmap');
    const [before, picture] = [await list.boundingBox(), await list.screenshot()];
    await block.getByRole('checkbox', { name: 'Transpose' }).click();
    await eventually(() => note(block)).toContain('shape (4, 3), strides (1, 4)');
    expect(await count(block)).toBe('Step 3 of 5');
    expect(await list.boundingBox()).toEqual(before);
    expect(picture.equals(await list.screenshot())).toBe(true);
  });

  it('says why two shapes don’t fit, and goes on when they do', async () => {
    const block = await open('tensors', 'meet');
    await block.getByRole('textbox', { name: 'Shape of the first' }).fill('3');
    await block.getByRole('textbox', { name: 'Shape of the second' }).fill('3,4');
    await eventually(() => note(block)).toContain('The first has shape (3,)');
    await goTo(block, 3);
    await eventually(() => note(block)).toContain('axis -1 has 3 and 4');
    await block.getByRole('textbox', { name: 'Shape of the first' }).fill('3,1');
    await eventually(() => count(block)).toMatch(/ of 5$/);
  });

  it('names the axes of what it shows, also after a jump', async () => {
    const block = await open('tensors', 'product');
    await goTo(block, 4);
    const across = block.locator('[data-port=y] vscode-dropdown[data-control=Across]');
    await eventually(() =>
      across.evaluate((element) => element.shadowRoot?.textContent?.replace(/\s+/g, ' ')),
    ).toContain('D (5)');
  });
});
