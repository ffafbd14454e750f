// The Lessons view: what stands in it, how it is marked, and what a broken lesson does.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { LessonsNode } from '../../../src/host/lessonsTree.ts';
import { extension } from '../support.ts';

async function lessonsOf({ tree }: ExtensionParts): Promise<LessonsNode[]> {
  const roots = await tree.getChildren();
  return (await Promise.all(roots.map((root) => tree.getChildren(root)))).flat();
}

async function itemOf(parts: ExtensionParts, id: string): Promise<vscode.TreeItem> {
  const node = (await lessonsOf(parts)).find((one) => one.kind === 'lesson' && one.lesson.id === id);
  ok(node, `${id} stands in the tree`);
  return parts.tree.getTreeItem(node);
}

describe('the Lessons view', () => {
  let parts: ExtensionParts;
  let original: vscode.Uri;
  let folder: string;

  before(async () => {
    parts = await extension();
    original = parts.course.folder;
    await parts.services.progress.reset();
    folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-lessons-'));
  });

  after(async () => {
    parts.course.useFolder(original);
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the lessons that exist under their parts, with minutes', async () => {
    const { lessons, broken } = await parts.course.load();
    deepEqual(broken, []);
    deepEqual(
      (await lessonsOf(parts)).map((node) => node.kind === 'lesson' && node.lesson.id),
      lessons.map(({ id }) => id),
    );
    const item = await itemOf(parts, 'byte-pair-encoding');
    match(String(item.label), /^3\. /);
    match(String(item.description), /^\d+ min$/);
    const [part] = await parts.tree.getChildren();
    ok(part);
    const { description, accessibilityInformation } = parts.tree.getTreeItem(part);
    const ofPart = lessons.filter((lesson) => lesson.part === lessons[0]?.part);
    ok(ofPart.length > 0 && ofPart.length < lessons.length, 'there is more than one part');
    equal(description, `0/${ofPart.length}`);
    match(accessibilityInformation?.label ?? '', /0 of \d+ lessons done$/);
  });

  it('marks what is current and what is done by icon and in words', async () => {
    const { progress } = parts.services;
    const { lessons } = await parts.course.load();
    const lesson = lessons.find(({ id }) => id === 'byte-pair-encoding');
    ok(lesson && lesson.goals.length > 0);
    await progress.opened(lesson.id);
    const current = await itemOf(parts, lesson.id);
    match(String(current.description), /^current · /);
    equal((current.iconPath as vscode.ThemeIcon).id, 'play-circle');
    let changes = 0;
    const subscription = parts.tree.onDidChangeTreeData(() => changes++);
    for (const { block } of lesson.goals) {
      await progress.reach(lesson.id, block);
    }
    subscription.dispose();
    equal(changes, lesson.goals.length);
    const done = await itemOf(parts, lesson.id);
    match(String(done.description), /done/);
    match(done.accessibilityInformation?.label ?? '', /Byte pair encoding.*done/);
    equal((done.iconPath as vscode.ThemeIcon).id, 'pass-filled');
    await progress.reset(lesson.id);
    match(String((await itemOf(parts, lesson.id)).description), /^\d+ min$/);
  });

  it('shows a broken lesson as one entry with file, line and reason, and keeps the others', async () => {
    await cp(original.fsPath, folder, { recursive: true });
    const { lessons } = await parts.course.load();
    await mkdir(path.join(folder, '97-unfinished'));
    await writeFile(
      path.join(folder, '97-unfinished/lesson.md'),
      '---\nid: unfinished\ntitle: 5\n---\n\n## Overview\n',
    );
    parts.course.useFolder(vscode.Uri.file(folder));
    const roots = await parts.tree.getChildren();
    const broken = roots.filter((node) => node.kind === 'broken');
    equal(broken.length, 1);
    const item = parts.tree.getTreeItem(broken[0] as LessonsNode);
    match(String(item.label), /^97-unfinished\/lesson\.md:\d+$/);
    ok(String(item.description).length > 10, 'the reason is a sentence');
    match(item.accessibilityInformation?.label ?? '', /^Broken lesson, /);
    const [uri, { selection }] = (item.command?.arguments ?? []) as unknown as [
      vscode.Uri,
      { selection: vscode.Range },
    ];
    equal(uri.fsPath, path.join(folder, '97-unfinished', 'lesson.md'));
    equal(selection.start.line + 1, Number(String(item.label).split(':')[1]));
    equal((await lessonsOf(parts)).length, lessons.length);
  });

  it('reads again when a lesson file changes', async function () {
    this.timeout(15_000);
    parts.course.useFolder(vscode.Uri.file(folder));
    await parts.tree.getChildren();
    const changed = new Promise<void>((resolve) => {
      const subscription = parts.tree.onDidChangeTreeData(() => {
        subscription.dispose();
        resolve();
      });
    });
    // Watching begins some time after the watcher is made: write until it is seen.
    const writing = setInterval(
      () =>
        void rm(path.join(folder, '97-unfinished/lesson.md'), { force: true }).then(() =>
          writeFile(path.join(folder, '97-unfinished/lesson.md'), '---\nid: unfinished\n---\n'),
        ),
      500,
    );
    await changed.finally(() => clearInterval(writing));
    const broken = (await parts.tree.getChildren()).filter((node) => node.kind === 'broken');
    equal(broken.length, 1);
  });

  it('says so when there is no lesson at all', async () => {
    const missing = vscode.Uri.file(path.join(folder, 'nowhere'));
    parts.course.useFolder(missing);
    deepEqual(await parts.tree.getChildren(), []);
    match(parts.view.message ?? '', /could not be read/);
    parts.course.useFolder(original);
    ok((await parts.tree.getChildren()).length > 0);
    equal(parts.view.message, undefined);
  });
});
