// The exercises in the editor: a course folder is made, a starter and answers are checked, and wherever people look the
// same is said; what is put back can be taken back. What a check finds is the runner's business.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExercisesFeature } from '../../../src/host/exercisesFeature.ts';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import { COURSE_FOLDER_KEY, COURSE_SCHEME } from '../../../src/host/ids.ts';
import type { ExerciseStanding } from '../../../src/shared/exerciseMessages.ts';
import { answering, extension, noteRuns, TestPanel, type ToldOfRun, until } from '../support.ts';

const LESSON = 'what-is-a-language-model';
const FOLDER = '01-what-is-a-language-model';
const ID = 'bigram';

describe('exercises', () => {
  let parts: ExtensionParts;
  let feature: ExercisesFeature;
  let work: string;
  let folder: string;
  let file: vscode.Uri;
  const told: ToldOfRun[] = [];

  const ours = (name: string) =>
    readFile(path.join(parts.services.context.extensionPath, 'lessons', FOLDER, name), 'utf8');
  const standing = () => feature.exercises.standing(ID) as ExerciseStanding;
  const document = () => vscode.workspace.openTextDocument(file);
  const problems = () => vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Inside LLMs');
  const lenses = async () =>
    feature.lens?.provideCodeLenses(await document()).map(({ command }) => command?.title ?? '');
  const item = async () => {
    const { tree } = parts;
    const roots = await tree.getChildren();
    const lessons = (await Promise.all(roots.map((root) => tree.getChildren(root)))).flat();
    const lesson = lessons.find((node) => node.kind === 'lesson' && node.lesson.id === LESSON);
    const node = (await tree.getChildren(lesson)).find((one) => one.kind === 'exercise' && one.exercise.id === ID);
    ok(node, 'the exercise stands under its lesson');
    return tree.getTreeItem(node);
  };
  const write = async (text: string, save: boolean) => {
    const editor = await vscode.window.showTextDocument(await document());
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), text));
    if (save) {
      await editor.document.save();
    }
  };
  /** A command that goes wrong says so in a message, which fails the test. */
  const run = async (name: string, ...rest: unknown[]) => {
    const faults = await answering('showErrorMessage', undefined, () =>
      vscode.commands.executeCommand(`insideLlms.${name}`, ...rest),
    );
    deepEqual(faults, []);
  };

  before(async () => {
    parts = await extension();
    await parts.services.progress.reset();
    work = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-course-'));
    folder = path.join(work, 'course');
    file = vscode.Uri.file(path.join(folder, FOLDER, `${ID}.ts`));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await parts.services.context.globalState.update(COURSE_FOLDER_KEY, undefined);
    await feature.folder.find();
    await parts.services.progress.reset();
    await rm(work, { recursive: true, force: true });
  });

  it('the course starts in a folder: starters, types and a tsconfig, and the first exercise is open', async () => {
    await answering('showInformationMessage', undefined, () => run('startCourse', vscode.Uri.file(folder)));
    feature = await parts.exercises();
    equal(await readFile(file.fsPath, 'utf8'), await ours(`exercises/${ID}.ts`));
    const types = await readdir(path.join(folder, '.inside-llms/types'), { recursive: true });
    ok(types.includes(path.join('runner', 'api', 'course.d.ts')), 'the types of the course’s module are there');
    ok(JSON.parse(await readFile(path.join(folder, 'tsconfig.json'), 'utf8')).compilerOptions.paths['inside-llms']);
    deepEqual(
      (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp')),
      [],
    );
    equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
    const { tests } = feature;
    ok(tests);
    const children: string[] = [];
    tests.controller.items.get(LESSON)?.children.forEach(({ id }) => {
      children.push(id);
    });
    ok(children.includes(ID), 'the Test Explorer has it under its lesson');
    noteRuns(tests.controller, told);
  });

  it('the starter is not begun, and a check says what is to be done', async () => {
    match((await lenses())?.[0] ?? '', /Not begun/);
    await run('exercise.check', ID);
    equal(standing().report?.diagnosis?.kind, 'untouched');
    equal(problems()[0]?.severity, vscode.DiagnosticSeverity.Information);
    equal(standing().failed, 0);
  });

  it('a wrong answer, not even saved, is diagnosed, and all who tell of it agree', async () => {
    await write(await ours(`mutants/${ID}/columns.ts`), false);
    told.length = 0;
    await run('exercise.check', ID);
    equal(standing().report?.diagnosis?.mutant, 'columns');
    const said = standing().report?.diagnosis?.message ?? '';
    const [problem] = problems();
    ok(problem?.message.startsWith(said));
    equal(problem.severity, vscode.DiagnosticSeverity.Error);
    const lines = (await document()).getText().split('\n');
    match(lines[problem.range.start.line] ?? '', /export function/);
    match((await lenses())?.[0] ?? '', /Not right yet/);
    match(String((await item()).description), /not right yet/);
    equal((await item()).contextValue, 'exercise.tried');
    const [failed] = told;
    equal(failed?.outcome, 'failed');
    ok(String(failed?.message?.message).startsWith(said));
    ok(failed?.message?.expectedOutput && failed.message.actualOutput && failed.message.location);
  });

  it('the Test Explorer runs it, and passes over what is not begun in a run of many', async () => {
    told.length = 0;
    // Its promise is not the run's.
    void vscode.commands.executeCommand('testing.runAll');
    const last = () => new Map(told.map(({ id, outcome }) => [id, outcome]));
    // What was not saved is saved before, and so checked once more.
    await until('the run’s end', () => last().size === feature.exercises.all.length);
    deepEqual(
      [...last()].filter(([, outcome]) => outcome !== 'skipped'),
      [[ID, 'failed']],
    );
  });

  it('the right answer passes when it is saved, and the lesson’s goal with it', async () => {
    told.length = 0;
    await answering('showInformationMessage', undefined, async () => {
      await write(await ours(`solutions/${ID}.ts`), true);
      await until('the check on save', () => standing().state === 'passed' && !standing().checking);
    });
    deepEqual(problems(), []);
    match((await lenses())?.[0] ?? '', /Passed/);
    match(String((await item()).description), /passed/);
    equal(((await item()).iconPath as vscode.ThemeIcon).id, 'pass-filled');
    deepEqual(
      told.map(({ outcome, id }) => [outcome, id]),
      [['passed', ID]],
    );
    ok(parts.services.progress.reached(LESSON).includes(ID));
  });

  it('a continuous run takes what is saved', async () => {
    const { tests } = feature;
    const one = tests?.controller.items.get(LESSON)?.children.get(ID);
    ok(tests && one);
    const stop = new vscode.CancellationTokenSource();
    const { profile } = tests;
    await profile.runHandler(new vscode.TestRunRequest([one], undefined, profile, true), stop.token);
    told.length = 0;
    await write(`${await ours(`solutions/${ID}.ts`)}// saved again\n`, true);
    await until('the run', () => told.some(({ outcome }) => outcome === 'passed'));
    stop.cancel();
    equal(tests.saved(ID), false);
    await write(await ours(`solutions/${ID}.ts`), true);
  });

  it('what is solved can be hidden, in the tree and in the Test Explorer alike', async () => {
    const inTests = () => feature.tests?.controller.items.get(LESSON)?.children.get(ID) !== undefined;
    await run('hideSolved');
    await until('it goes', () => !inTests());
    let found = true;
    await item().catch(() => {
      found = false;
    });
    equal(found, false);
    await run('showSolved');
    await until('it is back', inTests);
    await item();
  });

  it('a lesson’s page has the same standing, is told of changes, and may ask only about its own', async () => {
    const page = new TestPanel();
    const lessonPanel = await parts.lessonPanel();
    await lessonPanel.open(LESSON);
    await lessonPanel.restore(page.panel);
    const standings = (await page.call('exercise.standings', {})).result as ExerciseStanding[];
    deepEqual(
      standings.find(({ id }) => id === ID),
      standing(),
    );
    await page.call('exercise.act', { exercise: ID, act: 'hint' });
    await page.until(
      ({ method, params }) =>
        method === 'exercise.changed' && (params as { standing: ExerciseStanding }).standing.hints === 1,
    );
    equal((await page.call('exercise.act', { exercise: 'cosine', act: 'hint' })).error?.data?.code, 'refused');
    equal((await page.call('lesson.run', { block: 'none', code: '1' })).error?.data?.code, 'refused');
    page.panel.dispose();
  });

  it('a reset puts the starter there, and Undo brings the answer back', async () => {
    const solution = await ours(`solutions/${ID}.ts`);
    const asked = await answering('showInformationMessage', undefined, () => run('exercise.reset', ID));
    match(asked[0]?.message ?? '', /begins again/);
    equal(await readFile(file.fsPath, 'utf8'), await ours(`exercises/${ID}.ts`));
    equal(standing().state, 'passed');
    equal(standing().report, undefined);
    await vscode.window.showTextDocument(await document());
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('undo');
    await until('undo in the editor', () => vscode.window.activeTextEditor?.document.getText() === solution);
    await (await document()).save();
    await answering('showInformationMessage', 'Undo', () => run('exercise.reset', ID));
    await until('it is back', () => feature.exercises.textOf(ID) === solution);
    await until('it is saved', () => readFileSync(file.fsPath, 'utf8') === solution);
  });

  it('a solution that was earned is compared without a question, another one with', async () => {
    const none = await answering('showWarningMessage', undefined, () => run('exercise.compare', ID));
    deepEqual(none, []);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    ok(input instanceof vscode.TabInputTextDiff);
    const { modified } = input;
    equal((await vscode.workspace.openTextDocument(modified)).getText(), await ours(`solutions/${ID}.ts`));
    const other = feature.exercises.all.find(
      ({ summary }) => feature.exercises.standing(summary.id)?.state === 'untouched',
    );
    if (other !== undefined) {
      const asked = await answering('showWarningMessage', undefined, () => run('exercise.solution', other.summary.id));
      deepEqual([asked.length, asked[0]?.modal], [1, true]);
      equal(feature.exercises.standing(other.summary.id)?.solutionSeen, false);
    }
  });

  it('a deleted file is said to be gone, and put back when asked', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(file.fsPath);
    const asked = await answering('showWarningMessage', 'Put It Back', () => run('exercise.open', ID));
    match(asked[0]?.message ?? '', /not in your course folder any more/);
    equal(await readFile(file.fsPath, 'utf8'), await ours(`exercises/${ID}.ts`));
  });

  it('starting again in the folder keeps what was changed', async () => {
    await writeFile(file.fsPath, '// mine\n');
    await writeFile(path.join(folder, 'README.md'), 'my notes\n');
    await answering('showInformationMessage', undefined, () => run('startCourse', vscode.Uri.file(folder)));
    equal(await readFile(file.fsPath, 'utf8'), '// mine\n');
    equal(await readFile(path.join(folder, 'README.md'), 'utf8'), 'my notes\n');
  });

  it('a new version of a file that was changed is offered as a diff, and the damaged notes of a folder are made again', async () => {
    const notes = path.join(folder, '.inside-llms/course.json');
    const manifest = JSON.parse(await readFile(notes, 'utf8'));
    manifest.files[`${FOLDER}/${ID}.ts`] = 'another hash';
    await writeFile(notes, JSON.stringify({ ...manifest, version: '0.0.1' }));
    const offered = await answering('showInformationMessage', 'Look at the Changes', () => feature.start());
    ok(offered.some(({ message }) => message.includes('Yours are kept')));
    const diff = await until('the diff', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input.original.scheme === COURSE_SCHEME && input;
    });
    equal((await vscode.workspace.openTextDocument(diff.original)).getText(), await ours(`exercises/${ID}.ts`));
    equal(await readFile(file.fsPath, 'utf8'), '// mine\n');
    await writeFile(notes, '{"schema":');
    const asked = await answering('showWarningMessage', 'Make It Again', () =>
      run('startCourse', vscode.Uri.file(folder)),
    );
    equal(asked[0]?.modal, true);
    ok(JSON.parse(await readFile(notes, 'utf8')).files['tsconfig.json']);
    equal(await readFile(file.fsPath, 'utf8'), '// mine\n');
  });

  it('the next unsolved one is opened, and Continue comes back to it', async () => {
    await run('exercise.next');
    const next = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
    const path = feature.folder.pathOf(vscode.Uri.parse(next));
    ok(
      feature.exercises.all.some((one) => one.path === path && one.summary.id !== ID),
      `${next} is another exercise`,
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('continue');
    equal(vscode.window.activeTextEditor?.document.uri.toString(), next);
  });
});
