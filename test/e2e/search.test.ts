// Search in the editor as a person uses it: the view in the side bar begins with a press, finds as one types, says why,
// and opens what it found; the quick pick finds too. The pages keep to their policy.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor.close());

test('a workspace is indexed on a press, and what is typed is found, explained and opened', async () => {
  await editor.command('Inside LLMs: Search Workspace by Meaning');
  const view = await editor.webview('Search by Meaning');
  await view.locator('[data-control="Index this workspace"]').click();
  await view.locator('.ask input').fill('moving average of values');
  const first = view.locator('[role=treeitem][aria-level="1"]').first();
  // While the index is made, what is found gets better; chunks are cut anew until it is done.
  await expect.poll(() => first.textContent(), { timeout: 30_000 }).toContain('moving_average.py');
  await view.locator('.banner progress').waitFor({ state: 'detached' });
  await view.locator('.ask input').press('ArrowDown');
  await editor.page.keyboard.press('ArrowRight');
  await view.locator('.why table').first().waitFor();
  await editor.picture('search-view');
  await editor.page.keyboard.press('Enter');
  await editor.page.getByRole('tab', { name: /moving_average\.py/ }).waitFor();
  await editor.picture('search-opened');
  expect(editor.faults).toEqual([]);
});

test('Quick Search finds as one types and shows what is highlighted', async () => {
  await editor.command('Inside LLMs: Quick Search by Meaning…');
  const { page } = editor;
  await page.locator('.quick-input-widget input[placeholder^="What are you looking for"]').waitFor();
  await page.keyboard.type('lighthouse keeper', { delay: 20 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'lighthouse.md' }).first().waitFor();
  await editor.page.getByRole('tab', { name: /lighthouse\.md/ }).waitFor();
  await editor.picture('search-quick');
  await page.keyboard.press('Enter');
  // The editor has the keyboard once it is opened.
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
});

test('the health panel says that all is in', async () => {
  await editor.command('Inside LLMs: Show Index Health');
  const page = await editor.webview('Index Health');
  await page.locator('#state', { hasText: 'Up to date' }).waitFor();
  await editor.picture('search-health');
  expect(editor.faults).toEqual([]);
});

test('Quick Search that is left without a choice leaves the editors as they were', async () => {
  const { page } = editor;
  const tabs = () => page.locator('.tab').evaluateAll((all) => all.map((tab) => tab.getAttribute('aria-label')));
  // A panel of ours has the focus, and texts are previewed beside it.
  await editor.command('View: Close All Editors');
  await editor.command('Inside LLMs: Show Index Health');
  await editor.webview('Index Health');
  expect(await tabs()).toHaveLength(1);
  await editor.command('Inside LLMs: Quick Search by Meaning…');
  await page.locator('.quick-input-widget input[placeholder^="What are you looking for"]').waitFor();
  await page.keyboard.type('lighthouse keeper', { delay: 20 });
  await page.getByRole('tab', { name: /lighthouse\.md/ }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(tabs).toHaveLength(1);
});
