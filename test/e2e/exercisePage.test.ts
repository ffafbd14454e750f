// A lesson's page with its exercise, in a whole VS Code: started from the card, checked there, stepped through beside the
// reference; and code of the lesson's that is run. What the card says in each state is for test/webview.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inRoot } from '../../src/build/paths.ts';
import { type Editor, openEditor, scrollTo } from './editor.ts';

const FOLDER = '01-what-is-a-language-model';
let editor: Editor;
let lesson: Frame;

beforeAll(async () => {
  editor = await openEditor({ size: { width: 1600, height: 900 } });
  await editor.showLessons();
  await editor.openLesson('What is a language model');
  lesson = await editor.webview('What is a language model');
});
afterAll(() => editor?.close());

const pick = (text: string) =>
  editor.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
const card = () => lesson.locator('#block-bigram');

it('is opened from the card, which makes the course folder', async () => {
  await scrollTo(lesson, '#block-bigram');
  await card().getByRole('button', { name: 'Start the course and open this exercise' }).click();
  await pick('In the open folder');
  await pick('Build a GPT');
  await editor.page.locator('.view-lines', { hasText: 'bigramProbabilities' }).first().waitFor({ timeout: 30_000 });
  await editor.picture('exercise-page-opened');
}, 90_000);

it('is checked from the card, and says what the code does', async () => {
  const wrong = await readFile(inRoot('lessons', FOLDER, 'mutants/bigram/columns.ts'), 'utf8');
  await writeFile(path.join(editor.workspace, 'inside-llms-course', FOLDER, 'bigram.ts'), wrong);
  await editor.page.locator('.view-lines', { hasText: 'counts' }).first().waitFor({ timeout: 20_000 });
  await editor.openLesson('What is a language model');
  lesson = await editor.webview('What is a language model');
  await scrollTo(lesson, '#block-bigram');
  await card().getByRole('button', { name: 'Check', exact: true }).click();
  await card().locator('.verdict.bad').waitFor({ timeout: 30_000 });
  expect(await card().locator('.verdict').textContent()).toContain('Each of your columns sums to 1');
  await editor.picture('exercise-page-checked');
}, 90_000);

it('is stepped through beside the reference', async () => {
  await card().getByRole('button', { name: 'Step through', exact: true }).click();
  const steps = await editor.webview('What follows what, as shares');
  await steps.getByText(/^Your run parts from the reference at step \d+\.$/).waitFor();
  await steps.locator('[data-run=reference] tensor-view').first().waitFor();
  await editor.picture('exercise-page-steps');
  expect(editor.faults).toEqual([]);
}, 90_000);
