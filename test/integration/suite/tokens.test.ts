// Inspect Tokenization in the real editor: the panel's page asks for what the editor shows, and follows it.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { TokensFeature } from '../../../src/host/tokensFeature.ts';
import type { EncodedText } from '../../../src/shared/messages.ts';
import { until, WorkspaceFiles } from '../support.ts';

const ids = (encoded: EncodedText | undefined) => Array.from(new Uint32Array(encoded?.ids ?? new ArrayBuffer(0)));

describe('Inspect Tokenization', function () {
  // Other work may keep the machine busy.
  this.timeout(60_000);
  let tokens: TokensFeature;
  const files = new WorkspaceFiles('tokens');

  const shows = (text: string) => until(`the panel shows ${JSON.stringify(text)}`, () => tokens.shown()?.text === text);
  const panels = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('insideLlms.tokens'));

  before(async () => {
    const extension = vscode.extensions.getExtension<ExtensionParts>('inside-llms.inside-llms');
    assert.ok(extension, 'the extension is installed');
    tokens = await (await extension.activate()).tokens();
  });

  afterEach(async () => {
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.getConfiguration().update('insideLlms.tokens.statusBar', undefined, true);
  });

  after(() => files.remove());

  it('shows the whole file when nothing is selected, with the ids that GPT-2 gives it', async () => {
    await files.show('Hello world');
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await shows('Hello world');
    // Published: GPT-2's "Hello world" is 15496, 995.
    assert.deepEqual(ids(tokens.shown()?.encodings[0]), [15496, 995]);
    assert.equal(tokens.shown()?.what, 'document');
    assert.equal(panels().length, 1);
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    assert.equal(panels().length, 1, 'a second call uses the same panel');
  });

  it('follows the selection, several selections, and edits', async () => {
    const editor = await files.show('one two\nthree four\nfive');
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await shows('one two\nthree four\nfive');
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    await shows('one');
    assert.deepEqual(tokens.shown()?.lines, [1, 1]);
    editor.selections = [new vscode.Selection(1, 0, 1, 5), new vscode.Selection(0, 4, 0, 7)];
    await shows('two\nthree');
    assert.equal(tokens.shown()?.selections, 2);
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 4), ' six'));
    await shows('one two\nthree four\nfive six');
  });

  it('selects a token in the editor and goes on showing what it showed, until the text changes', async () => {
    const editor = await files.show('one two three');
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await shows('one two three');
    await tokens.reveal(3, 7);
    await until('the token is selected', () => editor.document.getText(editor.selection) === ' two');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(tokens.shown()?.text, 'one two three');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
    await assert.rejects(tokens.reveal(3, 7), { code: 'not-found' });
  });

  it('shows nothing once the document is closed, and no wrong text', async () => {
    await files.show('soon gone');
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await shows('soon gone');
    await vscode.window.showTextDocument(vscode.window.visibleTextEditors[0]?.document as vscode.TextDocument);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('the panel is empty', () => tokens.shown() === undefined);
  });

  it('shows a text that was handed to it, and leaves it when the command is called again', async () => {
    await files.show('in the editor');
    tokens.inspect('handed over \ud83d');
    await shows('handed over \ud83d');
    assert.equal(tokens.shown()?.what, 'text');
    assert.equal(tokens.shown()?.encodings[0]?.loneSurrogates, 1);
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await shows('in the editor');
  });

  it('takes a panel that the window brings back, with the text that it had been handed', async () => {
    const panel = vscode.window.createWebviewPanel('insideLlms.tokens', 'Tokens', vscode.ViewColumn.Two, {});
    tokens.restore(panel, { handed: 'back again' });
    await shows('back again');
  });

  it('takes a text of 5 MB', async () => {
    const content = 'A line of text with some words in it.\n'.repeat(138_000);
    await files.show(content);
    await until('the status bar leaves it uncounted', () => tokens.count().kind === 'large');
    await vscode.commands.executeCommand('insideLlms.inspectTokenization');
    await until('the panel shows it all', () => tokens.shown()?.text.length === content.length);
    const count = tokens.shown()?.encodings[0]?.count;
    assert.equal(count, 138_000 * 11);
    await until('the status bar has the count', () => tokens.count().kind === 'counted');
  });

  it('counts in the status bar, for the selection or the file, and not when it is switched off', async () => {
    const editor = await files.show('Hello world');
    const counted = (count: number) =>
      until(`${count} tokens are counted`, () => {
        const state = tokens.count();
        return state.kind === 'counted' && state.count === count;
      });
    await counted(2);
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    await counted(1);
    await vscode.workspace.getConfiguration().update('insideLlms.tokens.statusBar', false, true);
    await until('the count is hidden', () => tokens.count().kind === 'hidden');
  });
});
