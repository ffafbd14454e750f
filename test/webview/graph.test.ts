// The view of a graph in a real browser: what is drawn, reading its edges by pointer and by keyboard, pulling them, and
// what axe says in all themes, narrow and wide.

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import type { GraphPage } from './harness/graphPage.ts';
import { pageScript } from './harness/pageScript.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

type Win = { graphPage: GraphPage };

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('graphPage.ts')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(scene: string, { movable = true, ...more }: Partial<ViewOptions> & { movable?: boolean } = {}) {
  view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 760, ...more });
  await show(scene, movable);
  return view.page;
}

async function show(scene: string, movable = true): Promise<void> {
  const { page } = view;
  await page.evaluate(([name, may]) => (window as unknown as Win).graphPage.show(name as string, may as boolean), [
    scene,
    movable,
  ] as const);
  await page.locator('graph-view .frame svg').first().waitFor();
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

const moves = (page: Page) => page.evaluate(() => (window as unknown as Win).graphPage.moves);
const readout = async (page: Page) => (await page.locator('.readout').textContent())?.replace(/\s+/g, ' ').trim();
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });
const chosen = (page: Page) =>
  page.locator('.label.chosen .piece').evaluateAll((nodes) => nodes.map((node) => node.textContent));
const edge = (page: Page, name: string) => page.locator(`.edge[aria-label^="${name}, "]`);

describe('a lattice', () => {
  it('draws each border, each character and each piece, and the best way stands out', async () => {
    const page = await open('nowhere');
    expect(await page.locator('.node').count()).toBe(8);
    expect(await page.locator('.between text').allTextContents()).toEqual([...'nowhere']);
    expect(await page.locator('.edge').count()).toBe(12);
    expect(await chosen(page)).toEqual(['▸ no', '▸ where']);
    expect(await page.locator('.frame').getAttribute('aria-label')).toContain('Chosen: no, where.');
    expect(await page.locator('.label', { hasText: 'where' }).locator('.number').textContent()).toBe('0.06');
  });

  it('tells roles by more than colour: by weight or dash, and by a sign', async () => {
    const page = await open('roles');
    const looks = await page
      .locator('.line')
      .evaluateAll((nodes) =>
        nodes.map((node) => `${getComputedStyle(node).strokeDasharray} ${getComputedStyle(node).strokeWidth}`),
      );
    expect(looks).toHaveLength(5);
    expect(new Set(looks).size).toBe(5);
    expect(await page.locator('.label .piece').allTextContents()).toEqual([
      '+ new',
      '= match',
      '! warn',
      'dim',
      'plain',
    ]);
  });

  it('shows what can’t be seen, and two edges between the same nodes', async () => {
    const page = await open('odd');
    expect(await page.locator('.label .piece').allTextContents()).toEqual(['! ␣', '␣U+200B', 'twin', '🌊']);
    const tops = await page.locator('.label').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('y')));
    expect(tops[1]).not.toBe(tops[2]);
    await show('none');
    expect(await page.locator('.edge').count()).toBe(0);
  });

  it('scrolls sideways when it is long, and the page doesn’t', async () => {
    const page = await open('long', { width: 340 });
    const { inner, outer } = await page
      .locator('.frame')
      .evaluate((node) => ({ inner: node.scrollWidth, outer: node.clientWidth }));
    expect(inner).toBeGreaterThan(2 * outer);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(340);
  });

  it('has tables with all that is drawn', async () => {
    const page = await open('nowhere');
    await page.locator('summary').click();
    const rows = await page
      .locator('table-view')
      .first()
      .locator('tbody tr')
      .evaluateAll((nodes) =>
        nodes.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim())),
      );
    expect(rows).toHaveLength(12);
    expect(rows[1]!.slice(-5)).toEqual(['no', '0', '2', '0.1', 'chosen']);
    expect(await page.locator('table-view').nth(1).locator('tbody tr').count()).toBe(8);
  });
});

describe('a flow', () => {
  it('has a box a number, with its value and what came back, and each edge’s slope', async () => {
    const page = await open('breakfast');
    const boxes = await page
      .locator('.box')
      .evaluateAll((nodes) => nodes.map((box) => [...box.querySelectorAll('text')].map((text) => text.textContent)));
    expect(boxes).toHaveLength(8);
    expect(boxes[0]).toEqual(['▸ w', '2', 'grad 12']);
    expect(boxes.at(-1)!.slice(1)).toEqual(['4', 'grad 1']);
    expect(await page.locator('.label .back').allTextContents()).toEqual(['12', '8', '4', '4', '4', '−4', '2', '2']);
    await page.keyboard.press('Tab');
    await eventually(() => readout(page)).toBe('×3, from w to p = w × x: 12 (new)');
    await page.keyboard.press('End');
    await eventually(() => readout(page)).toBe('×2, from e = s − t to L = e × e: 2');
    await page.locator('summary').click();
    const first = page.locator('table-view').nth(1).locator('tbody tr').first().locator('td');
    await eventually(async () => (await first.allTextContents()).map((cell) => cell.trim()).slice(-4)).toEqual([
      'w',
      '2',
      'grad 12',
      'chosen',
    ]);
  });

  it('keeps its texts inside of their boxes', async () => {
    const page = await open('weekend');
    const over = await page.locator('.box').evaluateAll((nodes) =>
      nodes.flatMap((box) => {
        const rect = box.querySelector('rect')!.getBoundingClientRect();
        return [...box.querySelectorAll('text')]
          .map((text) => text.getBoundingClientRect())
          .filter(({ left, right, width }) => width > 0 && (left < rect.left - 1 || right > rect.right + 1))
          .map(({ left, right }) => [left - rect.left, right - rect.right]);
      }),
    );
    expect(over).toEqual([]);
  });

  it('brings what its step is about into sight, and the page doesn’t scroll sideways', async () => {
    const page = await open('weekend', { width: 340 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(340);
    const [frame, box] = await Promise.all([
      page.locator('.frame').boundingBox(),
      page.locator('.box.match, .box.chosen').first().boundingBox(),
    ]);
    expect(box!.x).toBeGreaterThanOrEqual(frame!.x);
    expect(box!.x + box!.width).toBeLessThanOrEqual(frame!.x + frame!.width);
  });
});

describe('reading edges', () => {
  it('goes from edge to edge by keys, with one stop for Tab, and brings each into sight', async () => {
    const page = await open('long', { width: 340 });
    await page.keyboard.press('Tab');
    await eventually(() => readout(page)).toMatch(/^t, from 0 to 1: 0\.001/);
    await page.keyboard.press('ArrowRight');
    await eventually(() => readout(page)).toMatch(/^th, from 0 to 2/);
    await page.keyboard.press('End');
    await eventually(() => readout(page)).toMatch(/^t, from 23 to 24/);
    expect(await page.locator('.frame').evaluate((node) => node.scrollLeft)).toBeGreaterThan(200);
    await page.keyboard.press('Home');
    await eventually(() => readout(page)).toMatch(/^t, from 0 to 1/);
    expect(await page.locator('.edge[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe(
      'SUMMARY',
    );
  });

  it('reads an edge out under the pointer', async () => {
    const page = await open('nowhere');
    const label = (await page.locator('.label', { hasText: 'here' }).last().boundingBox())!;
    // The arc is just below its label.
    await page.mouse.move(label.x + label.width / 2, label.y + label.height + 3);
    await eventually(() => readout(page)).toBe('here, from 3 to 7: 0.08 (not taking part)');
    await page.mouse.move(4, 400);
    await eventually(() => readout(page)).toMatch(/^Pull “now” or “where”/);
  });
});

describe('pulling an edge', () => {
  it('by pointer changes its number, on its steps and within its bounds, until the best way flips', async () => {
    const page = await open('nowhere');
    const grip = (await page.locator('.grip').first().boundingBox())!;
    const at = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x, at.y - 12, { steps: 3 });
    await eventually(() => chosen(page)).toEqual(['▸ now', '▸ here']);
    expect(await readout(page)).toMatch(/^now, from 0 to 3: 0\.09 \(chosen\)/);
    await page.mouse.move(at.x, at.y - 900, { steps: 3 });
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ now: 0.45 });
    await page.mouse.move(at.x, at.y + 900, { steps: 3 });
    await eventually(async () => (await moves(page)).at(-1)).toEqual({ now: 0.005 });
    await page.mouse.up();
    const count = (await moves(page)).length;
    await page.mouse.move(at.x, at.y);
    expect((await moves(page)).length).toBe(count);
    await eventually(() => chosen(page)).toEqual(['▸ no', '▸ where']);
  });

  it('by keys, and stays where it is', async () => {
    const page = await open('nowhere');
    await page.keyboard.press('Tab');
    await eventually(() => readout(page)).toMatch(/^now, /);
    for (let i = 1; i <= 4; i++) {
      await page.keyboard.press('ArrowUp');
      await eventually(async () => (await moves(page)).length).toBe(i);
      await eventually(async () => Number(await edge(page, 'now').getAttribute('aria-valuenow'))).toBeCloseTo(
        0.06 + i * 0.005,
        9,
      );
    }
    await eventually(() => chosen(page)).toEqual(['▸ now', '▸ here']);
    await page.keyboard.press('Shift+ArrowDown');
    await eventually(async () => (await moves(page)).at(-1)!.now).toBeLessThan(0.06);
    expect(await edge(page, 'now').evaluate((node) => node.matches(':focus-visible'))).toBe(true);
    expect(await edge(page, 'now').getAttribute('role')).toBe('slider');
  });

  it('is not offered where the block lets nobody change the number', async () => {
    const page = await open('nowhere', { movable: false });
    expect(await page.locator('.adjustable').count()).toBe(0);
    expect(await page.locator('.grip').count()).toBe(0);
    expect(await readout(page)).toBe('');
  });

  it('tells nobody else of its keys, and leaves the others alone', async () => {
    const page = await open('nowhere');
    await page.evaluate(() => {
      Object.assign(window, { heard: [] });
      document.querySelector('main')!.addEventListener('keydown', (event) => {
        (window as unknown as { heard: string[] }).heard.push((event as KeyboardEvent).key);
      });
    });
    await edge(page, 'no').focus();
    await page.keyboard.press('ArrowRight');
    await edge(page, 'no').focus();
    await page.keyboard.press('ArrowUp'); // it can't be pulled
    await page.keyboard.press('PageDown');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'ArrowUp',
      'PageDown',
    ]);
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open('nowhere', { theme, width });
    for (const scene of ['nowhere', 'long', 'roles', 'odd', 'breakfast', 'none']) {
      await show(scene);
      await page.locator('summary').click();
      await page.keyboard.press('Shift+Tab');
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
