// The tokens panel in a whole VS Code, as a person uses it: a selection in an editor, the panel beside it, the count in
// the status bar, and all of it back after the window is loaded again.

import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

let editor: Editor;
let panel: Frame;

/** Waits as long as a busy machine may need. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 20_000 });
const heading = () => panel.locator('tokens-app h1').textContent();
const summary = async () =>
  (await panel.locator('tokens-app .figures').first().textContent())?.replace(/\s+/g, ' ') ?? '';
const status = () => editor.page.locator('.statusbar-item', { hasText: /tokens?$/ }).first();

beforeAll(async () => {
  editor = await openEditor();
});
afterAll(async () => {
  await editor?.close();
});

describe('Inspect Tokenization in the editor', () => {
  it('opens beside the file, with its count in the status bar', async () => {
    await editor.openFile('many-scripts.md');
    await editor.page.locator('.monaco-editor .view-line').first().waitFor();
    await editor.command('Inspect Tokenization');
    panel = await editor.webview('Tokens');
    await panel.locator('tokens-text .token').first().waitFor();
    expect(await heading()).toContain('The whole file');
    const count = /^\s*([\d,]+) tokens/.exec(await summary())?.[1];
    expect(count).toBeDefined();
    await poll(() => status().textContent()).toBe(`${count} tokens`);
    await editor.picture('tokens-panel');
  });

  it('follows what is selected', async () => {
    await editor.page.locator('.monaco-editor .view-line').first().click();
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('Shift+End');
    await poll(heading).toContain('The selection');
    await poll(heading).toContain('line 1');
    await editor.picture('tokens-selection');
  });

  it('selects a token in the editor, and goes on showing the same text', async () => {
    const before = await summary();
    await panel.locator('tokens-text .token').nth(1).dblclick();
    await poll(() => status().textContent()).toBe('1 token');
    expect(await summary()).toBe(before);
  });

  it('is there again after the window was loaded again', async () => {
    await editor.reload();
    panel = await editor.webview('Tokens');
    await panel.locator('tokens-text .token').first().waitFor();
    expect(await heading()).toMatch(/The whole file|The selection/);
    await editor.picture('tokens-reloaded');
    expect(editor.faults).toEqual([]);
  });
});
