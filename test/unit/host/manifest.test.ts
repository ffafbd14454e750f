// What package.json must say for the extension to be there when VS Code needs it.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import * as ids from '../../../src/host/ids.ts';

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const panels = Object.entries(ids).flatMap(([name, id]) => (name.endsWith('_PANEL') ? [id] : []));

test.each(panels)('a window that is loaded again wakes the extension for a panel %s', (panel) => {
  expect(manifest.activationEvents).toContain(`onWebviewPanel:${panel}`);
});

test('there are panels to ask for', () => {
  expect(panels.length).toBeGreaterThan(0);
});
