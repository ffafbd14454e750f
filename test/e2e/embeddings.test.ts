// The embedding inspector in a whole VS Code: a selection's vector, several texts and how alike they are, and a map of a
// small index whose points open files.

import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

let editor: Editor;
let panel: Frame;

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor?.close());

/** Selects whole lines from the one the cursor is in. */
async function selectLines(from: number, lines: number): Promise<void> {
  const { page } = editor;
  await page.locator('.editor-instance .view-line').first().click();
  await page.keyboard.press('Control+Home');
  for (let line = 1; line < from; line++) {
    await page.keyboard.press('ArrowDown');
  }
  for (let line = 0; line < lines; line++) {
    await page.keyboard.press('Shift+ArrowDown');
  }
}

test('a selection is opened with its vector', async () => {
  await editor.openFile('moving_average.py');
  await selectLines(1, 4);
  await editor.command('Inspect Embeddings');
  panel = await editor.webview('Embeddings');
  await panel.getByRole('tabpanel', { name: 'Vector' }).waitFor();
  // As many numbers as the model says it makes.
  const model = await panel.locator('header .from').textContent();
  const dimensions = Number(/([\d,]+) numbers/.exec(model ?? '')?.[1]?.replaceAll(',', ''));
  expect(dimensions).toBeGreaterThan(50);
  await panel.getByRole('tabpanel').getByText(String(dimensions)).first().waitFor();
  expect(await panel.getByText('moving_average.py').count()).toBeGreaterThan(0);
  await editor.picture('embeddings-vector');
});

test('several texts are compared, each most like itself', async () => {
  await panel.locator('textarea').first().fill('the sea and its ships\nboats on the ocean\ninterest rates rise');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await panel.getByRole('tab', { name: 'Similarity' }).click();
  const matrix = panel.locator('similarity-matrix');
  await matrix.waitFor();
  const cosines = await matrix.evaluate((element) => [
    ...(element as HTMLElement & { similarities: Float32Array }).similarities,
  ]);
  expect(cosines).toHaveLength(16);
  expect(cosines[0]).toBeCloseTo(1, 3);
  // Rows are in the order of the texts, after the selection: ships, boats, rates.
  expect(cosines[1 * 4 + 2]).toBeGreaterThan(cosines[1 * 4 + 3] as number);
  await editor.picture('embeddings-similarity');
  expect(editor.faults).toEqual([]);
});

test('the map of a small index opens a file from a point', async () => {
  await editor.command('Map of the Workspace');
  await panel.getByRole('button', { name: 'Index this workspace' }).click();
  const map = panel.locator('scatter-map');
  await map.waitFor({ timeout: 60_000 });
  await editor.picture('embeddings-map');
  await map.locator('.plane').focus();
  await editor.page.keyboard.press('ArrowRight');
  // A name and a line: it is known what the point is.
  const readout = map.locator('.readout');
  await expect.poll(() => readout.textContent(), { timeout: 20_000 }).not.toContain('Point at a place');
  const tabs = await editor.page.locator('.tab').count();
  await editor.page.keyboard.press('Enter');
  await expect.poll(() => editor.page.locator('.tab').count(), { timeout: 20_000 }).toBeGreaterThan(tabs);
  await editor.picture('embeddings-map-opened');
  expect(editor.faults).toEqual([]);
});
