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

  it('has its brace as tall as what it holds, also where no font is made for formulas', async () => {
    const host = new LessonHost({ id: 'tensors' });
    const view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
    const brace = view.page.locator('math mo[fence=true]').first();
    await brace.waitFor();
    const shares = () =>
      brace.evaluate((element) => {
        const [own, beside] = [element, element.nextElementSibling!].map((one) => one.getBoundingClientRect().height);
        return own! / beside!;
      });
    expect(await shares()).toBeGreaterThan(0.9);
    await view.page.evaluate(async () => {
      const page = document.querySelector('lesson-page') as HTMLElement & {
        requestUpdate(): void;
        updateComplete: Promise<unknown>;
      };
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.prose math { font-family: "Noto Sans Thai", sans-serif !important; }');
      page.shadowRoot!.adoptedStyleSheets.push(sheet);
      page.requestUpdate();
      await page.updateComplete;
    });
    expect(await shares()).toBeGreaterThan(0.9);
    await view.close();
  });

  it('has its cases in columns that begin at the left, and its equations meet at the equals sign', async () => {
    const edges = async (id: string, column: number, side: 'left' | 'right') => {
      const host = new LessonHost({ id });
      const view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls });
      await view.page.locator('math mtable').first().waitFor();
      const found = await view.page
        .locator(`math mtable >> nth=0`)
        .locator(`mtr > mtd:nth-child(${column})`)
        .evaluateAll(
          (cells, at) => cells.map((cell) => Math.round(cell.firstElementChild!.getBoundingClientRect()[at])),
          side,
        );
      await view.close();
      return found;
    };
    for (const found of [
      await edges('tensors', 1, 'left'),
      await edges('tensors', 2, 'left'),
      await edges('positions', 1, 'right'),
      await edges('positions', 2, 'left'),
    ]) {
      expect(found.length).toBeGreaterThan(1);
      expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(1);
    }
  });
});
