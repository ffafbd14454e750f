// The webview's strings. English text is the key, as with vscode.l10n; the host hands the translations over at the start.

let strings: Readonly<Record<string, string>> = {};

/** Takes the bundle; called once, before anything is drawn. */
export function useStrings(bundle: Readonly<Record<string, string>>): void {
  strings = bundle;
}

/**
 * The text in the interface's language, with `{0}`, `{1}` ... filled in.
 *
 * Example: `t('Step {0} of {1}', 3, 40)`
 */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const text = strings[message] ?? message;
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** A number with the language's own grouping: 12,345. At most `digits` after the point. */
export function formatNumber(value: number, digits = 4): string {
  return new Intl.NumberFormat(document.documentElement.lang || 'en', { maximumFractionDigits: digits }).format(value);
}
