// What the tests of the tensor panel share: a browser, the real worker, and the panel's page with a computation in it.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../../../src/build/browser.ts';
import type { Calls } from '../../../src/shared/messages.ts';
import { TensorHost, withTrace } from '../tensorHost.ts';
import { viewScript } from './bundles.ts';
import { transformerTrace } from './engineTrace.ts';
import { type RealWorker, realWorker } from './realWorker.ts';
import { eventually } from './tensorScene.ts';
import { View, type ViewOptions } from './view.ts';

/** A block of a transformer, forward and back, as the engine recorded it. */
export const trace = transformerTrace();
export const TRANSFORMER = { program: trace.program, params: {} };

export interface Panels {
  readonly host: TensorHost;
  readonly view: View;
  /** The real worker, which knows the transformer's trace as well. */
  readonly calls: Calls;
  open(shown: TensorHost['shown'], more?: Partial<ViewOptions>): Promise<Page>;
  /** The transformer at the step with this label. */
  openAt(label: string, more?: Partial<ViewOptions>): Promise<Page>;
  /** Another view in place of the panel. */
  openView(options: Omit<ViewOptions, 'browser'>): Promise<View>;
}

/** Starts a browser and a worker for the tests of a file, and closes each test's view. Called once, at the file's top. */
export function panels(): Panels {
  let browser: Browser;
  let worker: RealWorker;
  let script: string;
  let host: TensorHost;
  let view: View;
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
  const calls = () => withTrace(trace, worker.calls);
  const openView = async (options: Omit<ViewOptions, 'browser'>) => {
    view = await View.open({ browser, ...options });
    return view;
  };
  const open: Panels['open'] = async (shown, more = {}) => {
    host = new TensorHost();
    host.shown = shown;
    await openView({ script, handlers: host.handlers, worker: calls(), width: 1200, ...more });
    return view.page;
  };
  return {
    get host() {
      return host;
    },
    get view() {
      return view;
    },
    get calls() {
      return calls();
    },
    open,
    async openAt(label, more = {}) {
      const at = trace.frames.findIndex((frame) => frame.label === label);
      expect(at).toBeGreaterThanOrEqual(0);
      const player = { at, bets: {}, betting: true, speed: 1 };
      const values = { [TRANSFORMER.program]: { params: {}, player } };
      const state = { schema: 1, subject: JSON.stringify(TRANSFORMER), values };
      const page = await open(TRANSFORMER, { state, ...more });
      await eventually(() => heading(page)).toBe(label);
      return page;
    },
    openView,
  };
}

export const heading = (page: Page) => page.locator('.frame-label').textContent();
export const box = async (place: Locator) =>
  (await place.boundingBox()) as NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;
export const litOf = (place: Locator) =>
  place.locator('tensor-view').evaluate((element) => (element as HTMLElement & { lit: unknown }).lit);
