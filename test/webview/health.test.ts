// The index health page in a real browser: every figure of the index, what is left out page by page, and what can be
// done about each state.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { indexChanged } from '../../src/shared/searchMessages.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { noWorker, PLACE, READY, SearchHost } from './searchHost.ts';

let browser: Browser;
let script: string;
let host: SearchHost;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), viewScript('health')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(make: (made: SearchHost) => void = () => {}, more: Partial<ViewOptions> = {}): Promise<Page> {
  host = new SearchHost();
  make(host);
  view = await View.open({ browser, script, handlers: host.handlers, worker: noWorker, ...more });
  await view.page.locator('#state').waitFor();
  return view.page;
}

const figure = async (page: Page, name: string) =>
  ((await page.locator('dl div', { hasText: name }).locator('dd').textContent()) ?? '').trim();

describe('index health', () => {
  it('shows the figures as the worker has them', async () => {
    const page = await open();
    expect(await page.locator('#state').textContent()).toBe('Up to date');
    expect(await figure(page, 'Files seen')).toBe('42');
    expect(await figure(page, 'Indexed')).toBe('30');
    expect(await figure(page, 'Left out')).toBe('128');
    expect(await figure(page, 'Chunks')).toBe('310');
    expect(await figure(page, 'Size of the index')).toBe('2.4 MB');
    expect(await figure(page, 'Last run')).toBe('1.8 s, 30 files read');
    await page.getByText('/storage/search/index.sqlite').waitFor();
  });

  it('lists what is left out, page by page, when it is opened and not before', async () => {
    const page = await open();
    expect(view.methodsSince(0)).not.toContain('index.leftOut');
    const ignored = page.locator('left-out-list', { hasText: 'Left out by an ignore file' });
    await ignored.locator('summary').click();
    await eventually(() => ignored.locator('li').count()).toBe(50);
    await control(ignored, 'Show 50 more').click();
    await eventually(() => ignored.locator('li').count()).toBe(100);
    await control(ignored, 'Show 20 more').click();
    await eventually(() => ignored.locator('li').count()).toBe(120);
    expect(await ignored.locator('vscode-button').count()).toBe(0);
    expect(await ignored.locator('li').last().textContent()).toContain('out/ignored-119.js');
  });

  it('lists anew when another run has left out others, and nothing twice', async () => {
    const page = await open();
    const ignored = page.locator('left-out-list', { hasText: 'Left out by an ignore file' });
    await ignored.locator('summary').click();
    await eventually(() => ignored.locator('li').count()).toBe(50);
    for (const count of [30, 20, 10]) {
      host.health = { ...READY, leftOut: { ...READY.leftOut, ignored: count } };
      view.connection.notify(indexChanged, {});
    }
    await eventually(() =>
      ignored
        .locator('li')
        .allTextContents()
        .then((all) => all.length),
    ).toBe(10);
    const paths = await ignored.locator('li').allTextContents();
    expect(new Set(paths).size).toBe(10);
  });

  it('names errors, and opens their files', async () => {
    const page = await open();
    await page.getByText('It is in no encoding that is known.').waitFor();
    await page.getByText('broken/latin1.txt').click();
    await eventually(async () => host.calls('search.open').at(-1)).toMatchObject({ path: 'broken/latin1.txt' });
  });

  it('pauses, resumes, rebuilds, and gets a model', async () => {
    const page = await open();
    await control(page, 'Pause').click();
    host.health = { ...READY, state: 'paused', pending: 12 };
    view.connection.notify(indexChanged, {});
    await control(page, 'Resume').click();
    await eventually(async () => host.calls('index.pause').map(({ paused }) => paused)).toEqual([true, false]);
    await control(page, 'Rebuild…').click();
    await eventually(async () => host.calls('index.rebuild').length).toBe(1);
    await control(page, 'Get it…').click();
    await eventually(async () => host.calls('search.getModel').at(-1)).toMatchObject({ model: 'minilm' });
  });

  it.each([
    ['indexing', { indexed: 12, pending: 30 }, '12 of 42 files are indexed and can be searched.'],
    ['refining', {}, 'All 30 files can be searched. Their chunks are being cut along the syntax.'],
    ['embedding', {}, '0 of 310 chunks have a vector of all-MiniLM-L6-v2.'],
    ['paused', { pending: 5 }, '30 of 35 files are indexed. Nothing more is read until you resume.'],
    ['waiting', {}, 'Another window is indexing this workspace.'],
    [
      'read-only',
      { message: 'It can’t be written.' },
      '30 files as they were when it was last written can be searched.',
    ],
    ['failed', { message: 'The disk is full.' }, 'The disk is full.'],
    ['empty', { indexed: 0, chunks: 0 }, '42 files were found, and none of them is indexed.'],
    ['ready', { indexed: 0, chunks: 0 }, '42 files were found, and none of them is indexed.'],
  ] as const)('is honest about an index that is %s', async (state, more, says) => {
    const page = await open((made) => {
      made.health = { ...READY, state, ...more };
    });
    await page.getByText(says).first().waitFor();
    expect(await page.locator('#state').textContent()).not.toBe('Up to date');
  });

  it('offers to begin where nothing is indexed yet', async () => {
    const page = await open((made) => {
      made.place = { ...PLACE, started: false };
      made.health = { ...READY, state: 'closed', store: '', seen: 0, indexed: 0, chunks: 0, models: [] };
    });
    await page.getByText('This workspace is not indexed').waitFor();
    // No row of noughts, and nothing is "left out" of what was never looked at.
    expect(await page.locator('#figures, #left-out').count()).toBe(0);
    await control(page, 'Index this workspace').click();
    await eventually(async () => host.calls('search.start').length).toBe(1);
  });

  it('says that no folder is open, and helps to open one', async () => {
    const page = await open((made) => {
      made.place = { ...PLACE, folders: [], started: false };
      made.health = { ...READY, state: 'closed', store: '', seen: 0, indexed: 0, chunks: 0, models: [] };
    });
    expect(await page.locator('#state').textContent()).toBe('No folder is open');
    expect(await page.locator('#figures').count()).toBe(0);
    await control(page, 'Open Folder').click();
    await eventually(async () => host.calls('search.openView')).toEqual([
      { method: 'search.openView', view: 'folder' },
    ]);
  });

  it('shows no figures of an index whose worker is gone, and nothing to pause', async () => {
    const page = await open((made) => {
      made.health = { ...READY, state: 'failed', store: '', seen: 0, chunks: 0, models: [], message: 'It ended.' };
    });
    await page.getByText('It ended.').waitFor();
    expect(await page.locator('#figures').count()).toBe(0);
    expect(await control(page, 'Pause').count()).toBe(0);
    await control(page, 'Rebuild…').click();
    await eventually(async () => host.calls('index.rebuild').length).toBe(1);
  });

  it('counts one as one', async () => {
    const page = await open((made) => {
      made.health = { ...READY, seen: 1, indexed: 1, chunks: 1, lastRun: { milliseconds: 14, read: 1 } };
    });
    await page.getByText('1 file in 1 chunk can be searched.').waitFor();
    expect(await figure(page, 'Last run')).toBe('14 ms, 1 file read');
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open(() => {}, { theme, width });
    for (const summary of await page.locator('summary').all()) {
      await summary.click();
    }
    await eventually(() => page.locator('left-out-list li').count()).toBe(58);
    await expectAccessible(page, width, `${theme} ${width}`);
  });
});
