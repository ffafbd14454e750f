// Code in lessons has the active theme's own colours, and follows when another theme is chosen.

import { equal, notEqual, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension, TestPanel } from '../support.ts';

interface Contributed {
  readonly id: string;
  readonly uiTheme: string;
  readonly path: string;
}

describe('colours for code', () => {
  const settings = () => vscode.workspace.getConfiguration('workbench');
  const defaults = () =>
    vscode.extensions.getExtension<unknown>('vscode.theme-defaults') as vscode.Extension<unknown> | undefined;
  const before = settings().inspect<string>('colorTheme')?.globalValue;

  after(() => settings().update('colorTheme', before, vscode.ConfigurationTarget.Global));

  async function choose(uiTheme: string, not = ''): Promise<Contributed> {
    const themes: Contributed[] = defaults()?.packageJSON.contributes.themes;
    const theme = themes.find((one) => one.uiTheme === uiTheme && one.id !== not);
    ok(theme, `VS Code has a theme of the kind ${uiTheme}`);
    await settings().update('colorTheme', theme.id, vscode.ConfigurationTarget.Global);
    const kind = { 'vs-dark': 2, vs: 1, 'hc-black': 3, 'hc-light': 4 }[uiTheme];
    while (vscode.window.activeColorTheme.kind !== kind) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return theme;
  }

  it('are the theme’s own, through its includes, in each kind of theme', async () => {
    const { lessonPanel } = await extension();
    await (await lessonPanel()).open('byte-pair-encoding');
    const page = new TestPanel();
    await (await lessonPanel()).restore(page.panel);
    const seen = new Set<string>();
    for (const uiTheme of ['hc-black', 'vs', 'hc-light', 'vs-dark']) {
      const theme = await choose(uiTheme);
      const { css } = (await page.call('theme.load', {})).result as { css: string };
      const string = /\.hljs-string \{ color: (#[0-9a-f]+);/i.exec(css)?.[1] ?? '';
      const texts = await filesOf(path.join(defaults()?.extensionPath ?? '', theme.path));
      ok(texts.toLowerCase().includes(string.toLowerCase()), `${string} stands in ${theme.id}`);
      seen.add(css);
    }
    equal(seen.size, 4);
    const told = page.received.filter(({ method }) => method === 'theme.changed');
    notEqual(told.length, 0, 'the page was told of the change');
  });
});

/** A theme's file and those that it includes, as text. */
async function filesOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const include = /"include"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  return include ? text + (await filesOf(path.join(path.dirname(file), include))) : text;
}
