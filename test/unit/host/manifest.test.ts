// What package.json must say for the extension to be there when VS Code needs it.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import * as ids from '../../../src/host/ids.ts';
import { DEFAULT_TOKENIZER, shippedTokenizers } from '../../../src/services/shippedTokenizers.ts';

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const panels = Object.entries(ids).flatMap(([name, id]) => (name.endsWith('_PANEL') ? [id] : []));

test.each(panels)('a window that is loaded again wakes the extension for a panel %s', (panel) => {
  expect(manifest.activationEvents).toContain(`onWebviewPanel:${panel}`);
});

test('there are panels to ask for', () => {
  expect(panels.length).toBeGreaterThan(0);
});

test('the setting for the main tokenizer offers those that ship, by their names', () => {
  const setting = manifest.contributes.configuration.properties['insideLlms.tokens.encoding'];
  expect(setting.enum).toEqual(shippedTokenizers.map(({ id }) => id));
  expect(setting.enumItemLabels).toEqual(shippedTokenizers.map(({ label }) => label));
  expect(setting.enumDescriptions).toHaveLength(shippedTokenizers.length);
  expect(setting.default).toBe(DEFAULT_TOKENIZER);
});

test('every command that the code names is offered, and no other', () => {
  const offered = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  expect(offered.sort()).toEqual(Object.values(ids.COMMANDS).sort());
});

test('the colours of tokens in editors hide no text', () => {
  for (const { id, defaults } of manifest.contributes.colors) {
    for (const [theme, color] of Object.entries<string>(defaults)) {
      // The last two digits say how opaque it is; high contrast takes the theme's own lines.
      const opaque = color.startsWith('#') ? Number.parseInt(color.slice(7), 16) / 255 : 0;
      expect(opaque, `${id} in ${theme}`).toBeLessThan(0.5);
    }
  }
});
