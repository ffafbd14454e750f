// The training panel in a real browser, with the real worker: vocabularies grow side by side, and what comes out reads
// back as a tokenizer.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { TrainingHost } from './trainingHost.ts';

const KINDS = ['Byte-level BPE', 'WordPiece', 'Unigram'];
/** Real prose, of the project's own: the lessons. */
const prose = ['02-text-to-tokens', '03-byte-pair-encoding', '07-tensors'].map((name) => ({
  name: `${name}.md`,
  text: readFileSync(new URL(`../../lessons/${name}/lesson.md`, import.meta.url), 'utf8'),
}));

let browser: Browser;
let worker: RealWorker;
let script: string;
let host: TrainingHost;
let view: View;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('training')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});
afterEach(async () => {
  await host.close(worker.calls);
  await view.close();
});

async function open(more: Partial<ViewOptions> = {}): Promise<Page> {
  host = new TrainingHost(worker.calls);
  host.texts = prose;
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, ...more });
  await view.page.locator('h1').waitFor();
  return view.page;
}

const card = (page: Page, kind: string) => page.locator('article', { has: page.locator('h3', { hasText: kind }) });
const figure = async (page: Page, kind: string, name: string) => {
  const text = await card(page, kind).locator('dl div', { hasText: name }).locator('dd').textContent();
  return Number((text ?? '').trim().replaceAll(',', ''));
};

async function train(page: Page, vocabulary = '600'): Promise<void> {
  await control(page, 'Files…').click();
  await eventually(() => page.getByText('3 files').count()).toBe(1);
  await page.locator('vscode-text-field[data-control="Pieces in the vocabulary"] input').fill(vocabulary);
  await control(page, 'Train').click();
}

async function over(page: Page): Promise<void> {
  await eventually(() => page.getByText('Done.').count()).toBe(KINDS.length);
}

describe('training', () => {
  it('begins with nothing, says so, and offers no training', async () => {
    const page = await open();
    await page.getByText('Nothing is chosen yet').waitFor();
    expect(await control(page, 'Train').getAttribute('disabled')).not.toBeNull();
  });

  it('trains the three kinds to the size that was asked for, and each needs fewer tokens than bytes', async () => {
    const page = await open();
    await train(page);
    await over(page);
    const bytes = prose.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    for (const kind of KINDS) {
      expect(await figure(page, kind, 'Pieces'), kind).toBe(600);
      const tokens = await figure(page, kind, 'Tokens for your text');
      expect(tokens, kind).toBeGreaterThan(bytes / 10);
      expect(tokens, kind).toBeLessThan(bytes);
      expect(await figure(page, kind, 'Bytes per token'), kind).toBeCloseTo(bytes / tokens, 2);
    }
    expect(await page.locator('plot-view .legend li').count()).toBeGreaterThanOrEqual(KINDS.length);
  });

  it('saves a tokenizer.json of the size asked for, and takes all three to the inspector', async () => {
    const page = await open();
    await train(page);
    await over(page);
    await card(page, 'Byte-level BPE').locator('[data-control="Save as tokenizer.json…"]').click();
    await page.getByText('Saved as tokenizer-bpe.json.').waitFor();
    const { model } = JSON.parse(host.saved[0] as string);
    expect(model.type).toBe('BPE');
    expect(Object.keys(model.vocab)).toHaveLength(600);
    await control(page, 'Compare in the token inspector').click();
    await eventually(async () => host.inspected).toEqual([['bpe', 'wordpiece', 'unigram']]);
  });

  it('rests when it is paused, goes on, and stops', async () => {
    const page = await open();
    await train(page, '8000');
    await control(page, 'Pause').click();
    await eventually(() => page.getByText('Resting.').count()).toBeGreaterThan(0);
    const rested = view.sent.length;
    await page.waitForTimeout(300);
    expect(view.methodsSince(rested).filter((name) => name === 'training.next')).toEqual([]);
    await control(page, 'Go on').click();
    await eventually(async () => view.methodsSince(rested).includes('training.next')).toBe(true);
    await control(page, 'Stop').click();
    await eventually(() => page.getByText('Stopped.').count()).toBeGreaterThan(0);
    const stopped = view.sent.length;
    await page.waitForTimeout(300);
    expect(view.methodsSince(stopped).filter((name) => name === 'training.next').length).toBeLessThanOrEqual(3);
  });

  it('goes on once only when it is resumed at once, and keeps the keyboard where Pause was', async () => {
    const page = await open();
    await train(page, '600');
    await control(page, 'Pause').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await over(page);
    for (const kind of KINDS) {
      expect(await figure(page, kind, 'Pieces'), kind).toBe(600);
    }
    await eventually(() => page.locator('[data-control="Train again"]:focus-within').count()).toBe(1);
  });

  it('says why a vocabulary stays smaller, and plots Unigram as it is in the end', async () => {
    const page = await open();
    await train(page, '60000');
    await expect.poll(() => page.getByText(/^Done/).count(), { timeout: 50_000 }).toBe(KINDS.length);
    expect(await card(page, 'Byte-level BPE').textContent()).toContain('Done early: ');
    const [bpe, , unigram] = await page
      .locator('plot-view')
      .evaluate((plot) => (plot as unknown as { lines: { points: number[][] }[] }).lines.map(({ points }) => points));
    expect(bpe?.length).toBeGreaterThan(10);
    expect(unigram).toHaveLength(1);
    expect(unigram?.[0]?.[1]).toBeCloseTo(await figure(page, 'Unigram', 'Bytes per token'), 2);
  });

  it('lets reading be cancelled, and keeps what there was', async () => {
    const page = await open();
    host.wait = new Promise(() => {});
    await control(page, 'Folder…').click();
    await page.getByText('Reading file 1 of 3').waitFor();
    await control(page, 'Cancel').click();
    await page.getByText('Nothing is chosen yet').waitFor();
    expect(await page.locator('.fault').count()).toBe(0);
  });

  it('says what is wrong with a size, names what was left out, and keeps what was typed over a reload', async () => {
    const page = await open();
    host.skipped = [{ name: 'picture.png', why: 'it is no text' }];
    await train(page, '12');
    await page.getByText('A vocabulary has 300 to 65,536 pieces.').waitFor();
    await page.locator('summary', { hasText: '1 file was left out' }).click();
    await page.getByText('picture.png').waitFor();
    await view.reload();
    await eventually(() =>
      page.locator('vscode-text-field[data-control="Pieces in the vocabulary"] input').inputValue(),
    ).toBe('12');
  });

  it('says when its worker has died, and trains again', async () => {
    const page = await open();
    await train(page, '8000');
    await eventually(() => figure(page, 'Byte-level BPE', 'Pieces')).toBeGreaterThan(0);
    await worker.kill();
    await page.locator('article .fault').first().waitFor();
    expect(await control(page, 'Train again').getAttribute('disabled')).toBeNull();
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open({ theme, width });
    await train(page, '400');
    await over(page);
    for (const summary of await page.locator('summary').all()) {
      await summary.click();
    }
    await expectAccessible(page, width, `${theme} ${width}`);
  });
});
