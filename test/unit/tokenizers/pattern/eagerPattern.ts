// An expression that keeps what failed from the first step on, so that short texts show whether that is right.

import { parsePattern } from '../../../../src/tokenizers/pattern/parser.ts';
import { compile } from '../../../../src/tokenizers/pattern/program.ts';
import { SafePattern } from '../../../../src/tokenizers/pattern/safePattern.ts';

export function eagerPattern(source: string): SafePattern {
  return new SafePattern(compile(parsePattern(source), source), -1);
}
