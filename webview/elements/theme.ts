// The colours of code: one constructed sheet that every shadow root with code in it adopts, renewed by the host.

/** Rules for the `hljs-*` classes. */
export const codeTheme = new CSSStyleSheet();

export function useCodeTheme(css: string): void {
  codeTheme.replaceSync(css);
}

/** Lets the element's code take the theme's colours; call once its shadow root exists. */
export function adoptCodeTheme(root: ShadowRoot): void {
  if (!root.adoptedStyleSheets.includes(codeTheme)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, codeTheme];
  }
}
