// What starting costs: activation, the size of the download, the wait for a lesson's first live block, and a message to
// the worker and back. The first and third are measured in a real VS Code.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundleAll } from '../../src/build/bundle.ts';
import { findEditor, runSuite } from '../../src/build/editors.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { makeVsix } from '../../src/build/package.ts';
import { inRoot } from '../../src/build/paths.ts';
import { bundleSuites } from '../../src/build/testBundle.ts';
import { ModelWorker } from '../../src/host/modelWorker.ts';
import { spawnWorker } from '../../src/host/platform.ts';
import { describeProgram } from '../../src/shared/messages.ts';
import { type Editor, openEditor, scrollTo, webviewWhere } from '../e2e/editor.ts';

const GOAL = 'goal';
const MB = 1024 * 1024;

export const measure: Measure = async (report, log) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-bench-'));
  try {
    await bundleAll();
    await bundleSuites();
    log('Starting VS Code five times.');
    const starts = await activations(folder, 5, log);
    const own = median(starts.map(({ loaded, activated }) => loaded + activated));
    report(lessIsBetter('activation, our own code', own, 'ms', GOAL, 20));
    const activated = median(starts.map((start) => start.activated));
    report({ name: '  of it, activate()', value: activated, unit: 'ms' });
    const vsix = await makeVsix(path.join(folder, 'bench.vsix'));
    report(lessIsBetter('VSIX', vsix / MB, 'MB', GOAL, 8));
    const { cold, warm, preview } = await firstLiveBlock();
    const peer = "VS Code's Markdown preview";
    report(lessIsBetter('lesson opened to first live block, first time', cold, 'ms', peer, preview));
    report({ name: 'lesson opened to first live block, again', value: warm, unit: 'ms' });
    const trip = await roundTrips();
    report({ name: 'worker started and answering', value: trip.first, unit: 'ms' });
    report(lessIsBetter('worker round trip', trip.worker, 'ms', 'bare postMessage', trip.bare));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function activations(folder: string, times: number, log: (line: string) => void) {
  const editor = await findEditor(log);
  const measured: { loaded: number; activated: number }[] = [];
  for (let i = 0; i < times; i++) {
    const file = path.join(folder, `activation-${i}.json`);
    const { report } = await runSuite({ suite: 'bench', editor, log, environment: { INSIDE_LLMS_MEASURED: file } });
    const failed = report.tests.find(({ outcome }) => outcome === 'failed');
    if (failed) {
      throw new Error(`${failed.title}: ${failed.error}`);
    }
    measured.push(JSON.parse(await readFile(file, 'utf8')));
  }
  return measured;
}

/** From the click in the tree until a step block shows a computed step; beside it, a plain page's way. Milliseconds. */
async function firstLiveBlock(): Promise<{ cold: number; warm: number; preview: number }> {
  const editor = await openEditor();
  try {
    await editor.showLessons();
    const open = async (title: string) => {
      const begun = performance.now();
      await editor.openLesson(title);
      const page = await editor.webview(title);
      await scrollTo(page, 'step-block');
      await page.locator('trace-player').first().waitFor();
      return performance.now() - begun;
    };
    const cold = await open('Byte pair encoding');
    const again: number[] = [];
    for (const title of ['Text to tokens', 'Byte pair encoding', 'Text to tokens', 'Byte pair encoding']) {
      again.push(await open(title));
    }
    return { cold, warm: median(again), preview: await markdownPreview(editor) };
  } finally {
    await editor.close();
  }
}

/** The same wait for the preview that VS Code itself has for a page of prose, opened a first time. */
async function markdownPreview(editor: Editor): Promise<number> {
  await editor.openFile('lighthouse.md');
  const begun = performance.now();
  await editor.page.keyboard.press('Control+Shift+V');
  const heading = "h1:has-text('last entry')";
  await webviewWhere(editor.page, 'the prose', (frame) => frame.locator(heading).isVisible());
  return performance.now() - begun;
}

/** The product's own way to the worker, beside a thread that sends the same answer at once. Milliseconds. */
async function roundTrips(): Promise<{ first: number; worker: number; bare: number }> {
  const quiet = { info: () => {}, warn: () => {}, error: (text: string) => console.error(text) };
  const model = new ModelWorker({ spawn: () => spawnWorker(inRoot('dist/worker.mjs'), quiet), log: quiet });
  const ask = () => model.request(describeProgram, { program: 'bpe-train' });
  const first = await timed(ask);
  const answer = await ask();
  const worker = await repeated(ask);
  model.dispose();
  const echo = new Worker(
    'const { parentPort, workerData } = require("node:worker_threads"); parentPort.on("message", () => parentPort.postMessage(workerData));',
    { eval: true, workerData: answer },
  );
  const bare = await repeated(
    () =>
      new Promise((resolve) => {
        echo.once('message', resolve);
        echo.postMessage({ program: 'bpe-train' });
      }),
  );
  await echo.terminate();
  return { first, worker, bare };
}

async function repeated(once: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 1000; i++) {
    times.push(await timed(once));
  }
  return median(times.slice(100)); // the first ones warm up
}

async function timed(once: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await once();
  return performance.now() - begun;
}
