// Live controls in a lesson, with the real worker behind them: while a slider or a point is moved the program runs
// again, the step stays, the page doesn't jump, and the last value is the one that is shown.

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
  host = new LessonHost({ id: 'vectors-and-similarity' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, height: 1400 });
});
afterEach(async () => {
  await view.close();
});

async function block(id: string): Promise<Locator> {
  const found = view.page.locator(`#block-${id}`);
  await found.scrollIntoViewIfNeeded();
  await found.locator('trace-player .stage').waitFor();
  await found.locator('points-view .paper').first().waitFor();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const note = (within: Locator) => within.locator('trace-player .note').textContent();
const cells = (within: Locator, row: number) =>
  within.locator('[data-port=withB] table-view tbody tr').nth(row).locator('td').allTextContents();
const runs = (program: string) =>
  view.sent
    .filter(({ method, params }) => method === 'program.run' && (params as { program: string }).program === program)
    .map(({ params }) => (params as { params: Record<string, unknown> }).params);
const middle = async (within: Locator) => {
  const box = (await within.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** Takes a slider's thumb with the mouse, and leaves it held at this share of its way. */
async function slide(slider: Locator, shares: readonly number[]): Promise<void> {
  const { mouse } = view.page;
  const box = (await slider.boundingBox())!;
  const at = (share: number) => box.x + 8 + share * (box.width - 16);
  const [first = 0, ...others] = shares;
  await mouse.move(at(first), box.y + box.height / 2);
  await mouse.down();
  for (const share of others) {
    await mouse.move(at(share), box.y + box.height / 2, { steps: 6 });
  }
}

describe('a slider', () => {
  it('runs the program again while it is still held, and reaches the goal', async () => {
    const turn = await block('turn');
    expect(await cells(turn, 0)).toEqual(['a', '5', '24', '0.96', '16.3°']);
    await slide(turn.getByRole('slider', { name: 'Stretch a, times', exact: true }), [0.43, 0.7, 1]);
    // Not let go yet.
    await eventually(async () => (await cells(turn, 1)).slice(1)).toEqual(['a′', '10', '48', '0.96', '16.3°']);
    await eventually(() => [...host.reached]).toContain('turn');
    await view.page.mouse.up();
    expect(runs('dot-and-cosine').at(-1)).toMatchObject({ stretch: 2 });
  });

  it('asks for no more runs than it moved, one at a time, the last for the last value', async () => {
    const cups = await block('cups');
    const before = runs('nearest-neighbours').length;
    let moved = 0;
    const slider = cups.getByRole('slider', { name: 'Stretch every cup of the menu, times', exact: true });
    await slider.focus();
    for (let i = 0; i < 4; i++, moved++) {
      await view.page.keyboard.press('ArrowRight');
    }
    await eventually(() => note(cups)).toContain('by distance: espresso');
    const asked = () => runs('nearest-neighbours').slice(before);
    await eventually(() => asked().at(-1)).toMatchObject({ all: 2 });
    expect(asked().length).toBeLessThanOrEqual(moved);
  });

  it('stays at the step, and neither moves the page nor shows that it is running', async () => {
    const turn = await block('turn');
    await turn.locator('trace-player .frame-label').click();
    await view.page.keyboard.press('End');
    await eventually(() => turn.locator('.frame-label').textContent()).toBe('The dot product as a shadow');
    await view.page.evaluate(() => {
      const seen = { tops: new Set<number>(), running: 0, labels: new Set<string | null | undefined>() };
      Object.assign(window, { seen });
      const root = document.querySelector('lesson-page')!.shadowRoot!;
      const element = root.querySelector('#block-turn step-block') ?? root.querySelector('step-block#block-turn');
      const step = element!.shadowRoot!;
      const after = root.querySelector('#block-map')!;
      const look = () => {
        seen.tops.add(Math.round(after.getBoundingClientRect().top));
        seen.running += step.querySelectorAll('.running').length;
        seen.labels.add(step.querySelector('trace-player')!.shadowRoot!.querySelector('.frame-label')?.textContent);
        requestAnimationFrame(look);
      };
      look();
    });
    await slide(turn.getByRole('slider', { name: 'Turn a, degrees', exact: true }), [0.5, 0.75, 0.3, 0.6]);
    await eventually(() => runs('dot-and-cosine').length).toBeGreaterThan(3);
    await view.page.mouse.up();
    await eventually(() => note(turn)).toContain('a′');
    const seen = await view.page.evaluate(() => {
      const { tops, running, labels } = (
        window as unknown as { seen: { tops: Set<number>; running: number; labels: Set<string> } }
      ).seen;
      return { tops: tops.size, running, labels: [...labels] };
    });
    expect(seen).toEqual({ tops: 1, running: 0, labels: ['The dot product as a shadow'] });
  });
});

describe('a point', () => {
  it('dragged by its tip moves the numbers while it is held, and the sliders with it', async () => {
    const turn = await block('turn');
    const { mouse } = view.page;
    const grip = turn.locator('.handle .grip').nth(1);
    const [from, origin] = [await middle(grip), await middle(turn.locator('.handle .grip').first())];
    // a is (3, 4) and b is (4, 3): one unit is their distance along either axis.
    const unit = from.x - origin.x;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x, from.y + 6 * unit, { steps: 8 });
    await eventually(() => note(turn)).toBe('a and b point at right angles: cosine 0, dot product 0.');
    expect(runs('dot-and-cosine').at(-1)).toMatchObject({ bx: 4, by: -3 });
    const now = await middle(grip);
    expect(Math.hypot(now.x - from.x, now.y - from.y - 6 * unit)).toBeLessThan(4);
    await mouse.up();
    await turn.locator('param-controls summary').click();
    expect(await turn.getByRole('slider', { name: 'b, second number', exact: true }).inputValue()).toBe('-3');
    await eventually(() => [...host.reached]).toContain('turn');
  });

  it('moved by the keyboard does the same, keeps the focus, and the step stays', async () => {
    const cups = await block('cups');
    const handle = cups.locator('.handle');
    await handle.focus();
    for (let i = 0; i < 6; i++) {
      await view.page.keyboard.press('ArrowUp');
    }
    await eventually(() => note(cups)).toContain('Your cup is (4, 5).');
    await view.page.keyboard.press('ArrowLeft');
    await eventually(() => note(cups)).toContain('Your cup is (3.5, 5).');
    expect(await handle.evaluate((node) => node.matches(':focus-visible'))).toBe(true);
    expect(await cups.locator('.frame-label').textContent()).toBe('Three lists of neighbours');
  });

  it('goes back with Reset', async () => {
    const cups = await block('cups');
    await cups.locator('.handle').focus();
    await view.page.keyboard.press('Shift+ArrowRight');
    await eventually(() => note(cups)).not.toContain('(4, 2)');
    await cups.locator('[data-control="Reset"]').click();
    await eventually(() => note(cups)).toContain('Your cup is (4, 2).');
  });
});

describe('a bet', () => {
  it('that was placed is not asked for again while a slider is moved', async () => {
    await view.close();
    host = new LessonHost({ id: 'byte-pair-encoding' });
    view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, height: 1400 });
    const tide = view.page.locator('#block-tide');
    await tide.scrollIntoViewIfNeeded();
    await tide.locator('trace-player .frame-label').click();
    for (let i = 0; i < 8 && (await tide.locator('.bet').count()) === 0; i++) {
      await view.page.keyboard.press('ArrowRight');
    }
    await tide.locator('.bet-choice').first().click();
    await view.page.keyboard.press('ArrowRight');
    await eventually(() => tide.locator('.outcome').count()).toBe(1);
    const label = await tide.locator('.frame-label').textContent();
    const before = runs('bpe-train').length;
    await tide.getByRole('slider', { name: 'Merges', exact: false }).first().focus();
    await view.page.keyboard.press('ArrowLeft');
    await eventually(() => runs('bpe-train').length).toBeGreaterThan(before);
    await eventually(() => tide.locator('.outcome').count()).toBe(0);
    expect(await tide.locator('.bet').count()).toBe(0);
    expect(await tide.locator('.frame-label').textContent()).toBe(label);
  });
});

describe('typing', () => {
  it('keeps its pause: many keys, one run', async () => {
    const cups = await block('cups');
    const before = runs('nearest-neighbours').length;
    await cups.locator('param-controls summary').click();
    const field = cups.getByRole('textbox', { name: 'Milk in your cup, cl, typed' });
    await field.fill('');
    await field.pressSequentially('11.5');
    await eventually(() => note(cups)).toContain('Your cup is (11.5, 2).');
    expect(runs('nearest-neighbours').length - before).toBe(1);
  });
});
