// An exercise's card in a lesson, with the reports of the real check: each state, each button, what helps and where.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { Fault } from '../../src/shared/errors.ts';
import type { CheckReport } from '../../src/shared/exercise.ts';
import { type ExerciseStanding, standingChanged } from '../../src/shared/exerciseMessages.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { ExerciseHost, filesOf, reportOf } from './exerciseHost.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealRunner, realRunner } from './harness/realRunner.ts';
import type { ThemeName } from './harness/themes.ts';
import { View } from './harness/view.ts';

const worker = { request: () => Promise.reject(new Error('nothing is asked of the worker')) } as Calls;

let browser: Browser;
let runner: RealRunner;
let script: string;
let host: ExerciseHost;
let view: View;
/** Of an answer that divides by the whole, and of the right one. */
let wrong: CheckReport;
let right: CheckReport;
let thrown: CheckReport;

beforeAll(async () => {
  [browser, runner, script] = await Promise.all([launchBrowser(), realRunner(), viewScript('lesson')]);
  const { mutants, solution } = await filesOf('shares');
  const says = `console.warn('rows', 2);\n${mutants.whole}`;
  wrong = await reportOf(runner.runner, 'shares', says);
  right = await reportOf(runner.runner, 'shares', solution);
  thrown = await reportOf(runner.runner, 'shares', 'export function shares(rows) {\n  return rows.nothing.map(0);\n}');
});
afterAll(async () => {
  await browser?.close();
  await runner?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(
  standing: Partial<ExerciseStanding>,
  { theme = 'dark', width = 1000 }: { theme?: ThemeName; width?: number } = {},
): Promise<Locator> {
  host = new ExerciseHost(runner.runner, theme);
  host.stand('shares', standing);
  view = await View.open({ browser, script, handlers: host.handlers, worker, theme, width });
  const card = view.page.locator('#block-shares');
  await card.scrollIntoViewIfNeeded();
  await card.locator('.acts').waitFor();
  return card;
}

const tell = (change: Partial<ExerciseStanding>) =>
  view.connection.notify(standingChanged, host.stand('shares', change));
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const control = (within: Locator, name: string) => within.locator(`[data-control="${name}"]`);
const main = (card: Locator) => card.locator('.acts [appearance=primary]').textContent();
const isOff = (button: Locator) => button.evaluate((element) => element.hasAttribute('disabled'));

describe('an exercise that was never opened', () => {
  it('says what it asks, offers to start the course, and why the rest waits', async () => {
    const card = await open({});
    expect(await card.locator('h3').textContent()).toBe('Shares of each row');
    expect(await card.locator('.state').textContent()).toContain('Not opened yet');
    expect(await main(card)).toContain('Start the course and open this exercise');
    expect(await isOff(control(card, 'Check'))).toBe(true);
    expect(await card.locator('.waits').allTextContents()).toEqual([
      'Off now: Check, Step through, Compare with the solution, Reset (the file isn’t there yet).',
    ]);
    await control(card, 'Start the course and open this exercise').click();
    await eventually(() => host.acts).toEqual(['open shares']);
  });

  it('says what it is built on, and that it may be left out', async () => {
    await open({});
    const card = view.page.locator('#block-rescale');
    expect(await card.locator('.kicker').textContent()).toMatch(/repair it.*5 minutes.*optional/s);
    expect(await card.locator('.facts').textContent()).toMatch(/built on what you wrote in\s*shares/);
  });
});

describe('an exercise on the way', () => {
  it('is checked by the keyboard, shows that it is, and can be stopped', async () => {
    const card = await open({ state: 'tried' });
    expect(await main(card)).toBe('Check');
    await control(card, 'Check').focus();
    await view.page.keyboard.press('Enter');
    await eventually(() => host.acts).toEqual(['check shares']);
    tell({ checking: true });
    await card.locator('.running').getByText('Checking…').waitFor();
    await control(card, 'Stop').click();
    await eventually(() => host.acts).toEqual(['check shares', 'cancel shares']);
  });

  it('shows the sentence, the smallest input, what was expected beside what came, and the parts', async () => {
    const card = await open({ state: 'tried', failed: 1, report: wrong, standIns: ['Softmax'] });
    const report = card.locator('.report');
    expect(await report.locator('.verdict').textContent()).toContain(
      'You divide by the sum of all numbers. Each row has a sum of its own.',
    );
    expect(await report.locator('.parts li.right').textContent()).toContain('One row right');
    expect(await report.locator('.input dt').allTextContents()).toEqual(['rows']);
    const marks = report.locator('mark');
    expect(await marks.count()).toBe(2);
    // The two marked numbers are what the check names: numbers, and different ones.
    const [expected, came] = (await marks.allTextContents()).map(Number);
    expect(Number.isFinite(expected) && Number.isFinite(came)).toBe(true);
    expect(expected).not.toBe(came);
    expect(await report.locator('.stand-ins').textContent()).toContain('Softmax');
    await report.locator('.printed summary').click();
    expect(await report.locator('.out.warn').textContent()).toMatch(/Warning:\s*rows 2/);
    expect(await report.evaluate((element) => element.classList.contains('stale'))).toBe(false);
  });

  it('dims a report of an older text, and says so', async () => {
    const card = await open({ state: 'tried', failed: 1, report: wrong, stale: true });
    expect(await card.locator('.said-stale').textContent()).toContain('your file has changed');
  });

  it('opens the place in the file where an error came from', async () => {
    const card = await open({ state: 'tried', failed: 1, report: thrown });
    await control(card, 'shares.ts, line 2').click();
    await eventually(() => host.acts[0]).toMatch(/^open shares 01-shares\/shares\.ts:2:\d+$/);
  });

  it('gives hints one at a time, code as code', async () => {
    const card = await open({ state: 'tried', hints: 1 });
    expect(await card.locator('.hints li').count()).toBe(1);
    await control(card, 'Hint 2 of 4').click();
    await eventually(() => host.acts).toEqual(['hint shares']);
    tell({ hints: 2 });
    await eventually(() => card.locator('.hints li').count()).toBe(2);
    expect(
      await card
        .locator('.hints li')
        .nth(1)
        .evaluate((hint) => hint.matches(':focus')),
    ).toBe(true);
    expect(await card.locator('.hints li').nth(1).locator('code').textContent()).toBe('yours');
    tell({ hints: 4 });
    await eventually(() => card.locator('.hints li pre').textContent()).toContain('function halves');
    expect(await card.locator('.waits').allTextContents()).toEqual(['Off now: Hint (all are shown).']);
  });

  it('offers the step-through after two failures, and the solution but for a line after four', async () => {
    const card = await open({ state: 'tried', failed: 1, report: wrong });
    expect(await card.locator('.offer').count()).toBe(0);
    tell({ failed: 2 });
    await control(card, 'Step through your code').click();
    await eventually(() => host.acts).toEqual(['step shares']);
    tell({ failed: 4 });
    await control(card, 'Leave one line to me').click();
    await eventually(() => host.acts).toEqual(['step shares', 'blank shares']);
  });

  it('says where its code isn’t run, and what could not be done', async () => {
    const card = await open({ state: 'untouched', refused: 'Code is run in a trusted workspace only.' });
    expect(await card.locator('.refused').textContent()).toContain('Code is run in a trusted workspace only.');
    host.actFault = new Fault('refused', 'Your code runs in a workspace that you trust only.');
    await control(card, 'Check').click();
    await card.getByText('Your code runs in a workspace that you trust only.').waitFor();
  });
});

describe('an exercise that passes', () => {
  it('says so, and reaches the lesson’s goal', async () => {
    const card = await open({ state: 'tried' });
    tell({ state: 'passed', passedAt: Date.UTC(2026, 10, 23), report: right });
    await eventually(() => [...host.lesson.reached]).toEqual(['shares']);
    expect(await card.locator('.state').textContent()).toContain('Passed on Nov 23, 2026');
    expect(await card.locator('.verdict').textContent()).toContain('It passes.');
    expect(await card.locator('.sr[aria-live]').textContent()).toBe('It passes.');
    expect(await main(card)).toBe('Compare with the solution');
    await eventually(() => card.locator('.goal.reached').count()).toBe(1);
  });
});

describe('one left for later', () => {
  it('is taken up again first', async () => {
    const card = await open({ state: 'parked' });
    expect(await main(card)).toBe('Take it up again');
    await control(card, 'Take it up again').click();
    await eventually(() => host.acts).toEqual(['unpark shares']);
  });
});

describe('with the code to run below it, its last run at fault', () => {
  it.each([
    ['dark', 340],
    ['dark', 1200],
    ['light', 1200],
    ['hc-dark', 340],
    ['hc-light', 1200],
  ] as const)('axe finds nothing serious in %s at %i pixels', async (theme, width) => {
    const standing = { state: 'tried', failed: 4, hints: 4, report: wrong } as const;
    const card = await open(standing, { theme, width });
    await card.locator('.printed summary').click();
    const code = view.page.locator('#block-try-it');
    await code.locator('textarea').fill('console.log(1); // a long line, wider than the narrowest page by far\n1();');
    await control(code, 'Run').click();
    await code.locator('.numbers .bad').waitFor();
    await expectAccessible(view.page, width, theme);
    tell({ stale: true });
    await card.locator('.said-stale').waitFor();
    await expectAccessible(view.page, width, `${theme}, stale`);
  });
});
