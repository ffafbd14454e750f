// Where a text's lines end, as VS Code's editor has it: at \r\n, \n or a lone \r, and nowhere else. Every line number
// that people or programs are given is counted so.

const CR = 13;
const LF = 10;

/** Without their ends; a text that ends in a line's end has an empty last line. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Where the line after the one at `from` begins, as a UTF-16 offset; -1 where none does up to `end`. */
export function nextLine(text: string, from: number, end = text.length): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) {
      return at + 1;
    }
  }
  return -1;
}

/** Whether a line begins at this offset. */
export function isLineStart(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return at === 0 || before === LF || (before === CR && text.charCodeAt(at) !== LF);
}

/** How many lines end in a text. */
export function lineEnds(text: string): number {
  let count = 0;
  for (let at = nextLine(text, 0); at >= 0; at = nextLine(text, at)) {
    count++;
  }
  return count;
}
