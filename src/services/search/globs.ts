// Globs as VS Code takes them in `files.exclude`: `*` and `?` within a name, `**` over any number of folders, `{a,b}`,
// `[a-z]`, `[!a-z]`; a pattern is about the whole path from its root, with `/`. Matched without regular expressions, so
// that no pattern of a stranger's settings can take longer than its length times the path's. Case counts.

import { Fault } from '../../shared/errors.ts';

/** `{a,b}{c,d}...` multiplies: more than so many alternatives are refused. */
const MOST_ALTERNATIVES = 256;

/** A character that stands for itself, `*`, or any one of a class. */
type Token = { readonly char: string } | 'star' | ((char: string) => boolean);
interface Literal {
  readonly literal: string;
}
/** A name between two `/`: `**`, one without wildcards, or tokens in order, `star` for `*`. */
type Segment = '**' | Literal | readonly Token[];

export interface Glob {
  readonly pattern: string;
  matches(path: string): boolean;
  /** Whether a path inside this folder could match. */
  reaches(folder: string): boolean;
}

/** @throws Fault `bad-params` when it has too many alternatives */
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
  let found = [''];
  for (let at = 0; at < pattern.length; at++) {
    const end = pattern[at] === '{' ? closing(pattern, at) : -1;
    const choices = end < 0 ? [pattern[at] as string] : choicesOf(pattern.slice(at + 1, end)).flatMap(alternativesOf);
    if (found.length * choices.length > MOST_ALTERNATIVES) {
      throw new Fault('bad-params', `The glob ${pattern} has more than ${MOST_ALTERNATIVES} alternatives.`, {
        where: pattern,
        remedy: 'Write it as several globs.',
      });
    }
    found = found.flatMap((head) => choices.map((choice) => head + choice));
    at = end < 0 ? at : end;
  }
  return found;
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at++) {
    depth += pattern[at] === '{' ? 1 : pattern[at] === '}' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return -1;
}

function choicesOf(inside: string): string[] {
  const choices = [''];
  let depth = 0;
  for (const char of inside) {
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (char === ',' && depth === 0) {
      choices.push('');
    } else {
      choices[choices.length - 1] += char;
    }
  }
  return choices;
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
