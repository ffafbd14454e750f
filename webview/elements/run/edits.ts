// What keys do to code beside typing: Tab and Shift+Tab move lines by two spaces, Enter keeps the indent. Pure: each gives
// the stretch to replace, so that the field's own undo knows it.

export interface Selection {
  /** UTF-16, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Replaces [from, to) by `text`; then `select` is selected. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly select: Selection;
}

const INDENT = '  ';

/** Tab: spaces up to the next stop where the caret is, or every line of a selection further in. */
export function indent(code: string, { start, end }: Selection): Edit {
  if (start === end) {
    const column = start - lineStart(code, start);
    const text = INDENT.slice(column % INDENT.length);
    return { from: start, to: end, text, select: { start: start + text.length, end: start + text.length } };
  }
  return lines(code, { start, end }, (line) => (line === '' ? '' : INDENT + line));
}

/** Shift+Tab: every line that the selection touches further out; undefined where none can go. */
export function outdent(code: string, selection: Selection): Edit | undefined {
  const edit = lines(code, selection, (line) => line.replace(/^(?: {1,2}|\t)/u, ''));
  return edit.text === code.slice(edit.from, edit.to) ? undefined : edit;
}

/** Enter: a new line that begins where the old one did, and further in after what opens. */
export function newLine(code: string, { start, end }: Selection): Edit {
  const before = code.slice(lineStart(code, start), start);
  const text = `\n${/^[ \t]*/u.exec(before)?.[0] ?? ''}${/[[{(]\s*$/u.test(before) ? INDENT : ''}`;
  return { from: start, to: end, text, select: { start: start + text.length, end: start + text.length } };
}

/** Place of the first character of the line (from 1) and column (from 1); within the text. */
export function placeOf(code: string, line: number, column = 1): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = code.indexOf('\n', at);
    if (next === -1) {
      return code.length;
    }
    at = next + 1;
  }
  const end = code.indexOf('\n', at);
  return Math.min(at + column - 1, end === -1 ? code.length : end);
}

function lineStart(code: string, at: number): number {
  return at === 0 ? 0 : code.lastIndexOf('\n', at - 1) + 1; // a place before the first counts as the first
}

/** Changes every line that the selection touches; what was selected stays so. */
function lines(code: string, { start, end }: Selection, change: (line: string) => string): Edit {
  const from = lineStart(code, start);
  // A selection that ends at the start of a line doesn't touch that line.
  const last = end > start && code[end - 1] === '\n' ? end - 1 : end;
  const next = code.indexOf('\n', last);
  const to = next === -1 ? code.length : next;
  const old = code.slice(from, to).split('\n');
  const changed = old.map(change);
  const text = changed.join('\n');
  const first = (changed[0] as string).length - (old[0] as string).length;
  const moved = Math.max(from, start + first);
  return { from, to, text, select: { start: moved, end: Math.max(moved, end + text.length - (to - from)) } };
}
