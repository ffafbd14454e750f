// The four kinds of theme, as VS Code hands them to a webview: captured from a real one by captureThemes.ts.

import { readFileSync } from 'node:fs';
import { inRoot } from '../../../src/build/paths.ts';

export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface Theme {
  /** Classes of the body. */
  readonly bodyClass: string;
  /** `data-vscode-theme-kind`. */
  readonly kind: string;
  readonly name: string;
  /** The `--vscode-*` custom properties of the html element. */
  readonly variables: Readonly<Record<string, string>>;
}

export function readTheme(name: ThemeName): Theme {
  return JSON.parse(readFileSync(inRoot('test/fixtures/themes', `${name}.json`), 'utf8'));
}
