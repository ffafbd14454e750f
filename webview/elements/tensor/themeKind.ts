// Which kind of theme the page wears, from the classes that VS Code puts on its body, and when it changes.

import type { ThemeKind } from './palette.ts';

export function themeKind(): ThemeKind {
  const { classList } = document.body;
  if (classList.contains('vscode-high-contrast-light')) {
    return 'hc-light';
  }
  if (classList.contains('vscode-high-contrast')) {
    return 'hc-dark';
  }
  return classList.contains('vscode-light') ? 'light' : 'dark';
}

/** Calls back whenever the theme changes. */
export function onThemeChange(callback: () => void): { dispose(): void } {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
  return { dispose: () => observer.disconnect() };
}
