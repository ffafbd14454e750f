// Train a Tokenizer on Your Files in a whole VS Code: the workspace's files, three vocabularies, and the way to the
// inspector, where they stand side by side.

import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

let editor: Editor;
let page: Frame;

/** Waits as long as a busy machine may need. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000 });
const control = (name: string) => page.locator(`[data-control="${name}"]`);

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(async () => {
  await editor?.close();
});

describe('Train a Tokenizer on Your Files', () => {
  it('reads the workspace, and leaves out what is no text', async () => {
    await editor.openFile('lighthouse.md');
    await editor.command('Train a Tokenizer on Your Files');
    page = await editor.webview('Train a Tokenizer');
    await page.getByText('Nothing is chosen yet').waitFor();
    await control('This workspace').click();
    await poll(() => page.getByText(/^\d+ files, /).count()).toBe(1);
  });

  it('trains the three kinds side by side', async () => {
    await page.locator('vscode-text-field[data-control="Pieces in the vocabulary"] input').fill('500');
    await control('Train').click();
    await poll(() => page.locator('article', { hasText: /Done/ }).count()).toBe(3);
    await editor.picture('training-panel');
  });

  it('takes them to the inspector, where they cut the open file side by side', async () => {
    await control('Compare in the token inspector').click();
    const tokens = await editor.webview('Tokens');
    await poll(async () => (await tokens.locator('tokens-app').textContent()) ?? '').toContain('my-unigram');
    await editor.picture('training-inspected');
    expect(editor.faults).toEqual([]);
  });
});
