// Globs as VS Code takes them in `files.exclude`: `*` and `?` within a name, `**` over any number of folders, `{a,b}`,
// `[a-z]`, `[!a-z]`; a pattern is about the whole path from its root, with `/`. Matched without regular expressions, so
// that no pattern of a stranger's settings can take longer than its length times the path's. Case counts.

import { Fault } from '../../shared/errors.ts';

/** `{a,b}{c,d}...` multiplies: more than so many alternatives are refused. */
export const MOST_ALTERNATIVES = 256;
/** In UTF-16 units: no path is longer. */
const LONGEST = 4096;
/** Braces within each other. */
const DEEPEST = 16;
/** Of a glob that is refused, so much is shown. */
const SHOWN = 80;

/** A character that stands for itself, `*`, or any one of a class. */
type Token = { readonly char: string } | 'star' | ((char: string) => boolean);
interface Literal {
  readonly literal: string;
}
/** A name between two `/`: `**`, one without wildcards, or tokens in order, `star` for `*`. */
type Segment = '**' | Literal | readonly Token[];

export interface Glob {
  readonly pattern: string;
  /** How many patterns without braces it comes to. */
  readonly alternatives: number;
  matches(path: string): boolean;
  /** Whether a path inside this folder could match. */
  reaches(folder: string): boolean;
}

/** @throws Fault `bad-params` when it is too long, too deep, or has too many alternatives */
export function parseGlob(pattern: string): Glob {
  const alternatives = alternativesOf(pattern).map((alternative) =>
    alternative
      .replace(/^(?:\.?\/)+/, '')
      .replace(/\/+$/, '')
      .split('/')
      .filter((name, at, all) => !(name === '**' && all[at - 1] === '**'))
      .map(segmentOf),
  );
  return {
    pattern,
    alternatives: alternatives.length,
    matches: (path) => {
      const names = path.split('/');
      return alternatives.some((segments) => matchPath(segments, names));
    },
    reaches: (folder) => {
      const names = folder === '' ? [] : folder.split('/');
      return alternatives.some((segments) => reachesInto(segments, names));
    },
  };
}

/** `a{b,c{d,e}}` as `ab`, `acd`, `ace`. An open brace without its end stands for itself. */
function alternativesOf(pattern: string): string[] {
  if (pattern.length > LONGEST) {
    throw refused(pattern, `has ${pattern.length} characters, and the most is ${LONGEST}`);
  }
  return between(pattern, 0, pattern.length, closings(pattern));
}

/** Where each brace that is closed ends, by where it is opened. */
function closings(pattern: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly at: number; height: number }[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '{') {
      open.push({ at, height: 1 });
    } else if (pattern[at] === '}') {
      const closed = open.pop();
      const around = open.at(-1);
      if (closed !== undefined) {
        ends.set(closed.at, at);
      }
      if (closed !== undefined && closed.height > DEEPEST) {
        throw refused(pattern, `has more than ${DEEPEST} braces within each other`);
      }
      if (closed !== undefined && around !== undefined) {
        around.height = Math.max(around.height, closed.height + 1);
      }
    }
  }
  return ends;
}

function between(pattern: string, from: number, to: number, ends: ReadonlyMap<number, number>): string[] {
  let found = [''];
  for (let at = from; at < to; at++) {
    const end = ends.get(at);
    const choices = end === undefined ? [pattern[at] as string] : choicesOf(pattern, at + 1, end, ends);
    if (found.length * choices.length > MOST_ALTERNATIVES) {
      throw refused(pattern, `has more than ${MOST_ALTERNATIVES} alternatives`);
    }
    found = found.flatMap((head) => choices.map((choice) => head + choice));
    at = end ?? at;
  }
  return found;
}

function choicesOf(pattern: string, from: number, to: number, ends: ReadonlyMap<number, number>): string[] {
  const choices: string[] = [];
  let begin = from;
  for (let at = from; at <= to; at = (ends.get(at) ?? at) + 1) {
    if (at === to || pattern[at] === ',') {
      choices.push(...between(pattern, begin, at, ends));
      begin = at + 1;
    }
  }
  return choices;
}

function refused(pattern: string, why: string): Fault {
  const shown = pattern.length > SHOWN ? `${pattern.slice(0, SHOWN)}...` : pattern;
  return new Fault('bad-params', `The glob ${shown} ${why}.`, {
    where: shown,
    remedy: 'Write it as several globs.',
  });
}

function segmentOf(name: string): Segment {
  if (name === '**') {
    return '**';
  }
  if (!/[*?[]/.test(name)) {
    return { literal: name };
  }
  const tokens: Token[] = [];
  for (let at = 0; at < name.length; at++) {
    const char = name[at] as string;
    const end = char === '[' ? name.indexOf(']', at + 2) : -1;
    if (char === '*') {
      tokens.push('star');
    } else if (char === '?') {
      tokens.push(() => true);
    } else if (end > 0) {
      tokens.push(classOf(name.slice(at + 1, end)));
      at = end;
    } else {
      tokens.push({ char });
    }
  }
  return tokens;
}

/** `a-z_`, `!0-9`, `^0-9`. */
function classOf(inside: string): (char: string) => boolean {
  const not = /^[!^]./.test(inside);
  const ranges = [...inside.slice(not ? 1 : 0).matchAll(/(.)-(.)|(.)/gs)].map(([, from, to, one]) =>
    one === undefined ? [from as string, to as string] : [one, one],
  );
  return (char) => ranges.some(([from, to]) => char >= (from as string) && char <= (to as string)) !== not;
}

/** On a mismatch it goes back to the last `**` alone: a path has one segment a name, so the earliest match is enough. */
function matchPath(segments: readonly Segment[], names: readonly string[]): boolean {
  return matchRun(
    segments.length,
    names.length,
    (at) => segments[at] === '**',
    (at, name) => matchName(segments[at] as Segment, names[name] as string),
  );
}

function matchName(segment: Segment, name: string): boolean {
  if (segment === '**') {
    return true;
  }
  if ('literal' in segment) {
    return segment.literal === name;
  }
  return matchRun(
    segment.length,
    name.length,
    (at) => segment[at] === 'star',
    (at, char) => {
      const token = segment[at] as Token;
      return (
        token !== 'star' && (typeof token === 'function' ? token(name[char] as string) : token.char === name[char])
      );
    },
  );
}

/** The usual greedy match of wildcards that take any number: O(pattern x text). */
function matchRun(
  patterns: number,
  items: number,
  isStar: (at: number) => boolean,
  fits: (at: number, item: number) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let star = -1;
  let starItem = 0;
  while (item < items) {
    if (at < patterns && isStar(at)) {
      star = at++;
      starItem = item;
    } else if (at < patterns && fits(at, item)) {
      at++;
      item++;
    } else if (star >= 0) {
      at = star + 1;
      item = ++starItem;
    } else {
      return false;
    }
  }
  while (at < patterns && isStar(at)) {
    at++;
  }
  return at === patterns;
}

function reachesInto(segments: readonly Segment[], names: readonly string[]): boolean {
  for (const [at, name] of names.entries()) {
    const segment = segments[at];
    if (segment === '**') {
      return true;
    }
    if (segment === undefined || !matchName(segment, name)) {
      return false;
    }
  }
  return segments.length > names.length;
}
