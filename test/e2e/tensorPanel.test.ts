// Step Through a Computation in a whole VS Code: opened from the palette, stepped, its numbers copied, its picture saved,
// and back at the same step after the window was loaded again while nothing else had woken the extension.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

const TITLE = 'A matrix product, cell by cell';
const PNG = [0x89, 0x50, 0x4e, 0x47];

let editor: Editor;
let panel: Frame;

/** Waits as long as a busy machine may need. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 20_000 });
const step = () =>
  panel
    .getByText(/^Step \d+ of \d+$/)
    .first()
    .textContent();

beforeAll(async () => {
  // The workbench's own dialog for files: the browser's can't be driven.
  editor = await openEditor({ settings: { 'files.simpleDialog.enable': true } });
  await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => editor?.close());

it('opens on the computation that was picked, and steps through it', async () => {
  await editor.command('Step Through a Computation');
  await editor.page.getByPlaceholder('Which computation?').fill(TITLE);
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: TITLE }).first().click();
  panel = await editor.webview(TITLE);
  for (let at = 1; at < 4; at++) {
    await panel.getByRole('button', { name: 'Next step' }).click();
  }
  expect(await step()).toMatch(/^Step 4 of/);
});

it('copies numbers to the clipboard, and saves a picture where the dialog says', async () => {
  const tensor = panel.locator('tensor-view').first();
  await tensor.getByText('Copy and export').click();
  await tensor.getByRole('button', { name: 'Copy as CSV' }).click();
  await tensor
    .getByText(/^Copied \d+ elements\.$/)
    .first()
    .waitFor();
  expect(await editor.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^-?\d+(,-?\d+)+\n/);
  await tensor.getByRole('button', { name: 'Save the picture' }).click();
  const dialog = editor.page.locator('.quick-input-widget', { hasText: 'Save the picture' });
  await dialog.getByRole('button', { name: 'OK' }).click();
  const said = tensor.getByText(/^Saved as /).first();
  await said.waitFor();
  const file = /^Saved as (.+)\.$/.exec((await said.textContent()) ?? '')?.[1] ?? '';
  expect([...(await readFile(path.join(editor.workspace, file))).subarray(0, 4)]).toEqual(PNG);
});

it('is back at the same step after the window was loaded again, though nothing else woke the extension', async () => {
  const before = await step();
  await editor.reload();
  panel = await editor.webview(TITLE);
  await poll(step).toBe(before);
  await editor.picture('tensor-panel');
  expect(editor.faults).toEqual([]);
});
