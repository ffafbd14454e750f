// Which scanner does what which pattern says.

import { type PatternName, patternName } from '../patterns.ts';
import { cl100kPreTokenEnd, qwen2PreTokenEnd } from './cl100kScanner.ts';
import { gpt2PreTokenEnd } from './gpt2Scanner.ts';
import { o200kPreTokenEnd } from './o200kScanner.ts';
import type { Scanner } from './scanning.ts';

export const SCANNERS: Readonly<Record<PatternName, Scanner>> = {
  gpt2: gpt2PreTokenEnd,
  cl100k: cl100kPreTokenEnd,
  o200k: o200kPreTokenEnd,
  llama3: cl100kPreTokenEnd,
  qwen2: qwen2PreTokenEnd,
};

/** The scanner for a pattern's source, or undefined where there is none by hand. */
export function scannerOf(pattern: string): Scanner | undefined {
  const name = patternName(pattern);
  return name && SCANNERS[name];
}
