// The map in a real browser: one picture by both painters, pointing, choosing and opening by mouse and by keyboard, zoom
// and pan, kinds switched off, names that come late, layouts that change, and what axe says in all themes.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { expectAccessible } from './harness/access.ts';
import type { MapPage } from './harness/mapPage.ts';
import { pageScript } from './harness/pageScript.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

type Win = { mapPage: MapPage };

let browser: Browser;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), pageScript('mapPage.ts')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(scene: string, { force, ...more }: Partial<ViewOptions> & { force?: 'webgl' | 'canvas' } = {}) {
  view = await View.open({ browser, script, handlers: [], worker: {} as Calls, width: 800, ...more });
  await view.page.evaluate(([name, how]) => (window as unknown as Win).mapPage.show(name as string, how as 'webgl'), [
    scene,
    force,
  ] as const);
  await drawn(view.page);
  return view.page;
}

async function drawn(page: Page): Promise<void> {
  await page.locator('scatter-map canvas.marks').waitFor();
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

const inPage = <T>(page: Page, run: (mapPage: MapPage) => T) =>
  page.evaluate(`(${run.toString()})(window.mapPage)`) as Promise<T>;
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });
const readout = async (page: Page) => (await page.locator('scatter-map .readout').textContent())?.trim();
const told = async (page: Page, name: string) =>
  (await inPage(page, (mapPage) => mapPage.told)).filter((one) => one.name === name).map(({ indexes }) => indexes);

/** Where a point is on the screen. */
async function placeOf(page: Page, index: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('scatter-map .plane').boundingBox();
  const at = (await page.evaluate((which) => {
    const map = (window as unknown as Win).mapPage.map();
    return map.camera.pixelOf(map.picture.placeOf(which));
  }, index)) as { x: number; y: number };
  return { x: box!.x + 1 + at.x, y: box!.y + 1 + at.y };
}

describe('the picture', () => {
  it('is the same by WebGL and by canvas', async () => {
    const page = await open('some', { force: 'canvas' });
    expect(await inPage(page, (mapPage) => mapPage.map().picture.kind)).toBe('canvas');
    const ink = await inPage(page, (mapPage) => mapPage.keep());
    expect(ink).toBeGreaterThan(20_000);
    await inPage(page, (mapPage) => {
      mapPage.map().force = 'webgl';
    });
    await eventually(() => inPage(page, (mapPage) => mapPage.map().picture.kind)).toBe('webgl');
    // 32 and 64 bits may round a point to the neighbouring pixel.
    expect((await inPage(page, (mapPage) => mapPage.differing())) / ink).toBeLessThan(0.02);
  });

  it('goes on as a canvas when the graphics processor takes WebGL away', async () => {
    const page = await open('some', { force: 'webgl' });
    const ink = await inPage(page, (mapPage) => mapPage.keep());
    expect(await inPage(page, (mapPage) => mapPage.map().picture.kind)).toBe('webgl');
    await inPage(page, (mapPage) => {
      const canvas = mapPage.map().renderRoot.querySelector('canvas.points') as HTMLCanvasElement;
      canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await eventually(() => inPage(page, (mapPage) => mapPage.map().picture.kind)).toBe('canvas');
    await drawn(page);
    expect((await inPage(page, (mapPage) => mapPage.differing())) / ink).toBeLessThan(0.02);
  });

  it('is drawn when something changes, and not for pointing at things', async () => {
    const page = await open('many');
    await page.waitForTimeout(400);
    await inPage(page, (mapPage) => mapPage.drawn());
    const at = await placeOf(page, 3);
    for (let step = 0; step < 8; step++) {
      await page.mouse.move(at.x + step * 5, at.y + step * 4);
    }
    await drawn(page);
    expect(await readout(page)).toMatch(/folder|others/);
    expect(await inPage(page, (mapPage) => mapPage.drawn())).toBe(0);
  });

  it.each(['none', 'one', 'same', 'broken'])('stands up to %s', async (scene) => {
    const page = await open(scene);
    await page.locator('.plane').focus();
    for (const key of ['ArrowRight', '+', 'ArrowLeft', 'Shift+ArrowUp', '-', '0', ' ', 'Enter', 'Escape']) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
    }
    await page.locator('summary').click();
    await drawn(page);
  });
});

describe('pointing and choosing', () => {
  it('reads out the point under the mouse with its kind, chooses it by a click, opens it by two', async () => {
    const page = await open('lattice');
    await eventually(() => told(page, 'names-wanted')).not.toEqual([]);
    const at = await placeOf(page, 5);
    await page.mouse.move(at.x + 3, at.y - 2);
    await eventually(() => readout(page)).toBe('file 5.ts · odd');
    await page.mouse.click(at.x, at.y);
    expect(await told(page, 'point-pick')).toEqual([[5]]);
    await page.mouse.dblclick(at.x, at.y);
    expect(await told(page, 'point-open')).toEqual([[5]]);
  });

  it('goes from point to point by arrow keys, chooses by Space, opens by Enter, leaves by Escape', async () => {
    const page = await open('lattice');
    const at = await placeOf(page, 5);
    await page.mouse.click(at.x, at.y);
    await page.mouse.move(1, 1);
    await page.locator('.plane').focus();
    for (const [key, index] of [
      ['ArrowRight', 6],
      ['ArrowUp', 10],
      ['ArrowLeft', 9],
      ['ArrowDown', 5],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => page.locator('scatter-map [role=status]').textContent()).toContain(`file ${index}.ts`);
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await told(page, 'point-pick')).toEqual([[5], [6], [undefined]]);
    expect(await told(page, 'point-open')).toEqual([[6]]);
  });

  it('lists what is nearest, by distance on the map, and chooses from the list', async () => {
    const page = await open('lattice');
    const at = await placeOf(page, 0);
    await page.mouse.click(at.x, at.y);
    await page.locator('summary').click();
    const names = () => page.locator('ol.near button').allTextContents();
    await eventually(async () => (await names()).slice(0, 3).map((name) => name.trim())).toEqual([
      'file 1.ts · odd',
      'file 4.ts · even',
      'file 5.ts · odd',
    ]);
    expect(await names()).toHaveLength(10);
    await page.locator('ol.near button').nth(1).click();
    expect((await told(page, 'point-pick')).at(-1)).toEqual([4]);
  });

  it('passes over kinds that are switched off; with Shift only one is left on', async () => {
    const page = await open('lattice');
    const at = await placeOf(page, 5);
    await page.locator('.legend button', { hasText: 'odd' }).click();
    expect(await page.locator('.legend button', { hasText: 'odd' }).getAttribute('aria-pressed')).toBe('false');
    await page.mouse.click(at.x, at.y);
    expect(await told(page, 'point-pick')).toEqual([[undefined]]);
    await page.locator('.legend button', { hasText: 'odd' }).click({ modifiers: ['Shift'] });
    expect(await page.locator('.legend button', { hasText: 'even' }).getAttribute('aria-pressed')).toBe('false');
    await page.mouse.click(at.x, at.y);
    expect((await told(page, 'point-pick')).at(-1)).toEqual([5]);
  });
});

describe('zoom and pan', () => {
  const scale = (page: Page) => inPage(page, (mapPage) => mapPage.map().camera.plane.scale);

  it('zooms about the pointer, by the wheel once the map has the focus, else only with Ctrl', async () => {
    const page = await open('lattice');
    const at = await placeOf(page, 10);
    const before = await scale(page);
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -300);
    await drawn(page);
    expect(await scale(page)).toBe(before);
    await page.locator('.plane').focus();
    await page.mouse.wheel(0, -300);
    await eventually(() => scale(page)).toBeGreaterThan(before * 1.5);
    const now = await placeOf(page, 10);
    expect(now.x).toBeCloseTo(at.x, 0);
    expect(now.y).toBeCloseTo(at.y, 0);
  });

  it('pans by dragging and by Shift and arrows, and shows all again', async () => {
    const page = await open('lattice');
    await page.locator('[data-control="Zoom in"]').click();
    await drawn(page);
    const before = await placeOf(page, 5);
    await page.mouse.move(before.x + 40, before.y + 40);
    await page.mouse.down();
    await page.mouse.move(before.x + 100, before.y + 20, { steps: 4 });
    await page.mouse.up();
    const after = await placeOf(page, 5);
    expect([after.x - before.x, after.y - before.y]).toEqual([60, -20]);
    expect(await told(page, 'point-pick')).toEqual([]);
    await page.locator('.plane').focus();
    await page.keyboard.press('Shift+ArrowRight');
    expect((await placeOf(page, 5)).x).toBeLessThan(after.x);
    await page.keyboard.press('0');
    await eventually(() => page.locator('[data-control="Show all"]').getAttribute('disabled')).not.toBeNull();
  });

  it('zooms by two fingers', async () => {
    const page = await open('lattice');
    const before = await scale(page);
    await page.locator('.plane').evaluate((plane) => {
      const { left, top } = plane.getBoundingClientRect();
      const send = (name: string, pointerId: number, x: number) =>
        plane.dispatchEvent(
          new PointerEvent(name, {
            pointerId,
            clientX: left + x,
            clientY: top + 100,
            pointerType: 'touch',
            bubbles: true,
          }),
        );
      plane.setPointerCapture = () => {};
      send('pointerdown', 7, 200);
      send('pointerdown', 8, 300);
      for (let far = 1; far <= 10; far++) {
        send('pointermove', 8, 300 + far * 10);
        send('pointermove', 7, 200 - far * 10);
      }
      send('pointerup', 7, 100);
      send('pointerup', 8, 400);
    });
    expect((await scale(page)) / before).toBeCloseTo(3, 1);
    expect(await told(page, 'point-pick')).toEqual([]);
  });
});

describe('points that lie far apart from all others', () => {
  /** Where the crowds are on the screen, without the three points that lie apart. */
  const span = (page: Page) =>
    inPage(page, (mapPage) => {
      const { camera, data } = mapPage.map();
      const pixels = Array.from({ length: data.xy.length / 2 - 3 }, (_, index) =>
        camera.pixelOf({ x: data.xy[index * 2] as number, y: data.xy[index * 2 + 1] as number }),
      );
      return Math.max(...pixels.map(({ y }) => y)) - Math.min(...pixels.map(({ y }) => y));
    });

  it('leave the others the picture, are counted, and shown with the rest on demand', async () => {
    const page = await open('outliers');
    expect(await span(page)).toBeGreaterThan(300);
    await page.getByText('3 outliers lie outside of the picture').waitFor();
    await page.locator('[data-control="Show all"]').click();
    await eventually(() => span(page)).toBeLessThan(60);
    expect(await page.getByText('outliers lie outside').count()).toBe(0);
    const at = await placeOf(page, 598);
    await page.mouse.move(at.x, at.y);
    await eventually(() => readout(page)).toMatch(/^(point 599|file 598\.ts)/);
    await page.locator('[data-control="Show all but the outliers"]').click();
    await eventually(() => span(page)).toBeGreaterThan(300);
  });

  it('are pointed at, and gone to, by the arrows at the edge', async () => {
    const page = await open('outliers');
    const box = await page.locator('scatter-map .plane').boundingBox();
    // The first lies due left.
    const at = await placeOf(page, 597);
    expect(at.x).toBeLessThan(box!.x);
    await page.mouse.click(box!.x + 9, at.y);
    expect(await told(page, 'point-pick')).toEqual([[597]]);
    const now = await placeOf(page, 597);
    expect(now.x).toBeGreaterThan(box!.x);
  });

  it('are gone to by arrow keys', async () => {
    const page = await open('outliers');
    await page.locator('.plane').focus();
    const seen = new Set<string>();
    for (let step = 0; step < 60 && ![...seen].some((name) => /597|598/.test(name)); step++) {
      await page.keyboard.press('ArrowLeft');
      seen.add((await readout(page)) as string);
    }
    const now = await placeOf(page, 597);
    const box = await page.locator('scatter-map .plane').boundingBox();
    expect(now.x).toBeGreaterThan(box!.x);
    await page.keyboard.press('0');
    await eventually(() => span(page)).toBeGreaterThan(300);
  });
});

describe('names and layouts', () => {
  it('asks for the names that it would show, and for few of many', async () => {
    const page = await open('many');
    await eventually(() => told(page, 'names-wanted')).not.toEqual([]);
    const wanted = (await told(page, 'names-wanted')).flat();
    expect(wanted.length).toBeGreaterThan(5);
    expect(wanted.length).toBeLessThan(200);
  });

  it('moves points to another layout, and stops at once for a key', async () => {
    const page = await open('fewTurned');
    await inPage(page, (mapPage) => mapPage.move('few'));
    await page.waitForTimeout(100);
    expect(await inPage(page, (mapPage) => mapPage.map().picture.moved)).toBeLessThan(1);
    await page.locator('.plane').press('ArrowRight');
    expect(await inPage(page, (mapPage) => mapPage.map().picture.moved)).toBe(1);
  });

  it('moves nothing where the user asked for less motion', async () => {
    const page = await open('fewTurned', { reducedMotion: true });
    await inPage(page, (mapPage) => mapPage.move('few'));
    await drawn(page);
    expect(await inPage(page, (mapPage) => mapPage.map().picture.moved)).toBe(1);
  });

  it('shows points of a trace with their groups, the chosen one joined to those that match', async () => {
    const page = await open('lattice');
    await inPage(page, (mapPage) => mapPage.showPoints());
    await drawn(page);
    expect((await page.locator('.legend .name').allTextContents()).map((name) => name.trim())).toEqual([
      'tools',
      'animals',
      '…',
    ]);
    expect(await readout(page)).toBe('word 0 · animals');
    expect(await inPage(page, (mapPage) => mapPage.map().linked)).toEqual([3, 6]);
  });
});

describe('access', () => {
  it.each(THEMES)('has no faults in %s, from 300 to 1600 pixels', async (theme) => {
    for (const width of [300, 1600]) {
      const page = await open('few', { theme, width });
      await page.locator('summary').click();
      await eventually(() => page.locator('ol.near button').count()).toBe(10);
      await expectAccessible(page, width, `${theme} ${width}`);
      if (width === 300) {
        await view.close();
      }
    }
  });
});
