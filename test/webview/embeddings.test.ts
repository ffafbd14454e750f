// The embedding inspector in a real browser, over a small embedder whose answers can be worked out by hand: texts come and
// go, their numbers, which are alike, what is near, analogies, the map of an index, and all the states without them.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { panelItemsChanged } from '../../src/shared/embeddingPanelMessages.ts';
import { Fault } from '../../src/shared/errors.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { EmbeddingsHost } from './embeddingsHost.ts';
import { cosine, embed } from './embeddingsToy.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';

const TEXTS = ['the cat sat', 'a kitten sat', 'interest rates', 'the river bank', 'king'];
const TABS = ['vector', 'similarity', 'neighbours', 'analogy', 'map'] as const;

let browser: Browser;
let script: string;
let host: EmbeddingsHost;
let view: View;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchBrowser(), viewScript('embeddings')]);
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(
  texts: readonly string[],
  more: Partial<ViewOptions> & { readonly before?: () => void } = {},
): Promise<Page> {
  host = new EmbeddingsHost();
  host.addTexts(texts);
  more.before?.();
  view = await View.open({ browser, script, handlers: host.handlers, worker: {} as Calls, width: 1200, ...more });
  await view.page.locator('[role=tablist]').waitFor();
  return view.page;
}

const tab = (page: Page, name: (typeof TABS)[number]) => page.locator(`#tab-${name}`).click();
const asked = (method: string) => view.sent.filter((sent) => sent.method === method).length;
const item = (page: Page, name: string) => page.locator('ul.list .item', { hasText: name });

describe('texts', () => {
  it('begin with none: six sentences can be tried', async () => {
    const page = await open([]);
    await page.getByText('An embedding turns a text into a list of numbers').waitFor();
    await control(page, 'Try six sentences').click();
    await eventually(() => page.locator('ul.list li').count()).toBe(6);
    await page.locator('tensor-view').first().waitFor();
  });

  it('are typed one a line, come from files, and go', async () => {
    const page = await open([]);
    await page.locator('vscode-text-area textarea').fill('one cat\n\n  two dogs  \n');
    await control(page, 'Add').click();
    await eventually(() => page.locator('ul.list .name').allTextContents()).toEqual(['one cat', 'two dogs']);
    expect(await page.locator('vscode-text-area textarea').inputValue()).toBe('');
    await control(page, 'Lines').click();
    await page.getByText('src/cats.ts:4').waitFor();
    await control(page, 'Open src/cats.ts:4').click();
    await eventually(() => host.opened).toEqual(['item-3']);
    await control(page, 'Remove one cat').click();
    await eventually(() => page.locator('ul.list .name').allTextContents()).toEqual(['two dogs', 'the kitten slept']);
    await control(page, 'Remove all').click();
    await page.getByText('An embedding turns').waitFor();
  });

  it('say how much of a long one is taken, and what was left out', async () => {
    const page = await open([], {
      before: () => {
        host.add({ name: 'big.log', from: 'big.log', text: 'cat', total: 90_000, opens: true });
        host.more = { leftOut: [{ name: 'a.png', why: 'it is no text' }], leftOutCount: 1 };
      },
    });
    await page.getByText('the first 3 of 90,000 characters').waitFor();
    await page.getByText('1 text was left out').click();
    await page.getByText('it is no text').waitFor();
  });

  it('typed ones come back after the window was reloaded, with the view that was open', async () => {
    const page = await open(TEXTS);
    await tab(page, 'similarity');
    await page.waitForTimeout(400);
    host.items = [];
    host.more = { opened: 0 };
    await view.reload();
    await eventually(() => page.locator('ul.list li').count()).toBe(TEXTS.length);
    expect(await page.locator('#tab-similarity').getAttribute('aria-selected')).toBe('true');
  });

  it('are others when the panel is opened anew for something', async () => {
    const page = await open(TEXTS);
    await page.locator('tensor-view').first().waitFor();
    host.items = [];
    host.addTexts(['a queen']);
    host.more = { opened: 2, view: 'map' };
    view.connection.notify(panelItemsChanged, {});
    await eventually(() => page.locator('ul.list .name').allTextContents()).toEqual(['a queen']);
    expect(await page.locator('#tab-map').getAttribute('aria-selected')).toBe('true');
  });
});

describe('a vector', () => {
  it('is shown as it is, with its tokens, what each adds, and copies', async () => {
    const page = await open(TEXTS);
    await page.getByText('3 tokens became 32 numbers.').waitFor();
    const cells = page.locator('table-view').first().locator('tbody tr > :first-child');
    expect((await cells.allTextContents()).map((cell) => cell.trim())).toEqual(['the', 'cat', 'sat']);
    await control(page, 'Copy the vector as JSON').click();
    await control(page, 'Copy the vector as CSV').click();
    await eventually(() => host.copied.length).toBe(2);
    const copied = JSON.parse(host.copied[0] as string) as number[];
    embed('the cat sat').forEach((value, i) => {
      expect(copied[i]).toBeCloseTo(value, 5);
    });
    await page.locator('tensor-view summary', { hasText: 'Copy and export' }).first().click();
    await control(page, 'Copy as NumPy').first().click();
    await eventually(() => host.copied.length).toBe(3);
    expect((host.copied[1] as string).trim().split(',').map(Number)).toEqual(copied);
  });

  it('is that of the text that was chosen, by mouse and by arrow keys', async () => {
    const page = await open(TEXTS);
    await page.getByText('3 tokens became').waitFor();
    await item(page, 'king').click();
    await page.getByText('1 token became 32 numbers.').waitFor();
    await item(page, 'king').press('ArrowUp');
    await eventually(() => item(page, 'the river bank').getAttribute('aria-current')).toBe('true');
    await page.getByText('3 tokens became').waitFor();
  });

  it('of a text that the model knows nothing of is said to be empty', async () => {
    const page = await open(['!!!']);
    await page.getByText('The model knows nothing that stands in this text').waitFor();
    expect(await page.locator('table-view').count()).toBe(0);
  });

  it('that can’t be had says why, and can be asked again', async () => {
    const page = await open(TEXTS, {
      before: () => {
        host.fault = new Fault('worker-died', 'The search worker ended unexpectedly.');
      },
    });
    await page.getByText('The search worker ended unexpectedly.').waitFor();
    await page.waitForTimeout(300);
    expect(asked('embeddings.inspect')).toBe(1); // and is not asked by itself again and again
    host.fault = undefined;
    await control(page, 'Try again').click();
    await page.locator('tensor-view').first().waitFor();
  });
});

describe('similarity', () => {
  it('reads out the cosine of a pair, and puts together what is alike', async () => {
    const page = await open(TEXTS);
    await tab(page, 'similarity');
    const matrix = page.locator('similarity-matrix');
    await matrix.locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    const pair = cosine(embed(TEXTS[0] as string), embed(TEXTS[1] as string)).toFixed(3);
    await eventually(() => matrix.locator('[role=status]').textContent()).toBe(`the cat sat and a kitten sat: ${pair}`);
    await matrix.locator('vscode-checkbox').click();
    await page.keyboard.press('Tab');
    expect(await matrix.evaluate((element) => (element as unknown as { sorted: boolean }).sorted)).toBe(true);
  });

  it('needs two', async () => {
    const page = await open(['king']);
    await tab(page, 'similarity');
    await page.getByText('One text alone is like nothing.').waitFor();
  });
});

describe('neighbours', () => {
  it('are in the order of the true cosines, whatever the map says, and a click goes there', async () => {
    const page = await open(TEXTS);
    await tab(page, 'neighbours');
    const list = page.locator('.beside ol.near').first();
    const like = (text: string) => cosine(embed(TEXTS[0] as string), embed(text));
    const truth = TEXTS.slice(1).sort((a, b) => like(b) - like(a) || TEXTS.indexOf(a) - TEXTS.indexOf(b));
    await eventually(() => list.locator('.name').allTextContents()).toEqual(truth);
    expect(await list.locator('.cosine').first().textContent()).toBe(like(truth[0] as string).toFixed(3));
    await page.getByText('distances on it lie').waitFor();
    expect(
      await page.locator('scatter-map').evaluate((map) => (map as unknown as { linked: number[] }).linked.length),
    ).toBe(4);
    await list.locator('button').first().click();
    await page.getByText('Nearest to “a kitten sat”').waitFor();
    expect(asked('embeddings.compare')).toBe(1); // the items are the same
  });

  it('in the index open their files', async () => {
    const page = await open(['a boat'], { before: () => host.index() });
    await tab(page, 'neighbours');
    await page.locator('.beside ol.near').nth(1).locator('button').first().click();
    await eventually(() => host.opened.length).toBe(1);
    expect(host.opened[0]).toMatch(/^lessons\/.+\/lesson\.md:\d+$/);
  });
});

describe('analogies', () => {
  it('hold, and say what was searched', async () => {
    const page = await open([]);
    await tab(page, 'analogy');
    await control(page, 'Find').click();
    await page.getByText('It holds.').waitFor();
    expect(await page.locator('.beside ol.near').first().locator('.name').first().textContent()).toBe('queen');
  });

  it('fail in plain words, with the inputs among the answers beside those without', async () => {
    const page = await open([]);
    await tab(page, 'analogy');
    for (const [label, word] of [
      ['a', 'cat'],
      ['b', 'river'],
      ['c', 'rate'],
    ] as const) {
      await page.locator(`vscode-text-field[data-control="${label}"] input`).fill(word);
    }
    await page.locator('vscode-text-field[data-control="c"] input').press('Enter');
    await page.getByText('It fails.').waitFor();
    await page.getByText('which went into it').waitFor();
    const [without, withThem] = [page.locator('.beside ol.near').first(), page.locator('.beside ol.near').nth(1)];
    expect(await without.locator('.badge').count()).toBe(0);
    expect(await withThem.locator('.badge').count()).toBeGreaterThan(0);
  });
});

const mapLinks = (page: Page) =>
  page.locator('scatter-map').evaluate((map) => [...(map as unknown as { linked: number[] }).linked]);
const mapChosen = (page: Page) =>
  page.locator('scatter-map').evaluate((map) => (map as unknown as { chosen: number }).chosen);

/** By looking at all chunks. */
function trueNeighbours(of: number): number[] {
  const rows = host.chunks.map(({ whole }) => embed(whole));
  const like = (at: number) => cosine(rows[at] as Float32Array, rows[of] as Float32Array);
  return rows
    .map((_, at) => at)
    .filter((at) => at !== of)
    .sort((a, b) => like(b) - like(a) || a - b)
    .slice(0, 5);
}

describe('the map of the workspace', () => {
  it('is there at once by PCA, then by UMAP; a point opens its file, or goes to its vector', async () => {
    let go = () => {};
    const page = await open([], {
      before: () => {
        host.index();
        host.wait = new Promise((resolve) => {
          go = resolve;
        });
      },
    });
    await tab(page, 'map');
    await page.getByText('The two directions in which the chunks differ most.').waitFor();
    await page.getByText('20 of 200 layout steps').waitFor();
    go();
    await page.getByText('UMAP of a third of the chunks.').waitFor();
    await page.getByText('The faint ones stand where their neighbours put them.').waitFor();
    await page.locator('scatter-map summary').click();
    await eventually(async () => (await page.locator('ol.near button').first().textContent())?.trim()).toMatch(
      /lesson\.md:\d+/,
    );
    await page.locator('ol.near button').first().click();
    await page.locator('article.place').waitFor();
    await eventually(() => mapLinks(page)).toEqual(trueNeighbours(await mapChosen(page)));
    const place = (await page.locator('article.place h3').textContent())?.trim() as string;
    await page.locator('scatter-map .plane').press('Enter');
    await control(page, 'Open').click();
    await eventually(() => host.opened.length).toBe(2);
    for (const opened of host.opened) {
      expect(place.startsWith(opened)).toBe(true);
    }
    await control(page, 'Look at its vector').click();
    await page.locator('tensor-view').first().waitFor();
    expect(await page.locator('ul.list li').count()).toBe(1);
  });

  it('can be stopped on its way, and goes on when asked', async () => {
    const page = await open([], {
      before: () => {
        host.index();
        host.wait = new Promise(() => {});
      },
    });
    await tab(page, 'map');
    await page.getByText('layout steps').waitFor();
    await control(page, 'Cancel').click();
    await eventually(() => host.umaps.cancelled).toBe(1);
    host.wait = undefined;
    await control(page, 'Go on').click();
    await page.getByText('UMAP of a third').waitFor();
    expect(host.umaps.begun).toBe(2);
  });

  it('is coloured by folder or by language', async () => {
    const page = await open([], { before: () => host.index() });
    await tab(page, 'map');
    await page.locator('.legend button', { hasText: '03-byte-pair-encoding' }).waitFor();
    await page.locator('vscode-dropdown[data-control="Coloured by"]').press('ArrowDown');
    await page.locator('.legend button', { hasText: 'markdown' }).waitFor();
    expect(await page.locator('.legend button').count()).toBe(2);
  });

  it('says that there is no folder, or no index, and begins one when told', async () => {
    const page = await open([]);
    await tab(page, 'map');
    await page.getByText('No folder is open').waitFor();
    host.more = { workspace: true };
    view.connection.notify(panelItemsChanged, {});
    await control(page, 'Index this workspace').click();
    await page.locator('scatter-map').waitFor();
  });
});

describe('models', () => {
  it('that are not there can’t be chosen, and one that is broken says so', async () => {
    const page = await open(TEXTS, {
      before: () => {
        host.models = host.models.map((model, at) =>
          at === 0 ? { ...model, state: 'broken', message: 'The model’s file is damaged.' } : model,
        );
      },
    });
    await page.getByText('The model’s file is damaged.').waitFor();
    expect(asked('embeddings.inspect')).toBe(0);
    const missing = page.locator('vscode-dropdown[data-control="Model"] vscode-option', { hasText: 'all-MiniLM' });
    expect(await missing.getAttribute('disabled')).not.toBeNull();
  });
});

describe('access', () => {
  it.each(THEMES)(
    'has no faults in %s, from 300 to 1600 pixels, in any view',
    async (theme) => {
      for (const width of [300, 1600]) {
        const page = await open(TEXTS, { theme, width, before: () => host.index() });
        for (const name of TABS) {
          await tab(page, name);
          await page.waitForTimeout(150);
          if (name === 'analogy') {
            await control(page, 'Find').click();
            await page.getByText('It holds.').waitFor();
          }
          await expectAccessible(page, width, `${theme} ${width} ${name}`);
        }
        if (width === 300) {
          await view.close();
        }
      }
    },
    60_000,
  );

  it('goes through the tabs by arrow keys', async () => {
    const page = await open(TEXTS);
    await page.locator('#tab-vector').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#tab-similarity').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await page.locator('#tab-map').getAttribute('aria-selected')).toBe('true');
  });
});
