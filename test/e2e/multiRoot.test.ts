// Search over a workspace of two folders that hold files of the same paths, with rules of their own, as a person meets
// it: hits say their folder, can be limited to one, open that folder's file, and come and go with files and folders.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor } from './editor.ts';

/** Names that are not those on disk: hits say what the workspace calls its folders. */
const HARBOUR = 'Harbour Office';
const WEATHER = 'Weather Station';
const SHARED = 'code/readings.py';
const HIDDEN = 'notes/private.md';
const QUERY = 'smooth barometer readings';

/** By folder on disk and path. The line of interest differs between the two of one path. */
const FILES: Readonly<Record<string, string>> = {
  [`a/${SHARED}`]: 'def mean(values):\n    """Smooth the barometer readings of the quay."""\n    return 1\n',
  [`b/${SHARED}`]: `${'import math\n'.repeat(30)}\n\ndef mean(values):\n    """Smooth the barometer readings of the summit."""\n    return 2\n`,
  [`a/${HIDDEN}`]: '# Barometer\n\nSmooth barometer readings, as the harbour wrote them down.\n',
  [`b/${HIDDEN}`]: '# Barometer\n\nSmooth barometer readings, as the station wrote them down.\n',
  'b/.vscode/settings.json': JSON.stringify({ 'files.exclude': { notes: true, '.vscode': true } }),
  'b/logbook.md': '# Logbook\n\nNothing was seen today.\n',
};

let editor: Editor;
let view: Frame;

beforeAll(async () => {
  editor = await openEditor({ prepare: twoFolders, settings: { 'files.autoSave': 'off' } });
});
afterAll(() => editor?.close());

async function twoFolders(workspace: string): Promise<string> {
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.join(workspace, path.dirname(name)), { recursive: true });
    await writeFile(path.join(workspace, name), text);
  }
  const folders = [
    { path: 'a', name: HARBOUR },
    { path: 'b', name: WEATHER },
  ];
  const file = path.join(workspace, 'two.code-workspace');
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

/** The machine may be busy. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 40_000 });

/** The files that were found, each with the folder it is said to be in, by name. */
const found = async () => {
  const files = await view.locator('[role=treeitem][aria-level="1"]').all();
  const texts = await Promise.all(
    files.map(async (file) => [
      await file.locator('.folder').textContent({ timeout: 1000 }),
      await file.locator('.name').textContent({ timeout: 1000 }),
    ]),
  );
  return texts.map((parts) => parts.join('/')).sort();
};

/** Waits until these files are found and no others. A row may go while it is read: then it is read again. */
const finds = (files: readonly string[]) => soon(() => found().catch(() => [])).toEqual(files);

async function choose(folder: string): Promise<void> {
  await view.locator('vscode-dropdown[data-control="Folder"]').click();
  await view.locator('vscode-dropdown[data-control="Folder"] vscode-option', { hasText: folder }).click();
}

/** Where in their lines extensions mark something from now on, as `left width`: a hit's match is marked for a moment. */
async function watchMarks(): Promise<() => Promise<string[]>> {
  await editor.page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const mark of document.querySelectorAll<HTMLElement>('.view-overlays .cdr[class*="ced-"]')) {
        seen.add(`${mark.style.left} ${mark.style.width}`);
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    Object.assign(window, { marksSeen: seen });
  });
  return () => editor.page.evaluate(() => [...(window as unknown as { marksSeen: Set<string> }).marksSeen]);
}

/** The editor draws spaces as ones that don't break. */
const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

const inHarbour = [`${HARBOUR}/${SHARED}`, `${HARBOUR}/${HIDDEN}`];
const inWeather = [`${WEATHER}/${SHARED}`];

test('both folders are indexed by rules of their own, and a hit says which it is in', async () => {
  await editor.command('Inside LLMs: Search Workspace by Meaning');
  view = await editor.webview('Search by Meaning');
  await view.locator('[data-control="Index this workspace"]').click();
  await view.locator('.ask input').fill(`${QUERY} -path:logbook.md`);
  // What one folder's settings hide is found in the other, by the same path.
  await finds([...inHarbour, ...inWeather]);
  await view.locator('.banner progress').waitFor({ state: 'detached' });
  await finds([...inHarbour, ...inWeather]);
  await editor.picture('multi-root');
});

test('the folder filter leaves the other folder out', async () => {
  await view.locator('[data-control="Filters"]').click();
  await choose(HARBOUR);
  await finds(inHarbour);
  await choose(WEATHER);
  await finds(inWeather);
  await editor.picture('multi-root-filter');
});

test("a hit opens its own folder's file at the line, with the match marked", async () => {
  const hit = view.locator('[role=treeitem][aria-level="2"]', { hasText: 'summit' }).first();
  const marks = await watchMarks();
  await hit.dblclick();
  const { page } = editor;
  const lines = page.locator('.editor-instance .view-lines').first();
  await soon(() => lines.textContent().then(plain)).toContain('readings of the summit');
  expect(plain(await lines.textContent())).not.toContain('quay');
  // The longest word of the best line, selected: "barometer" ends before column 28.
  await soon(() => page.locator('.part.statusbar').textContent()).toMatch(/Ln 34, Col 28 \(9 selected\)/);
  const selected = page.locator('.editor-instance .view-overlays .selected-text').first();
  const place = await selected.evaluate(({ style }: HTMLElement) => `${style.left} ${style.width}`);
  expect(await marks(), 'the match is marked for a moment, just as far as it is selected').toContain(place);
  await editor.picture('multi-root-opened');
});

test('a file saved in the second folder is found in seconds', async () => {
  await choose('all');
  const { page } = editor;
  await editor.openFile('logbook.md');
  await page.locator('.editor-instance .view-lines', { hasText: 'Logbook' }).first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('A zeppelin passed over the summit.');
  await view.locator('.ask input').fill('zeppelin passed');
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+s');
  const hit = view.locator('[role=treeitem][aria-level="2"]', { hasText: 'A zeppelin passed' }).first();
  await hit.waitFor({ timeout: 20_000 }); // on a busy machine
  await soon(() => found().catch(() => [])).toContain(`${WEATHER}/logbook.md`);
});

test('a folder that is taken out of the workspace takes its hits along, and the filter that named it', async () => {
  const { page } = editor;
  await view.locator('.ask input').fill(`${QUERY} -path:logbook.md`);
  await choose(WEATHER);
  await finds(inWeather);
  await editor.command('Workspaces: Remove Folder from Workspace...');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: WEATHER }).first().click();
  // Where one folder is left, its name says nothing.
  await finds([SHARED, HIDDEN]);
  expect(await view.locator('vscode-dropdown[data-control="Folder"]').count()).toBe(0);
  await editor.picture('multi-root-removed');
  expect(editor.faults).toEqual([]);
});
