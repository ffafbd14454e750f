// Colours for code from a theme's TextMate rules, as CSS for the `hljs-*` classes; or from palettes of our own for the
// four kinds of theme. Takes rules that are already read and merged (`include` followed). Selectors that ask for a
// parent scope or exclude one are left out: highlight.js knows no parents.

export type CodeThemeKind = 'dark' | 'light' | 'hc-dark' | 'hc-light';

/** What highlight.js marks, and the scopes that TextMate grammars give to the same, likeliest first. */
const CLASSES: readonly (readonly [selector: string, scopes: readonly string[], palette: PaletteKey])[] = [
  ['.hljs-comment', ['comment.line.double-slash', 'comment'], 'comment'],
  ['.hljs-quote', ['comment.line', 'comment'], 'comment'],
  ['.hljs-doctag', ['storage.type.class.jsdoc', 'keyword.other.documentation', 'keyword'], 'keyword'],
  ['.hljs-keyword', ['storage.type', 'keyword.control', 'keyword'], 'keyword'],
  ['.hljs-literal', ['constant.language.boolean', 'constant.language', 'constant'], 'keyword'],
  ['.hljs-built_in', ['support.type.primitive', 'support.type', 'support.function', 'support'], 'type'],
  ['.hljs-type', ['entity.name.type', 'support.type', 'storage.type'], 'type'],
  ['.hljs-title.class_', ['entity.name.type.class', 'entity.name.class', 'support.class', 'entity.name.type'], 'type'],
  ['.hljs-title.function_', ['entity.name.function', 'support.function'], 'name'],
  ['.hljs-title', ['entity.name.function', 'entity.name'], 'name'],
  ['.hljs-number', ['constant.numeric.decimal', 'constant.numeric', 'constant'], 'number'],
  ['.hljs-string', ['string.quoted.single', 'string.quoted', 'string'], 'string'],
  ['.hljs-regexp', ['string.regexp', 'string'], 'string'],
  ['.hljs-char.escape_', ['constant.character.escape', 'constant.character', 'string'], 'name'],
  ['.hljs-subst', ['meta.template.expression', 'meta.embedded'], 'text'],
  ['.hljs-variable', ['variable.other.readwrite', 'variable.other', 'variable'], 'variable'],
  ['.hljs-variable.language_', ['variable.language.this', 'variable.language', 'variable'], 'keyword'],
  ['.hljs-variable.constant_', ['variable.other.constant', 'variable.other', 'variable'], 'variable'],
  ['.hljs-params', ['variable.parameter', 'variable'], 'variable'],
  ['.hljs-property', ['variable.other.property', 'variable.other', 'variable'], 'variable'],
  ['.hljs-attr', ['variable.other.property', 'support.type.property-name', 'entity.other.attribute-name'], 'variable'],
  ['.hljs-attribute', ['entity.other.attribute-name', 'support.type.property-name'], 'variable'],
  ['.hljs-meta', ['meta.decorator', 'meta.preprocessor', 'keyword.other'], 'name'],
  ['.hljs-operator', ['keyword.operator'], 'text'],
  ['.hljs-punctuation', ['punctuation.separator', 'punctuation'], 'text'],
  ['.hljs-symbol', ['constant.other.symbol', 'constant.other', 'constant'], 'number'],
  ['.hljs-bullet', ['punctuation.definition.list.begin', 'markup.list'], 'number'],
  ['.hljs-section', ['markup.heading', 'entity.name.section'], 'keyword'],
  ['.hljs-addition', ['markup.inserted'], 'added'],
  ['.hljs-deletion', ['markup.deleted'], 'removed'],
];

type PaletteKey =
  | 'text'
  | 'comment'
  | 'keyword'
  | 'type'
  | 'name'
  | 'number'
  | 'string'
  | 'variable'
  | 'added'
  | 'removed';

/**
 * Our own colours. Each reaches 4.5:1 (7:1 in high contrast) on the lightest dark or darkest light ground that the
 * kind's common themes have; the tests compute it.
 */
export const PALETTES: Readonly<Record<CodeThemeKind, Readonly<Record<PaletteKey, string>>>> = {
  dark: {
    text: '#d6d6d6',
    comment: '#9aa79a',
    keyword: '#8ab8ff',
    type: '#5fd0c0',
    name: '#e6d08a',
    number: '#c0d8a0',
    string: '#e8a98c',
    variable: '#b4dcf8',
    added: '#8fd08f',
    removed: '#f5a3a3',
  },
  light: {
    text: '#262626',
    comment: '#4d6350',
    keyword: '#0b3fb3',
    type: '#0b5d6b',
    name: '#6b4a00',
    number: '#0a6040',
    string: '#9a1f1f',
    variable: '#123f80',
    added: '#14602a',
    removed: '#a01c1c',
  },
  'hc-dark': {
    text: '#ffffff',
    comment: '#a8d8a8',
    keyword: '#9cc8ff',
    type: '#6ae6d2',
    name: '#f2dc8c',
    number: '#cfe8b0',
    string: '#f7bfa0',
    variable: '#c4e6ff',
    added: '#a6e6a6',
    removed: '#ffbaba',
  },
  'hc-light': {
    text: '#000000',
    comment: '#2c4a30',
    keyword: '#0a2f8f',
    type: '#07444f',
    name: '#523800',
    number: '#064a30',
    string: '#7a1414',
    variable: '#0c2f66',
    added: '#0c4a1c',
    removed: '#7d1212',
  },
};

interface Rule {
  readonly scope: string;
  readonly foreground?: string;
  readonly fontStyle?: string;
}

/**
 * CSS text for all `hljs-*` classes.
 *
 * @param tokenColors a theme's `tokenColors`, or anything else where it can't be had: then our palette is used
 */
export function codeColors(kind: CodeThemeKind, tokenColors: unknown): string {
  const rules = readRules(tokenColors);
  const palette = PALETTES[kind];
  const lines = CLASSES.map(([selector, scopes, key]) => {
    if (rules.length === 0) {
      return `${selector} { color: ${palette[key]}; }`;
    }
    const foreground = best(rules, scopes, (rule) => rule.foreground);
    const declarations = [...(foreground ? [`color: ${foreground};`] : []), ...fontOf(best(rules, scopes, fontStyle))];
    return declarations.length === 0 ? '' : `${selector} { ${declarations.join(' ')} }`;
  });
  const emphasis = ['.hljs-emphasis { font-style: italic; }', '.hljs-strong { font-weight: bold; }'];
  return `${[...lines.filter((line) => line !== ''), ...emphasis].join('\n')}\n`;
}

/** The rules with one selector each; what isn't shaped like a rule is left out. */
function readRules(tokenColors: unknown): Rule[] {
  if (!Array.isArray(tokenColors)) {
    return [];
  }
  return tokenColors.flatMap((entry: unknown): Rule[] => {
    const { scope, settings } = (entry ?? {}) as { scope?: unknown; settings?: unknown };
    const { foreground, fontStyle } = (settings ?? {}) as { foreground?: unknown; fontStyle?: unknown };
    const colour = typeof foreground === 'string' && COLOUR.test(foreground) ? { foreground } : {};
    const font = typeof fontStyle === 'string' ? { fontStyle } : {};
    if (!('foreground' in colour) && !('fontStyle' in font)) {
      return [];
    }
    const scopes = Array.isArray(scope) ? scope : typeof scope === 'string' ? scope.split(',') : [];
    return scopes
      .filter((one): one is string => typeof one === 'string' && /^[\w.-]+$/.test(one.trim()))
      .map((one) => ({ scope: one.trim(), ...colour, ...font }));
  });
}

/** Only plain hexadecimal colours get into the style sheet: a theme file is no place to write CSS from. */
const COLOUR = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;

/**
 * What the theme says for the first of `scopes` that it says anything about: of the matching rules the one with the
 * longest selector wins, and of equals the last, as in VS Code.
 */
function best(rules: readonly Rule[], scopes: readonly string[], value: (rule: Rule) => string | undefined) {
  for (const scope of scopes) {
    let found: { readonly length: number; readonly value: string } | undefined;
    for (const rule of rules) {
      const said = value(rule);
      const matches = scope === rule.scope || scope.startsWith(`${rule.scope}.`);
      if (said !== undefined && matches && rule.scope.length >= (found?.length ?? 0)) {
        found = { length: rule.scope.length, value: said };
      }
    }
    if (found !== undefined) {
      return found.value;
    }
  }
  return undefined;
}

function fontStyle(rule: Rule): string | undefined {
  return rule.fontStyle;
}

function fontOf(style: string | undefined): string[] {
  const words = (style ?? '').split(/\s+/);
  const lines = ['underline', 'strikethrough'].filter((word) => words.includes(word));
  return [
    ...(words.includes('italic') ? ['font-style: italic;'] : []),
    ...(words.includes('bold') ? ['font-weight: bold;'] : []),
    ...(lines.length > 0 ? [`text-decoration: ${lines.join(' ').replace('strikethrough', 'line-through')};`] : []),
  ];
}
