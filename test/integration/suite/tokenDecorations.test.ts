// Tokens in the editor itself: colours behind them, and a hover.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TokensFeature } from '../../../src/host/tokensFeature.ts';
import { answering, extension, until, WorkspaceFiles } from '../support.ts';

describe('Tokens in the editor', function () {
  // Other work may keep the machine busy.
  this.timeout(60_000);
  let tokens: TokensFeature;
  const files = new WorkspaceFiles('decorated');

  before(async () => {
    tokens = await (await extension()).tokens();
  });

  afterEach(async () => {
    await tokens.choice.choose({ chosen: ['r50k_base'], decorated: false });
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.getConfiguration().update('insideLlms.tokens.encoding', undefined, true);
  });

  after(() => files.remove());

  it('colours the tokens that can be seen, follows edits, and takes them away again', async () => {
    const editor = await files.show('Hello world\n'.repeat(2000));
    await vscode.commands.executeCommand('insideLlms.showTokensInEditor');
    const drawn = await until('tokens are drawn', () => tokens.decorations.drawn(editor));
    const document = editor.document.getText();
    assert.deepEqual(
      drawn.slice(0, 4).map(({ start, end, odd }) => [document.slice(start, end), odd]),
      [
        ['Hello', false],
        [' world', true],
        ['\n', false],
        ['Hello', false],
      ],
    );
    assert.ok(drawn.length < 1000, 'only what can be seen');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 5), '!'));
    await until('the edit is drawn', () =>
      tokens.decorations.drawn(editor)?.some(({ start, end }) => start === 5 && end === 6),
    );
    await vscode.commands.executeCommand('insideLlms.showTokensInEditor');
    await until('nothing is drawn', () => tokens.decorations.drawn(editor) === undefined);
  });

  it('tells the token under the mouse, where the setting asks for it', async () => {
    const editor = await files.show('Hello world');
    const hovers = async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        editor.document.uri,
        new vscode.Position(0, 7),
      );
      return found.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value)).join('\n');
    };
    assert.doesNotMatch(await hovers(), /Token/);
    await vscode.workspace.getConfiguration().update('insideLlms.tokens.hover', true, true);
    try {
      const text = await hovers();
      assert.match(text, /Token 995/);
      assert.match(text, /20 77 6f 72 6c 64/);
    } finally {
      await vscode.workspace.getConfiguration().update('insideLlms.tokens.hover', undefined, true);
    }
  });

  it('draws the tokens of a tokenizer that needs the whole text, too', async () => {
    const editor = await files.show('the world');
    await tokens.choice.choose({ chosen: ['use-lite'], decorated: true });
    const drawn = await until('tokens are drawn', () => tokens.decorations.drawn(editor));
    const text = editor.document.getText();
    assert.deepEqual(
      drawn.map(({ start, end }) => text.slice(start, end).trim()),
      ['the', 'world'],
    );
  });

  it('says once that a file has too long lines, and draws nothing there', async () => {
    const editor = await files.show('\u6f22'.repeat(400_000));
    const told = await answering('showWarningMessage', undefined, async () => {
      await vscode.commands.executeCommand('insideLlms.showTokensInEditor');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    });
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? '', /too large/);
    assert.equal(tokens.decorations.drawn(editor), undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
