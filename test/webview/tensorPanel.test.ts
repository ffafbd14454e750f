// The tensor panel in a real browser: programs of the real worker, and a trace that the engine made, forward and back.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { Fault } from '../../src/shared/errors.ts';
import { type Calls, computationChanged, runProgram } from '../../src/shared/messages.ts';
import { viewScript } from './harness/bundles.ts';
import { transformerTrace } from './harness/engineTrace.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { TensorHost, withTrace } from './tensorHost.ts';

let browser: Browser;
let worker: RealWorker;
let script: string;
let host: TensorHost;
let view: View;
const trace = transformerTrace();
const TRANSFORMER = { program: trace.program, params: {} };

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('tensor')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(shown: TensorHost['shown'], more: Partial<ViewOptions> = {}): Promise<Page> {
  host = new TensorHost();
  host.shown = shown;
  view = await View.open({
    browser,
    script,
    handlers: host.handlers,
    worker: withTrace(trace, worker.calls),
    width: 1200,
    ...more,
  });
  return view.page;
}

/** The engine's trace at the step with this label. */
async function openAt(label: string, more: Partial<ViewOptions> = {}): Promise<Page> {
  const at = trace.frames.findIndex((frame) => frame.label === label);
  expect(at).toBeGreaterThanOrEqual(0);
  const player = { at, bets: {}, betting: true, speed: 1 };
  const values = { [TRANSFORMER.program]: { params: {}, player } };
  const page = await open(TRANSFORMER, {
    state: { schema: 1, subject: JSON.stringify(TRANSFORMER), values },
    ...more,
  });
  await eventually(() => heading(page)).toBe(label);
  return page;
}

/** Tries again until it holds: the page, the host end and the worker each take their time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const control = (within: Locator | Page, name: string) => within.locator(`[data-control="${name}"]`);
const port = (page: Page, name: string) => page.locator(`[data-port="${name}"]`);
const heading = (page: Page) => page.locator('.frame-label').textContent();
const box = async (place: Locator) =>
  (await place.boundingBox()) as NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;
const litOf = (place: Locator) =>
  place.locator('tensor-view').evaluate((element) => (element as HTMLElement & { lit: unknown }).lit);

describe('a computation', () => {
  it('is run with its own controls, under its title, and again when one is changed', async () => {
    const page = await open({ program: 'bpe-train', params: { text: 'the tide, the tides, the tideline', merges: 2 } });
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
    expect(await page.title()).toBe('Train byte pair encoding');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(2);
    const merges = page.locator('[data-param="merges"] input[type="text"]');
    expect(await merges.inputValue()).toBe('2');
    await merges.fill('4');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(4);
  });

  it('stays where it was, with what was changed, when the page comes back', async () => {
    const page = await open({ program: 'bpe-train', params: { text: 'the tide, the tides', merges: 2 } });
    await page.locator('[data-param="merges"] input[type="text"]').fill('3');
    await eventually(() => page.locator('step-tree .item[data-level="1"]', { hasText: 'Merge' }).count()).toBe(3);
    await page.locator('step-tree .item', { hasText: 'Merge 2' }).click();
    await eventually(() => heading(page)).toContain('Merge 2');
    const label = await heading(page);
    await view.reload();
    await eventually(() => page.locator('[data-param="merges"] input[type="text"]').inputValue()).toBe('3');
    await eventually(() => heading(page)).toBe(label);
    // From the state's subject the host knows what was open.
    const state = await page.evaluate(() => JSON.parse(sessionStorage.getItem('vscode-state') ?? '{}'));
    expect(JSON.parse(state.subject)).toEqual(host.shown);
  });

  it('gives way to another one that the host opens', async () => {
    const page = await open({ program: 'bpe-train', params: {} });
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
    host.shown = TRANSFORMER;
    view.connection.notify(computationChanged, {});
    await eventually(() => page.locator('h1').textContent()).toBe('One block of a transformer');
    await eventually(() => heading(page)).toBe('Look the tokens up');
  });

  it('that is not picked yet, is asked for', async () => {
    const page = await open(null);
    await control(page, 'Choose a computation…').click();
    await eventually(() => host.picks).toBe(1);
    expect(await page.locator('step-block').count()).toBe(0);
  });

  it('that does not exist says so, and can be tried again', async () => {
    const page = await open({ program: 'bpe-trian', params: {} });
    await eventually(() => page.locator('.fault').textContent()).toContain('Did you mean bpe-train?');
    host.shown = { program: 'bpe-train', params: {} };
    await control(page, 'Try again').click();
    await eventually(() => page.locator('h1').textContent()).toBe('Train byte pair encoding');
  });

  it('with parameters that do not fit says so', async () => {
    const page = await open({ program: 'bpe-train', params: { merges: 1e6 } });
    await eventually(() => page.locator('.fault').textContent()).toContain('merges');
  });

  it('can be stopped while it runs, and run again', async () => {
    let runs = 0;
    const hanging: Calls['request'] = (method, params, more) => {
      if (method.name !== runProgram.name) {
        return withTrace(trace, worker.calls).request(method, params, more);
      }
      runs += 1;
      more?.onProgress?.({ done: 12, unit: 'steps' });
      return new Promise((_, reject) => {
        more?.token?.onCancellationRequested(() => reject(new Fault('cancelled', 'Cancelled.')));
      });
    };
    const page = await open(TRANSFORMER, { worker: { request: hanging } });
    await eventually(() => page.locator('.running').textContent()).toContain('12 steps');
    await control(page, 'Cancel').click();
    await eventually(() => page.locator('.fault').textContent()).toContain('Stopped before it was done.');
    await control(page, 'Run again').click();
    await eventually(() => runs).toBe(2);
  });
});

describe('the room', () => {
  it('has the steps beside the view where it is wide, and they stay while it scrolls', async () => {
    const page = await openAt('A score for each token, backward');
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
    const page = await openAt('softmax', { width: 320 });
    const [tree, stage] = [await box(page.locator('step-tree')), await box(page.locator('.stage'))];
    expect(tree.y + tree.height).toBeLessThanOrEqual(stage.y + 1);
    expect(tree.height).toBeGreaterThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

describe('the steps of an attention', () => {
  it('open in place, and stepping through all of them sends no message', async () => {
    const page = await openAt('attention');
    const items = () => page.locator('step-tree .item[data-level="2"]').allTextContents();
    await eventually(async () => (await items()).map((text) => text.trim())).toEqual([
      'transpose',
      'matmul',
      'mul',
      'where',
      'softmax',
      'matmul',
    ]);
    const before = view.sent.length;
    await page.locator('.frame-label').focus();
    await page.keyboard.press('Home');
    for (let step = 1; step < trace.frames.length; step++) {
      await page.keyboard.press('ArrowRight');
    }
    await eventually(() => heading(page)).toBe(trace.frames.at(-1)?.label);
    await page.keyboard.press('Home');
    await eventually(() => heading(page)).toBe('Look the tokens up');
    expect(view.methodsSince(before)).toEqual([]);
  });

  it('are walked by keyboard alone, from the page’s first button to how a cell was made', async () => {
    const page = await openAt('softmax');
    const focused = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) {
          at = at.shadowRoot.activeElement;
        }
        return at?.getAttribute('role') ?? at?.localName;
      });
    await page.keyboard.press('Tab');
    for (let i = 0; i < 40 && (await focused()) !== 'treeitem'; i++) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toBe('treeitem');
    await page.keyboard.press('ArrowDown');
    await eventually(() => heading(page)).toBe('matmul');
    await page.keyboard.press('ArrowUp');
    await eventually(() => heading(page)).toBe('softmax');
    const seen: string[] = [];
    for (let i = 0; i < 40 && seen.filter((name) => name === 'application').length < 2; i++) {
      await page.keyboard.press('Tab');
      seen.push((await focused()) ?? '');
    }
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.locator('cell-arithmetic .made').textContent()).toContain('below the line');
    expect(await litOf(port(page, 'x'))).toEqual([{ start: [2, 0], step: [1, 1], shape: [1, 6] }]);
  });
});

describe('the way back', () => {
  it('shows each gradient beside the value that it belongs to, and how a cell of it was made', async () => {
    const page = await openAt('A score for each token, backward');
    for (const [value, gradient] of [
      ['logits', 'dy'],
      ['a', 'da'],
      ['unembed', 'dunembed'],
    ] as const) {
      const [left, right] = [await box(port(page, value)), await box(port(page, gradient))];
      expect(Math.abs(left.y - right.y)).toBeLessThan(2);
      expect(left.x).toBeLessThan(right.x);
      expect(await port(page, gradient).locator('.port-name').textContent()).toContain(`gradient of ${value}`);
    }
    const cells = port(page, 'dunembed').locator('.cells');
    await cells.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    const terms = await made.locator('tbody td:last-child').allTextContents();
    expect(terms).toHaveLength(6); // one for each of the six tokens
    const result = Number(await made.locator('tfoot td:last-child').textContent());
    expect(terms.map(Number).reduce((a, b) => a + b, 0)).toBeCloseTo(result, 4);
    expect(await litOf(port(page, 'a'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [6, 1] }]);
    expect(await litOf(port(page, 'dy'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [6, 1] }]);
    expect(await litOf(port(page, 'unembed'))).toEqual([]);
  });

  it('adds up what a row of the table got from each place that looked it up', async () => {
    const page = await openAt('Look the tokens up, backward');
    await port(page, 'dtable').locator('.cells').focus();
    await page.keyboard.press('Enter');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    expect(await made.locator('tbody tr').count()).toBe(2); // “the” stands at two places
    expect(await litOf(port(page, 'ids'))).toEqual([
      { start: [0], step: [1], shape: [1] },
      { start: [3], step: [1], shape: [1] },
    ]);
  });
});

describe('a way of reading a list', () => {
  it('writes out where a cell is read, lights up the number, and back; copies are hatched', async () => {
    const page = await open({ program: 'broadcast', params: {} });
    await page.locator('step-tree .item', { hasText: 'Read the second' }).click();
    const read = port(page, 'read');
    await read.locator('.cells').waitFor();
    expect((await read.locator('.head').textContent())?.replace(/\s+/g, ' ')).toContain('strides (0, 1)');
    expect(await read.locator('.legend').textContent()).toContain('Hatched');
    await read.locator('.cells').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await eventually(() => read.locator('.readout').textContent()).toBe(
      'row 1, column 1: 2, place 1 in the list, a copy',
    );
    const made = page.locator('cell-arithmetic .made');
    expect(await made.textContent()).toContain('0 + 1 × 0 + 1 × 1 = 1');
    expect(await made.textContent()).toContain('A copy that exists only in the picture');
    expect(await litOf(port(page, 'second'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [1, 1] }]);
    await port(page, 'second').locator('.cells').focus();
    await page.keyboard.press('End');
    await eventually(() => litOf(read)).toEqual([{ start: [0, 3], step: [1, 1], shape: [3, 1] }]);
    expect(await made.textContent()).toContain('3 cells read this number.');
    expect(await made.textContent()).toContain('Copies that exist only in the picture: 2.');
    // A ghost's colour is veiled: its corner, away from the hatching's lines, is nearer to the page than the original's.
    const colors = await read.locator('canvas.data').evaluate((canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
      const mean = (top: number) => {
        const { data } = context.getImageData(3 * 44 + 4, top + 4, 36, 8);
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) {
          sum += (data[i] as number) + (data[i + 1] as number) + (data[i + 2] as number);
        }
        return sum / (data.length / 4);
      };
      return [mean(0), mean(44)];
    });
    expect(colors[0]).toBeGreaterThan((colors[1] as number) + 150);
  });
});

describe('what is taken out', () => {
  async function openTools(page: Page): Promise<Locator> {
    const found = port(page, 'y').last();
    await found.locator('summary', { hasText: 'Copy and export' }).click();
    return found;
  }
  const said = (place: Locator) => place.locator('.caption[role=status]').textContent();

  it('goes to the host: a text whole or what is on the screen, and a picture as a PNG', async () => {
    const page = await openAt('softmax');
    const place = await openTools(page);
    await control(place, 'Copy as JSON').click();
    await eventually(() => said(place)).toBe('Copied 36 elements.');
    const rows = JSON.parse(host.copied[0] as string) as number[][];
    expect(rows.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(rows.map(() => expect.closeTo(1, 5)));
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Copy only what is on the screen').click();
    await control(place, 'Copy as JSON').click();
    await eventually(() => host.copied.length).toBe(2);
    const part = JSON.parse(host.copied[1] as string) as number[][];
    expect(part.flat().length).toBeLessThan(36);
    expect(part[0]?.[0]).toBe(rows[0]?.[0]);
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Saved as y.png.');
    expect(host.saved[0]?.bytes).toBeGreaterThan(500);
  });

  it('says what went wrong, and that nothing was saved', async () => {
    const page = await openAt('softmax');
    const place = await openTools(page);
    host.takeFault = new Fault('storage', 'The disk is full.');
    await control(place, 'Copy as CSV').click();
    await eventually(() => said(place)).toBe('Could not be copied: The disk is full.');
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Could not be saved: The disk is full.');
    host.takeFault = undefined;
    host.leaves = true;
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Not saved.');
  });

  it('follows the theme when it changes', async () => {
    const page = await openAt('softmax');
    const pixel = () =>
      port(page, 'y')
        .locator('canvas.data')
        .evaluate((canvas) => {
          const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
          return [...context.getImageData(44 * 5 + 4, 4, 1, 1).data].slice(0, 3).reduce((a, b) => a + b, 0);
        });
    const dark = await pixel();
    await page.evaluate(() => {
      document.body.classList.replace('vscode-dark', 'vscode-light');
      document.body.dataset.vscodeThemeKind = 'vscode-light';
    });
    await eventually(pixel).toBeGreaterThan(dark + 200);
  });
});

it('a lesson’s step block opens in the panel, with the values that it has', async () => {
  const lesson = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons' });
  view = await View.open({
    browser,
    script: await viewScript('lesson'),
    handlers: lesson.handlers,
    worker: worker.calls,
  });
  const block = view.page.locator('step-block').first();
  await block.scrollIntoViewIfNeeded();
  await control(block, 'Open in a panel of its own').click();
  await eventually(() => lesson.opened.filter((what) => what.startsWith('computation:')).length).toBe(1);
  expect(lesson.opened.at(-1)).toMatch(/^computation:[a-z-]+ \{/);
});
