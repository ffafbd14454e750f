// The tensor panel in a real browser: a computation of the real worker, what becomes of it, and its room.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/shared/errors.ts';
import { type Calls, computationChanged, runProgram } from '../../src/shared/messages.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { box, heading, panels, TRANSFORMER } from './harness/tensorPanel.ts';
import { control, eventually } from './harness/tensorScene.ts';

const panel = panels();

describe('a computation', () => {
  it('is run with its own controls, under its title, and again when one is changed', async () => {
    const page = await panel.open({
      program: 'bpe-train',
      params: { text: 'the tide, the tides, the tideline', merges: 2 },
    });
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
    expect(await page.title()).toBe('Train byte pair encoding');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(2);
    const merges = page.locator('[data-param="merges"] input[type="text"]');
    expect(await merges.inputValue()).toBe('2');
    await merges.fill('4');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(4);
  });

  it('keeps what was typed, though its block is drawn again before it is told', async () => {
    const page = await panel.open({
      program: 'bpe-train',
      params: { text: 'the tide, the tides, the tideline', merges: 2 },
    });
    const merges = page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' });
    await eventually(() => merges.count()).toBe(2);
    await page.locator('[data-param="merges"] input[type="text"]').fill('4');
    await page
      .locator('step-block')
      .evaluate((block) => (block as HTMLElement & { requestUpdate(): void }).requestUpdate());
    await eventually(() => merges.count()).toBe(4);
  });

  it('stays where it was, with what was changed, when the page comes back', async () => {
    const page = await panel.open({ program: 'bpe-train', params: { text: 'the tide, the tides', merges: 2 } });
    await page.locator('[data-param="merges"] input[type="text"]').fill('3');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(3);
    await page.locator('step-tree .item', { hasText: 'Merge 2' }).click();
    await eventually(() => heading(page)).toContain('Merge 2');
    const label = await heading(page);
    await panel.view.reload();
    await eventually(() => page.locator('[data-param="merges"] input[type="text"]').inputValue()).toBe('3');
    await eventually(() => heading(page)).toBe(label);
    // From the state's subject the host knows what was open.
    const state = await page.evaluate(() => JSON.parse(sessionStorage.getItem('vscode-state') ?? '{}'));
    expect(JSON.parse(state.subject)).toEqual(panel.host.shown);
  });

  it('gives way to another one that the host opens', async () => {
    const page = await panel.open({ program: 'bpe-train', params: {} });
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
    panel.host.shown = TRANSFORMER;
    panel.view.connection.notify(computationChanged, {});
    await eventually(() => page.locator('h1').textContent()).toBe('One block of a transformer');
    await eventually(() => heading(page)).toBe('Look the tokens up');
  });

  it('that is not picked yet, is asked for', async () => {
    const page = await panel.open(null);
    await control(page, 'Choose a computation…').click();
    await eventually(() => panel.host.picks).toBe(1);
    expect(await page.locator('step-block').count()).toBe(0);
  });

  it('that does not exist says so, and can be tried again', async () => {
    const page = await panel.open({ program: 'bpe-trian', params: {} });
    await eventually(() => page.locator('.fault').textContent()).toContain('Did you mean bpe-train?');
    panel.host.shown = { program: 'bpe-train', params: {} };
    await control(page, 'Try again').click();
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
  });

  it('with parameters that do not fit says so', async () => {
    const page = await panel.open({ program: 'bpe-train', params: { merges: 1e6 } });
    await eventually(() => page.locator('.fault').textContent()).toContain('merges');
  });

  it('can be stopped while it runs, and run again', async () => {
    let runs = 0;
    const hanging: Calls['request'] = (method, params, more) => {
      if (method.name !== runProgram.name) {
        return panel.calls.request(method, params, more);
      }
      runs += 1;
      more?.onProgress?.({ done: 12, unit: 'steps' });
      return new Promise((_, reject) => {
        more?.token?.onCancellationRequested(() => reject(new Fault('cancelled', 'Cancelled.')));
      });
    };
    const page = await panel.open(TRANSFORMER, { worker: { request: hanging } });
    await eventually(() => page.locator('.running').textContent()).toContain('12 steps');
    await control(page, 'Cancel').click();
    await eventually(() => page.locator('.fault').textContent()).toContain('Stopped before it was done.');
    await control(page, 'Run again').click();
    await eventually(() => runs).toBe(2);
  });
});

describe('the room', () => {
  it('has the steps beside the view where it is wide, and they stay while it scrolls', async () => {
    const page = await panel.openAt('A score for each token, backward');
    const [tree, stage] = [await box(page.locator('step-tree')), await box(page.locator('.stage'))];
    expect(tree.x + tree.width).toBeLessThanOrEqual(stage.x + 1);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(800);
    await page.mouse.wheel(0, 900);
    await eventually(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    const after = await box(page.locator('step-tree'));
    expect(after.y).toBeGreaterThanOrEqual(0);
    expect(after.y).toBeLessThan(100);
    expect((await box(page.locator('.player > .bar'))).y).toBeCloseTo(0, 0);
  });

  it('has them above it where it is narrow', async () => {
    const page = await panel.openAt('softmax', { width: 320 });
    const [tree, stage] = [await box(page.locator('step-tree')), await box(page.locator('.stage'))];
    expect(tree.y + tree.height).toBeLessThanOrEqual(stage.y + 1);
    expect(tree.height).toBeGreaterThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

it('a lesson’s step block opens in the panel, with the values that it has', async () => {
  const lesson = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons' });
  const { page } = await panel.openView({
    script: await viewScript('lesson'),
    handlers: lesson.handlers,
    worker: panel.calls,
  });
  const block = page.locator('step-block').first();
  await block.scrollIntoViewIfNeeded();
  await control(block, 'Open in a panel of its own').click();
  await eventually(() => lesson.opened.filter((what) => what.startsWith('computation:')).length).toBe(1);
  expect(lesson.opened.at(-1)).toMatch(/^computation:[a-z-]+ \{/);
});
