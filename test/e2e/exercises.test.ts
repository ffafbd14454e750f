// The course as a learner walks it: the folder is started from the command, a wrong answer is saved and told of, hints
// come one at a time, the right answer passes and is compared with the solution. Pictures come to lie in test/output/.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRoot } from '../../src/build/paths.ts';
import { type Editor, openEditor } from './editor.ts';

const FOLDER = '01-what-is-a-language-model';
let editor: Editor;
let file: string;

beforeAll(async () => {
  editor = await openEditor({ settings: { 'testing.automaticallyOpenTestResults': 'neverOpen' } });
  file = path.join(editor.workspace, 'inside-llms-course', FOLDER, 'bigram.ts');
});
afterAll(() => editor?.close());

const ours = (name: string) => readFile(inRoot('lessons', FOLDER, name), 'utf8');
const pick = (text: string) =>
  editor.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
const lens = (text: string | RegExp) => editor.page.locator('.codelens-decoration a', { hasText: text }).first();

/** Puts a text into the editor that is open, and saves it. */
async function save(text: string, marker: string): Promise<void> {
  await writeFile(file, text);
  // What changed on the disk is taken over by an editor without changes of its own.
  await editor.page.locator('.view-lines', { hasText: marker }).first().waitFor({ timeout: 20_000 });
  await editor.page.locator('.editor-instance .view-lines').first().click();
  await editor.page.keyboard.press('Control+s');
}

test('the course starts in the open folder, on the path that is chosen', async () => {
  await editor.command('Inside LLMs: Start the Course');
  await pick('In the open folder');
  await pick('Build a GPT');
  await lens('Not begun').waitFor({ timeout: 30_000 });
  await editor.showLessons();
  await editor.page.locator('.pane-body .monaco-list-row', { hasText: 'not begun' }).first().waitFor();
  await editor.picture('exercises-start');
  expect(await readFile(file, 'utf8')).toBe(await ours('exercises/bigram.ts'));
}, 90_000);

test('a wrong answer that is saved is told of above the function, as a problem and in the Test Explorer', async () => {
  await save(await ours('mutants/bigram/columns.ts'), 'const totals');
  await lens(/^Check$/).click();
  await lens('Not right yet').waitFor({ timeout: 20_000 });
  await editor.picture('exercises-failing');
  await editor.command('View: Show Testing');
  await editor.page
    .locator('.test-explorer .monaco-list-row', { hasText: 'What is a language model' })
    .first()
    .waitFor();
  await editor.page.locator('.test-explorer .monaco-list-row', { hasText: '1. What is' }).first().click();
  await editor.page.keyboard.press('ArrowRight');
  await editor.command('Test: Peek Output');
  await editor.page.getByText('Actual', { exact: true }).first().waitFor();
  await editor.picture('exercises-testing');
}, 90_000);

test('hints come one at a time, in the editor', async () => {
  await editor.showLessons();
  await lens('Hint').click();
  await editor.page.getByText('Hint 1 of').first().waitFor();
  await lens('Hint').click();
  await editor.page.getByText('Hint 2 of').first().waitFor();
  expect(await editor.page.getByText('Hint 3 of').count()).toBe(0);
  expect(await editor.page.locator('.comments-panel').isVisible(), 'the Comments panel stays closed').toBe(false);
  await editor.picture('exercises-hints');
}, 60_000);

test('the right answer passes, and is compared with the solution', async () => {
  await save(await ours('solutions/bigram.ts'), 'import { watch');
  await lens(/^Check$/).click();
  await lens('Passed').waitFor({ timeout: 20_000 });
  await editor.picture('exercises-passed');
  await lens('Compare with solution').click();
  await editor.page.getByRole('tab', { name: /yours ↔ the solution/ }).waitFor();
  await editor.picture('exercises-compare');
  expect(editor.faults).toEqual([]);
}, 90_000);
