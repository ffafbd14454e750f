// The lesson view in a real browser, with the real host end, the real course and the real worker behind it.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { Fault } from '../../src/shared/errors.ts';
import { lessonChanged } from '../../src/shared/messages.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View, type ViewOptions } from './harness/view.ts';

let browser: Browser;
let worker: RealWorker;
let script: string;
let host: LessonHost;
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

async function open(id = 'test-lesson', more: Partial<ViewOptions> & { host?: LessonHost } = {}): Promise<View> {
  host = more.host ?? new LessonHost({ id, folder: 'test/fixtures/lessons' });
  view = await View.open({ browser, script, handlers: host.handlers, worker: worker.calls, ...more });
  return view;
}

/** The lesson's block with this id, once it has been brought near and has run. */
async function block(id: string, ready = 'trace-player .stage'): Promise<Locator> {
  const found = view.page.locator(`#block-${id}`);
  await found.scrollIntoViewIfNeeded();
  await found.locator(ready).first().waitFor();
  return found;
}

/** Tries again until it holds: the page, the host end and the worker each take their time. */
const eventually = <T>(read: () => T | Promise<T>, { interval = 50 } = {}) =>
  expect.poll(read, { timeout: 20_000, interval });

const control = (within: Locator, name: string) => within.locator(`[data-control="${name}"]`);

describe('a lesson', () => {
  it('shows its head, its sections in order, and its contents', async () => {
    await open();
    const { page } = view;
    await eventually(() => page.locator('h1').textContent()).toBe('A lesson for tests');
    expect(await page.locator('main > section > h2').allTextContents()).toEqual([
      'Overview',
      'Deep dive',
      'Implementation',
      'Check yourself',
      'Where this breaks',
      'Sources',
      '5 things left to do',
    ]);
    expect(await page.locator('.contents a').allTextContents()).toContain('A first heading');
    expect(await page.locator('math').count()).toBeGreaterThan(1);
    expect(await page.title()).toBe('A lesson for tests');
  });

  it('asks the host to open its links, and opens none itself', async () => {
    await open();
    await view.page.getByRole('link', { name: 'link', exact: true }).click();
    await view.page.getByRole('link', { name: 'the next lesson' }).click();
    await view.page.getByRole('button', { name: /Next lesson/ }).click();
    await view.page.getByRole('link', { name: /Open the file at line/ }).click();
    await expect
      .poll(() => host.opened.map((what) => what.replace(/#\d+$/, '')))
      .toEqual([
        'link:https://example.org/link',
        'lesson:second-lesson',
        'lesson:second-lesson',
        'source:src/shared/disposable.ts',
      ]);
  });

  it('goes to a section from the contents, and puts the focus there', async () => {
    await open();
    await view.page.locator('.contents').getByRole('link', { name: 'Check yourself' }).click();
    await eventually(() => view.page.locator('h2:focus').textContent()).toBe('Check yourself');
    await eventually(() => view.page.locator('.contents a[aria-current]').textContent()).toBe('Check yourself');
  });

  it('says why it could not be opened, and opens when tried again', async () => {
    const failing = new LessonHost({ id: 'test-lesson', folder: 'test/fixtures/lessons' });
    failing.loadFault = new Fault('not-found', 'The lesson file is gone.', { remedy: 'Put it back.' });
    await open('test-lesson', { host: failing });
    const alert = view.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Put it back.');
    failing.loadFault = undefined;
    await control(view.page.locator('lesson-page'), 'Try again').click();
    await view.page.locator('h1').waitFor();
  });

  it('shows its words in the language that the host hands over', async () => {
    const german = new LessonHost({
      id: 'test-lesson',
      folder: 'test/fixtures/lessons',
      strings: { 'About {0} minutes': 'Etwa {0} Minuten' },
    });
    await open('test-lesson', { host: german });
    await eventually(() => view.page.locator('.facts').textContent()).toContain('Etwa 12 Minuten');
  });
});

describe('stepping', () => {
  it('goes by mouse and by keyboard, and sends no message', async () => {
    await open();
    const words = await block('words');
    const label = words.locator('.frame-label');
    expect(await label.textContent()).toBe('Read the text');
    const before = view.sent.length;
    await control(words, 'Next step').click();
    expect(await label.textContent()).toBe('Cut it into pieces');
    await view.page.keyboard.press('ArrowRight');
    expect(await label.textContent()).toBe('Keep each piece once');
    await view.page.keyboard.press('ArrowLeft');
    expect(await label.textContent()).toBe('Cut it into pieces');
    await words.getByRole('treeitem', { name: 'Sort and number them' }).click();
    expect(await label.textContent()).toBe('Sort and number them');
    await words.getByRole('slider', { name: 'Step' }).fill('1');
    expect(await label.textContent()).toBe('Cut it into pieces');
    await view.page.keyboard.press('Home');
    expect(await words.locator('.count').textContent()).toMatch(/^Step 1 of \d+$/);
    expect(view.sent.length).toBe(before);
  });

  it('walks the list of steps as a tree', async () => {
    await open();
    const words = await block('words');
    await words.getByRole('treeitem', { name: 'Cut the new sentence the same way' }).click();
    await view.page.keyboard.press('ArrowDown');
    await eventually(() => words.locator('.frame-label').textContent()).toBe('Look up “the”');
    const row = words.locator('[role=treeitem][aria-selected=true]');
    expect(await row.getAttribute('aria-level')).toBe('2');
    await view.page.keyboard.press('ArrowLeft');
    await eventually(() => words.locator('.frame-label').textContent()).toBe('Cut the new sentence the same way');
  });

  it('says each step to a screen reader', async () => {
    await open();
    const words = await block('words');
    await control(words, 'Next step').click();
    await eventually(() => words.locator('.player > [aria-live]').textContent()).toContain('Cut it into pieces.');
  });

  it('plays by itself and can be paused', async () => {
    await open();
    const words = await block('words');
    await control(words, 'Speed').click();
    await words.getByRole('option', { name: '8 a second' }).click();
    await control(words, 'Play').click();
    await eventually(() => words.locator('.count').textContent(), { interval: 20 }).not.toMatch(/^Step 1 /);
    await control(words, 'Pause').click();
    await control(words, 'Play').waitFor();
  });

  it('reaches its goal at the last step, once', async () => {
    await open();
    const words = await block('words');
    await control(words, 'Last step').click();
    await eventually(() => [...host.reached]).toEqual(['words']);
    await words.locator('.goal.reached').waitFor();
    await control(words, 'First step').click();
    await control(words, 'Last step').click();
    expect(view.sent.filter(({ method }) => method === 'lesson.reachGoal')).toHaveLength(1);
  });

  it('tells that a reached goal could not be kept', async () => {
    await open();
    host.goalFault = new Fault('storage', 'Your progress could not be saved.', { remedy: 'Free some space.' });
    await control(await block('words'), 'Last step').click();
    await eventually(() => view.page.getByRole('alert').textContent()).toContain('Free some space.');
  });
});

describe('a bet', () => {
  it('hides what would tell, and afterwards says what won and why', async () => {
    await open();
    const train = await block('train');
    await train.getByRole('treeitem', { name: 'Merge 1' }).click();
    await control(train, 'Next step').click();
    expect(await train.locator('.bet-question').textContent()).toContain('Which pair will be merged?');
    expect(await train.locator('.ports.out').count()).toBe(0);
    expect(await train.locator('step-tree').textContent()).not.toContain('Merge ␣ + t');
    // Published for this line in the lesson's own text: the space and the t win, five times.
    await train.locator('.bet-choice', { hasText: 't + h' }).click();
    await eventually(() => [...host.reached]).toEqual(['train']);
    await control(train, 'Next step').click();
    const outcome = await train.locator('.outcome.wrong').textContent();
    expect(outcome).toContain('t + h');
    expect(outcome).toContain('␣ + t occurs 5 times');
  });

  it('can be passed by, and asked no more', async () => {
    await open();
    const train = await block('train');
    await train.getByRole('treeitem', { name: 'Merge 1' }).click();
    await control(train, 'Next step').click();
    await control(train, 'Next step').click();
    expect(await train.locator('.ports.out').count()).toBe(1);
    expect(await train.locator('.outcome').count()).toBe(0);
    await train.getByRole('treeitem', { name: 'Merge 2' }).click();
    await control(train, 'Next step').click();
    await train.locator('.bet').waitFor();
    await control(train, "Don't ask again in this run").click();
    await eventually(() => train.locator('.bet').count()).toBe(0);
    expect([...host.reached]).toEqual([]);
  });
});

describe('a question', () => {
  it('lets a wrong answer explain itself, and a right one after it count', async () => {
    await open();
    const quiz = await block('question', 'fieldset');
    await quiz.getByRole('radio', { name: /tideline/ }).click();
    expect(await quiz.locator('.option.wrong').textContent()).toContain('far too rare');
    expect([...host.reached]).toEqual([]);
    await control(quiz, 'Try again').click();
    await quiz.getByRole('radio', { name: /word\s+the/ }).click();
    expect(await quiz.locator('.option.right').textContent()).toContain('It is frequent.');
    await eventually(() => [...host.reached]).toEqual(['question']);
  });

  it('shuffles its options, and keeps the answer by its number in the file', async () => {
    await open();
    const quiz = await block('question', 'fieldset');
    const shown = await quiz.locator('label').allTextContents();
    expect(shown.map((text) => /tideline|the tide|word\s+the/.exec(text)?.[0].replace(/\s+/, ' '))).toEqual([
      'tideline',
      'word the',
      'the tide',
    ]);
    await quiz.getByRole('radio').nth(1).click();
    const kept = () => view.page.evaluate(() => sessionStorage.getItem('vscode-state'));
    await eventually(kept).toContain('{"chosen":0}');
  });
});

describe('a text with its tokens', () => {
  it("shows GPT-2's tokens and follows what is typed", async () => {
    await open();
    const live = await block('live', '.chip');
    const ids = () => live.locator('.chip .id').allTextContents();
    expect((await ids()).slice(0, 2)).toEqual(['15496', '995']); // TEACHING's published pair
    expect(await live.textContent()).not.toContain('\ufffd');
    await live.locator('textarea').fill('hello world');
    await eventually(ids).toEqual(['31373', '995']);
    await eventually(() => [...host.reached]).toEqual(['live']);
    await control(live, 'Open in the inspector').click();
    await eventually(() => host.opened).toEqual(['inspect:hello world']);
  });
});

describe('a plot of a session', () => {
  it('draws while it is seen, pauses, takes changed parameters, and stops with the page', async () => {
    await open();
    const growth = await block('growth', 'svg.plot path.line');
    const steps = async () =>
      Number(/^(\d+) points/.exec((await growth.locator('.state').textContent()) ?? '')?.[1] ?? 0);
    await eventually(steps).toBeGreaterThan(2);
    await control(growth, 'Pause').click();
    await control(growth, 'Go on').waitFor();
    await view.page.waitForTimeout(150); // the pull under way may still land
    const paused = view.sent.length;
    await view.page.waitForTimeout(300);
    expect(view.methodsSince(paused)).toEqual([]);
    await growth.getByRole('textbox', { name: /Pieces a step/ }).fill('5');
    await eventually(() => view.methodsSince(paused)).toContain('session.update');
    await eventually(() => growth.locator('.state').textContent()).toContain('Finished.');
    await eventually(() => [...host.reached]).toEqual(['growth']);
  });

  it('waits for Run where less motion is wanted', async () => {
    await open('test-lesson', { reducedMotion: true });
    const growth = view.page.locator('#block-growth');
    await growth.scrollIntoViewIfNeeded();
    await control(growth, 'Run').waitFor();
    expect(view.methodsSince(0)).not.toContain('session.start');
    await control(growth, 'Run').click();
    await growth.locator('svg.plot path.line').first().waitFor();
    const moving = await view.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });
});

describe('what goes wrong', () => {
  it('names an unknown program and what there is instead', async () => {
    await open('second-lesson');
    const alert = view.page.locator('#block-unknown').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('no-such-program');
    await control(view.page.locator('#block-unknown'), 'Run again').waitFor();
  });

  it('refuses a parameter that does not fit, and says what would', async () => {
    await open();
    const train = await block('train');
    const before = view.sent.length;
    await train.getByRole('textbox', { name: /Merges/ }).fill('many');
    await eventually(() => train.getByRole('alert').textContent()).toMatch(/whole number from/);
    await view.page.waitForTimeout(500); // longer than typing may pause
    expect(view.methodsSince(before)).toEqual([]);
    await control(train, 'Reset').click();
    await eventually(() => train.getByRole('alert').count()).toBe(0);
  });

  it('says that the worker ended in the middle of a run, and runs again', async () => {
    await open('second-lesson');
    const long = await runLong();
    expect(await worker.kill()).toBe(true);
    const alert = long.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/Run again/);
    await control(long, 'Reset').click();
    await eventually(() => long.getByRole('alert').count()).toBe(0);
    await long.locator('trace-player:not([hidden]) .stage').waitFor();
  });

  it('shows how far a long run is, and stops it on Cancel', async () => {
    await open('second-lesson');
    const long = await runLong();
    await eventually(() => long.locator('.running').textContent()).toMatch(/Running: \d/);
    await control(long, 'Cancel').click();
    await eventually(() => long.getByRole('alert').textContent()).toContain('Stopped before it was done.');
    // The worker is free again at once: what was cancelled doesn't go on behind the view.
    await control(long, 'Reset').click();
    await long.locator('trace-player:not([hidden]) .stage').waitFor({ timeout: 5000 });
  });

  it('tells a session that lost its worker, and starts it again', async () => {
    await open();
    const growth = await block('growth', 'svg.plot path.line');
    await worker.kill();
    const alert = growth.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/again/);
    await control(growth, 'Run again').click();
    await eventually(() => growth.getByRole('alert').count()).toBe(0);
    await eventually(() => growth.locator('.state').textContent()).toMatch(/^\d+ points/);
  });
});

/** Starts a run that takes many seconds: five hundred merges of a text without any order. */
async function runLong(): Promise<Locator> {
  const long = await block('long');
  const random = seededRandom(7);
  const letters = Array.from({ length: 49_000 }, () => String.fromCharCode(97 + Math.floor(random() * 26)));
  await long.locator('textarea').fill(letters.join(''));
  await long.locator('.running').waitFor();
  await eventually(() => long.locator('.running').textContent()).toContain('Running');
  return long;
}

describe('state', () => {
  it('survives a reload: step, bets, parameters, answers, place', async () => {
    await open();
    const train = await block('train');
    await train.getByRole('textbox', { name: /Merges/ }).fill('2');
    await eventually(() => train.locator('.count').textContent()).toMatch(/of 14$/);
    await train.getByRole('treeitem', { name: 'Merge 1' }).click();
    await control(train, 'Next step').click();
    await train.locator('.bet-choice').first().click();
    await view.page.locator('#block-question').scrollIntoViewIfNeeded();
    await view.page.getByRole('radio', { name: /tideline/ }).click();
    const offset = () =>
      view.page.locator('#block-question').evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await view.page.waitForTimeout(300); // writes of state are gathered for 200 ms
    const before = await offset();
    await view.reload();
    await view.page.locator('.option.wrong').waitFor();
    await eventually(async () => Math.abs((await offset()) - before)).toBeLessThan(4);
    const again = await block('train');
    await eventually(() => again.locator('.count').textContent()).toBe('Step 5 of 14');
    await again.locator('.outcome.waiting').waitFor();
  });

  it('stays when progress was reset, and the goals are open again', async () => {
    await open();
    const words = await block('words');
    await control(words, 'Last step').click();
    await words.locator('.goal.reached').waitFor();
    const runs = () => view.sent.filter(({ method }) => method === 'program.run').length;
    const before = runs();
    host.reached.clear();
    view.connection.notify(lessonChanged, {});
    await eventually(() => words.locator('.goal.reached').count()).toBe(0);
    expect(await words.locator('.count').textContent()).not.toMatch(/^Step 1 /);
    expect(runs()).toBe(before);
  });

  it('of another lesson or an older shape is forgotten', async () => {
    await open('test-lesson', {
      state: { schema: 1, subject: 'another', values: { 'block:question': { chosen: 1 } } },
    });
    await block('question', 'fieldset');
    expect(await view.page.locator('.option.wrong').count()).toBe(0);
  });
});

describe('room', () => {
  for (const width of [300, 900, 1600]) {
    it(`is enough at ${width} pixels: nothing makes the page scroll sideways`, async () => {
      await open('test-lesson', { width });
      for (const id of ['words', 'train']) {
        await control(await block(id), 'Last step').click();
      }
      await block('live', '.chip');
      await block('growth', 'svg.plot path.line');
      const [page, window] = await view.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(page).toBe(window);
    });
  }
});
