// A pattern's text as it is being read: where the reader stands, and how a fault names that place.

import { Fault } from '../../shared/errors.ts';

export class PatternSource {
  readonly text: string;
  /** In UTF-16 units. */
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether `expected` stands here. */
  sees(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  /** Goes past `expected` where it stands here, and says whether it did. */
  takes(expected: string): boolean {
    const there = this.sees(expected);
    if (there) {
      this.at += expected.length;
    }
    return there;
  }

  /** Goes past what `pattern`, a sticky regular expression of ours, finds here. */
  takesMatch(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    this.at += match?.[0].length ?? 0;
    return match;
  }

  /** The next character's code point; the pattern must not have ended. */
  next(): number {
    const codePoint = this.text.codePointAt(this.at) as number;
    this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** A fault that names the part of the pattern from `from` to where the reader stands. */
  fault(what: string, remedy: string, from = this.at): Fault {
    return patternFault(this.text, from, what, remedy, this.at);
  }
}

const LONGEST_SHOWN = 120;
const LONGEST_PART = 24;

/** A fault that names a place in a pattern, counted from 1 as people do. */
export function patternFault(pattern: string, from: number, what: string, remedy: string, to = from): Fault {
  const part = pattern.slice(from, Math.min(Math.max(to, from + 1), from + LONGEST_PART));
  const place = part === '' ? 'at its end' : `at character ${from + 1}, "${part}"`;
  return new Fault('bad-input', `The regular expression ${shown(pattern)} can't be used: ${place}: ${what}.`, {
    where: `character ${from + 1} of the regular expression`,
    remedy,
  });
}

/** A fault that says where in a text a pattern has used up what it may cost. */
export function tooManySteps(pattern: string, at: number): Fault {
  return new Fault('too-large', `The regular expression ${shown(pattern)} takes too many steps on this text.`, {
    where: `character ${at + 1} of the text`,
    remedy: 'Take a shorter text, or a tokenizer with a simpler pattern.',
  });
}

function shown(pattern: string): string {
  return JSON.stringify(pattern.length > LONGEST_SHOWN ? `${pattern.slice(0, LONGEST_SHOWN)}…` : pattern);
}
