// The view of points in a real browser: what is drawn where, reading and moving points by pointer and by keyboard, zoom,
// labels that don't cover each other, and what axe says in all themes, narrow and wide.

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { pageScript } from './harness/pageScript.ts';
import type { PointsPage } from './harness/pointsPage.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

type Win = { pointsPage: PointsPage };

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('pointsPage.ts')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(scene: string, { movable = true, ...more }: Partial<ViewOptions> & { movable?: boolean } = {}) {
  view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 700, ...more });
  await show(scene, movable);
  return view.page;
}

async function show(scene: string, movable = true): Promise<void> {
  const { page } = view;
  await page.evaluate(([name, may]) => (window as unknown as Win).pointsPage.show(name as string, may as boolean), [
    scene,
    movable,
  ] as const);
  await page.locator('points-view .paper').waitFor();
  await drawn(page);
}

/** Two frames on, what was asked to be drawn is drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

const moves = (page: Page) => page.evaluate(() => (window as unknown as Win).pointsPage.moves);
const readout = async (page: Page) => (await page.locator('.readout').textContent())?.replace(/\s+/g, ' ').trim();
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });
const middle = async (page: Page, selector: string, nth = 0) => {
  const box = await page.locator(selector).nth(nth).boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
};

/** Pixels that one unit takes, by the grid's numbers. */
async function scales(page: Page): Promise<{ x: number; y: number }> {
  return page.locator('points-view').evaluate((element) => {
    const ticks = [...element.shadowRoot!.querySelectorAll('text.tick')].map((node) => ({
      value: Number(node.textContent!.replace('−', '-')),
      x: Number(node.getAttribute('x')),
      y: Number(node.getAttribute('y')),
      across: node.getAttribute('text-anchor') === 'middle',
    }));
    const scale = (along: typeof ticks, of: 'x' | 'y') =>
      Math.abs((along.at(-1)![of] - along[0]![of]) / (along.at(-1)!.value - along[0]!.value));
    return {
      x: scale(
        ticks.filter(({ across }) => across),
        'x',
      ),
      y: scale(
        ticks.filter(({ across }) => !across),
        'y',
      ),
    };
  });
}

describe('the plane', () => {
  it('has one scale for both axes, its names, and the origin in sight', async () => {
    const page = await open('arrows');
    const { x, y } = await scales(page);
    expect(x).toBeCloseTo(y, 3);
    expect(await page.locator('text.axis-label').allTextContents()).toEqual(['coffee', 'milk']);
    expect(await page.locator('line.axis').count()).toBe(2);
    expect(await page.locator('.arrow').count()).toBe(6);
    expect(await page.locator('.between').count()).toBe(1);
  });

  it('tells roles by more than colour: by weight or dash, by shape, and by a sign', async () => {
    const page = await open('roles');
    const looks = await page.locator('.picture > .dot').evaluateAll((dots) => dots.map((node) => node.innerHTML));
    expect(new Set(looks).size).toBe(6);
    const lines = await page
      .locator('.between line')
      .evaluateAll((nodes) =>
        nodes.map((node) => `${getComputedStyle(node).strokeDasharray} ${getComputedStyle(node).strokeWidth}`),
      );
    expect(new Set(lines).size).toBe(6);
    expect(await page.locator('text.label').allTextContents()).toEqual([
      '▸ chosen',
      '+ new',
      '= match',
      '! warn',
      'dim',
      'plain',
    ]);
  });

  it('lets no label cover another one, and says how many have no room', async () => {
    const page = await open('crowd');
    const boxes = await page.locator('text.label').evaluateAll((nodes) =>
      nodes.map((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return { left, right, top: top + 3, bottom: bottom - 3 };
      }),
    );
    expect(boxes.length).toBeGreaterThan(10);
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
      }
    }
    expect(await readout(page)).toContain(`${60 - boxes.length} labels have no room here.`);
    // Those that stand out get theirs.
    expect(await page.locator('text.label.match').count()).toBe(5);
  });

  it('has a table with all its numbers', async () => {
    const page = await open('arrows');
    await page.locator('summary').click();
    const table = page.locator('table-view');
    expect(await table.locator('th').allTextContents()).toEqual([
      'name',
      'mark',
      'coffee',
      'milk',
      'to: coffee',
      'to: milk',
    ]);
    expect(await table.locator('tbody tr').first().locator('td').allTextContents()).toEqual([
      'a',
      'chosen',
      '3',
      '1',
      '–',
      '–',
    ]);
    expect((await table.locator('tbody tr').last().locator('td').allTextContents()).map((cell) => cell.trim())).toEqual(
      ['distance', '–', '3', '1', '1', '4'],
    );
  });

  it.each(['one', 'none', 'tiny'])('draws the scene "%s" too', async (scene) => {
    const page = await open(scene);
    expect(await page.locator('.paper').count()).toBe(1);
    expect(await page.locator('text.tick').count()).toBeGreaterThan(2);
    const { x, y } = await scales(page);
    expect(x / y).toBeCloseTo(1, 3);
  });
});

describe('reading', () => {
  it('reads a point out under the pointer', async () => {
    const page = await open('roles');
    const at = await middle(page, '.picture > .dot', 1);
    await page.mouse.move(at.x + 4, at.y);
    await eventually(() => readout(page)).toBe('new (new): x 2, y 1.5');
    await page.mouse.move(5, 5);
    await eventually(() => readout(page)).toBe('');
  });

  it('goes from point to point by arrow keys, and says each', async () => {
    const page = await open('roles');
    await page.locator('.plane').focus();
    const said = () => page.locator('points-view .sr[role=status]').textContent();
    await page.keyboard.press('ArrowRight');
    await eventually(said).toBe('chosen (chosen): x 1, y 0.5');
    await page.keyboard.press('ArrowRight');
    await eventually(said).toBe('new (new): x 2, y 1.5');
    await page.keyboard.press('ArrowLeft');
    await eventually(said).toBe('chosen (chosen): x 1, y 0.5');
    await page.keyboard.press('ArrowLeft');
    await eventually(said).toBe('chosen (chosen): x 1, y 0.5');
  });
});

describe('moving a point', () => {
  it('by pointer goes along, on the steps and within the bounds of its parameters', async () => {
    const page = await open('arrows');
    const { x: unit } = await scales(page);
    const from = await middle(page, '.handle .grip');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 1.03 * unit, from.y - 2.02 * unit, { steps: 4 });
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ ax: 2, ay: 3 });
    // The ground stands still meanwhile, and the tip is under the pointer.
    const tip = await middle(page, '.handle .grip');
    expect(Math.hypot(tip.x - (from.x - unit), tip.y - (from.y - 2 * unit))).toBeLessThan(2);
    await page.mouse.move(from.x + 40 * unit, from.y, { steps: 2 });
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ ax: 5, ay: 1 });
    await page.mouse.up();
    const count = (await moves(page)).length;
    await page.mouse.move(from.x, from.y);
    expect((await moves(page)).length).toBe(count);
    expect(await readout(page)).toContain('a (chosen): coffee 5, milk 1');
  });

  it('by keyboard: small steps, large ones with Shift, and never past the end', async () => {
    const page = await open('arrows');
    const handle = page.locator('.handle').nth(1);
    await handle.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ bx: 1.1, by: 3 });
    await eventually(() => handle.getAttribute('aria-valuetext')).toBe('coffee 1.1, milk 3');
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Shift+ArrowRight');
    }
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ bx: 5, by: 3 });
    expect(await handle.evaluate((node) => node.matches(':focus-visible'))).toBe(true);
  });

  it('tells nobody else of its keys: the step view around it stays where it is', async () => {
    const page = await open('arrows');
    await page.evaluate(() => {
      Object.assign(window, { heard: [] });
      document.querySelector('main')!.addEventListener('keydown', (event) => {
        (window as unknown as { heard: string[] }).heard.push((event as KeyboardEvent).key);
      });
    });
    await page.locator('.handle').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageDown');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['PageDown']);
  });

  it('is not offered where the block lets nobody change the parameters', async () => {
    const page = await open('arrows', { movable: false });
    expect(await page.locator('.handle').count()).toBe(0);
    expect(await readout(page)).toBe('');
  });
});

describe('zoom', () => {
  it('by keys, by buttons and by the wheel with Ctrl, and back to all of it', async () => {
    const page = await open('crowd');
    const start = (await scales(page)).x;
    await page.locator('.plane').focus();
    await page.keyboard.press('+');
    await eventually(async () => (await scales(page)).x / start).toBeCloseTo(1.5, 2);
    await page.keyboard.press('0');
    await eventually(async () => (await scales(page)).x / start).toBeCloseTo(1, 2);
    await page.locator('[data-control="Zoom in"]').click();
    await eventually(async () => (await scales(page)).x / start).toBeCloseTo(1.5, 2);
    await page.locator('[data-control="Show all"]').click();
    const at = await middle(page, '.picture > .dot', 3);
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -200);
    await drawn(page);
    expect((await scales(page)).x / start).toBeCloseTo(1, 2); // without Ctrl the page scrolls
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await eventually(async () => (await scales(page)).x / start).toBeGreaterThan(1.5);
    // The point under the pointer stays there.
    const after = await middle(page, '.picture > .dot', 3);
    expect(Math.hypot(after.x - at.x, after.y - at.y)).toBeLessThan(2);
  });

  it('shows more labels when there is more room, and moves the ground by dragging it', async () => {
    const page = await open('crowd');
    const labels = () => page.locator('text.label').allTextContents();
    const first = await labels();
    const paper = (await page.locator('.paper').boundingBox())!;
    await page.mouse.move(paper.x + 40, paper.y + 40);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -600);
    await page.keyboard.up('Control');
    await drawn(page);
    const before = await middle(page, '.picture > .dot', 3);
    await page.mouse.down();
    await page.mouse.move(paper.x + 90, paper.y + 70, { steps: 3 });
    await page.mouse.up();
    const after = await middle(page, '.picture > .dot', 3);
    expect([after.x - before.x, after.y - before.y].map(Math.round)).toEqual([50, 30]);
    expect(first.length).toBeLessThan(60);
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open('arrows', { theme, width });
    for (const scene of ['arrows', 'crowd', 'roles']) {
      await show(scene);
      await page.locator('summary').click();
      await page
        .locator(scene === 'arrows' ? '.handle' : '.plane')
        .first()
        .focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
      const found = await page.evaluate(async () => {
        const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
        const { violations, passes } = await run(document, { resultTypes: ['violations'] });
        return {
          passes: passes.length,
          serious: violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => ({
              id,
              nodes: nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`),
            })),
        };
      });
      expect(found.serious, scene).toEqual([]);
      expect(found.passes).toBeGreaterThan(8);
    }
  });
});
