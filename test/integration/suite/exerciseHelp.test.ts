// What the course offers a learner who is stuck, far ahead, or who stops a check: each as
// they meet it in the editor.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExercisesFeature } from '../../../src/host/exercisesFeature.ts';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import { CHECK_ON_SAVE_SETTING, COURSE_FOLDER_KEY } from '../../../src/host/ids.ts';
import { CancelSource } from '../../../src/shared/cancelSource.ts';
import { answering, extension, until } from '../support.ts';

const LESSON = 'vectors-and-similarity';
const FOLDER = '05-vectors-and-similarity';
const ID = 'cosine';
const OTHER = 'top-k';

describe('exercises help a learner', () => {
  let parts: ExtensionParts;
  let feature: ExercisesFeature;
  let work: string;
  const settings = () => vscode.workspace.getConfiguration();

  const uri = (id: string) => vscode.Uri.file(path.join(work, 'course', FOLDER, `${id}.ts`));
  const ours = (name: string) =>
    readFile(path.join(parts.services.context.extensionPath, 'lessons', FOLDER, name), 'utf8');
  const standing = () => feature.exercises.standing(ID);
  const problems = () => vscode.languages.getDiagnostics(uri(ID)).filter(({ source }) => source === 'Inside LLMs');
  const run = (name: string, ...rest: unknown[]) =>
    vscode.commands.executeCommand(`insideLlms.exercise.${name}`, ...rest);
  const check = (answer?: string) => answering('showInformationMessage', answer, () => run('check', ID));
  const write = async (text: string, save = false) => {
    const editor = await vscode.window.showTextDocument(uri(ID), { viewColumn: vscode.ViewColumn.One });
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), text));
    if (save) {
      await editor.document.save();
    }
  };
  const steps = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('insideLlms.steps'));

  before(async () => {
    parts = await extension();
    await parts.services.progress.reset();
    feature = await parts.exercises();
    work = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-help-'));
    await answering('showInformationMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.startCourse', vscode.Uri.file(path.join(work, 'course'))),
    );
    await settings().update(CHECK_ON_SAVE_SETTING, false, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings().update(CHECK_ON_SAVE_SETTING, undefined, vscode.ConfigurationTarget.Global);
    feature.exercises.wasReset([ID, OTHER]);
    await parts.services.context.globalState.update(COURSE_FOLDER_KEY, undefined);
    await feature.folder.find();
    await parts.services.progress.reset();
    await rm(work, { recursive: true, force: true });
  });

  it('by the step-through after two checks, and by a line of the solution or leaving it after four', async () => {
    await write(await ours(`mutants/${ID}/no-root.ts`));
    deepEqual(await check(), []);
    match((await check('Step Through'))[0]?.message ?? '', /step by step/);
    await until('the steps are shown', () => steps());
    await vscode.window.tabGroups.close(steps() as vscode.Tab);
    deepEqual(await check(), []);
    match((await check('Leave It for Later'))[0]?.message ?? '', /is a hard one/);
    await until('it is parked', () => standing()?.state === 'parked');
    match(
      (await feature.lens?.provideCodeLenses(await vscode.workspace.openTextDocument(uri(ID))))?.[0]?.command?.title ??
        '',
      /Left for later/,
    );
    await run('unpark', ID);
    equal(standing()?.state, 'tried');
    await run('park', ID);
    equal(standing()?.state, 'parked');
  });

  it('by stepping through, whenever it is asked for', async () => {
    await run('stepThrough', ID);
    ok(await until('the steps are shown', () => steps()));
  });

  it('by a problem that says when it is of an older text', async () => {
    await check();
    equal(problems()[0]?.severity, vscode.DiagnosticSeverity.Error);
    await write(await ours(`mutants/${ID}/dot-product.ts`), true);
    await until('it is said', () => problems()[0]?.message.startsWith('Before your last change'));
    equal(problems()[0]?.severity, vscode.DiagnosticSeverity.Information);
  });

  it('who stops a check in the Test Explorer: it ends at once, and counts for nothing', async () => {
    const { tests } = feature;
    const item = tests?.controller.items.get(LESSON)?.children.get(ID);
    ok(tests && item);
    await write('export function cosine(): number {\n  for (;;) {}\n}\n');
    const failed = standing()?.failed;
    const stop = new vscode.CancellationTokenSource();
    const { profile } = tests;
    const ended = profile.runHandler(new vscode.TestRunRequest([item], undefined, profile, false), stop.token);
    await until('it runs', () => standing()?.checking);
    stop.cancel();
    await ended;
    deepEqual([standing()?.checking, standing()?.failed], [false, failed]);
  });

  it('who knows it already: a lesson whose exercises pass may count as done', async () => {
    const known = (await parts.services.course.load()).lessons.find(({ id }) => id === LESSON);
    ok(known);
    await write(await ours(`solutions/${ID}.ts`), true);
    const half = await answering('showInformationMessage', undefined, () => run('checkLesson', LESSON));
    match(half.at(-1)?.message ?? '', /^1 of 2 exercises .* are passed\. Next: /);
    await writeFile(uri(OTHER).fsPath, await ours(`solutions/${OTHER}.ts`));
    await until('it is heard of', () => feature.exercises.standing(OTHER)?.state === 'tried');
    const whole = await answering('showInformationMessage', 'Count It as Done', () => run('checkLesson', LESSON));
    match(whole.at(-1)?.message ?? '', /^All exercises/);
    equal(parts.services.progress.standing(known), 'done');
  });

  it('who begins a whole part again, after a question, and takes it back', async () => {
    const [part] = await parts.tree.getChildren();
    ok(part?.kind === 'part');
    const files = [ID, OTHER].map((id) => uri(id).fsPath);
    const there = () => files.map((file) => readFileSync(file, 'utf8'));
    const before = there();
    const reset = (answer?: string) =>
      answering('showWarningMessage', 'Reset', async () => {
        await answering('showInformationMessage', answer, () => run('resetLesson', part));
      });
    const [question] = await reset('Undo');
    deepEqual([question?.modal, question?.message.includes(part.title)], [true, true]);
    await until('it is back', () => feature.exercises.textOf(OTHER) === before[1]);
    await until('it is saved', () => String(there()) === String(before));
    await reset();
    deepEqual(there(), await Promise.all([ID, OTHER].map((id) => ours(`exercises/${id}.ts`))));
    equal(standing()?.passedAt !== undefined, true);
  });

  it('who takes their progress along: it is exported, as data and as a page', async () => {
    const target = (name: string) => vscode.Uri.file(path.join(work, name));
    await answering('showInformationMessage', undefined, async () => {
      await vscode.commands.executeCommand('insideLlms.exportProgress', target('progress.json'));
      await vscode.commands.executeCommand('insideLlms.exportProgress', target('progress.md'));
    });
    const { lessons } = JSON.parse(await readFile(target('progress.json').fsPath, 'utf8'));
    const found = lessons
      .flatMap(({ exercises }: { exercises: { id: string; passedAt?: string }[] }) => exercises)
      .find(({ id }: { id: string }) => id === ID);
    match(found.passedAt, /^\d{4}-\d\d-\d\dT/);
    match(await readFile(target('progress.md').fsPath, 'utf8'), /\[x\] .*passed on \d{4}-\d\d-\d\d/);
  });

  it('who runs a lesson’s code: it prints, and is stopped at once', async () => {
    const { output } = await feature.run('block', 'console.log([1, 2].map((x: number) => x * 2));', new CancelSource());
    match(output[0]?.text ?? '', /2.*4/);
    const stop = new CancelSource();
    const endless = feature.run('block', 'for (;;) {}', stop).catch((error) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 300));
    stop.cancel();
    equal(await endless, 'cancelled');
  });

  it('whose folder can’t be written to: what to do is said, and the course stays where it is', async () => {
    const file = path.join(work, 'file');
    await writeFile(file, '');
    const said = await answering('showErrorMessage', undefined, () =>
      vscode.commands.executeCommand('insideLlms.startCourse', vscode.Uri.file(path.join(file, 'course'))),
    );
    match(said[0]?.message ?? '', /can't be (?:written|read)/);
    equal(feature.folder.uri?.fsPath, path.join(work, 'course'));
  });
});
