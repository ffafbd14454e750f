// The lesson panel: it opens, answers its page, counts goals, survives a reload, and refuses what it must refuse.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { LessonPanel } from '../../../src/host/lessonPanel.ts';
import type { LessonPage } from '../../../src/shared/messages.ts';
import { answering, extension, TestPanel } from '../support.ts';

const LESSON = 'byte-pair-encoding';

describe('the lesson panel', () => {
  let parts: ExtensionParts;
  let lessonPanel: LessonPanel;

  before(async () => {
    parts = await extension();
    lessonPanel = await parts.lessonPanel();
    await parts.services.progress.reset();
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** A page in the place of the real one, as after a window reload. */
  async function reloaded(): Promise<TestPanel> {
    await lessonPanel.open(LESSON);
    const page = new TestPanel();
    await lessonPanel.restore(page.panel);
    return page;
  }

  it('opens from the command, with its title, and is used again for the next lesson', async () => {
    await vscode.commands.executeCommand('insideLlms.openLesson', LESSON);
    const tab = () => vscode.window.tabGroups.activeTabGroup.activeTab;
    await until(() => tab()?.label === 'Byte pair encoding');
    ok(tab()?.input instanceof vscode.TabInputWebview);
    await vscode.commands.executeCommand('insideLlms.openLesson', 'text-to-tokens');
    await until(() => tab()?.label !== 'Byte pair encoding');
    equal(lessonPanel.lesson, 'text-to-tokens');
    const lessonTabs = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('insideLlms.lesson'));
    equal(lessonTabs.length, 1);
  });

  it('says what is wrong with a lesson that does not exist', async () => {
    const shown = await answering('showErrorMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.openLesson', 'no-such-lesson'),
    );
    equal(shown.length, 1);
    match(shown[0]?.message ?? '', /no-such-lesson/);
  });

  it('comes back after a reload on the same lesson and answers with all of it', async () => {
    const page = await reloaded();
    equal(page.panel.title, 'Byte pair encoding');
    match(page.panel.webview.html, /Content-Security-Policy/);
    const { result } = await page.call('lesson.load', {});
    const { lesson, previous, next, reached } = result as LessonPage;
    equal(lesson.id, LESSON);
    deepEqual(
      lesson.sections.map(({ kind }) => kind).filter((kind) => kind !== 'build'),
      ['overview', 'deep-dive', 'implementation', 'check', 'breaks'],
    );
    const blocks = lesson.sections.flatMap(({ content }) => content.map(({ type }) => type));
    ok(blocks.includes('step') && blocks.includes('quiz') && blocks.includes('source'));
    equal(previous?.id, 'text-to-tokens');
    equal(next?.id, 'wordpiece-and-unigram');
    deepEqual(reached, []);
    page.panel.dispose();
    equal(lessonPanel.lesson, undefined);
  });

  it('gives the page its strings and the theme’s colours for code', async () => {
    const page = await reloaded();
    deepEqual((await page.call('strings.load', {})).result, {});
    const { css } = (await page.call('theme.load', {})).result as { css: string };
    match(css, /\.hljs-keyword \{ color: #/);
  });

  it('runs a program of the lesson in the worker', async () => {
    const page = await reloaded();
    const params = { text: 'the tide, the tides, the tideline', merges: 3, preTokenizer: 'gpt2' };
    const { result } = await page.call('program.run', { program: 'bpe-train', params });
    const { frames } = result as { frames: { op: string }[] };
    equal(frames.filter(({ op }) => op === 'merge').length, 3);
    const wrong = await page.call('program.run', { program: 'bpe-train', params: { merges: 1e9 } });
    equal(wrong.error?.data?.code, 'bad-params');
    const unknown = await page.call('program.run', { program: 'bpe-trian', params: {} });
    equal(unknown.error?.data?.code, 'unknown-program');
  });

  it('counts a goal, keeps it, and refuses one that the lesson does not have', async () => {
    const page = await reloaded();
    const { lesson } = (await page.call('lesson.load', {})).result as LessonPage;
    const [first] = lesson.goals;
    ok(first);
    deepEqual((await page.call('lesson.reachGoal', { block: first.block })).result, [first.block]);
    equal((await page.call('lesson.reachGoal', { block: 'no-such-block' })).error?.data?.code, 'refused');
    const again = await reloaded();
    deepEqual(((await again.call('lesson.load', {})).result as LessonPage).reached, [first.block]);
  });

  it('asks before it resets, tells the page, and takes the reset back', async () => {
    const page = await reloaded();
    const { progress } = parts.services;
    const { lesson } = (await page.call('lesson.load', {})).result as LessonPage;
    const block = lesson.goals[0]?.block as string;
    await progress.reach(LESSON, block);
    const reset = () => vscode.commands.executeCommand('insideLlms.resetLesson', LESSON);
    const asked = await answering('showWarningMessage', undefined, reset);
    deepEqual(
      asked.map(({ modal }) => modal),
      [true],
    );
    deepEqual(progress.reached(LESSON), [block], 'nothing happens without a yes');
    await answering('showInformationMessage', undefined, () => answering('showWarningMessage', 'Reset', reset));
    deepEqual(progress.reached(LESSON), []);
    await page.until(({ method }) => method === 'lesson.changed');
    await progress.reach(LESSON, block);
    await answering('showInformationMessage', 'Undo', () => answering('showWarningMessage', 'Reset', reset));
    await until(() => progress.reached(LESSON).includes(block));
  });

  it('resets nothing, and asks nothing, when no lesson is picked', async () => {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window.showQuickPick;
    window.showQuickPick = async () => undefined;
    try {
      const reset = () => vscode.commands.executeCommand('insideLlms.resetLesson');
      deepEqual(await answering('showWarningMessage', 'Reset', reset), []);
    } finally {
      window.showQuickPick = original;
    }
  });

  it('opens only links that stand in the lesson', async () => {
    const page = await reloaded();
    for (const url of ['https://example.org/', 'http://arxiv.org/abs/1508.07909', 'command:workbench.action.quit']) {
      equal((await page.call('link.open', { url })).error?.data?.code, 'refused', url);
    }
  });

  it('refuses messages of the wrong shape and goes on', async () => {
    const page = await reloaded();
    for (const message of ['text', null, { command: 'x' }, { jsonrpc: '2.0', id: 1, method: 7 }]) {
      page.messages.fire(message);
    }
    equal((await page.call('lesson.load', { lesson: 'other' })).error?.data?.code, 'refused');
    equal((await page.call('vscode.executeCommand', {})).error?.data?.code, 'refused');
    ok((await page.call('lesson.load', {})).result);
  });

  it('ends what a page had running when it is hidden', async () => {
    const page = await reloaded();
    const params = { text: 'a b a b a b c d c d', mergesPerStep: 1 };
    const { result } = await page.call('session.start', { program: 'bpe-compression', params });
    const { session } = result as { session: string };
    page.hide();
    const { error } = await page.call('session.next', { session, maxFrames: 1 });
    equal(error?.data?.code, 'unknown-session');
  });
});

/** Waits for something that VS Code does in its own time; mocha's limit ends the wait. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
