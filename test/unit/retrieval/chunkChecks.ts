// What holds of the chunks of any file.

import { expect } from 'vitest';
import type { Chunk } from '../../../src/retrieval/chunk.ts';

/** As VS Code's editor ends lines. */
const LINE_END = /\r\n|\r|\n/;

/** In order, not overlapping, as the text has them, on the lines that they say; only white space is left out. */
export function expectWhole(text: string, chunks: readonly Chunk[], what = ''): void {
  let at = 0;
  let line = 1;
  for (const chunk of chunks) {
    expect(chunk.start, what).toBeGreaterThanOrEqual(at);
    expect(text.slice(at, chunk.start).trim(), what).toBe('');
    expect(chunk.text, what).toBe(text.slice(chunk.start, chunk.end));
    expect(chunk.text.trim(), what).not.toBe('');
    expect(/\s$/.test(chunk.text), what).toBe(false);
    line += text.slice(at, chunk.start).split(LINE_END).length - 1;
    expect(chunk.startLine, what).toBe(line);
    line += chunk.text.split(LINE_END).length - 1;
    expect(chunk.endLine, what).toBe(line);
    at = chunk.end;
  }
  expect(text.slice(at).trim(), what).toBe('');
}
