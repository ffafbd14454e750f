// Where formulas stand in Markdown: `$...$` in a line, `$$...$$` on lines of its own. Finds them only; maths.ts makes
// MathML of them. A dollar sign that is a price stays one.

import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Longest formula taken, in UTF-16 units; also bounds the search for its end. */
export const MAX_FORMULA = 2000;

/** Teaches `md` the tokens `math_inline`, `math_block` and `math_open` (a formula that is never closed). */
export function addMathSyntax(md: MarkdownIt): void {
  md.inline.ruler.after('escape', 'math_inline', inlineMath);
  md.block.ruler.before('fence', 'math_block', blockMath, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

/**
 * A formula opens at `$` before a visible character and not after a letter or digit (`US$5`); it closes at `$` after
 * a visible character and not before a digit (`$5-$6`). It holds no backtick, so that code keeps its dollars.
 */
function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$') {
    return false;
  }
  const doubled = src[pos + 1] === '$';
  const start = pos + (doubled ? 2 : 1);
  if (!/[^\s$`]/.test(src[start] ?? ' ') || /[\p{L}\p{N}$]/u.test(src[pos - 1] ?? ' ')) {
    return false;
  }
  const end = doubled ? closingDoubled(src, start, posMax) : closing(src, start, posMax);
  if (end === undefined) {
    // Letters and commands mean a formula whose end was forgotten; "$5" is a price.
    if (!/[A-Za-z\\]/.test(src[start] ?? '') || src.slice(start, posMax).startsWith('$')) {
      return false;
    }
    if (!silent) {
      state.push('math_open', '', 0).content = '$';
    }
    state.pos = start;
    return true;
  }
  if (!silent) {
    const token = state.push(doubled ? 'math_misplaced' : 'math_inline', 'math', 0);
    token.content = src.slice(start, end);
    token.markup = doubled ? '$$' : '$';
  }
  state.pos = end + (doubled ? 2 : 1);
  return true;
}

function closing(src: string, start: number, posMax: number): number | undefined {
  const most = Math.min(posMax, start + MAX_FORMULA);
  for (let i = start; i < most; i++) {
    const character = src[i];
    if (character === '\\') {
      i++;
    } else if (character === '`') {
      return undefined;
    } else if (character === '$') {
      const closes = i > start && !/\s/.test(src[i - 1]!) && !/[\d$]/.test(src[i + 1] ?? '');
      return closes ? i : undefined;
    }
  }
  return undefined;
}

function closingDoubled(src: string, start: number, posMax: number): number | undefined {
  const end = src.slice(start, Math.min(posMax, start + MAX_FORMULA)).indexOf('$$');
  return end <= 0 ? undefined : start + end;
}

function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const first = lineText(state, startLine);
  if (state.sCount[startLine]! - state.blkIndent >= 4 || !first.startsWith('$$')) {
    return false;
  }
  const opening = first.slice(2).trim();
  if (opening.includes('$$') && !(opening.endsWith('$$') && opening.indexOf('$$') === opening.length - 2)) {
    return false;
  }
  if (silent) {
    return true;
  }
  const content: string[] = [];
  let closed = opening.endsWith('$$');
  content.push(closed ? opening.slice(0, -2) : opening);
  let next = startLine + 1;
  while (!closed && next < endLine) {
    const text = lineText(state, next).trim();
    if (text === '' || state.sCount[next]! < state.blkIndent) {
      break;
    }
    closed = text.endsWith('$$');
    content.push(closed ? text.slice(0, -2) : text);
    next++;
  }
  state.line = next;
  const token = state.push(closed ? 'math_block' : 'math_open', 'math', 0);
  token.block = true;
  token.content = content.join('\n');
  token.map = [startLine, next];
  token.markup = '$$';
  return true;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]!);
}
