// One block of a transformer in the panel, as a user who picks it meets it: attention opens step by step.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View } from './harness/view.ts';
import { TensorHost } from './tensorHost.ts';

const COMPUTATION = { program: 'attention-step', params: {} };

let browser: Browser;
let worker: RealWorker;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('tensor')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});
afterEach(async () => {
  await view?.close();
});

async function openAt(at: number, wanted: string): Promise<Page> {
  const host = new TensorHost();
  host.shown = COMPUTATION;
  const player = { at, bets: {}, betting: true, speed: 1 };
  const values = { [COMPUTATION.program]: { params: {}, player } };
  view = await View.open({
    browser,
    script,
    handlers: host.handlers,
    worker: worker.calls,
    width: 1200,
    state: { schema: 1, subject: JSON.stringify(COMPUTATION), values },
  });
  await expect.poll(() => view.page.locator('.frame-label').textContent(), { timeout: 20_000 }).toBe(wanted);
  return view.page;
}

it('opens into scores, scale, mask, softmax and values', async () => {
  const page = await openAt(18, 'Each word asks the others');
  const labels: (string | null)[] = [];
  await page.locator('[data-control="Next step"]').focus();
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('ArrowRight');
    labels.push(await page.locator('.frame-label').textContent());
  }
  expect(labels).toEqual([
    'Turn the keys',
    'Every query with every key',
    'Scale the scores',
    'Hide what comes later',
    'Scores become shares',
    'Average the values',
  ]);
  await page.keyboard.press('ArrowLeft');
  await page.locator('[data-port="shares"]').first().waitFor();
});
