// What is read out of the text of an answer: where its function stands, and a solution with one line left blank. By the
// looks of the lines: no parser, as the text may be half written.

/** @returns the line (from 0) on which an export of this name begins; the first line where there is none */
export function lineOfExport(text: string, name: string): number {
  const begins = new RegExp(
    `^\\s*export\\s+(?:default\\s+)?(?:async\\s+)?(?:function\\*?|const|let|class)\\s+${name}\\b`,
    'u',
  );
  const found = text.split('\n').findIndex((line) => begins.test(line));
  return Math.max(0, found);
}

/**
 * The solution with the line that says most left to the learner: the longest statement inside a function that stands by
 * itself.
 *
 * @param blank stands in its place, as a comment
 */
export function withLineBlank(solution: string, blank: string): string {
  const lines = solution.split('\n');
  let comment = false;
  let best = -1;
  const length = (line: string) => line.trim().length;
  for (const [i, line] of lines.entries()) {
    const text = line.trim();
    comment ||= text.startsWith('/*');
    const whole = /^\s/u.test(line) && text.endsWith(';') && balanced(text) && !/^(?:\/\/|\*|import\b)/u.test(text);
    if (!comment && whole && (best < 0 || length(line) > length(lines[best] as string))) {
      best = i;
    }
    comment &&= !text.includes('*/');
  }
  if (best < 0) {
    return solution;
  }
  const indent = /^\s*/u.exec(lines[best] as string)?.[0] ?? '';
  return lines.with(best, `${indent}// ${blank}`).join('\n');
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth === 0;
}
