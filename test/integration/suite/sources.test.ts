// The read-only view on the project's own sources: what the build copied, and nothing else.

import { equal, match, ok, rejects } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { Lesson, SourceBlock } from '../../../src/shared/lesson.ts';
import { extension } from '../support.ts';

const at = (path: string) => vscode.Uri.from({ scheme: 'inside-llms-source', path });

describe('quoted sources', () => {
  let parts: ExtensionParts;
  let quoted: SourceBlock;

  before(async () => {
    parts = await extension();
    const lesson: Lesson = await parts.services.course.lesson('byte-pair-encoding');
    const block = lesson.sections.flatMap(({ content }) => content).find(({ type }) => type === 'source');
    ok(block?.type === 'source', 'the lesson quotes a source');
    quoted = block;
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a quoted file at its line, coloured and read-only', async () => {
    await parts.sources.open(quoted.file, quoted.firstLine);
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.uri.toString(), at(`/${quoted.file}`).toString());
    equal(editor?.document.languageId, 'typescript');
    equal(editor?.selection.start.line, quoted.firstLine - 1);
    const before = editor?.document.getText() ?? '';
    await vscode.commands.executeCommand('type', { text: 'typed' });
    equal(editor?.document.getText(), before);
    match(before, /^\/\/ /);
  });

  for (const path of [
    '/../package.json',
    '/src/../../package.json',
    '/src/tokenizers/../../../package.json',
    '/src',
    '/',
    '/src/tokenizers/no-such-file.ts',
    '/src\\..\\..\\package.json',
    '/%2e%2e/package.json',
  ]) {
    it(`refuses ${path}`, async () => {
      await rejects(Promise.resolve(parts.sources.provideTextDocumentContent(at(path))), /not part of this build/);
    });
  }
});
