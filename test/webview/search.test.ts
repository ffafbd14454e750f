// The search view in a real browser: what is typed is asked, results are a tree that the keyboard walks, a hit says why
// it is there, and each state of the index is told.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { Fault } from '../../src/shared/errors.ts';
import { indexChanged } from '../../src/shared/searchMessages.ts';
import { showSearch } from '../../src/shared/searchViewMessages.ts';
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
  [browser, script] = await Promise.all([launchBrowser(), viewScript('search')]);
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
  view = await View.open({ browser, script, handlers: host.handlers, worker: noWorker, width: 320, ...more });
  await view.page.locator('main').waitFor();
  return view.page;
}

const input = (page: Page) => page.locator('.ask vscode-text-field input');
const status = async (page: Page) => ((await page.locator('.status').textContent()) ?? '').replace(/\s+/g, ' ').trim();
const rows = (page: Page, level: 1 | 2) => page.locator(`[role=treeitem][aria-level="${level}"]`);
/** The row that has the keyboard, by its text. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const tree = document.querySelector('search-page')?.shadowRoot?.querySelector('results-tree');
    const row = tree?.shadowRoot?.activeElement;
    // What is in it for the eye alone is left out.
    const copy = row?.cloneNode(true) as Element | undefined;
    for (const hidden of copy?.querySelectorAll('[aria-hidden=true]') ?? []) {
      hidden.remove();
    }
    return copy?.textContent?.replace(/\s+/g, ' ').trim() ?? null;
  });
const inInput = (page: Page) =>
  page.evaluate(
    () => document.querySelector('search-page')?.shadowRoot?.activeElement?.localName === 'vscode-text-field',
  );

async function find(page: Page, text: string, count = /\d+ results?/): Promise<void> {
  await input(page).fill(text);
  await eventually(() => status(page)).toMatch(count);
}

describe('searching', () => {
  it('asks once the typing rests, with the filters of the text taken out, and groups what it finds by file', async () => {
    const page = await open();
    await input(page).pressSequentially('retry timeout lang:ts path:src', { delay: 5 });
    await eventually(() => status(page)).toBe('2 results in 1 file');
    const queries = host.calls('search.query');
    expect(queries.length).toBeLessThan(8);
    expect(queries.at(-1)).toMatchObject({
      query: 'retry timeout',
      filter: { languages: ['typescript'], include: ['**/src', '**/src/**'] },
    });
    await find(page, 'retry timeout', /4 results in 3 files/);
    expect(await rows(page, 1).count()).toBe(3);
    expect(await rows(page, 2).count()).toBe(4);
  });

  it('says of what looks like a filter and is none that it is none', async () => {
    const page = await open();
    await find(page, 'retry kind:banana');
    await page.getByText('kind:banana is no filter.').waitFor();
    expect(host.calls('search.query').at(-1)).toMatchObject({ query: 'retry', filter: {} });
  });

  it('marks the words where they stand, and shows what a file holds as text', async () => {
    const page = await open();
    await find(page, 'timeout');
    expect(await page.locator('.line mark').allTextContents()).toEqual(['timeout', 'timeout', 'timeout']);
    const markdown = page.locator('.hit', { hasText: 'runs into its' });
    expect(await markdown.locator('.preview').textContent()).toContain('<script>alert(1)</script> & so on.');
  });

  it('takes back a search that is overtaken, and shows the newest answer only', async () => {
    const page = await open();
    let go = () => {};
    host.wait = new Promise((resolve) => {
      go = resolve;
    });
    await input(page).fill('retry');
    await eventually(async () => host.calls('search.query').length).toBe(1);
    host.wait = undefined;
    await find(page, 'copies', /1 result in 1 file/);
    await eventually(async () => host.cancelled).toEqual(['retry']);
    go();
    await page.waitForTimeout(100);
    expect(await status(page)).toBe('1 result in 1 file');
  });

  it.each(['nobody', 'somebody'])(
    'takes a better order when it comes and %s looks into the hits, or offers it',
    async (who) => {
      const page = await open();
      let come = () => {};
      host.better = new Promise((resolve) => {
        come = resolve;
      });
      await find(page, 'retry timeout', /4 results in 3 files/);
      const first = () => rows(page, 2).first().textContent();
      const top = async () => (await rows(page, 2).first().boundingBox())?.y;
      const [before, stood] = [await first(), await top()];
      if (who === 'somebody') {
        await rows(page, 2).first().hover();
      }
      come();
      if (who === 'somebody') {
        const offered = control(page, 'Show a better order');
        await offered.waitFor();
        expect(await first()).toBe(before);
        expect(await top()).toBe(stood);
        await expectAccessible(page, 320, 'a better order on offer');
        await offered.click();
        await eventually(async () => offered.count()).toBe(0);
      }
      await eventually(first).not.toBe(before);
    },
  );

  it('searches again when the index has changed', async () => {
    const page = await open();
    await find(page, 'retry');
    const before = host.calls('search.query').length;
    host.health = { ...READY, indexed: 31, chunks: 320 };
    view.connection.notify(indexChanged, {});
    await eventually(async () => host.calls('search.query').length).toBe(before + 1);
  });

  it('sends the filters of the row, says how many are set, and takes them away', async () => {
    const page = await open();
    await find(page, 'retry');
    await control(page, 'Filters').click();
    await page.locator('[data-control="Files to exclude"] input').fill('*.test.ts, docs');
    await eventually(async () => host.calls('search.query').at(-1)?.filter).toEqual({
      exclude: ['**/*.test.ts', '**/docs', '**/docs/**'],
    });
    await control(page, 'Language').click();
    await page.locator('vscode-option', { hasText: 'python' }).click();
    await eventually(() => status(page)).toBe('1 result in 1 file');
    await control(page, 'Filters (2 set)').click();
    await control(page, 'Clear filters').click();
    await eventually(async () => host.calls('search.query').at(-1)?.filter).toEqual({});
  });

  it('searches again when a better model has come', async () => {
    const page = await open((made) => {
      made.health = { ...READY, models: READY.models.map((model) => ({ ...model, state: 'loading' as const })) };
    });
    await find(page, 'retry');
    const before = host.calls('search.query').length;
    view.connection.notify(indexChanged, {});
    await page.waitForTimeout(300);
    expect(host.calls('search.query').length).toBe(before);
    host.health = READY;
    view.connection.notify(indexChanged, {});
    await eventually(async () => host.calls('search.query').length).toBe(before + 1);
  });

  it('keeps what was typed over a reload, and searches it again', async () => {
    const page = await open();
    await find(page, 'retry');
    await page.waitForTimeout(300);
    await view.reload();
    await eventually(() => input(page).inputValue()).toBe('retry');
    await eventually(() => status(page)).toBe('3 results in 3 files');
  });

  it('looks for what the host hands over: a text and its like, and finds the way back', async () => {
    const page = await open();
    await find(page, 'copies', /1 result/);
    const except = { root: 'r1', path: 'tools/sync.py', startLine: 5, endLine: 7 };
    view.connection.notify(showSearch, { similarTo: 'def run(self):\n  pass', label: 'sync.py:5–7', except });
    await page.getByText('Like sync.py:5–7:').waitFor();
    await eventually(() => status(page)).toBe('2 results in 2 files');
    expect(host.calls('search.similar').at(-1)).toMatchObject({ text: 'def run(self):\n  pass', except });
    await control(page, 'Leave this search').click();
    await eventually(() => status(page)).toBe('1 result in 1 file');
  });
});

describe('the keyboard', () => {
  it('goes from the input through the tree and back', async () => {
    const page = await open();
    await find(page, 'retry timeout');
    await page.keyboard.press('ArrowDown');
    await eventually(() => focused(page)).toMatch(
      /Operations › When the network is slow lines 88–90 words \d+%, meaning \d+%$/,
    );
    await page.keyboard.press('ArrowUp');
    await eventually(() => focused(page)).toMatch(/^operations\.md docs\/deep.* markdown, 1 result$/);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => rows(page, 2).count()).toBe(3);
    await page.keyboard.press('ArrowRight');
    await eventually(() => rows(page, 2).count()).toBe(4);
    await page.keyboard.press('End');
    await eventually(() => focused(page)).toMatch(/pause lines 30–33/);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await eventually(() => inInput(page)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await eventually(() => inInput(page)).toBe(true);
    await page.keyboard.press('Escape');
    await eventually(() => input(page).inputValue()).toBe('');
  });

  it('stays in the results when the index has changed and they are other chunks', async () => {
    const page = await open();
    await find(page, 'retry timeout');
    await page.keyboard.press('ArrowDown');
    await eventually(() => focused(page)).toMatch(/lines 88–90/);
    host.renumbered = 100;
    host.health = { ...READY, chunks: 320 };
    view.connection.notify(indexChanged, {});
    await eventually(() => page.locator('[data-row="hit:103"]:focus').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await eventually(() => focused(page)).toMatch(/^sync\.py/);
  });

  it('has one stop in the tree for Tab', async () => {
    const page = await open();
    await find(page, 'retry');
    expect(await page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
  });

  it('opens with Enter, shows with Space, opens beside with Ctrl+Enter, each at the match', async () => {
    const page = await open();
    await find(page, 'copies');
    await page.keyboard.press('ArrowDown');
    for (const key of ['Enter', 'Space', 'Control+Enter']) {
      await page.keyboard.press(key);
    }
    await eventually(async () => host.calls('search.open').length).toBe(3);
    const [entered, shown, beside] = host.calls('search.open');
    // `    """Copies` is the second line of lines 5 to 7.
    const place = { path: 'tools/sync.py', startLine: 5, endLine: 7, match: { line: 6, from: 7, to: 13 } };
    expect(entered).toMatchObject({ ...place, firstLine: 'def run(self):' });
    expect(entered).not.toHaveProperty('preview');
    expect(shown).toMatchObject({ ...place, preview: true });
    expect(beside).toMatchObject({ ...place, beside: true });
  });

  it('shows more of a hit to the mouse, over the other rows and not in between them', async () => {
    const page = await open();
    await find(page, 'retry timeout');
    const rows = page.locator('[role=treeitem].hit');
    const places = () => rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().top));
    const before = await places();
    await rows.first().hover({ position: { x: 60, y: 8 } });
    const preview = rows.first().locator('.preview');
    await preview.waitFor({ state: 'visible' });
    expect(await preview.textContent()).toContain('A request that runs into its timeout');
    expect(await places()).toEqual(before);
    // The next row is reached through it.
    await page.mouse.move(100, (before[1] as number) + 8);
    await preview.waitFor({ state: 'hidden' });
    await rows.nth(1).locator('.preview').waitFor({ state: 'visible' });
  });

  it('says when a file is no longer what it was', async () => {
    const page = await open((made) => {
      made.opened = 'changed';
    });
    await find(page, 'copies');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('This file has changed since it was indexed').waitFor();
  });
});

describe('why this hit', () => {
  async function why(page: Page): Promise<void> {
    await find(page, 'retry timeout banana');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.locator('.why table').first().waitFor();
  }

  it('adds up: the words to BM25, the places to the score', async () => {
    const page = await open();
    await why(page);
    for (const sum of ['bm25', 'fusion']) {
      const table = page.locator('.why table', { has: page.locator(`[data-sum=${sum}]`) });
      const adds = await table.locator('tbody tr td:last-child').allTextContents();
      expect(adds.length).toBe(2);
      const total = Number(await table.locator(`[data-sum=${sum}]`).textContent());
      expect(total).toBeCloseTo(
        adds.reduce((all, text) => all + Number(text), 0),
        4,
      );
    }
    await page.getByText('Not in it: banana').waitFor();
  });

  it('shows the lines around the chunk with its own marked, and closes again', async () => {
    const page = await open();
    await why(page);
    expect(await page.locator('.around-line').count()).toBe(7);
    expect(await page.locator('.around-line.own').count()).toBe(3);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => page.locator('.why').count()).toBe(0);
  });

  it('asks about the place in the search that found it, and says what was found by a look through the text', async () => {
    const page = await open((made) => {
      made.scanned = true;
    });
    await why(page);
    await page.getByText('Its file is not in the index yet').waitFor();
    expect(host.calls('search.explain')).toEqual([
      {
        method: 'search.explain',
        query: 'retry timeout banana',
        filter: {},
        chunk: 3,
        at: { root: 'r1', path: 'docs/deep/down/in/folders/with-a-rather-long-name/operations.md', startLine: 88 },
        top: 100,
      },
    ]);
    // It has no vector that could be looked at.
    expect(await control(page, 'Inspect embedding').count()).toBe(0);
  });

  it('leads on: similar ones, its embedding, a question about it', async () => {
    const page = await open();
    await why(page);
    await control(page, 'Inspect embedding').click();
    await control(page, 'Ask about this').click();
    await eventually(async () => host.calls('search.openView')).toEqual([
      { method: 'search.openView', view: 'embeddings', chunks: [3] },
      { method: 'search.openView', view: 'ask', chunks: [3], query: 'retry timeout banana' },
    ]);
    await page.locator('.why').locator('[data-control="Find similar"]').click();
    await page.getByText('Like operations.md:88–90:').waitFor();
  });
});

it('filters that were typed are cleared too', async () => {
  const page = await open();
  await input(page).fill('banana lang:go path:src');
  await control(page, 'Clear filters').click();
  await eventually(() => input(page).inputValue()).toBe('banana');
  await eventually(async () => host.calls('search.query').at(-1)).toMatchObject({ query: 'banana', filter: {} });
});

describe('states', () => {
  const text = async (page: Page) => ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ');

  it('says that no folder is open, and offers no input', async () => {
    const page = await open((made) => {
      made.place = { ...PLACE, folders: [], started: false };
    });
    await page.getByText('No folder is open').waitFor();
    expect(await input(page).count()).toBe(0);
    await control(page, 'Open Folder').click();
    await eventually(async () => host.calls('search.openView')).toEqual([
      { method: 'search.openView', view: 'folder' },
    ]);
  });

  it('says what will happen before the first time, and starts on the button or on a search', async () => {
    const page = await open((made) => {
      made.place = { ...PLACE, started: false, files: { count: 1234, more: false } };
    });
    await page.getByText('There are 1,234 files').waitFor();
    expect(view.methodsSince(0)).not.toContain('index.health');
    await control(page, 'Index this workspace').click();
    await eventually(async () => host.calls('search.start').length).toBe(1);
    await page.getByText('Say what you are looking for').waitFor();
  });

  it('starts by itself when something is typed', async () => {
    const page = await open((made) => {
      made.place = { ...PLACE, started: false };
    });
    await find(page, 'retry');
    expect(host.calls('search.start').length).toBe(1);
  });

  it.each([
    ['indexing', { indexed: 12, pending: 30 }, 'Indexed 12 of 42 files. The others are searched for your words only.'],
    ['listing', { seen: 1200 }, 'Finding files: 1,200 so far.'],
    ['waiting', {}, 'Another window is indexing this workspace.'],
    ['paused', { pending: 5 }, 'Indexing is paused: 30 of 35 files are in.'],
    ['failed', { message: 'The disk is full. Make room.' }, 'The disk is full. Make room.'],
  ] as const)('tells that the index is %s', async (state, more, says) => {
    const page = await open((made) => {
      made.health = { ...READY, state, ...more };
    });
    await page.getByText(says).waitFor();
  });

  it('resumes, and rebuilds what failed', async () => {
    let page = await open((made) => {
      made.health = { ...READY, state: 'paused' };
    });
    await control(page, 'Resume').click();
    await eventually(async () => host.calls('index.pause')).toEqual([{ method: 'index.pause', paused: false }]);
    await view.close();
    page = await open((made) => {
      made.health = { ...READY, state: 'failed' };
    });
    await control(page, 'Rebuild index').click();
    await eventually(async () => host.calls('index.rebuild').length).toBe(1);
  });

  it('never calls an empty index done: it says what was left out', async () => {
    const page = await open((made) => {
      made.health = { ...READY, chunks: 0, indexed: 0 };
    });
    await page.getByText('There is nothing in the index').waitFor();
    expect(await text(page)).toContain('42 files were found, and all were left out:');
    expect(await text(page)).toContain('Looks like a secret: 1');
  });

  it('says what was searched when nothing is found, and what to try', async () => {
    const page = await open((made) => {
      made.pending = 7;
    });
    await find(page, 'zebra lang:rust', /No results/);
    expect(await text(page)).toContain('The index has 30 files. Your filters may leave out the ones you want.');
    expect(await text(page)).toContain('7 files are not indexed yet; they were searched for your words only.');
    await page.getByText('Clear the filters.').waitFor();
  });

  it('shows a fault with its remedy, and searches again', async () => {
    const page = await open();
    host.fault = new Fault('worker-died', 'The search worker ended.', { remedy: 'It starts anew by itself.' });
    await input(page).fill('retry');
    await page.getByText('It starts anew by itself.').waitFor();
    await control(page, 'Search again').click();
    await eventually(() => status(page)).toBe('3 results in 3 files');
  });

  it('offers the better model by name and size where it is missing', async () => {
    const page = await open();
    await page.getByText('Better results with all-MiniLM-L6-v2 (384 numbers, 23 MB).').waitFor();
    await control(page, 'Get it…').click();
    await eventually(async () => host.calls('search.getModel')).toEqual([
      { method: 'search.getModel', model: 'minilm' },
    ]);
  });
});

describe.each(THEMES)('in %s', (theme) => {
  it.each([300, 1600])('axe finds nothing serious at %i pixels, and nothing is wider than the page', async (width) => {
    const page = await open(() => {}, { theme, width });
    await control(page, 'Filters').click();
    await find(page, 'retry timeout banana');
    await input(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.locator('.why table').first().waitFor();
    await expectAccessible(page, width, `${theme} ${width}`);
  });
});
