// Reads a regular expression into nodes, by recursive descent: alternatives, then what stands in a row, then one piece
// with its repetition. The language is the part of Oniguruma's that tokenizer files use (K. Kosako, doc/RE). Refused,
// by name: references back, calls, conditions, and spaces that don't count (`(?x)`).

import { CharacterSet } from './characterSet.ts';
import { readClass } from './classParser.ts';
import { readEscape } from './escapes.ts';
import { casesOf } from './letterCase.ts';
import { PatternSource } from './patternSource.ts';
import {
  type Anchor,
  anchorNode,
  atomicNode,
  eitherNode,
  type Greed,
  lookNode,
  repeatNode,
  type SyntaxNode,
  sequenceNode,
  setNode,
} from './syntax.ts';

/** How deep groups and classes may stand in one another, and repetitions on top of each other. */
const DEEPEST = 100;
/** The highest count that a repetition may ask for: Oniguruma's own. */
const MOST_REPEATS = 100_000;
/** Each kind of character costs memory while a text is read. */
const MOST_SETS = 500;

/** Letters of any case, and a dot that takes line breaks as well. */
interface Flags {
  readonly anyCase: boolean;
  readonly dotTakesAll: boolean;
}

const ANCHOR_ESCAPES: Readonly<Record<string, Anchor>> = {
  b: 'edge',
  B: 'no-edge',
  A: 'text-start',
  z: 'text-end',
  Z: 'last-line-end',
};

const GROUP =
  /\((?:\?(?:(:)|(=)|(!)|(>)|(<=)|(<!)|(#)|(?:P?<([A-Za-z_]\w*)>)|([imsxaDSWP]*)(?:-([a-zA-Z]+))?([:)])|))?/y;

/**
 * The nodes of a pattern.
 *
 * @throws Fault `bad-input` naming the part of the pattern that is wrong or not read.
 */
export function parsePattern(pattern: string): SyntaxNode {
  const parser = new PatternParser(pattern);
  return parser.parse();
}

class PatternParser {
  private readonly source: PatternSource;
  private readonly sets = new Map<string, CharacterSet>();

  constructor(pattern: string) {
    this.source = new PatternSource(pattern);
  }

  parse(): SyntaxNode {
    const node = this.either({ anyCase: false, dotTakesAll: false }, DEEPEST);
    if (!this.source.ended) {
      throw this.source.fault('nothing was opened that this closes', 'Write \\) for a bracket.');
    }
    return node;
  }

  /** Alternatives, up to the end or to the bracket that closes their group. */
  private either(flags: Flags, depth: number): SyntaxNode {
    const options = [this.sequence(flags, depth)];
    while (this.source.takes('|')) {
      options.push(this.sequence(flags, depth));
    }
    return eitherNode(options);
  }

  private sequence(flags: Flags, depth: number): SyntaxNode {
    const parts: SyntaxNode[] = [];
    while (!(this.source.ended || this.source.sees('|') || this.source.sees(')'))) {
      const from = this.source.at;
      parts.push(this.repeated(this.piece(flags, depth), from, depth));
    }
    return sequenceNode(parts);
  }

  /** `body` with the repetitions behind it: there may be several. */
  private repeated(body: SyntaxNode, from: number, depth: number): SyntaxNode {
    let node = body;
    for (let left = depth; ; left--) {
      const at = this.source.at;
      const repeat = this.source.takesMatch(/(?:([*+?])|\{(\d*)(?:(,)(\d*))?\})([?+])?/y);
      if (repeat === null || (repeat[1] === undefined && !(repeat[2] || repeat[4]))) {
        this.source.at = at; // `{` that begins no repetition stands for itself
        return node;
      }
      if (left === 0) {
        throw this.source.fault('repetitions stand too deep in one another', 'Write fewer.', at);
      }
      node = this.repetition(node, repeat, from, at);
    }
  }

  private repetition(body: SyntaxNode, written: RegExpExecArray, from: number, at: number): SyntaxNode {
    const [, sign, low, comma, high, mark] = written;
    if (sign !== undefined) {
      const greed: Greed = mark === '?' ? 'lazy' : mark === '+' ? 'possessive' : 'greedy';
      return repeatNode(body, sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY, greed, from);
    }
    const least = Number(low);
    const most = comma === undefined ? least : high ? Number(high) : Number.POSITIVE_INFINITY;
    if (least > MOST_REPEATS || (most > MOST_REPEATS && most !== Number.POSITIVE_INFINITY) || most < least) {
      const what =
        most < least ? 'it repeats at most less often than at least' : `it repeats over ${MOST_REPEATS} times`;
      throw this.source.fault(what, 'Write another count.', at);
    }
    // As Oniguruma has it: `a{2}?` may be left out, and `a{1,3}+` repeats the repetition.
    if (mark === '?' && comma === undefined) {
      return repeatNode(repeatNode(body, least, most, 'greedy', from), 0, 1, 'greedy', from);
    }
    const node = repeatNode(body, least, most, mark === '?' ? 'lazy' : 'greedy', from);
    return mark === '+' ? repeatNode(node, 1, Number.POSITIVE_INFINITY, 'greedy', from) : node;
  }

  /** One character, set, anchor or group. */
  private piece(flags: Flags, depth: number): SyntaxNode {
    const { source } = this;
    const from = source.at;
    if (source.sees('(')) {
      return this.group(flags, depth);
    }
    const repeat = source.takesMatch(/[*+?]/y);
    if (repeat !== null) {
      throw source.fault('there is nothing that it could repeat', `Write \\${repeat[0]} for the sign itself.`, from);
    }
    if (source.takes('^')) {
      return anchorNode('line-start');
    }
    if (source.takes('$')) {
      return anchorNode('line-end');
    }
    if (source.takes('[')) {
      const test = readClass(source, flags.anyCase, DEEPEST);
      return setNode(this.set(`${flags.anyCase}${source.text.slice(from, source.at)}`, () => new CharacterSet(test)));
    }
    if (source.takes('.')) {
      const name = flags.dotTakesAll ? 'dot, all' : 'dot';
      return setNode(this.set(name, () => new CharacterSet(flags.dotTakesAll ? () => true : (one) => one !== 10)));
    }
    if (!source.takes('\\')) {
      return this.character(source.next(), flags);
    }
    const anchor = source.takesMatch(/[bBAzZ]/y);
    if (anchor !== null) {
      return anchorNode(ANCHOR_ESCAPES[anchor[0]]!);
    }
    const escaped = readEscape(source);
    if ('codePoint' in escaped) {
      return this.character(escaped.codePoint, flags);
    }
    const name = `${flags.anyCase}${source.text.slice(from, source.at)}`;
    return setNode(this.set(name, () => new CharacterSet(escaped.test)));
  }

  private character(codePoint: number, { anyCase }: Flags): SyntaxNode {
    const cases = anyCase ? casesOf(codePoint) : [codePoint];
    const make = () => new CharacterSet((one) => cases.includes(one), cases.length === 1 ? codePoint : undefined);
    return setNode(this.set(cases.join(' '), make));
  }

  /** The set of this name, made once. */
  private set(name: string, make: () => CharacterSet): CharacterSet {
    const known = this.sets.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.sets.size === MOST_SETS) {
      throw this.source.fault(`it tells over ${MOST_SETS} kinds of characters apart`, 'Write a shorter one.');
    }
    const set = make();
    this.sets.set(name, set);
    return set;
  }

  private group(flags: Flags, depth: number): SyntaxNode {
    const { source } = this;
    const from = source.at;
    if (depth === 0) {
      throw source.fault('groups stand too deep within one another', 'Write it flatter.', from);
    }
    const written = source.takesMatch(GROUP) as RegExpExecArray;
    const [opening, , ahead, notAhead, atomic, behind, notBehind, comment, , on, off, flagsEnd] = written;
    if (comment !== undefined) {
      source.takesMatch(/[^)]*/y);
      this.close(from);
      return sequenceNode([]);
    }
    if (opening === '(?') {
      throw source.fault('this kind of group is not read', 'Write (?:…), (?=…), (?!…), (?<=…), (?<!…) or (?>…).', from);
    }
    const inside = flagsEnd === undefined ? flags : this.flags(flags, on ?? '', off ?? '', from);
    const body = this.either(inside, depth - 1);
    if (flagsEnd === ')') {
      return body; // `(?i)` holds to the end of the group that it stands in, alternatives included
    }
    this.close(from);
    if (ahead !== undefined || notAhead !== undefined) {
      return lookNode(body, false, notAhead !== undefined);
    }
    if (behind !== undefined || notBehind !== undefined) {
      return lookNode(body, true, notBehind !== undefined);
    }
    return atomic === undefined ? body : atomicNode(body);
  }

  private close(from: number): void {
    if (!this.source.takes(')')) {
      throw this.source.fault('the group that begins here has no end', 'Close it with ).', from);
    }
  }

  private flags(before: Flags, on: string, off: string, from: number): Flags {
    const unknown = /[^im]/.exec(on + off);
    if (unknown !== null) {
      const what = `the option ${unknown[0]} is not read`;
      throw this.source.fault(what, 'There are i (any case) and m (the dot takes line breaks).', from);
    }
    return {
      anyCase: (before.anyCase || on.includes('i')) && !off.includes('i'),
      dotTakesAll: (before.dotTakesAll || on.includes('m')) && !off.includes('m'),
    };
  }
}
