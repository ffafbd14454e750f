// The words of TypeScript by kind, for colours alone: no parser, so a regular expression that holds a quote, or a type's
// name, may be taken for something else. Fast enough for each key that is pressed. Pure.

/** As the lessons' own code is marked: `hljs-…` classes. */
export type WordKind =
  | 'comment'
  | 'string'
  | 'number'
  | 'keyword'
  | 'literal'
  | 'built_in'
  | 'title function_'
  | 'regexp';

export interface Word {
  readonly text: string;
  readonly kind?: WordKind;
}

const KEYWORDS = new Set(
  `as async await break case catch class const continue default delete do else export extends finally for from function
  if import in instanceof interface let new of return satisfies static switch throw try type typeof var void while yield
  readonly implements keyof`.split(/\s+/u),
);
const LITERALS = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity', 'this']);
const TYPES = new Set(
  `Array Math Map Set Number String Boolean Object Promise Float32Array Float64Array Int32Array Uint8Array console number
  string boolean unknown never any Readonly ReadonlyArray Record Error`.split(/\s+/u),
);

const PATTERN = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
    String.raw`(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\x60(?:[^\x60\\]|\\[\s\S])*\x60?)`,
    String.raw`(?<regexp>(?<=[=(,:;!&|?{}\[]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)`,
    String.raw`(?<number>\b(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?)n?\b|\.\d+(?:e[+-]?\d+)?)`,
    String.raw`(?<word>[A-Za-z_$][\w$]*)`,
  ].join('|'),
  'giu',
);

/** The text cut into words and what is between them; joined they are the text. */
export function wordsOf(code: string): readonly Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of code.matchAll(PATTERN)) {
    if (match.index > end) {
      words.push({ text: code.slice(end, match.index) });
    }
    const [text] = match;
    const after = code.slice(match.index + text.length, match.index + text.length + 20);
    const kind = kindOf(text, match.groups as Groups, {
      afterDot: code[match.index - 1] === '.',
      called: after.trimStart().startsWith('('),
    });
    words.push({ text, ...(kind !== undefined && { kind }) });
    end = match.index + text.length;
  }
  if (end < code.length) {
    words.push({ text: code.slice(end) });
  }
  return words;
}

type Groups = Readonly<Record<'comment' | 'string' | 'regexp' | 'number' | 'word', string | undefined>>;

function kindOf(
  text: string,
  groups: Groups,
  { afterDot, called }: { readonly afterDot: boolean; readonly called: boolean },
): WordKind | undefined {
  if (groups.word === undefined) {
    return (['comment', 'string', 'regexp', 'number'] as const).find((kind) => groups[kind] !== undefined);
  }
  if (!afterDot && KEYWORDS.has(text)) {
    return 'keyword';
  }
  if (!afterDot && LITERALS.has(text)) {
    return 'literal';
  }
  if (!afterDot && TYPES.has(text)) {
    return 'built_in';
  }
  return called ? 'title function_' : undefined;
}

/** The words line by line, without the line ends: a word over several lines is cut. */
export function linesOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const lines: Word[][] = [[]];
  for (const { text, kind } of words) {
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) {
        lines.push([]);
      }
      if (part !== '') {
        lines.at(-1)?.push({ text: part, ...(kind !== undefined && { kind }) });
      }
    }
  }
  return lines;
}
