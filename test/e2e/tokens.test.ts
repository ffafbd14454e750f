// The tokens panel in a whole VS Code, as a person uses it: a selection in an editor, the panel beside it, the count in
// the status bar, and all of it back after the window is loaded again.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
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
const counted = async () => Number(/^\s*([\d,]+) token/.exec(await summary())?.[1]?.replaceAll(',', ''));
/** Classes that VS Code gives to what decorations draw over the lines that can be seen. */
const decorations = () => editor.page.locator('.monaco-editor .view-overlays [class*="ced-"]').count();

beforeAll(async () => {
  // The dialogs for files are then ones of the page's own.
  editor = await openEditor({ settings: { 'files.simpleDialog.enable': true } });
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

  it('says what is wrong with a tokenizer.json, and keeps the tokenizer that it had', async () => {
    await writeFile(path.join(editor.workspace, 'broken.json'), '{"model": {"type": "BPE"');
    await panel.getByRole('button', { name: 'Open tokenizer.json…' }).click();
    await editor.pick(path.join(editor.workspace, 'broken.json'));
    await panel.getByText('broken.json is not JSON').waitFor();
    expect(await panel.locator('.tokenizers').ariaSnapshot()).toContain('GPT-2');
  });

  it('explains a token in the step view', async () => {
    await panel.getByRole('button', { name: 'Explain' }).click();
    const steps = await editor.webview('How a tokenizer cuts it');
    await steps.locator('h1', { hasText: 'How a tokenizer cuts it' }).waitFor();
    await poll(() => steps.getByText(/^Step 1 of \d+$/).count()).toBe(1);
    await editor.command('View: Close Editor');
    panel = await editor.webview('Tokens');
  });

  it('counts what was typed fast, with several cursors, taken back and done again', async () => {
    await panel.locator('tokens-text .token').first().waitFor();
    await editor.page.locator('.monaco-editor .view-line').first().click();
    await poll(heading).toContain('The whole file');
    const before = await counted();
    await editor.page.keyboard.press('Control+Home');
    await editor.page.keyboard.press('Control+Alt+ArrowDown');
    await editor.page.keyboard.type(' one two three'); // three tokens on each of two lines
    await editor.page.keyboard.press('Escape');
    await poll(counted).toBeGreaterThan(before);
    await agrees();
    for (let times = 0; times < 30 && (await counted()) !== before; times++) {
      await editor.page.keyboard.press('Control+z');
      await editor.page.waitForTimeout(200);
    }
    expect(await counted()).toBe(before);
    await agrees();
  });

  it('sets a second tokenizer beside the first, and goes from difference to difference', async () => {
    await panel.getByRole('button', { name: 'Compare with another' }).click();
    await panel.getByRole('group', { name: 'Differences' }).waitFor();
    expect(await panel.locator('.tokenizers li').count()).toBe(2);
    await panel.getByRole('button', { name: 'Next difference' }).click();
    await panel.getByText(/^1 of \d+$/).waitFor();
    await panel.getByRole('button', { name: 'Take GPT-4 away' }).click();
    await poll(() => panel.locator('.tokenizers li').count()).toBe(1);
  });

  it('colours the tokens in the editor, and takes the colours away again', async () => {
    await editor.page.locator('.monaco-editor .view-line').first().click(); // files open beside the panel, not over it
    const plain = await decorations();
    await editor.command('Show or Hide Tokens in Editor');
    await poll(decorations).toBeGreaterThan(plain + 20);
    await editor.picture('tokens-decorated');
    await editor.openFile('inventory.ts');
    await poll(decorations).toBeGreaterThan(20);
    await editor.command('Show or Hide Tokens in Editor');
    await poll(decorations).toBeLessThan(20);
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

/** The panel and the status bar say the same of the whole file. */
async function agrees(): Promise<void> {
  const said = async () => Number(((await status().textContent()) ?? '').replace(/[^\d]/g, ''));
  await poll(async () => (await said()) - (await counted())).toBe(0);
}
