// Formulas as a real browser draws them: what MathML leaves out where a font lacks it would turn a formula false.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View } from './harness/view.ts';

let browser: Browser;
let worker: RealWorker;
let script: string;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('lesson')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});

describe('a formula', () => {
  it.each(['vectors-and-similarity', 'embeddings-are-lookups'])('shows the root signs of %s', async (id) => {
    const host = new LessonHost({ id });
    const view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
    const root = view.page.locator('math msqrt').first();
    await root.waitFor();
    // Without its sign a root is as wide as what stands under it.
    const widths = await view.page.locator('math msqrt').evaluateAll((roots) =>
      roots.map((element) => {
        const inside = [...element.children].map((child) => child.getBoundingClientRect());
        const content = Math.max(...inside.map((box) => box.right)) - Math.min(...inside.map((box) => box.left));
        return element.getBoundingClientRect().width - content;
      }),
    );
    expect(Math.min(...widths)).toBeGreaterThan(4);
    await view.close();
  });
});
