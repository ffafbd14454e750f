// Search in the real editor with the real search worker: a workspace is indexed, what is in it is found and opened, a
// saved file is found, a deleted one forgotten.

import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SearchFeature } from '../../../src/host/searchFeature.ts';
import { folderIds } from '../../../src/host/searchFiles.ts';
import { similarTo } from '../../../src/host/searchSimilar.ts';
import { explainHit, type SearchHit, searchIndex } from '../../../src/shared/searchMessages.ts';
import { answering, extension, TestPanel, until, WorkspaceFiles } from '../support.ts';

describe('search', function () {
  // Other work may keep the machine busy.
  this.timeout(60_000);
  let search: SearchFeature;
  const files = new WorkspaceFiles('search');

  const settled = async () => {
    try {
      await until('the index is ready', () => search.index.health.state === 'ready');
    } catch (error) {
      throw new Error(`${error} It says ${JSON.stringify(search.index.health)}.`);
    }
  };
  const find = async (query: string): Promise<readonly SearchHit[]> =>
    (await search.index.request(searchIndex, { query, top: 20 })).hits;
  const paths = async (query: string) => [...new Set((await find(query)).map(({ path }) => path))];
  /** Asked again and again: a change takes a moment to get there. */
  const untilFound = async (query: string, fits: (found: string[]) => boolean) => {
    for (let round = 0; round < 100; round++) {
      if (fits(await paths(query))) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`"${query}" finds ${await paths(query)}.`);
  };
  /** The page's side of the search view. */
  const page = () => {
    const panel = new TestPanel();
    const view = Object.assign(panel.panel, { onDidChangeVisibility: new vscode.EventEmitter<void>().event });
    search.view.resolve(view as unknown as vscode.WebviewView);
    return panel;
  };

  before(async () => {
    search = await (await extension()).search();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(() => files.remove());

  it('indexes nothing before it is used, and says so', async () => {
    equal(search.index.started, false);
    equal(search.index.state, 'stopped');
    const panel = page();
    const place = await panel.call('search.load', {});
    const { started, folders } = place.result as { started: boolean; folders: { id: string }[] };
    equal(started, false);
    deepEqual(
      folders.map(({ id }) => id),
      folderIds().map(({ id }) => id),
    );
    const refused = await panel.call('search.query', { query: 'a', top: 1 });
    equal(refused.error?.data?.code, 'not-found');
    equal(search.index.state, 'stopped');
  });

  it('indexes the workspace once it is used, and finds what is in it', async () => {
    const panel = page();
    equal((await panel.call('search.start', {})).error, undefined);
    await settled();
    ok(search.index.health.indexed >= 5, `${search.index.health.indexed} files are indexed`);
    equal(search.status.shown, undefined, 'the status bar has nothing to say');
    const answer = await panel.call('search.query', { query: 'moving average of the last values', top: 5 });
    const { hits } = answer.result as { hits: SearchHit[] };
    equal(hits[0]?.path, 'code/moving_average.py');
  });

  it('says why, and its words add up', async () => {
    const [hit] = await find('lighthouse keeper');
    ok(hit);
    const { words, bm25 } = await search.index.request(explainHit, { query: 'lighthouse keeper', chunk: hit.chunk });
    const sum = words.reduce((total, { score }) => total + score, 0);
    ok(Math.abs(sum - bm25.score) < 1e-6 * Math.max(1, sum), `${sum} and ${bm25.score}`);
  });

  it('opens a hit at its match, and refuses what lies outside', async () => {
    const panel = page();
    const [root] = folderIds();
    ok(root);
    const found = (await find('moving average')).find(({ path }) => path === 'code/moving_average.py');
    ok(found);
    const { path, startLine, endLine } = found;
    const match = { line: startLine, from: 0, to: 3 };
    const opened = await panel.call('search.open', { root: root.id, path, startLine, endLine, match });
    deepEqual(opened.result, { place: 'same' });
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    ok(editor.document.uri.path.endsWith('/code/moving_average.py'));
    equal(editor.selection.start.line, startLine - 1);
    equal(editor.document.getText(editor.selection).length, 3);
    for (const [place, code] of [
      [{ root: root.id, path: '../outside.txt' }, 'refused'],
      [{ root: 'another', path: 'README.md' }, 'refused'],
      [{ root: root.id, path: 'gone.txt' }, 'not-found'],
    ] as const) {
      const answer = await panel.call('search.open', { ...place, startLine: 1, endLine: 1 });
      equal(answer.error?.data?.code, code, place.path);
    }
  });

  it('finds a file that was saved, where it was renamed to, and forgets it when it is deleted', async () => {
    const file = await files.write('notes/zanzibar.md', '# Spices\n\nCloves from Zanzibar smell of summer.\n');
    await untilFound('zanzibar cloves', (found) => found.includes('notes/zanzibar.md'));
    const moved = vscode.Uri.joinPath(file, '../pemba.md');
    await vscode.workspace.fs.rename(file, moved);
    await untilFound(
      'zanzibar cloves',
      (found) => found.includes('notes/pemba.md') && !found.includes('notes/zanzibar.md'),
    );
    await vscode.workspace.fs.delete(moved);
    await untilFound('zanzibar cloves', (found) => !found.includes('notes/pemba.md'));
  });

  it('is paused and resumed by its commands, and says so in the status bar', async () => {
    await vscode.commands.executeCommand('insideLlms.pauseIndexing');
    await until('the status bar tells of the pause', () => search.status.shown?.includes('paused'));
    await vscode.commands.executeCommand('insideLlms.resumeIndexing');
    await settled();
  });

  it('looks for what is like the selection, or like the line of the cursor', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'code/moving_average.py');
    const editor = await vscode.window.showTextDocument(uri);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    const selected = await similarTo(editor);
    ok('similarTo' in selected);
    equal(selected.similarTo, editor.document.getText(editor.selection));
    deepEqual(selected.except, { root: folderIds()[0]?.id, path: 'code/moving_average.py', startLine: 1, endLine: 2 });
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    const line = await similarTo(editor);
    ok('similarTo' in line && line.similarTo.includes(editor.document.lineAt(0).text));
    await rejects(similarTo(undefined), { code: 'not-found' });
    await vscode.commands.executeCommand('insideLlms.findSimilar');
    await until('the view is shown', () => search.view.visible);
  });

  it('is opened again with what it had after its worker died, and reads nothing anew', async () => {
    await settled();
    const { indexed, chunks } = search.index.health;
    await search.index.restart();
    await settled();
    await untilFound('moving average', (found) => found.includes('code/moving_average.py'));
    deepEqual({ indexed: search.index.health.indexed, chunks: search.index.health.chunks }, { indexed, chunks });
  });

  it('asks before it forgets all, and is whole again after', async () => {
    const kept = await answering('showWarningMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.rebuildIndex'),
    );
    equal(kept[0]?.modal, true);
    await answering('showWarningMessage', 'Rebuild', () => vscode.commands.executeCommand('insideLlms.rebuildIndex'));
    await settled();
    await untilFound('moving average', (found) => found.includes('code/moving_average.py'));
  });

  it('shows its health', async () => {
    await vscode.commands.executeCommand('insideLlms.showIndexHealth');
    const open = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('insideLlms.health'));
    await until('the panel is open', open);
  });

  it('asks by name and size before it downloads anything', async () => {
    const asked = await answering('showInformationMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.getModel', 'minilm'),
    );
    // Where the build packed it there is nothing to ask.
    ok(
      asked.length === 0 || (asked[0]?.modal === true && /all-MiniLM-L6-v2 \(.+\)/.test(asked[0].message)),
      JSON.stringify(asked),
    );
    // The hub is not asked either, before the user agrees.
    const named = await answering('showInformationMessage', undefined, () => search.getModel('no/such-model'));
    ok(named.length === 1 && named[0]?.modal === true && named[0].message.includes('no/such-model'));
    await rejects(search.getModel('no such model'), { code: 'not-found' });
  });
});
