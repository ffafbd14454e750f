// The view of a plane in a real browser: its shades and boundary as pixels, what is read out and moved by pointer and by
// keyboard, a value that changes while it is shown, and what axe says in all themes, narrow and wide.

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { pageScript } from './harness/pageScript.ts';
import type { PlanePage } from './harness/planePage.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

type Win = { planePage: PlanePage };

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('planePage.ts')]);
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
  await page.evaluate(([name, may]) => (window as unknown as Win).planePage.show(name as string, may as boolean), [
    scene,
    movable,
  ] as const);
  await page.locator('plane-view .frame').waitFor();
  await drawn(page);
}

async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

const moves = (page: Page) => page.evaluate(() => (window as unknown as Win).planePage.moves);
const readout = async (page: Page) => (await page.locator('.readout').textContent())?.replace(/\s+/g, ' ').trim();
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });
const frameBox = async (page: Page) => (await page.locator('.frame').boundingBox())!;

/** The colours of the shades at places of the picture, given as shares from the left and from below. */
async function colours(page: Page, places: readonly (readonly [number, number])[]): Promise<number[][]> {
  return page.locator('canvas.shades').evaluate((node, at) => {
    const canvas = node as HTMLCanvasElement;
    const context = canvas.getContext('2d')!;
    return at.map(([x, y]) => [
      ...context.getImageData(Math.round(x * (canvas.width - 1)), Math.round((1 - y) * (canvas.height - 1)), 1, 1).data,
    ]);
  }, places);
}

describe('the shades', () => {
  it('have one colour on either side of the boundary, and a strong line between', async () => {
    const page = await open('score');
    const [blue, orange, other] = await colours(page, [
      [0.05, 0.95],
      [0.95, 0.95],
      [0.05, 0.05],
    ]);
    expect(blue![2]! - blue![0]!).toBeGreaterThan(30);
    expect(orange![0]! - orange![2]!).toBeGreaterThan(30);
    expect(other![0]! - other![2]!).toBeGreaterThan(30); // both inputs low
    const [edge] = await colours(page, [[0.5, 0.9]]);
    expect(edge!.slice(0, 3)).toEqual([204, 204, 204]); // the theme's ink
  });

  it('of a landscape over decades are told apart near its valley too', async () => {
    const page = await open('landscape');
    const floor = await colours(page, [
      [4 / 6, 2 / 5],
      [2 / 6, 2 / 5],
      [0.5, 0.9],
      [0.02, 0.02],
    ]);
    const light = floor.map(([r, g, b]) => r! + g! + b!);
    expect(light).toEqual(light.toSorted((a, b) => a - b));
    expect(new Set(light).size).toBe(4);
    expect(await page.locator('.path').count()).toBe(6); // three in the picture, three in the key
  });
});

describe('points', () => {
  it('of different classes have different shapes, and wrong ones a ring', async () => {
    const page = await open('score');
    const shapes = await page
      .locator('.key li .point')
      .evaluateAll((nodes) => nodes.map((node) => node.innerHTML.replace(/<!--.*?-->/g, '')));
    expect(new Set(shapes).size).toBe(3);
    expect(await page.locator('.picture .wrong').count()).toBe(6);
    expect((await page.locator('.key').textContent())?.replace(/\s+/g, ' ')).toContain('wrong: 6');
  });

  it('are read out by keys and by the pointer, with the height there', async () => {
    const page = await open('line');
    await page.locator('.plane').focus();
    await page.keyboard.press('ArrowRight');
    expect(await readout(page)).toBe('Monday (stay): sun -1, free time -1');
    await page.keyboard.press('ArrowUp');
    expect(await readout(page)).toBe('Tuesday (walk, wrong): sun -1.2, free time 0.8');
    await show('score');
    const box = await frameBox(page);
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await eventually(() => readout(page)).toMatch(/^first input 0\.3\d*, second input 0\.7\d*; chance of yes 0\.32/);
  });

  it('can be moved where their parameters are offered, by pointer and by keyboard, and the line follows', async () => {
    const page = await open('line');
    const box = await frameBox(page);
    const at = (x: number, y: number) =>
      [box.x + (box.width * (x + 2)) / 4, box.y + (box.height * (2 - y)) / 4] as const;
    const edge = () => page.locator('.straight .edge').getAttribute('d');
    const before = await edge();
    await page.mouse.move(...at(1, 1.5));
    await page.mouse.down();
    await page.mouse.move(...at(-1, 1.02), { steps: 4 });
    await page.mouse.up();
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ wx: -1, wy: 1 });
    await eventually(edge).not.toBe(before);
    await page.locator('.handle').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ wx: -0.9, wy: 0 });
    await show('line', false);
    expect(await page.locator('.handle').count()).toBe(0);
  });
});

it('says in words and in a table what it shows', async () => {
  const page = await open('line');
  expect(await page.locator('.plane').getAttribute('aria-label')).toBe(
    'a scene. sun from -2 to 2, free time from -2 to 2. 1 stay, 2 walk. 1 marked as wrong. ' +
      'the line: 1 × sun + 1.5 × free time + 0 = 0. Arrow keys go from point to point.',
  );
  await show('landscape');
  expect(await page.locator('.plane').getAttribute('aria-label')).toMatch(
    /loss from 0\.0\d+ to .*SGD, after 29 steps: a -0\.76, b 0\.6; loss 3\.1/,
  );
  await page.locator('summary').click();
  const rows = page.locator('table tbody tr');
  await eventually(() => rows.count()).toBeGreaterThan(60);
  expect(await rows.first().textContent()).toMatch(/SGD, step 0/);
});

describe.each(THEMES)('in the theme %s', (theme) => {
  it('axe finds nothing, and nothing is cut off at 300 pixels', async () => {
    const page = await open('score', { theme, width: 300 });
    for (const scene of ['line', 'landscape', 'empty', 'score']) {
      await show(scene);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), scene).toBeLessThanOrEqual(300);
      await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
      const found = await page.evaluate(async () => {
        const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
        const { violations, passes } = await run(document, { resultTypes: ['violations'] });
        return {
          passes: passes.length,
          serious: violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`),
        };
      });
      expect(found.serious, scene).toEqual([]);
      expect(found.passes).toBeGreaterThan(5);
    }
  });
});
