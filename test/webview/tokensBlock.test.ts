// The lessons' block of a text with its tokens, by several tokenizers.

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { inRoot } from '../../src/build/paths.ts';
import { handle } from '../../src/host/webviewConnection.ts';
import { Course } from '../../src/lessons/course.ts';
import { lessonFolder } from '../../src/services/lessonFolder.ts';
import type { Lesson, TokensBlock } from '../../src/shared/lesson.ts';
import { loadLesson } from '../../src/shared/messages.ts';
import { viewScript } from './harness/bundles.ts';
import { LessonHost } from './harness/lessonHost.ts';
import { type RealWorker, realWorker } from './harness/realWorker.ts';
import { View } from './harness/view.ts';
import { seriousFaults } from './tokensPage.ts';

const LESSON = 'test-lesson';
const FOLDER = 'test/fixtures/lessons';

let browser: Browser;
let worker: RealWorker;
let script: string;
let lesson: Lesson;
let view: View | undefined;

beforeAll(async () => {
  [browser, worker, script] = await Promise.all([launchBrowser(), realWorker(), viewScript('lesson')]);
  lesson = await new Course(lessonFolder(inRoot(FOLDER), inRoot('.'))).lesson(LESSON);
}, 120_000);
afterEach(async () => {
  const closing = view;
  view = undefined;
  await closing?.close();
});
afterAll(async () => {
  await browser?.close();
  await worker?.close();
});

/** The lesson with one block: a text by these tokenizers. */
function withBlock(encodings: readonly [string, ...string[]], text: string): Lesson {
  const block: TokensBlock = { type: 'tokens', id: 'several', line: 1, encoding: encodings[0], encodings, text };
  return { ...lesson, sections: lesson.sections.slice(0, 1).map((section) => ({ ...section, content: [block] })) };
}

const poll: typeof expect.poll = (look) => expect.poll(look, { timeout: 20_000 });

it('shows each tokenizer with its count, gaps where text is left out, and follows what is typed', async () => {
  const host = new LessonHost({ id: LESSON, folder: FOLDER });
  const page = { lesson: withBlock(['r50k_base', 'bert-base-uncased'], 'Unaffable people'), reached: [] };
  view = await View.open({
    browser,
    script,
    handlers: [...host.handlers, handle(loadLesson, () => page)],
    worker: worker.calls,
  });
  const block = view.page.locator('#block-several');
  const rows = block.locator('tokens-view');
  await poll(() => rows.count()).toBe(2);
  expect(await block.locator('.head').allInnerTexts()).toEqual([
    expect.stringMatching(/^GPT-2\s+\d tokens$/),
    expect.stringMatching(/^BERT\s+4 tokens$/),
  ]);
  // As BERT's vocabulary writes them, in two words: the space between belongs to no token.
  const words = await rows.nth(1).locator('.word').allInnerTexts();
  expect(words.map((word) => word.replace(/\s+\d+|\s/g, ''))).toEqual(['una##ffa##ble', 'people']);
  await block.locator('textarea').fill('people');
  await poll(() => block.locator('.head').nth(1).innerText()).toMatch(/1 token/);
  expect(await seriousFaults(view)).toEqual([]);
});
