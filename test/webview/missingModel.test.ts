// A block whose model isn't on this machine: what it says, and the button that asks for the model and runs the block again.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { handle } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import { type Calls, runProgram } from '../../src/shared/messages.ts';
import { getModel } from '../../src/shared/searchViewMessages.ts';
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

it('offers to get it, and runs again once it is there', async () => {
  let there = false;
  let answer = false;
  const asked: string[] = [];
  const calls: Calls = {
    request: (method, params, options) => {
      if (method.name === runProgram.name && !there) {
        throw new Fault('model-missing', 'Some model is not on this machine.', {
          where: 'some-model',
          remedy: 'Fetch it first.',
        });
      }
      return worker.calls.request(method, params, options);
    },
  };
  const host = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons' });
  const get = handle(getModel, async ({ model }) => {
    asked.push(model);
    there = answer;
    return answer;
  });
  const view = await View.open({ browser, script, handlers: [...host.handlers, get], worker: calls });
  const block = view.page.locator('#block-words');
  await block.scrollIntoViewIfNeeded();
  const button = block.locator('[data-control="Get this model…"]');
  await button.waitFor();
  expect(await block.locator('.fault').innerText()).toMatch(/Some model is not on this machine\.\s+Fetch it first\./);

  // The user says no: it stays as it is.
  await button.click();
  await expect.poll(() => asked).toEqual(['some-model']);
  await button.waitFor();
  answer = true;
  await button.press('Enter');
  await block.locator('trace-player .stage').first().waitFor();
  expect(asked).toEqual(['some-model', 'some-model']);
  expect(await button.count()).toBe(0);
  expect(view.faults).toEqual([]);
  await view.close();
});
