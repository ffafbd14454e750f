// What the tests of the tensor view share: a browser with the page of tensorPage.ts, one scene at a time, and how its
// parts are found and read.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../../src/build/browser.ts';
import type { Calls } from '../../../src/shared/messages.ts';
import type { TensorPage } from './tensorPage.ts';
import { tensorScript } from './tensorScript.ts';
import { View, type ViewOptions } from './view.ts';

/** The view asks the worker nothing by itself. */
const worker = { request: () => Promise.reject(new Error('nothing is asked of the worker')) } as Calls;

export interface Scenes {
  /** The newest one's view. */
  readonly view: View;
  /** A page with this scene of tensorPage.ts, once it is drawn. */
  open(scene: string, more?: Partial<ViewOptions>): Promise<Page>;
}

/** Starts a browser for the tests of a file, and closes each test's view. To be called once, at the file's top. */
export function scenes(): Scenes {
  let browser: Browser;
  let script: string;
  let view: View;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchBrowser(), tensorScript()]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    await view.close();
  });
  return {
    get view() {
      return view;
    },
    async open(scene, more = {}) {
      view = await View.open({ browser, script, handlers: [], worker, ...more });
      await show(view.page, scene);
      return view.page;
    },
  };
}

/** Another scene in the same page. */
export async function show(page: Page, scene: string): Promise<void> {
  await page.evaluate((name) => (window as unknown as { tensorPage: TensorPage }).tensorPage.show(name), scene);
  await page.locator('tensor-view').first().waitFor();
  await drawn(page);
}

/** Two frames on, what was asked to be drawn is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

/** Tries again until it holds: drawing, pooling and making a PNG take their time. */
export const eventually: typeof expect.poll = (read) => expect.poll(read, { timeout: 20_000 });

export const control = (within: Locator | Page, name: string) => within.locator(`[data-control="${name}"]`);
export const port = (page: Page, name: string) => page.locator(`[data-port="${name}"]`);
export const readout = (within: Locator | Page) => within.locator('.readout').first().textContent();
export const said = (within: Locator | Page) => within.locator('tensor-view .sr[role=status]').first().textContent();
/** The key to the colours, its spaces as one. */
export const legendOf = async (within: Locator | Page) =>
  ((await within.locator('.legend').first().textContent()) ?? '').replace(/\s+/g, ' ').trim();

/** The colour of a pixel of the cells: red, green, blue, opacity. */
export async function colorAt(page: Page, place: Locator, x: number, y: number): Promise<string> {
  await drawn(page);
  return place.locator('canvas.data').evaluate(
    (canvas, at) => {
      const { data } = ((canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D).getImageData(
        at.x * devicePixelRatio,
        at.y * devicePixelRatio,
        1,
        1,
      );
      return data.join();
    },
    { x, y },
  );
}
