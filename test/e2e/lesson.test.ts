// The whole path as a learner walks it, in a real VS Code: the tree, a lesson, its live blocks, Inspect Tokenization, and
// a window that is loaded again in the middle of a run. Pictures of it come to lie in test/output/.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor, scrollTo } from './editor.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});

afterAll(() => editor?.close());

function stepShown(frame: Frame): Promise<string | null> {
  return frame
    .locator('trace-player')
    .first()
    .getByText(/^Step \d+ of \d+$/)
    .first()
    .textContent();
}

test('the tree shows the lessons, and a click opens one', async () => {
  await editor.showLessons();
  await editor.openLesson('Byte pair encoding');
  const lesson = await editor.webview('Byte pair encoding');
  await lesson.getByRole('heading', { level: 1, name: 'Byte pair encoding' }).waitFor();
  await editor.picture('lesson');
});

test('a step block computes, and is stepped through without a message', async () => {
  const lesson = await editor.webview('Byte pair encoding');
  await scrollTo(lesson, 'step-block');
  const player = lesson.locator('trace-player').first();
  await player.waitFor();
  const next = player.getByRole('button', { name: 'Next step' });
  for (let i = 0; i < 7; i++) {
    await next.click();
  }
  expect(await stepShown(lesson)).toMatch(/^Step 8 of \d+$/);
  await editor.picture('step');
});

test('a session runs by itself, and a window loaded again in mid-run comes back to the same lesson and step', async () => {
  const before = await editor.webview('Byte pair encoding');
  const step = await stepShown(before);
  await scrollTo(before, 'plot-block');
  const plot = before.locator('plot-block').first();
  await plot.getByRole('button', { name: 'Show it without betting' }).click();
  await plot.getByRole('button', { name: 'Pause' }).waitFor();
  await editor.reload();
  const after = await editor.webview('Byte pair encoding');
  await after.getByRole('heading', { level: 1, name: 'Byte pair encoding' }).waitFor();
  await scrollTo(after, 'step-block');
  await after.locator('trace-player').first().waitFor();
  expect(await stepShown(after)).toBe(step);
  await scrollTo(after, 'plot-block');
  await after.locator('plot-view').first().waitFor();
  expect(await after.getByRole('alert').count()).toBe(0);
  await editor.picture('reloaded');
});

test('Inspect Tokenization shows the selection as an independent encoder counts it', async () => {
  await editor.openFile('traps.md');
  await editor.page.locator('.editor-instance .view-line').first().click();
  await editor.page.keyboard.press('Control+a');
  await editor.command('Inspect Tokenization');
  const tokens = await editor.webview('Tokens');
  const count = encode(await readFile(path.join(editor.workspace, 'notes/traps.md'), 'utf8')).length;
  await tokens.getByText(`${count} tokens`).first().waitFor();
  await editor.page.locator('.part.statusbar', { hasText: `${count} tokens` }).waitFor();
  await editor.picture('tokens');
});

test('no webview asked for anything from elsewhere or broke its content policy', () => {
  expect(editor.faults).toEqual([]);
});
