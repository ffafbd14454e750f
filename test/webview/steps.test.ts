// Stepping through a learner's code: real runs of right and wrong answers, recorded by the real process, beside the
// reference's.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import type { Calls } from '../../src/shared/messages.ts';
import type { TracedAnswer } from '../../src/shared/runnerMessages.ts';
import { stepsChanged } from '../../src/shared/stepsMessages.ts';
import { filesOf, tracedAnswer } from './exerciseHost.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealRunner, realRunner } from './harness/realRunner.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { StepsHost } from './stepsHost.ts';

const worker = { request: () => Promise.reject(new Error('nothing is asked of the worker')) } as Calls;

let browser: Browser;
let runner: RealRunner;
let script: string;
let host: StepsHost;
let view: View;

beforeAll(async () => {
  [browser, runner, script] = await Promise.all([launchBrowser(), realRunner(), viewScript('steps')]);
});
afterAll(async () => {
  await browser?.close();
  await runner?.close();
});
afterEach(async () => {
  await view.close();
});

/** The page with the run of one of the typical wrong answers, or of another text. */
async function open(id: string, answer: string, more: Partial<ViewOptions> = {}): Promise<Page> {
  const { mutants, solution } = await filesOf(id);
  const text = answer === 'solution' ? solution : (mutants[answer] ?? answer);
  return openOn(await tracedAnswer(runner.runner, id, text), more);
}

async function openOn(answer: TracedAnswer | null, more: Partial<ViewOptions> = {}): Promise<Page> {
  host = new StepsHost(answer && { title: 'Shares of each row, step by step', answer });
  view = await View.open({ browser, script, handlers: host.handlers, worker, width: 1200, ...more });
  await view.page.locator('h1').waitFor();
  return view.page;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const control = (within: Locator | Page, name: string) => within.locator(`[data-control="${name}"]`);
const run = (page: Page, side: 'mine' | 'reference') => page.locator(`[data-run=${side}]`);
const heading = (page: Page, side: 'mine' | 'reference') => run(page, side).locator('.frame-label').textContent();
const sentence = (page: Page) => page.locator('.sentence').textContent();
const count = (page: Page) => page.locator('.count').textContent();
const readout = (place: Locator) => place.locator('.ports.out .readout').first().textContent();
const marked = (place: Locator) =>
  place
    .locator('.ports.out tensor-heatmap')
    .first()
    .evaluate((map) => (map as HTMLElement & { differing: unknown[] }).differing.length);

describe('a wrong answer', () => {
  it('opens at the first value that differs, beside what stands there in the reference', async () => {
    const page = await open('shares', 'whole');
    await eventually(() => heading(page, 'mine')).toBe('sums');
    expect(await heading(page, 'reference')).toBe('sums');
    expect(await count(page)).toBe('Step 2 of 3');
    expect(await page.locator('header [role=status]').textContent()).toBe(
      'Your run parts from the reference at step 2.',
    );
    // The numbers are those that the two codes compute for these rows.
    const said = (await sentence(page)) ?? '';
    const [, differing, cells, mine, theirs] =
      /“sums” differs in (\d+) of (\d+) cells\. The first is at \[0\]: (\d+) in yours, (\d+) in the reference\./.exec(
        said,
      ) ?? [];
    expect([differing, cells]).toEqual(['3', '3']);
    expect(Number(mine)).toBeGreaterThan(Number(theirs));
    expect(await marked(run(page, 'mine'))).toBe(3);
    expect(await marked(run(page, 'reference'))).toBe(3);
    expect(await readout(run(page, 'mine'))).toBe(`column 0: ${mine} ≠ ${theirs} in the reference`);
    expect(await readout(run(page, 'reference'))).toBe(`column 0: ${theirs} ≠ ${mine} in yours`);
  });

  it('is stepped through by the keyboard, both runs together, and back to where they part', async () => {
    const page = await open('shares', 'largest');
    await page.locator('.stage').waitFor();
    const labels = await page.locator('step-tree .item .label').allTextContents();
    expect(labels).toEqual(['= What comes in', '! sums', '! The result']);
    await page.locator('step-tree .item[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    expect(await heading(page, 'mine')).toBe('What comes in');
    expect(await sentence(page)).toBe('Both come to the same here.');
    expect(await readout(run(page, 'mine'))).toMatch(/\(the same in the reference\)$/);
    await page.keyboard.press('End');
    expect(await heading(page, 'reference')).toBe('The result');
    // Both runs' cursors go together.
    await run(page, 'mine').locator('.cells').first().focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => readout(run(page, 'reference'))).toMatch(/^row 1, column 0: /);
    await control(page, 'First difference').click();
    expect(await heading(page, 'mine')).toBe('sums');
    await eventually(() => page.locator('.player > .sr[role=status]').textContent()).toMatch(
      /^sums, they differ\. “sums”/,
    );
  });

  it('shows on the way back as well, where only a gradient differs', async () => {
    const page = await open('slopes', 'half');
    await page.locator('.stage').waitFor();
    const labels = await page.locator('step-tree .item .label').allTextContents();
    // All that was computed on the way there is the same; what differs first is a step of the way back.
    expect(labels).toEqual([
      '= What comes in',
      '= mul',
      '= sum',
      '= total',
      '= sum, backward',
      '! mul, backward',
      '! The result',
    ]);
    expect(await count(page)).toBe('Step 6 of 7');
    expect(await sentence(page)).toBe('“db” is only in the reference: no gradient flows this way in yours.');
    await control(page, 'Next step').click();
    expect(await marked(run(page, 'mine'))).toBeGreaterThan(0);
    expect(await sentence(page)).toMatch(/in yours, .* in the reference/);
  });

  it('that stops with an error shows it at its end', async () => {
    const page = await open(
      'shares',
      'export function shares(rows) {\n  return rows.map((row) => row.none.length);\n}',
    );
    await eventually(() => heading(page, 'mine')).toBe('It stopped');
    expect(await run(page, 'mine').textContent()).toContain('TypeError');
    expect(await sentence(page)).toBe('Your run ended here with an error.');
    expect(await page.locator('header [role=status]').textContent()).toMatch(/until it ends with an error/);
  });

  it('of another shape says both shapes', async () => {
    const page = await open('shares', 'export const shares = (rows) => rows.map((row) => row.slice(1));');
    await eventually(() => sentence(page)).toMatch(
      /has the shape \(\d+, \d+\) in yours, and \(\d+, \d+\) in the reference/,
    );
  });

  it('that can’t be loaded says why there is no run', async () => {
    const page = await open('shares', 'export const shares = ;');
    await page.getByText('There is nothing to step through yet').waitFor();
    expect(await page.locator('.stopped').textContent()).not.toBe('');
  });
});

describe('a right answer', () => {
  it('is said to have no difference, and can be stepped through', async () => {
    const page = await open('shares', 'solution');
    await page.getByText('All that your run computes is what the reference computes too.').waitFor();
    expect(await control(page, 'First difference').count()).toBe(0);
    expect(await count(page)).toBe('Step 3 of 3');
    await control(page, 'First step').click();
    expect(await heading(page, 'mine')).toBe('What comes in');
  });

  it('written in another way has steps that the reference lacks, and the other way round', async () => {
    const other = `import { watch } from 'inside-llms';
      export const shares = (rows) => rows.map((row) => {
        const all = row.reduce((a, b) => a + b, 0);
        watch('all', all);
        return row.map((x) => x / all);
      });`;
    const page = await open('shares', other);
    await page.locator('.stage').waitFor();
    const labels = await page.locator('step-tree .item .label').allTextContents();
    expect(labels.filter((label) => label === '· all').length).toBeGreaterThan(1);
    expect(labels.at(-1)).toBe('= The result');
    expect(await control(page, 'First difference').count()).toBe(0);
    expect(await page.locator('header [role=status]').textContent()).toMatch(/come to the same/);
    const alone = labels.indexOf('· sums');
    await page.locator('step-tree .item').nth(alone).click();
    expect(await sentence(page)).toBe('Your run has no such step.');
    expect(await run(page, 'mine').textContent()).toContain('No such step here.');
  });
});

describe('the page', () => {
  it('is where it was after it was hidden, and shows the new runs when there are some', async () => {
    const page = await open('shares', 'whole');
    await eventually(() => count(page)).toBe('Step 2 of 3');
    await control(page, 'Last step').click();
    await page.waitForTimeout(300); // what is kept is written a moment later
    await view.reload();
    await eventually(() => count(page)).toBe('Step 3 of 3');
    const answer = await tracedAnswer(runner.runner, 'shares', (await filesOf('shares')).solution);
    host.shown = { title: 'Once more', answer };
    view.connection.notify(stepsChanged, {});
    await eventually(() => page.locator('h1').textContent()).toBe('Once more');
  });

  it('says how to have a run that was not kept', async () => {
    const page = await openOn(null);
    await page.getByText('The run that stood here was not kept.').waitFor();
  });
});

describe('the two runs', () => {
  it.each([
    ['dark', 340],
    ['dark', 1200],
    ['light', 1200],
    ['hc-dark', 340],
    ['hc-light', 1200],
  ] as const)('stand as there is room, and axe finds nothing serious, in %s at %i pixels', async (theme, width) => {
    const page = await open('shares', 'whole', { theme, width });
    await run(page, 'mine').locator('canvas.marks').first().waitFor();
    await expectAccessible(page, width, theme);
    const [mine, reference] = await Promise.all(
      (['mine', 'reference'] as const).map(async (side) => run(page, side).boundingBox()),
    );
    // Beside each other where there is room, else below each other.
    expect((reference?.y ?? 0) > (mine?.y ?? 0)).toBe(width < 700);
  });
});
