// A colour theme's own JSON: comments allowed, `include` followed. Knows nothing of vscode; not the old .tmTheme files.

import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser/lib/esm/main.js';
import { Fault } from '../shared/errors.ts';

/** A rule for code: which scopes look how. */
export interface TokenColorRule {
  readonly scope?: string | readonly string[];
  readonly settings: { readonly foreground?: string; readonly fontStyle?: string };
}

export interface ThemeContent {
  /** In the theme's order, an included theme's first: later rules win over earlier ones. */
  readonly tokenColors: readonly TokenColorRule[];
}

const MAX_INCLUDES = 10;

/**
 * Reads a theme with all that it includes.
 *
 * @param path with `/`; `read` gives the text of such a path, and an include is relative to the file that names it.
 * @throws Fault `bad-input` naming the file: not JSON, not a theme, too many includes, or colours in a .tmTheme.
 */
export async function readTheme(read: (path: string) => Promise<string>, path: string): Promise<ThemeContent> {
  const rules: TokenColorRule[] = [];
  let next: string | undefined = path;
  for (let count = 0; next !== undefined; count++) {
    if (count > MAX_INCLUDES) {
      throw new Fault('bad-input', `The theme includes more than ${MAX_INCLUDES} files, or itself.`, { where: path });
    }
    const file: string = next;
    const theme = parseTheme(await read(file), file);
    rules.unshift(...rulesOf(theme.tokenColors, file));
    next = typeof theme.include === 'string' ? resolve(file, theme.include) : undefined;
  }
  return { tokenColors: rules };
}

function parseTheme(text: string, file: string): { readonly include?: unknown; readonly tokenColors?: unknown } {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    throw new Fault('bad-input', `The theme is not JSON: ${printParseErrorCode(first.error)}.`, {
      where: `${file}, offset ${first.offset}`,
    });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Fault('bad-input', 'The theme is not an object.', { where: file });
  }
  return value;
}

function rulesOf(tokenColors: unknown, file: string): TokenColorRule[] {
  if (tokenColors === undefined) {
    return [];
  }
  if (!Array.isArray(tokenColors)) {
    throw new Fault('bad-input', 'The theme keeps its colours in a file of another format.', { where: file });
  }
  // A rule that has no colour or style to give, or another form, is passed over as the editor does.
  return tokenColors.filter((rule) => rule !== null && typeof rule === 'object' && typeof rule.settings === 'object');
}

/** `./b.json` beside `themes/a.json` is `themes/b.json`; nothing leads out of the root. */
function resolve(from: string, include: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of include.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
