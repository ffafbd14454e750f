// A regular expression as instructions for a machine that tries one way after the other (Thompson 1968's construction;
// Cox 2009, "Regular Expression Matching: the Virtual Machine Approach"). Repetitions with counts are written out.

import type { CharacterSet } from './characterSet.ts';
import { REPLACEMENT } from './characters.ts';
import { keptPlaces } from './keptPlaces.ts';
import { patternFault } from './patternSource.ts';
import type { Anchor, SyntaxNode } from './syntax.ts';

/** What an instruction does; `a` and `b` are its operands. It goes on with the next one unless said otherwise. */
export const OP = {
  /** Takes the character of code point a. */
  character: 0,
  /** Takes a character of set a. */
  set: 1,
  /** Takes the character before, which must be of set a. */
  setBefore: 2,
  /** Takes as many of set a as there are, then as few as needed less. */
  run: 3,
  /** Takes as many of set a as there are, and gives none back. */
  wholeRun: 4,
  /** Goes on at a; where that fails, at b. */
  either: 5,
  jump: 6,
  /** Begins a round of a loop whose body may take nothing; a is how many such loops it stands in, itself included. */
  loop: 7,
  /** Ends that round: where it took something back to b, else on. */
  loopEnd: 8,
  /** Holds where anchor a does. */
  anchor: 9,
  /** Holds where the next character is in set a (b = 0), or where it is not (b = 1). */
  peek: 10,
  /** Runs what follows up to its `accept`; where that accepts (b & 1: where it doesn't) goes on at a, having taken nothing. */
  look: 11,
  /** Runs what follows up to its `accept`, once and for all, and goes on at a from its end. */
  atomic: 12,
  accept: 13,
} as const;

/** Of `look` and `atomic`: what runs there has loops, so that its outcomes are worth keeping. */
export const HAS_LOOPS = 2;

/** In the order of the numbers that stand for them. */
export const ANCHORS: readonly Anchor[] = [
  'line-start',
  'line-end',
  'text-start',
  'text-end',
  'last-line-end',
  'edge',
  'no-edge',
];

export interface Program {
  readonly pattern: string;
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly sets: readonly CharacterSet[];
  /** How many loops whose bodies may take nothing stand within one another at most. */
  readonly emptyLoops: number;
  /** Number of an instruction that several ways lead to, else -1: failures there are worth keeping. */
  readonly kept: Int32Array;
  readonly keptCount: number;
}

/** A pattern of more instructions is refused. Published ones have a hundred or two. */
const MOST_INSTRUCTIONS = 4000;
/** How much a look behind may take, in characters. */
const LONGEST_BEHIND = 255;

/** @throws Fault `bad-input` naming the place in the pattern that makes it too large, or can't be run. */
export function compile(node: SyntaxNode, pattern: string): Program {
  return new Compiler(pattern).compile(node);
}

class Compiler {
  private readonly pattern: string;
  private readonly op: number[] = [];
  private readonly a: number[] = [];
  private readonly b: number[] = [];
  private readonly sets = new Map<CharacterSet, number>();
  private emptyLoops = 0;
  /** Loops with bodies that may take nothing around the place that is being written. */
  private emptyDepth = 0;
  /** How many `look` and `atomic` stand around it. */
  private inner = 0;
  private backwards = false;
  /** Nodes written so far, copies included: copies of nothing write no instruction, and cost time all the same. */
  private work = 0;
  /** Where the innermost repetition stands in the pattern. */
  private place = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  compile(node: SyntaxNode): Program {
    this.write(node);
    this.emit(OP.accept);
    const [op, a, b] = [Uint8Array.from(this.op), Int32Array.from(this.a), Int32Array.from(this.b)];
    const { kept, keptCount } = keptPlaces(op, a, b);
    return {
      pattern: this.pattern,
      op,
      a,
      b,
      sets: [...this.sets.keys()],
      emptyLoops: this.emptyLoops,
      kept,
      keptCount,
    };
  }

  private emit(op: number, a = 0, b = 0): number {
    if (this.op.length === MOST_INSTRUCTIONS) {
      throw this.tooLarge();
    }
    this.a.push(a);
    this.b.push(b);
    return this.op.push(op) - 1;
  }

  private tooLarge() {
    const what = `written out, it has over ${MOST_INSTRUCTIONS} steps`;
    return patternFault(this.pattern, this.place, what, 'Repeat less, or nest fewer counts.');
  }

  private setNumber(set: CharacterSet): number {
    const number = this.sets.get(set) ?? this.sets.size;
    this.sets.set(set, number);
    return number;
  }

  private write(node: SyntaxNode): void {
    if (++this.work > 20 * MOST_INSTRUCTIONS) {
      throw this.tooLarge();
    }
    switch (node.kind) {
      case 'set':
        if (this.backwards) {
          this.emit(OP.setBefore, this.setNumber(node.set));
        } else if (node.set.only !== undefined && node.set.only !== REPLACEMENT) {
          this.emit(OP.character, node.set.only);
        } else {
          this.emit(OP.set, this.setNumber(node.set));
        }
        return;
      case 'sequence':
        for (const part of this.backwards ? node.parts.toReversed() : node.parts) {
          this.write(part);
        }
        return;
      case 'either':
        this.writeEither(node.options);
        return;
      case 'repeat':
        this.writeRepeat(node);
        return;
      case 'anchor':
        this.emit(OP.anchor, ANCHORS.indexOf(node.anchor));
        return;
      case 'look':
        this.writeLook(node.body, node.behind, node.negative);
        return;
      case 'atomic':
        if (node.body.kind === 'repeat' && node.body.greed === 'greedy') {
          this.writeRepeat({ ...node.body, greed: 'possessive' });
        } else {
          this.writeInner(OP.atomic, node.body, 0, this.backwards);
        }
    }
  }

  private writeEither(options: readonly SyntaxNode[]): void {
    const jumps: number[] = [];
    for (const option of options.slice(0, -1)) {
      const choice = this.emit(OP.either, this.op.length + 1);
      this.write(option);
      jumps.push(this.emit(OP.jump));
      this.b[choice] = this.op.length;
    }
    this.write(options.at(-1) as SyntaxNode);
    for (const jump of jumps) {
      this.a[jump] = this.op.length;
    }
  }

  private writeRepeat(node: Extract<SyntaxNode, { kind: 'repeat' }>): void {
    const around = this.place;
    this.place = node.at;
    const { body, from, to, greed } = node;
    // Runs keep where they fail, and not what comes of them: what a look or an atomic group asks goes step by step.
    const isRun = body.kind === 'set' && to === Number.POSITIVE_INFINITY && greed !== 'lazy';
    if (greed === 'possessive' && !(isRun && this.inner === 0)) {
      this.writeInner(OP.atomic, { ...node, greed: 'greedy' }, 0, this.backwards);
    } else {
      for (let copy = 0; copy < from; copy++) {
        this.write(body);
      }
      if (isRun && this.inner === 0) {
        this.emit(greed === 'possessive' ? OP.wholeRun : OP.run, this.setNumber(body.set));
      } else if (to === Number.POSITIVE_INFINITY) {
        this.writeLoop(body, greed === 'lazy');
      } else {
        this.writeOptional(body, to - from, greed === 'lazy');
      }
    }
    this.place = around;
  }

  private writeLoop(body: SyntaxNode, isLazy: boolean): void {
    const choice = this.emit(OP.either);
    if (body.least > 0) {
      this.write(body);
      this.emit(OP.jump, choice);
    } else {
      this.emptyLoops = Math.max(this.emptyLoops, ++this.emptyDepth);
      this.emit(OP.loop, this.emptyDepth);
      this.write(body);
      this.emit(OP.loopEnd, this.emptyDepth, choice);
      this.emptyDepth--;
    }
    this.choose(choice, choice + 1, this.op.length, isLazy);
  }

  /** `count` times the body, each only after the one before. */
  private writeOptional(body: SyntaxNode, count: number, isLazy: boolean): void {
    const choices: number[] = [];
    for (let copy = 0; copy < count; copy++) {
      choices.push(this.emit(OP.either));
      this.write(body);
    }
    for (const choice of choices) {
      this.choose(choice, choice + 1, this.op.length, isLazy);
    }
  }

  private choose(choice: number, body: number, exit: number, isLazy: boolean): void {
    this.a[choice] = isLazy ? exit : body;
    this.b[choice] = isLazy ? body : exit;
  }

  private writeLook(body: SyntaxNode, behind: boolean, negative: boolean): void {
    if (behind && body.most > LONGEST_BEHIND) {
      const what = `a look behind may take at most ${LONGEST_BEHIND} characters`;
      throw patternFault(this.pattern, Math.max(0, this.pattern.indexOf('(?<')), what, 'Bound its repetitions.');
    }
    if (!behind && body.kind === 'set') {
      this.emit(OP.peek, this.setNumber(body.set), Number(negative));
    } else {
      this.writeInner(OP.look, body, Number(negative), behind);
    }
  }

  private writeInner(op: number, body: SyntaxNode, flags: number, backwards: boolean): void {
    const [around, depth] = [this.backwards, this.emptyDepth];
    const start = this.emit(op, 0, flags | (body.most === Number.POSITIVE_INFINITY ? HAS_LOOPS : 0));
    this.backwards = backwards;
    this.emptyDepth = 0;
    this.inner++;
    this.write(body);
    this.inner--;
    this.backwards = around;
    this.emptyDepth = depth;
    this.emit(OP.accept);
    this.a[start] = this.op.length;
  }
}
