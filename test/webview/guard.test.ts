// The harness itself: each kind of fault that it promises to find is planted, and found.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { Fault } from '../../src/shared/errors.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { View } from './harness/view.ts';

const noWorker: Calls = {
  request: () => Promise.reject(new Fault('worker-died', 'This test has no worker.')),
};
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

it.each([
  ['an inline style', `document.body.innerHTML = '<p style="color: red">red</p>';`, /Policy: style-src/],
  ['a request', `fetch('https://example.org/').catch(() => {});`, /Policy: connect-src|asked for/],
  ['a picture from elsewhere', `new Image().src = 'https://example.org/x.png';`, /Policy: img-src|asked for/],
  ['an error', `setTimeout(() => { throw new Error('planted'); });`, /planted/],
  ['an error in the console', `console.error('planted');`, /Console: planted/],
])('finds %s', async (_what, script, found) => {
  const view = await View.open({ browser, script, handlers: [], worker: noWorker });
  // One breach may be told more than once, by the console and by the page, in any order.
  await expect.poll(() => view.faults.join('\n'), { timeout: 10_000 }).toMatch(found);
  await expect(view.close()).rejects.toThrow(found);
});

it('refuses a message of the wrong shape, and one that nobody handles', async () => {
  const script = `
    const api = acquireVsCodeApi();
    window.answers = [];
    window.addEventListener('message', ({ data }) => window.answers.push(data));
    api.postMessage({ jsonrpc: '2.0', id: 1, method: 'program.run', params: { program: 7 } });
    api.postMessage({ jsonrpc: '2.0', id: 2, method: 'files.delete', params: {} });`;
  const view = await View.open({ browser, script, handlers: [], worker: noWorker });
  const codes = () =>
    view.page.evaluate(() =>
      (window as unknown as { answers: { id: number; error?: { data?: { code?: string } } }[] }).answers
        .map(({ id, error }) => `${id} ${error?.data?.code}`)
        .sort(),
    );
  await expect.poll(codes, { timeout: 10_000 }).toEqual(['1 refused', '2 refused']);
  await view.close();
});
