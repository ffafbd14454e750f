// The choice of tokenizers in the real editor: side by side, from a file, over a restart of the worker; and patches while
// a document is edited.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { TokensFeature } from '../../../src/host/tokensFeature.ts';
import { type EncodedText, encodeText } from '../../../src/shared/messages.ts';
import type { TokensPatch, TokensSubject } from '../../../src/shared/tokensMessages.ts';
import { applyPatch } from '../../../src/shared/tokensPatch.ts';
import { answering, extension, TestPanel, until, WorkspaceFiles } from '../support.ts';

const SETTING = 'insideLlms.tokens.encoding';
const ids = (encoded: EncodedText | undefined) => Array.from(new Uint32Array(encoded?.ids ?? new ArrayBuffer(0)));
const plain = (encoded: EncodedText | undefined) =>
  encoded && [encoded.ids, encoded.starts, encoded.ends, encoded.byteEnds].map((part) => [...new Uint32Array(part)]);

/** A `tokenizer.json` of whole words. */
const wordFile = (...words: string[]) =>
  new TextEncoder().encode(
    JSON.stringify({
      version: '1.0',
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'WhitespaceSplit' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordLevel',
        vocab: Object.fromEntries(['<unk>', ...words].map((word, id) => [word, id])),
        unk_token: '<unk>',
      },
    }),
  );

describe('The choice of tokenizers', function () {
  // Other work may keep the machine busy.
  this.timeout(60_000);
  let parts: ExtensionParts;
  let tokens: TokensFeature;
  const files = new WorkspaceFiles('tokenizers');

  /** A panel whose page is this test, with what it was first given. */
  const openPanel = async () => {
    const page = new TestPanel();
    tokens.restore(page.panel, {});
    return page;
  };
  const load = async (page: TestPanel) => {
    const { result, error } = await page.call('tokens.load', {});
    assert.equal(error, undefined, error?.message);
    return result as TokensSubject;
  };
  const patches = (page: TestPanel) =>
    page.received.filter(({ method }) => method === 'tokens.patched').map(({ params }) => params as TokensPatch);

  before(async () => {
    parts = await extension();
    tokens = await parts.tokens();
  });

  afterEach(async () => {
    await tokens.choice.choose({ chosen: ['r50k_base'], decorated: false, specialTokens: false });
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.getConfiguration().update(SETTING, undefined, true);
  });

  after(() => files.remove());

  it('shows the same text as two tokenizers cut it, and keeps the first as the setting', async () => {
    await files.show('Hello world');
    const page = await openPanel();
    assert.deepEqual(ids((await load(page)).encodings[0]), [15496, 995]);
    const { error } = await page.call('tokens.choose', { chosen: ['cl100k_base', 'r50k_base'] });
    assert.equal(error, undefined);
    await page.until(({ method }) => method === 'tokens.changed');
    const { encodings, choice } = await load(page);
    // Published: "Hello world" is 9906, 1917 in cl100k_base.
    assert.deepEqual(encodings.map(ids), [
      [9906, 1917],
      [15496, 995],
    ]);
    assert.deepEqual(choice.chosen, ['cl100k_base', 'r50k_base']);
    assert.equal(vscode.workspace.getConfiguration().get(SETTING), 'cl100k_base');
    await vscode.workspace.getConfiguration().update(SETTING, 'o200k_base', true);
    await until('the setting is taken up', () => tokens.choice.main === 'o200k_base');
    assert.deepEqual(tokens.choice.chosen, ['o200k_base', 'r50k_base']);
    await until('the status bar counts with it', () => {
      const state = tokens.count();
      return state.kind === 'counted' && state.count === 2;
    });
    page.panel.dispose();
  });

  it("refuses a tokenizer that there isn't, and changes nothing", async () => {
    const page = await openPanel();
    const { error } = await page.call('tokens.choose', { chosen: ['gpt-17'] });
    assert.equal(error?.data?.code, 'unknown-encoding');
    assert.deepEqual(tokens.choice.chosen, ['r50k_base']);
    page.panel.dispose();
  });

  it('shows a text that was typed into the page, an empty one too', async () => {
    await files.show('in the editor');
    const page = await openPanel();
    await page.call('tokens.type', { text: 'typed' });
    assert.equal((await load(page)).text, 'typed');
    await page.call('tokens.type', { text: '' });
    const empty = await load(page);
    assert.equal(empty.text, '');
    assert.equal(empty.what, 'text');
    await page.call('tokens.follow', {});
    assert.equal((await load(page)).text, 'in the editor');
    page.panel.dispose();
  });

  it('opens a tokenizer.json, goes on with it over a restart of the worker, and takes up a changed file', async () => {
    const file = await files.write('words-tokenizer.json', wordFile('one', 'two'));
    await files.show('two one six');
    await tokens.openTokenizers([file]);
    const id = tokens.choice.main;
    assert.match(id, /^file:/);
    const page = await openPanel();
    assert.deepEqual(ids((await load(page)).encodings[0]), [2, 1, 0]);
    await parts.services.worker.restart();
    // What the page asks of the worker itself is made good too.
    const found = await page.call('tokenizers.search', { encoding: id, query: 'two', from: 0, limit: 10 });
    assert.equal((found.result as { total: number }).total, 1);
    await parts.services.worker.restart();
    await page.call('tokens.type', { text: 'one two' });
    assert.deepEqual(ids((await load(page)).encodings[0]), [1, 2]);
    const { revision } = tokens.choice;
    await vscode.workspace.fs.writeFile(file, wordFile('six'));
    await until('the new file is taken up', () => tokens.choice.revision > revision);
    await page.call('tokens.follow', {});
    assert.deepEqual(ids((await load(page)).encodings[0]), [0, 0, 1]);
    page.panel.dispose();
  });

  it('says that a file is gone, and goes on without it', async () => {
    const file = await files.write('gone-tokenizer.json', wordFile('one'));
    await files.show('one');
    await tokens.openTokenizers([file]);
    await vscode.workspace.fs.delete(file);
    await parts.services.worker.restart();
    const page = await openPanel();
    const told = await answering('showErrorMessage', undefined, async () => {
      await page.call('tokens.load', {});
      await until('it is left out', () => tokens.choice.main === 'r50k_base');
    });
    assert.match(told[0]?.message ?? '', /gone-tokenizer\.json can't be read/);
    assert.deepEqual(ids((await load(page)).encodings[0]), [505]);
    page.panel.dispose();
  });

  it('says what is wrong with a file that is no tokenizer', async () => {
    const file = await files.write('none-tokenizer.json', '{"model": {}}');
    await assert.rejects(tokens.openTokenizers([file]), { code: 'bad-input' });
    assert.deepEqual(tokens.choice.chosen, ['r50k_base']);
  });

  it('asks which tokenizer to use, and opens a file where the user wants one', async () => {
    const file = await files.write('picked-tokenizer.json', wordFile('one'));
    const { window } = vscode;
    const original = { pick: window.showQuickPick, open: window.showOpenDialog };
    const offered: vscode.QuickPickItem[] = [];
    const choose = async (label: RegExp) => {
      (window as { showQuickPick: unknown }).showQuickPick = async (items: vscode.QuickPickItem[]) => {
        offered.splice(0, offered.length, ...items);
        return items.find((item) => label.test(item.label));
      };
      (window as { showOpenDialog: unknown }).showOpenDialog = async () => [file];
      await vscode.commands.executeCommand('insideLlms.chooseTokenizer');
    };
    try {
      await choose(/^BERT$/);
      assert.equal(tokens.choice.main, 'bert-base-uncased');
      await choose(/Open tokenizer\.json/);
      assert.match(tokens.choice.main, /^file:/);
      await choose(/^GPT-2$/);
      assert.equal(tokens.choice.main, 'r50k_base');
      assert.ok(
        offered.some(({ label }) => label === 'picked-tokenizer.json'),
        'an opened file is offered again',
      );
    } finally {
      Object.assign(window, { showQuickPick: original.pick, showOpenDialog: original.open });
    }
  });

  it('sends an edit of a large document as a patch of its surroundings', async () => {
    const line = "const value = compute(input, 42); // naïve 👍 it's\r\n";
    const editor = await files.show(line.repeat(20_000));
    const page = await openPanel();
    let shown = await load(page);
    assert.equal(shown.what, 'document');
    const at = new vscode.Position(10_000, 7);
    for (const text of ['x', 'yz', '\n\n', '  👩‍👩‍👧 ']) {
      await editor.edit((edit) => edit.insert(at, text));
    }
    await editor.edit((edit) => {
      // Two places in one edit.
      edit.delete(new vscode.Range(10_001, 0, 10_002, 3));
      edit.replace(new vscode.Range(9_999, 2, 9_999, 4), 'abc');
    });
    const wanted = editor.document.getText();
    await until('the patches are all there', () => {
      for (const patch of patches(page).filter(({ version }) => version === shown.version + 1)) {
        shown = applyPatch(shown, patch) ?? shown;
      }
      return shown.text === wanted;
    });
    assert.ok(
      patches(page).every(({ text }) => text.length < 2000),
      'a patch is small',
    );
    assert.ok(!page.received.some(({ method }) => method === 'tokens.changed'), 'nothing was loaded again');
    const whole = await parts.services.worker.request(encodeText, {
      encoding: 'r50k_base',
      text: wanted,
    });
    assert.deepEqual(plain(shown.encodings[0]), plain(whole));
    await until('the status bar has the new count', () => {
      const state = tokens.count();
      return state.kind === 'counted' && state.count === whole.count;
    });
    page.panel.dispose();
  });

  it('keeps which models the gauge shows, and knows no others', async () => {
    const page = await openPanel();
    const before = (await page.call('contextWindows.load', {})).result as {
      windows: { id: string }[];
      picked: string[];
    };
    assert.ok(before.windows.length > 5);
    await page.call('contextWindows.pick', { picked: ['gpt-2'] });
    assert.deepEqual(((await page.call('contextWindows.load', {})).result as typeof before).picked, ['gpt-2']);
    const { error } = await page.call('contextWindows.pick', { picked: ['gpt-17'] });
    assert.equal(error?.data?.code, 'refused');
    await page.call('contextWindows.pick', { picked: before.picked });
    page.panel.dispose();
  });
});
