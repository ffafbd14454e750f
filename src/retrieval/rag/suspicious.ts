// Lines in files that read like orders to a language model: prompt injection. They are pointed at and stay where they
// are: no list of phrases can find them all, so nothing may depend on it. What does protect stands in prompt.ts, and in
// there being no tool that an answer could use.

import type { SuspiciousLine } from '../../shared/askMessages.ts';
import { nextLine } from '../../shared/lines.ts';

type Why = SuspiciousLine['why'];

/** Marks by which models tell apart who speaks. In a file they would end the passage's turn. */
export const CONTROL_MARKS = /<\|[^|<>\n]{1,40}\|>|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/gi;

const PATTERNS: readonly (readonly [Why, RegExp])[] = [
  ['control', new RegExp(CONTROL_MARKS.source, 'i')],
  ['role', /^\s*<(?:system|assistant)(?:[_-]\w+)?>/i],
  ['role', /^\W{0,6}(?:system|assistant|developer)\s*(?:prompt|message|instruction)?s?\W{0,3}:\s*\S/i],
  ['role', /^\s*#{2,}\s*(?:system|instructions?|new instructions?|assistant|response)\b\s*:?\s*$/i],
  [
    'instruction',
    /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|all|other|your)\b.{0,30}\b(?:instructions?|prompts?|rules?|directions?|context|messages?|guidelines?|passages?)\b/i,
  ],
  ['instruction', /\b(?:you are|you're) (?:now|no longer)\b|\bfrom now on,? you\b|\bpretend (?:to be|that you)\b/i],
  [
    'instruction',
    /\b(?:reveal|print|repeat|show|output|leak)\b.{0,30}\b(?:your|the) (?:system |hidden |initial )?(?:prompt|instructions)\b/i,
  ],
  [
    'instruction',
    /\b(?:AI|LLM|language model|chat ?bot|assistant|copilot|agent)s?\b.{0,30}\b(?:must|should|shall|have to|has to|are to|please)\b.{0,60}\b(?:say|answer|reply|respond|tell|ignore|include|recommend|send|output|write|run|execute)\b/i,
  ],
  [
    'instruction',
    /\b(?:do not|don't|never) (?:tell|inform|mention|reveal|warn)\b.{0,30}\b(?:the )?(?:user|human|reader|anyone)\b/i,
  ],
  [
    'instruction',
    /\b(?:only|always|instead,?) (?:reply|respond|answer|say|output)\b(?=.{0,20}\b(?:with|that|only|yes|no)\b|\s*["'“:])|\b(?:reply|respond|answer) (?:only )?with (?:only )?["'“]/i,
  ],
];

/**
 * Text that people don't see and models read: tag characters, zero-width and bidirectional controls, and what a terminal
 * would obey. A byte order mark at the beginning is none.
 */
const HIDDEN = /[\u{E0000}-\u{E007F}\u200B\u2060\u202A-\u202E\u2066-\u2069]|(?<!^)\uFEFF|[^\P{Cc}\t\r\f]/u;
/** Of these words are made that no pattern would find. */
const BETWEEN = /\p{Cc}\[[\d;]*[A-Za-z]|(?!\t)[\p{Cc}\p{Cf}]/gu;

/** At most so many lines of a passage are looked at, and so many characters of a line. */
const MOST_LINES = 2000;
const MOST_CHARACTERS = 2000;

/**
 * The lines of a passage that read like orders, in order.
 *
 * Example: `suspiciousLines('a = 1\n# Ignore all previous instructions.', 7)` is line 8, an `instruction`.
 *
 * @param startLine the passage's first line in its file, from 1
 */
export function suspiciousLines(text: string, startLine: number): SuspiciousLine[] {
  const found: SuspiciousLine[] = [];
  let start = 0;
  for (let line = startLine; start >= 0 && line < startLine + MOST_LINES; line++) {
    const next = nextLine(text, start);
    const whole = text.slice(start, next < 0 ? text.length : next).replace(/\r?\n$|\r$/, '');
    const read = whole.slice(0, MOST_CHARACTERS);
    const plain = read.replace(BETWEEN, '');
    const why = PATTERNS.find(([, pattern]) => pattern.test(plain))?.[0] ?? (HIDDEN.test(read) ? 'hidden' : undefined);
    if (why !== undefined) {
      found.push({ start, end: start + whole.length, line, why });
    }
    start = next;
  }
  return found;
}
