// Not a test but a measurement, for "npm run bench -- startup": the time that our own code takes of an editor's start.
// The bundle is loaded and activated by VS Code itself, once in a fresh extension host; its activate() is timed inside.

import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

it('activates', async () => {
  const extension = vscode.extensions.getExtension('inside-llms.inside-llms');
  assert.ok(extension, 'the extension is there');
  assert.equal(extension.isActive, false, 'it does not start before it is needed');
  const file = path.join(extension.extensionPath, 'dist/extension.cjs');
  const load = createRequire(file);
  const before = performance.now();
  const { activate, deactivate } = load(file) as {
    activate: (context: unknown) => unknown;
    deactivate?: () => unknown;
  };
  const loaded = performance.now() - before;
  let activated = 0;
  const entry = load.cache[file];
  assert.ok(entry, 'the bundle is in the cache that VS Code loads it from');
  entry.exports = {
    activate: (context: unknown) => {
      const begun = performance.now();
      const api = activate(context);
      activated = performance.now() - begun;
      return api;
    },
    deactivate,
  };
  await extension.activate();
  assert.ok(activated > 0, 'VS Code activated what was measured');
  writeFileSync(process.env.INSIDE_LLMS_MEASURED ?? '', JSON.stringify({ loaded, activated }));
});
