// The search view while its index is being opened, grows, fails and comes back: what was typed is answered in the end, by
// the newest index, and never by an older question.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { handle } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import { type IndexHealth, indexChanged, searchIndex } from '../../src/shared/searchMessages.ts';
import { startSearch } from '../../src/shared/searchViewMessages.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { View } from './harness/view.ts';
import { noWorker, PLACE, READY, SearchHost } from './searchHost.ts';

const OPENING: IndexHealth = { ...READY, state: 'opening', indexed: 0, chunks: 0, seen: 0 };
delete (OPENING as { upToDate?: number }).upToDate;

let browser: Browser;
let script: string;
let host: SearchHost;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), viewScript('search')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(make: (made: SearchHost) => void = () => {}): Promise<Page> {
  host = new SearchHost();
  make(host);
  view = await View.open({ browser, script, handlers: host.handlers, worker: noWorker, width: 320 });
  await view.page.locator('main').waitFor();
  return view.page;
}

/** Something that waits until it is let go. */
function gate(): { readonly wait: Promise<void>; go(): void } {
  let go = () => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { wait, go: () => go() };
}

/** Has the host answer a method otherwise, until this gives undefined. */
function instead(made: SearchHost, name: string, answer: (params: { query: string }) => unknown): void {
  const at = made.handlers.findIndex(({ method }) => method.name === name);
  const before = made.handlers[at]!;
  (made.handlers as unknown[])[at] = handle(before.method, async (params, context) => {
    const given = await answer(params as { query: string });
    return given ?? before.answer(params, context);
  });
}

const input = (page: Page) => page.locator('.ask vscode-text-field input');
const status = async (page: Page) => ((await page.locator('.status').textContent()) ?? '').replace(/\s+/g, ' ').trim();
const asked = () => host.calls('search.query').map(({ query }) => query);
const news = (health: IndexHealth) => {
  host.health = health;
  view.connection.notify(indexChanged, {});
};

describe('what was typed before the index was there', () => {
  it('is asked again when the index came while it was being answered', async () => {
    const first = gate();
    let calls = 0;
    const page = await open((made) => {
      made.health = OPENING;
      instead(made, searchIndex.name, async () => {
        calls += 1;
        if (calls > 1) {
          return undefined;
        }
        await first.wait;
        // Nothing was in it when this was asked.
        return { query: 'retry', hits: [], took: {}, models: [], pending: 0, scanned: false, notes: [] };
      });
    });
    await input(page).fill('retry');
    await eventually(async () => calls).toBe(1);
    news(READY);
    await page.waitForTimeout(200); // the news have come, and no more will
    first.go();
    await eventually(() => status(page)).toMatch(/\d results in 3 files/);
    expect(calls).toBe(2);
  });

  it('is asked again where a fault that nobody here asked for took it back', async () => {
    let calls = 0;
    const page = await open((made) =>
      instead(made, searchIndex.name, () => {
        calls += 1;
        if (calls === 1) {
          throw new Fault('cancelled', 'search.query was cancelled.');
        }
      }),
    );
    await input(page).fill('retry');
    await eventually(() => status(page)).toMatch(/\d results in 3 files/);
    expect(calls).toBe(2);
  });

  it('and is said to have failed where that happens again', async () => {
    const page = await open((made) =>
      instead(made, searchIndex.name, () => {
        throw new Fault('cancelled', 'search.query was cancelled.');
      }),
    );
    await input(page).fill('retry');
    await page.getByText('search.query was cancelled.').waitFor();
    await control(page, 'Search again').waitFor();
  });

  it('is not overtaken by what was typed before it, when the first start took long', async () => {
    const started = gate();
    let starts = 0;
    const page = await open((made) => {
      made.place = { ...PLACE, started: false };
      instead(made, startSearch.name, () => {
        starts += 1;
        return starts === 1 ? started.wait : undefined;
      });
    });
    await input(page).fill('retry');
    await eventually(async () => starts).toBe(1);
    await input(page).fill('copies');
    await eventually(() => status(page)).toBe('1 result in 1 file');
    started.go();
    await page.waitForTimeout(400);
    expect(asked()).toEqual(['copies']);
    expect(await status(page)).toBe('1 result in 1 file');
  });
});

describe('when the worker ends amid a question', () => {
  const died = new Fault('worker-died', 'The search worker ended unexpectedly during search.query (exit code 134).');

  it('that question is asked again once it is back, and not the one before', async () => {
    const page = await open();
    await input(page).fill('retry');
    await eventually(() => status(page)).toMatch(/\d results in 3 files/);
    host.fault = died;
    await input(page).fill('copies');
    await page.getByText('ended unexpectedly').first().waitFor();
    news({ ...READY, state: 'opening', message: died.message });
    news({ ...READY, indexed: 31, chunks: 311 });
    await eventually(() => status(page)).toBe('1 result in 1 file');
    expect(asked().at(-1)).toBe('copies');
  });

  it('and it ended too often, nothing is asked by itself: a press or the next search starts it', async () => {
    const page = await open();
    await input(page).fill('retry');
    await eventually(() => status(page)).toMatch(/\d results in 3 files/);
    const before = asked().length;
    news({ ...OPENING, state: 'failed', message: `${died.message} It ended too often to be started again by itself.` });
    await page.getByText('Search has stopped working').waitFor();
    await page.waitForTimeout(500);
    expect(asked()).toHaveLength(before);
    await control(page, 'Start again').click();
    await eventually(async () => host.calls('search.start').length).toBe(1);
    await input(page).fill('copies');
    await eventually(() => status(page)).toBe('1 result in 1 file');
  });
});
