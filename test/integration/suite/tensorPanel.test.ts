// The tensor panel: it opens from the command and from a lesson, comes back after a reload, and takes texts and pictures
// out of its page.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { TensorPanel } from '../../../src/host/tensorPanel.ts';
import type { Trace } from '../../../src/shared/trace.ts';
import { answering, extension, TestPanel } from '../support.ts';

const BPE = { program: 'bpe-train', params: { text: 'the tide, the tides', merges: 2 } };

describe('the tensor panel', () => {
  let parts: ExtensionParts;
  let tensorPanel: TensorPanel;

  before(async () => {
    parts = await extension();
    tensorPanel = await parts.tensorPanel();
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** A page in the place of the real one, as after a window reload. */
  function restored(state: unknown): TestPanel {
    const page = new TestPanel();
    tensorPanel.restore(page.panel, state);
    return page;
  }
  const kept = (subject: unknown) => ({ schema: 1, subject: JSON.stringify(subject), values: {} });

  it('offers the programs that come to an end, and opens on the one that is picked', async () => {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window.showQuickPick;
    let offered: readonly { readonly id: string; readonly label: string }[] = [];
    window.showQuickPick = async (items: typeof offered) => {
      offered = items;
      return items.find(({ id }) => id === 'bpe-train');
    };
    try {
      await vscode.commands.executeCommand('insideLlms.stepThrough');
    } finally {
      window.showQuickPick = original;
    }
    ok(offered.some(({ label }) => label === 'Train byte pair encoding'));
    ok(!offered.some(({ id }) => id === 'bpe-compression'), 'a session has no last step');
    deepEqual(tensorPanel.shown, { program: 'bpe-train', params: {} });
    await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Train byte pair encoding');
  });

  it('takes a text for a field: what an editor shows, and a book only after a yes, by name and size', async () => {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window.showQuickPick;
    const { document } = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'harbour lights' }),
      { viewColumn: vscode.ViewColumn.Two },
    );
    const page = restored(kept(BPE));
    const choose = (label: string, most: number) => {
      window.showQuickPick = async (items: readonly { readonly label: string }[]) =>
        items.find((item) => item.label.includes(label));
      return page.call('text.choose', { most });
    };
    const title = vscode.workspace.asRelativePath(document.uri);
    try {
      deepEqual((await choose(title, 100)).result, { name: title, text: 'harbour lights' });
      const tooLong = (await choose(title, 5)).error;
      deepEqual([tooLong?.data?.code, tooLong?.message.includes('14')], ['too-large', true]);
      const asked = await answering('showInformationMessage', undefined, async () => {
        equal((await choose('Tiny Shakespeare', 4_000_000)).result, null);
      });
      deepEqual(asked, [{ message: 'Download Tiny Shakespeare (1.1 MB)?', modal: true }]);
    } finally {
      window.showQuickPick = original;
      page.panel.dispose();
    }
  });

  it('opens nothing when nothing is picked', async () => {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window.showQuickPick;
    window.showQuickPick = async () => undefined;
    try {
      await vscode.commands.executeCommand('insideLlms.stepThrough');
    } finally {
      window.showQuickPick = original;
    }
    equal(tensorPanel.shown, undefined);
  });

  it('is opened by a lesson’s page, with the values that the block has', async () => {
    const lessonPanel = await parts.lessonPanel();
    await lessonPanel.open('byte-pair-encoding');
    const page = new TestPanel();
    await lessonPanel.restore(page.panel);
    equal((await page.call('computation.open', BPE)).result, null);
    deepEqual(tensorPanel.shown, BPE);
    equal((await page.call('computation.open', { program: '', params: {} })).error?.data?.code, 'refused');
    // Tensors stand in lessons too, and are copied from there.
    equal((await page.call('clipboard.copy', { text: '1,2\n' })).result, null);
    equal(await vscode.env.clipboard.readText(), '1,2\n');
  });

  it('comes back after a reload on what it showed, and runs it in the worker', async () => {
    const page = restored(kept(BPE));
    deepEqual((await page.call('computation.load', {})).result, BPE);
    await until(() => page.panel.title === 'Train byte pair encoding');
    const { result } = await page.call('program.run', BPE);
    equal((result as Trace).frames.filter(({ op }) => op === 'merge').length, 2);
  });

  it('comes back empty from a state that it can’t read', async () => {
    for (const state of [undefined, null, 7, { subject: 'no JSON' }, kept({ program: 3 }), kept({ program: 'x' })]) {
      equal((await restored(state).call('computation.load', {})).result, null);
    }
  });

  it('tells the page that there is another computation', async () => {
    const page = restored(kept(BPE));
    tensorPanel.open({ program: 'bpe-encode', params: {} });
    await page.until(({ method }) => method === 'computation.changed');
    deepEqual((await page.call('computation.load', {})).result, { program: 'bpe-encode', params: {} });
  });

  it('copies a text, and saves a picture where the user says', async () => {
    const page = restored(kept(BPE));
    equal((await page.call('clipboard.copy', { text: '[[1,2]]' })).result, null);
    equal(await vscode.env.clipboard.readText(), '[[1,2]]');
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const base64 = Buffer.from(png).toString('base64');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder, 'a folder is open');
    const target = vscode.Uri.joinPath(folder.uri, 'weights.png');
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window.showSaveDialog;
    const asked: vscode.SaveDialogOptions[] = [];
    let answer: vscode.Uri | undefined = target;
    window.showSaveDialog = async (options: vscode.SaveDialogOptions) => {
      asked.push(options);
      return answer;
    };
    try {
      const saved = await page.call('picture.save', { name: 'a/b\\weights.png', png: base64 });
      deepEqual(saved.result, { file: 'weights.png' });
      match(asked[0]?.defaultUri?.path ?? '', /\/a-b-weights\.png$/);
      deepEqual([...(await vscode.workspace.fs.readFile(target))], [...png]);
      answer = undefined;
      deepEqual((await page.call('picture.save', { name: 'x.png', png: base64 })).result, { file: null });
      answer = vscode.Uri.joinPath(target, 'no-folder', 'x.png');
      const failed = await page.call('picture.save', { name: 'x.png', png: base64 });
      equal(failed.error?.data?.code, 'storage');
      for (const wrong of [Buffer.from('GIF89a').toString('base64'), 'no base64!']) {
        equal((await page.call('picture.save', { name: 'x.png', png: wrong })).error?.data?.code, 'refused');
      }
    } finally {
      window.showSaveDialog = original;
      await vscode.workspace.fs.delete(target);
    }
  });

  it('says what is wrong with a source that was not copied', async () => {
    const page = restored(kept(BPE));
    const shown = await answering('showErrorMessage', undefined, async () => {
      ok((await page.call('source.open', { file: '../secrets.ts', line: 1 })).error);
    });
    deepEqual(shown, [], 'the page says it, not the editor');
  });
});

/** Waits for something that VS Code does in its own time; mocha's limit ends the wait. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
