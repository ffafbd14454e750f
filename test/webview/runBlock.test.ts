// A lesson's code to run, in the real process for learners' code: written over, run, stopped, marked where it fails.

import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import { Fault } from '../../src/shared/errors.ts';
import type { Calls } from '../../src/shared/messages.ts';
import { ExerciseHost } from './exerciseHost.ts';
import { viewScript } from './harness/bundles.ts';
import { type RealRunner, realRunner } from './harness/realRunner.ts';
import { View } from './harness/view.ts';

const worker = { request: () => Promise.reject(new Error('nothing is asked of the worker')) } as Calls;

let browser: Browser;
let runner: RealRunner;
let script: string;
let host: ExerciseHost;
let view: View;

beforeAll(async () => {
  [browser, runner, script] = await Promise.all([launchBrowser(), realRunner(), viewScript('lesson')]);
});
afterAll(async () => {
  await browser?.close();
  await runner?.close();
});
afterEach(async () => {
  await view.close();
});

async function open(): Promise<Locator> {
  host = new ExerciseHost(runner.runner);
  view = await View.open({ browser, script, handlers: host.handlers, worker });
  return block();
}

async function block(): Promise<Locator> {
  const found = view.page.locator('#block-try-it');
  await found.locator('textarea').waitFor();
  await found.scrollIntoViewIfNeeded();
  return found;
}

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const control = (within: Locator, name: string) => within.locator(`[data-control="${name}"]`);
const text = (found: Locator) => found.locator('textarea').inputValue();
async function write(found: Locator, code: string): Promise<void> {
  await found.locator('textarea').fill(code);
}

describe('the lesson’s own code', () => {
  it('runs by Ctrl+Enter, and shows what it printed and the tensors that it watched', async () => {
    const found = await open();
    await found.locator('textarea').focus();
    await view.page.keyboard.press('Control+Enter');
    await found
      .locator('.came')
      .getByText(/It ran to its end in \d+ ms/)
      .waitFor();
    expect(await found.locator('.out .words').textContent()).toMatch(/^first row \[\[0\.0900/);
    await found.locator('trace-player tensor-view').first().waitFor();
    expect(await found.locator('.item .label').allTextContents()).toContain('shares');
    expect(await text(found)).toMatch(/^import/);
    expect([...host.lesson.reached]).toEqual([]); // it was not code of their own
  });

  it('has its words coloured, exactly under those that are written', async () => {
    const found = await open();
    expect(await found.locator('.hljs-keyword').first().textContent()).toBe('import');
    const same = await found.locator('code-field').evaluate((field) => {
      const root = field.shadowRoot as ShadowRoot;
      const [area, colours] = [root.querySelector('textarea'), root.querySelector('.colours')];
      const metrics = (element: Element | null) => {
        const { fontFamily, fontSize, lineHeight, paddingLeft, paddingTop } = getComputedStyle(element as Element);
        const { left, top } = (element as Element).getBoundingClientRect();
        return { fontFamily, fontSize, lineHeight, paddingLeft, paddingTop, left, top };
      };
      return {
        metrics: [metrics(area), metrics(colours)],
        overflow: (area?.scrollHeight ?? 0) - (area?.clientHeight ?? 0),
        text: [area?.value.trimEnd(), colours?.textContent?.trimEnd()],
      };
    });
    expect(same.metrics[0]).toEqual(same.metrics[1]);
    expect(same.text[0]).toBe(same.text[1]);
    expect(same.overflow).toBeLessThanOrEqual(0);
  });
});

describe('code of their own', () => {
  it('reaches the goal when it ran to its end, and is there again after a reload', async () => {
    const found = await open();
    await write(found, "console.error('mine');\n");
    await control(found, 'Run').click();
    await eventually(() => found.locator('.out.error').textContent()).toMatch(/Error:\s*mine/);
    await eventually(() => [...host.lesson.reached]).toEqual(['try-it']);
    await view.page.waitForTimeout(300); // what is kept is written a moment later
    await view.reload();
    const again = await block();
    expect(await text(again)).toBe("console.error('mine');\n");
    await control(again, 'Back to the lesson’s code').click();
    expect(await text(again)).toMatch(/^import/);
    await again.locator('textarea').focus();
    await view.page.keyboard.press('Control+z');
    expect(await text(again)).toBe("console.error('mine');\n");
  });

  it('indents and comes out again by Tab, keeps the indent on Enter, and undo knows it all', async () => {
    const found = await open();
    await write(found, 'if (1 < 2) {');
    const { keyboard } = view.page;
    await keyboard.press('End');
    await keyboard.press('Enter');
    await keyboard.type('one');
    expect(await text(found)).toBe('if (1 < 2) {\n  one');
    await keyboard.press('Shift+Tab');
    expect(await text(found)).toBe('if (1 < 2) {\none');
    await keyboard.press('Control+a');
    await keyboard.press('Tab');
    expect(await text(found)).toBe('  if (1 < 2) {\n  one');
    await keyboard.press('Control+z');
    expect(await text(found)).toBe('if (1 < 2) {\none');
    await keyboard.press('Escape');
    await keyboard.press('Tab');
    expect(await found.locator('textarea').evaluate((area) => area.matches(':focus'))).toBe(false);
  });

  it('marks the line of an error, says what it is, and goes there', async () => {
    const found = await open();
    await write(found, 'const a = 1;\nundefinedThing();\n');
    await control(found, 'Run').click();
    await eventually(() => found.locator('.numbers .bad').textContent()).toBe('! 2');
    expect(await found.locator('.came').textContent()).toContain('undefinedThing');
    await control(found, 'Go to line 2').click();
    expect(await found.locator('textarea').evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(13);
    expect([...host.lesson.reached]).toEqual([]);
    await view.page.keyboard.type(' ');
    await eventually(() => found.locator('.numbers .bad').count()).toBe(0);
  });

  it('is stopped while it runs', async () => {
    const found = await open();
    await write(found, 'for (;;) {}');
    await control(found, 'Run').click();
    await control(found, 'Stop').click();
    await found.getByText('Stopped before it was done.').waitFor();
  });

  it('says where it isn’t run', async () => {
    const found = await open();
    host.runFault = new Fault('refused', 'Code runs in a workspace that you trust only.');
    await control(found, 'Run').click();
    await found.getByText('Code runs in a workspace that you trust only.').waitFor();
  });
});
