// In Restricted Mode all works as it does elsewhere, but for the learner's code: nothing of the workspace is run.

import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LessonPage } from '../../../src/shared/messages.ts';
import type { TokensSubject } from '../../../src/shared/tokensMessages.ts';
import { answering, extension, TestPanel } from '../support.ts';

describe('in Restricted Mode', () => {
  it('the workspace is not trusted here', () => {
    equal(vscode.workspace.isTrusted, false);
  });

  it('lessons open, answer and run', async () => {
    const parts = await extension();
    const lessonPanel = await parts.lessonPanel();
    await vscode.commands.executeCommand('insideLlms.openLesson', 'byte-pair-encoding');
    const page = new TestPanel();
    await lessonPanel.restore(page.panel);
    equal(((await page.call('lesson.load', {})).result as LessonPage).lesson.id, 'byte-pair-encoding');
    const params = { text: 'tide tide', merges: 1, preTokenizer: 'gpt2' };
    ok((await page.call('program.run', { program: 'bpe-train', params })).result);
    const [goal] = (await parts.services.course.lesson('byte-pair-encoding')).goals;
    ok(goal);
    ok(((await page.call('lesson.reachGoal', { block: goal.block })).result as string[]).includes(goal.block));
  });

  it('a selection can be inspected', async () => {
    const parts = await extension();
    const document = await vscode.workspace.openTextDocument({ content: 'Tokens are not words.' });
    await vscode.window.showTextDocument(document);
    const page = new TestPanel();
    (await parts.tokens()).restore(page.panel, undefined);
    const { encodings } = (await page.call('tokens.load', {})).result as TokensSubject;
    deepEqual(
      encodings.map(({ ids }) => [...new Uint32Array(ids)]),
      [[22906, 389, 407, 2456, 13]],
    );
  });

  it('code of the learner is not run, and it is said how to have it run', async () => {
    const parts = await extension();
    const feature = await parts.exercises();
    const folder = vscode.Uri.file(await mkdtemp(path.join(os.tmpdir(), 'inside-llms-restricted-')));
    await answering('showInformationMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.startCourse', folder),
    );
    const [exercise] = feature.exercises.all;
    ok(exercise);
    const { id, lesson } = exercise.summary;
    const asked = await answering('showWarningMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.exercise.check', id),
    );
    match(asked[0]?.message ?? '', /trusted workspace/);
    equal(feature.exercises.standing(id)?.report, undefined);
    await rejects(feature.exercises.check(id), /trusted workspace/);
    const page = new TestPanel();
    const lessonPanel = await parts.lessonPanel();
    await lessonPanel.open(lesson);
    await lessonPanel.restore(page.panel);
    await answering('showWarningMessage', undefined, async () => {
      equal((await page.call('exercise.act', { exercise: id, act: 'check' })).error?.data?.code, 'refused');
    });
    const stop = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
    await answering('showWarningMessage', undefined, () =>
      rejects(feature.run('block', '1', stop), /trusted workspace/),
    );
    await rm(folder.fsPath, { recursive: true, force: true });
  });

  it("what stands in files is not handed to language models' tools, and no MCP server is offered", async () => {
    const search = await (await extension()).search();
    const { token } = new vscode.CancellationTokenSource();
    const call = async () => search.tool.invoke({ input: { query: 'a' }, toolInvocationToken: undefined }, token);
    await rejects(call(), /not trusted/);
    equal(search.index.started, false);
    equal(search.tool.prepareInvocation({ input: { query: 'a' } }).confirmationMessages, undefined);
    await search.start();
    deepEqual(await search.servers.list(), []);
    await rejects(call(), /not trusted/);
  });
});
