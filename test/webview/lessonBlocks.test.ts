// What a step block does with its place on the page and with what it says, in the lessons on tensors and positions: how
// tall it is, where it stands after a change, what an open bet shows, and what screen readers hear of a drag.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { THEMES, type ThemeName } from './harness/themes.ts';
import { View } from './harness/view.ts';

const HEIGHT = 800;

let browser: Browser;
let worker: RealWorker;
let script: string;
let view: View;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('lesson')]);
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});
afterEach(async () => {
  await view.close();
});

/** The block with this id of the lesson, once it has run. */
async function open(id: string, block: string, theme: ThemeName = 'dark'): Promise<Locator> {
  const { handlers } = new LessonHost({ id, theme });
  view = await View.open({ browser, script, handlers, worker: worker.calls, height: HEIGHT, theme });
  const found = view.page.locator(`#block-${block}`);
  await found.scrollIntoViewIfNeeded();
  await found.locator('trace-player .stage').first().waitFor();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const count = (block: Locator) => block.locator('.count').textContent();
const label = (block: Locator) => block.locator('.frame-label').textContent();
const goTo = async (block: Locator, step: number) => {
  await block.getByRole('slider', { name: 'Step', exact: true }).fill(String(step - 1));
  await view.page.waitForTimeout(100); // two drawn frames on, the place has its height
};
const stageHeight = (block: Locator) => block.locator('.stage').evaluate((stage: HTMLElement) => stage.offsetHeight);

describe('an open bet', () => {
  it('lists what one can bet on once, and speaks of it in quotation marks afterwards', async () => {
    const block = await open('positions', 'bag');
    for (let step = 0; step < 8 && (await block.locator('.bet').count()) === 0; step++) {
      await block.locator('[data-control="Next step"]').click();
    }
    const choices = await block.locator('.bet-choice .bet-name').allTextContents();
    expect(choices.length).toBeGreaterThan(1);
    const stage = (await block.locator('.stage').innerText()).replace(/\s+/g, ' ');
    expect(stage.split(choices[0] as string)).toHaveLength(2);
    await block.locator('.bet-choice').first().click();
    await block.locator('.outcome').waitFor();
    const quoted = await block.locator('.outcome q').allTextContents();
    expect(choices).toEqual(expect.arrayContaining(quoted));
    expect(quoted.length).toBeGreaterThan(0);
    const mark = await block
      .locator('.outcome q')
      .first()
      .evaluate((q) => getComputedStyle(q, '::before').content);
    expect(mark).toMatch(/quote|["“]/);
    // What was bet on is there again as a table.
    expect(await block.locator('[data-port=guesses] tbody tr').count()).toBe(choices.length);
  });
});

describe('the height of a block', () => {
  it('is a long step’s own, and leaves less than a window’s height under a short one', async () => {
    const block = await open('positions', 'rope');
    const short = await stageHeight(block);
    await goTo(block, 2);
    const long = await stageHeight(block);
    expect(long).toBeGreaterThan(1.5 * HEIGHT);
    await goTo(block, 1);
    expect(await stageHeight(block)).toBeLessThanOrEqual(Math.max(short, 0.6 * HEIGHT) + 1);
  });

  it('is the tallest step’s while they play', async () => {
    const block = await open('positions', 'rope');
    await goTo(block, 3);
    await block.locator('[data-control=Play]').click();
    const heights = await block.evaluate(
      (element) =>
        new Promise<number[]>((resolve) => {
          const player = element.querySelector('step-block')!.shadowRoot!.querySelector('trace-player')!;
          const stage = player.shadowRoot!.querySelector<HTMLElement>('.stage')!;
          const seen: number[] = [];
          const look = () => {
            seen.push(stage.offsetHeight);
            const more = player.shadowRoot!.querySelector('[data-control=Pause]') !== null;
            more ? requestAnimationFrame(look) : resolve(seen);
          };
          look();
        }),
    );
    expect(await count(block)).toBe('Step 5 of 5');
    expect(Math.min(...heights.slice(0, -1))).toBe(heights[0]);
    await eventually(() => stageHeight(block)).toBeLessThan(heights[0] as number);
  });

  it('never leaves its reader below the step: from the end of a long one to the heading of a short one', async () => {
    const block = await open('positions', 'rope');
    await goTo(block, 3);
    await block.locator('.frame-label').evaluate((heading: HTMLElement) => heading.focus());
    await block.locator('.stage').evaluate((stage) => stage.scrollIntoView({ block: 'end' }));
    await view.page.keyboard.press('End');
    await eventually(() => count(block)).toBe('Step 5 of 5');
    await eventually(async () => {
      const box = await block.locator('.frame-label').boundingBox();
      return box !== null && box.y >= 0 && box.y < HEIGHT;
    }).toBe(true);
  });
});

describe('a change that takes the step away', () => {
  it('leaves the learner at the nearest one', async () => {
    const block = await open('positions', 'order-shows');
    await block.getByRole('checkbox', { name: 'Bend', exact: false }).click();
    await eventually(async () => Number(/of (\d+)/.exec((await count(block)) ?? '')?.[1])).toBeGreaterThan(7);
    const names = await block.locator('step-tree .item .label').allTextContents();
    const bent = names.findIndex((name) => /bend|bent/i.test(name));
    expect(bent).toBeGreaterThan(0);
    await goTo(block, bent + 1);
    await block.getByRole('checkbox', { name: 'Bend', exact: false }).click();
    await eventually(() => label(block)).toBe(names[bent - 1]);
  });
});

describe('a drag, to screen readers', () => {
  it('is silent while it lasts, and says once what it came to', async () => {
    const block = await open('positions', 'together');
    await goTo(block, 2);
    const heard = () => view.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await block.evaluate((element) => {
      const said: string[] = [];
      Object.assign(window, { heard: said });
      const listen = (root: ParentNode) => {
        for (const region of root.querySelectorAll('[role=status], [aria-live], [role=alert]')) {
          new MutationObserver(() => said.push(region.textContent?.trim() ?? '')).observe(region, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        }
        for (const inner of root.querySelectorAll('*')) {
          inner.shadowRoot && listen(inner.shadowRoot);
        }
      };
      listen(element.querySelector('step-block')!.shadowRoot!);
    });
    // Moved from within the page, as fast as a hand does it however slow the machine is.
    const during = await block
      .locator('input[type=range]')
      .first()
      .evaluate(async (slider: HTMLInputElement) => {
        for (let move = 1; move <= 12; move++) {
          slider.value = String(40 + 3 * move);
          slider.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
          await new Promise((moved) => setTimeout(moved, 30));
        }
        return [...(window as unknown as { heard: string[] }).heard];
      });
    expect(during.filter((text) => text !== '')).toEqual([]);
    await eventually(async () => (await heard()).filter((text) => text !== '').length).toBe(1);
    const note = await block.locator('.note').textContent();
    expect((await heard()).at(-1)).toContain(note);
  });
});

describe('the keyboard', () => {
  const focused = () =>
    view.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) {
        at = at.shadowRoot.activeElement;
      }
      const host = at?.getRootNode() instanceof ShadowRoot ? (at.getRootNode() as ShadowRoot).host : undefined;
      return (at as HTMLElement)?.dataset.control ?? (host as HTMLElement | undefined)?.dataset.control;
    });

  it('keeps its button at the last step, where there is nothing more to press it for', async () => {
    const block = await open('positions', 'together');
    const { keyboard } = view.page;
    const next = block.locator('[data-control="Next step"]');
    await next.focus();
    for (let step = 1; step < 8; step++) {
      await keyboard.press('Enter');
    }
    await eventually(() => count(block)).toBe('Step 5 of 5');
    await eventually(() => next.getAttribute('aria-disabled')).toBe('true');
    expect(await focused()).toBe('Next step');
    await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Play');
    await eventually(() => next.getAttribute('disabled')).toBe('');
    expect(await next.getAttribute('aria-disabled')).toBe(null);
    await keyboard.press('ArrowLeft');
    await eventually(() => next.getAttribute('disabled')).toBe(null);
  });

  it('stays at Reset', async () => {
    const block = await open('positions', 'together');
    const { keyboard } = view.page;
    await block.locator('input[type=range]').first().focus();
    await keyboard.press('ArrowRight');
    const reset = block.locator('[data-control=Reset]');
    await eventually(() => reset.getAttribute('disabled')).toBe(null);
    await reset.focus();
    await keyboard.press('Enter');
    await eventually(() => reset.getAttribute('aria-disabled')).toBe('true');
    expect(await focused()).toBe('Reset');
  });

  it.each(THEMES)('sees where it is at every stop, in %s', async (theme) => {
    const block = await open('positions', 'order-shows', theme);
    await block.evaluate((element: HTMLElement) => element.focus());
    const stops: { readonly at: string; readonly ring: number }[] = [];
    for (let presses = 0; presses < 30; presses++) {
      await view.page.keyboard.press('Tab');
      const stop = await view.page.evaluate(() => {
        const path: Element[] = [];
        for (let at = document.activeElement; at !== null; at = at.shadowRoot?.activeElement ?? null) {
          path.push(at);
        }
        const last = path.at(-1) as Element;
        const inside = path[1]?.closest('.block')?.id === 'block-order-shows';
        const rings = [last, last.closest('.root'), path.at(-2)].map((element) => {
          const style = element ? getComputedStyle(element) : undefined;
          return style === undefined || style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth);
        });
        return { inside, at: `${path.at(-2)?.localName} ${last.localName}`, ring: Math.max(...rings) };
      });
      if (stops.length > 0 && !stop.inside) {
        break;
      }
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(10);
    expect(stops.filter(({ ring }) => ring < 1)).toEqual([]);
  });
});
