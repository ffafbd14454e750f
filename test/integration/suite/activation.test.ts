// The extension as VS Code sees it: what it contributes exists, and starting it loads nothing.

import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from '../support.ts';

describe('activation', () => {
  it('starts no worker and reads no lesson by itself', async () => {
    const { services } = await extension();
    ok(services.log, 'there is a log');
    // The tree may have asked for lessons if the view stands open; the worker nobody may have asked for.
    await services.worker.restart();
    const state = await services.worker.loaded().then((worker) => worker.state);
    equal(state, 'stopped');
  });

  it('registers every command of the manifest, and no other of its own', async () => {
    await extension();
    const manifest = vscode.extensions.getExtension('inside-llms.inside-llms')?.packageJSON;
    const declared: string[] = manifest.contributes.commands.map((command: { command: string }) => command.command);
    const views = ['insideLlms.lessons', 'insideLlms.search'];
    const registered = (await vscode.commands.getCommands(true)).filter(
      (name) => name.startsWith('insideLlms.') && !views.some((view) => name === view || name.startsWith(`${view}.`)),
    );
    deepEqual(registered.sort(), declared.sort());
  });

  it('has no text of the manifest left untranslated', () => {
    const manifest = vscode.extensions.getExtension('inside-llms.inside-llms')?.packageJSON;
    const keys = JSON.stringify(manifest).match(/"%[\w.]+%"/g);
    equal(keys, null);
  });
});
