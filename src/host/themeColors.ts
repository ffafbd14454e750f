// The active colour theme's colours for code in lessons: from the theme's own JSON where it can be found and read,
// else from our palette for that kind of theme. VS Code tells extensions a theme's kind, but not its colours.

import * as vscode from 'vscode';
import { type CodeThemeKind, codeColors } from '../lessons/codeColors.ts';
import { asFault } from '../shared/errors.ts';
import { readTheme, type TokenColorRule } from './themeFile.ts';

interface ContributedTheme {
  readonly id?: string;
  readonly label?: string;
  readonly uiTheme?: string;
  readonly path: string;
}

const PREFERRED: Readonly<Record<CodeThemeKind, string>> = {
  dark: 'workbench.preferredDarkColorTheme',
  light: 'workbench.preferredLightColorTheme',
  'hc-dark': 'workbench.preferredHighContrastColorTheme',
  'hc-light': 'workbench.preferredHighContrastLightColorTheme',
};

const UI_THEME: Readonly<Record<CodeThemeKind, string>> = {
  dark: 'vs-dark',
  light: 'vs',
  'hc-dark': 'hc-black',
  'hc-light': 'hc-light',
};

export class ThemeColors implements vscode.Disposable {
  private readonly log: vscode.LogOutputChannel;
  private readonly changes = new vscode.EventEmitter<string>();
  private readonly subscription: vscode.Disposable;
  /** Fires with the new rules when another theme is chosen. */
  readonly onDidChange = this.changes.event;

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
    this.subscription = vscode.window.onDidChangeActiveColorTheme(() => {
      void this.css().then((css) => this.changes.fire(css));
    });
  }

  /** Rules for the `hljs-*` classes. Never rejects: our palette stands in. */
  async css(): Promise<string> {
    const kind = kindOf(vscode.window.activeColorTheme.kind);
    return codeColors(kind, await this.rules(kind));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
  }

  private async rules(kind: CodeThemeKind): Promise<readonly TokenColorRule[]> {
    const found = findTheme(kind);
    if (found === undefined) {
      this.log.info('The colour theme was not found among the extensions here: code is shown in our own colours.');
      return [];
    }
    const { extension, theme } = found;
    const read = async (path: string) => {
      const file = vscode.Uri.joinPath(extension.extensionUri, ...path.split('/'));
      return new TextDecoder('utf-8').decode(await vscode.workspace.fs.readFile(file));
    };
    try {
      return (await readTheme(read, theme.path.replace(/^\.\//, ''))).tokenColors;
    } catch (error) {
      const fault = asFault(error);
      const name = theme.label ?? theme.id ?? theme.path;
      const where = fault.where ? ` (${fault.where})` : '';
      this.log.warn(`Code is shown in our own colours: the theme "${name}" can't be read. ${fault.full}${where}`);
      return [];
    }
  }
}

/** The theme that is on, among those that extensions contribute; its kind must fit, as a name alone can be outdated. */
function findTheme(kind: CodeThemeKind) {
  const settings = vscode.workspace.getConfiguration();
  // With automatic switching on, the theme chosen for this kind counts, not the one in `colorTheme`.
  const names = ['workbench.colorTheme', PREFERRED[kind]].map((key) => settings.get<string>(key));
  for (const name of names.filter((one) => one !== undefined)) {
    for (const extension of vscode.extensions.all) {
      const themes: readonly ContributedTheme[] = extension.packageJSON?.contributes?.themes ?? [];
      const theme = themes.find((one) => isNamed(one, name) && one.uiTheme === UI_THEME[kind]);
      if (theme !== undefined) {
        return { extension, theme };
      }
    }
  }
  return undefined;
}

/** Older versions of VS Code called its own themes "Default Dark Modern" and the like; both names are in settings. */
function isNamed(theme: ContributedTheme, name: string): boolean {
  const plain = (text: string | undefined) => text?.replace(/^Default (?!High Contrast)/, '');
  return [theme.id, theme.label].some((own) => own !== undefined && plain(own) === plain(name));
}

function kindOf(kind: vscode.ColorThemeKind): CodeThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'hc-dark';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'hc-light';
  }
}
