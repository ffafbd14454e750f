// A model of this machine, from its name to its answer and away again, as a person goes about it: nothing is asked of the
// hub before a yes, nothing fetched before another one that names size, source and licence; what is cancelled goes on
// where it stopped; wrong bytes are thrown away; what is there counts, answers, stops, and is removed. The hub is a server
// of this test's, and the model a whole Llama with weights by a rule.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelHub } from '../webview/modelHub.ts';
import { llamaFiles, writeLlama } from '../webview/tinyLlama.ts';
import { type Editor, openEditor } from './editor.ts';

const TITLE = 'Ask the Workspace';
const NAME = 'HuggingFaceTB/SmolLM2-360M-Instruct';
const LABEL = 'SmolLM2 360M Instruct';
let folder: string;
let hub: ModelHub;
let editor: Editor;
let page: Frame;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-llama-'));
  await writeLlama(path.join(folder, 'offered'));
  hub = await ModelHub.start(NAME, path.join(folder, 'offered'), llamaFiles);
  const home = path.join(folder, 'home'); // models are kept for all workspaces, in the user's cache
  editor = await openEditor({
    settings: { 'insideLlms.ask.generator': 'local' },
    environment: { HF_ENDPOINT: hub.origin, HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home },
  });
}, 120_000);
afterAll(async () => {
  await editor?.close();
  await hub?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The machine may be busy. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 40_000 });
const said = async (selector: string) =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
const dialog = () => editor.page.locator('.monaco-dialog-box');

/** Presses a button of the dialog that asks. @returns what it said */
async function answer(asked: RegExp, button: string): Promise<string> {
  const box = dialog().filter({ hasText: asked });
  await box.waitFor();
  const text = (await box.textContent()) ?? '';
  await box.getByRole('button', { name: button, exact: true }).click();
  await box.waitFor({ state: 'detached' });
  return text;
}

/** A notification, which the editor may have put behind its bell. */
async function notice(text: string): Promise<Locator> {
  const item = editor.page.locator('.notification-list-item', { hasText: text });
  const bell = editor.page.locator('[id="status.notifications"]');
  for (let tries = 0; tries < 20 && !(await item.first().isVisible()); tries++) {
    await editor.page.waitForTimeout(1000);
    if (!(await item.first().isVisible())) {
      await bell.click();
    }
  }
  await item.first().waitFor();
  return item.first();
}

/** What is kept of models on disk. */
async function kept(): Promise<string[]> {
  const entries = await readdir(path.join(folder, 'home'), { recursive: true }).catch(() => []);
  return entries.filter((entry) => /SmolLM2-360M-Instruct.+/.test(entry)).map((entry) => path.basename(entry));
}

test('a model that is not here is named, and the hub is asked only after a yes', async () => {
  await editor.command(`Inside LLMs: ${TITLE}`);
  page = await editor.webview(TITLE);
  await page.locator('[data-control="Index this workspace"]').click();
  await page.locator('.question input').fill('how is a moving average of values computed');
  await soon(() => said('[data-stage=passages] .outcome')).toMatch(/[1-9] of them in the prompt/);
  await soon(() => page.locator('.banner progress').count()).toBe(0);
  expect(await said('.problem')).toBe(`${LABEL} is not on this machine.`);
  await page.locator('[data-control="Get it…"]').click();
  await answer(/Ask the model hub how large it is/, 'Cancel');
  expect(hub.asked).toEqual([]);
  await page.locator('[data-control="Get it…"]').click();
  await answer(/Only its name is sent/, 'Ask');
  await dialog().filter({ hasText: 'Download' }).waitFor();
  await editor.picture('ask-local-consent');
  const text = await answer(/Download SmolLM2/, 'Cancel');
  expect(text).toContain(`${(hub.bytes / 1e6).toFixed(1)} MB`);
  expect(text).toContain(NAME);
  expect(text).toContain(hub.origin);
  expect(text).toContain('Apache-2.0');
  expect(hub.fetched).toEqual([]);
  expect(await kept()).toEqual([]);
}, 180_000);

test('a download is cancelled, and goes on where it stopped; wrong bytes are thrown away', async () => {
  hub.heldAfter = 50_000;
  await page.locator('[data-control="Get it…"]').click();
  await answer(/Only its name is sent/, 'Ask');
  await answer(/Download SmolLM2/, 'Download');
  const progress = await notice('Downloading');
  await soon(() => kept()).toContain('model_quantized.onnx.part');
  await soon(() => progress.textContent()).toContain('MB');
  await editor.picture('ask-local-progress');
  await progress.hover();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await progress.waitFor({ state: 'detached' });
  expect(await said('.problem')).toBe(`${LABEL} is not on this machine.`);

  hub.heldAfter = undefined;
  hub.spoilt = true;
  await page.locator('[data-control="Get it…"]').click();
  await answer(/Only its name is sent/, 'Ask');
  expect(await answer(/Download SmolLM2/, 'Download')).toContain('goes on where it stopped');
  await notice('arrived with other bytes');
  const goneOn = hub.fetched.find(({ range }) => range !== undefined);
  expect(Number(/\d+/.exec(goneOn?.range ?? '')?.[0])).toBeGreaterThan(10_000);
  await editor.picture('ask-local-fault');

  hub.spoilt = false;
  await page.locator('[data-control="Get it…"]').click();
  await answer(/Only its name is sent/, 'Ask');
  await answer(/Download SmolLM2/, 'Download');
  await page.locator('.problem').waitFor({ state: 'detached' });
  expect(await kept()).toContain('files.json');
}, 120_000);

test('it counts by its own tokenizer, answers piece by piece, and can be stopped', async () => {
  await page.locator('.stages:not(.stale)').waitFor();
  await soon(() => said('[data-stage=prompt] .outcome')).toMatch(/tokens of 8,192/);
  await page.locator('[data-stage=prompt] > summary').click();
  await page.getByText(`Counted by the tokenizer of ${LABEL}.`).waitFor();
  await page.getByText('As one text, by the model’s chat template').click();
  const template = (await page.locator('pre[aria-label="The prompt as one text"]').textContent()) ?? '';
  expect(template.startsWith('<|im_start|>system\n')).toBe(true);
  const marks = template.match(/<\|im_(?:start|end)\|>/g) ?? [];
  const bytes = Buffer.byteLength(template.replaceAll(/<\|im_(?:start|end)\|>/g, ''));
  const tokens = marks.length + bytes; // one a byte
  expect(await said('[data-stage=prompt] .outcome')).toContain(tokens.toLocaleString('en'));
  await page.locator('[data-stage=prompt] > summary').click();

  await page.locator('.question [data-control=Ask]').click();
  await page.getByText('had become as long as it may').waitFor({ timeout: 60_000 });
  expect(await said('div.answer')).toMatch(/^[a-z ]{400,512}$/);
  await editor.picture('ask-local-answer');
  await page.locator('.question [data-control=Ask]').click();
  await page.locator('[data-stage=answer] [data-control=Stop]').click();
  await page.getByText('You stopped the answer here.').waitFor();
}, 120_000);

test('it is removed, and said to be missing', async () => {
  await editor.command('Inside LLMs: Download a Model…');
  const row = editor.page.locator('.quick-input-list .monaco-list-row', { hasText: LABEL });
  await row.first().waitFor();
  await editor.picture('ask-local-models');
  await row.first().click();
  expect(await answer(/is on this machine. Remove it/, 'Remove')).toContain('MB');
  await soon(() => kept()).toEqual([]);
  await soon(() => said('.problem')).toBe(`${LABEL} is not on this machine.`);
  expect(editor.faults).toEqual([]);
});
