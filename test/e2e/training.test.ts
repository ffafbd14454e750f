// Train a Tokenizer on Your Files in a whole VS Code: the workspace's files, three vocabularies, and the way to the
// inspector, where they stand side by side.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

let editor: Editor;
let page: Frame;

/** Waits as long as a busy machine may need. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000 });
const control = (name: string) => page.locator(`[data-control="${name}"]`);

beforeAll(async () => {
  // The dialog to save is then one of the page's own.
  editor = await openEditor({ settings: { 'files.simpleDialog.enable': true } });
});
afterAll(async () => {
  await editor?.close();
});

describe('Train a Tokenizer on Your Files', () => {
  it('reads the workspace, and leaves out what is no text', async () => {
    await editor.command('Train a Tokenizer on Your Files');
    page = await editor.webview('Train a Tokenizer');
    await page.getByText('Nothing is chosen yet').waitFor();
    await control('This workspace').click();
    await poll(() => page.getByText(/^\d+ files, /).count()).toBe(1);
  });

  it('says so when a folder holds nothing to learn from', async () => {
    await control('Start over').click();
    await mkdir(path.join(editor.workspace, 'empty'));
    await mkdir(path.join(editor.workspace, 'binary'));
    await writeFile(path.join(editor.workspace, 'binary/picture.png'), Uint8Array.of(137, 80, 78, 71, 0, 0));
    await folder('empty');
    await page.getByText('There is no file to read in empty.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await folder('binary');
    await page.getByText('There was no text to learn from').waitFor();
    await page.getByText('it is no text').waitFor();
    await control('This workspace').click();
    await page.getByText(/^\d+ files, /).waitFor();
  });

  it('trains the three kinds side by side', async () => {
    await page.locator('vscode-text-field[data-control="Pieces in the vocabulary"] input').fill('500');
    await control('Train').click();
    await poll(() => page.locator('article', { hasText: /Done/ }).count()).toBe(3);
    await editor.picture('training-panel');
  });

  it('saves one as a tokenizer.json of the size asked for', async () => {
    await page.locator('article').first().locator('[data-control="Save as tokenizer.json…"]').click();
    const name = editor.page.locator('.quick-input-widget input.input').first();
    await name.waitFor();
    await poll(() => name.inputValue()).toContain('tokenizer-bpe.json');
    await editor.page.keyboard.press('Enter');
    await page.getByText('Saved as tokenizer-bpe.json.').waitFor();
    const saved = JSON.parse(await readFile(path.join(editor.workspace, 'tokenizer-bpe.json'), 'utf8'));
    expect(Object.keys(saved.model.vocab)).toHaveLength(500);
  });

  it('takes them to the inspector, where they cut the open file side by side', async () => {
    await control('Compare in the token inspector').click();
    const tokens = await editor.webview('Tokens');
    await poll(() => tokens.locator('.tokenizers li').count()).toBe(3);
    const shown = await tokens.locator('.tokenizers').ariaSnapshot();
    for (const kind of ['bpe', 'wordpiece', 'unigram']) {
      expect(shown).toContain(`my-${kind}`);
    }
    await poll(() => tokens.locator('.tokenizers .against').count()).toBe(2);
    await editor.picture('training-inspected');
    expect(editor.faults).toEqual([]);
  });

  it('offers the files of last time when the window was loaded again', async () => {
    // In front: what is hidden comes back when it is looked at. It takes the focus, and would close the palette.
    await editor.page.getByRole('tab', { name: /^Train a Tokenizer/ }).click();
    await editor.page.waitForTimeout(1000);
    await editor.reload();
    page = await editor.webview('Train a Tokenizer');
    await page.getByText('Nothing is chosen yet').waitFor();
    await page.getByRole('button', { name: /^The \d+ files of last time$/ }).click();
    await page.getByText(/^\d+ files, /).waitFor();
  });
});

/** Picks a folder of the workspace. */
async function folder(name: string): Promise<void> {
  await control('Folder…').click();
  await editor.pick(path.join(editor.workspace, name));
}
