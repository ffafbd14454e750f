// Regular expressions that cannot hang, for patterns from files of unknown make. A match is searched as the pattern's
// library would, one way after the other (so that the same one is found), but what has failed once at a place of the
// pattern and of the text is not tried there again: the steps are bounded by the product of both lengths (Davis,
// Servant and Lee 2021, "Using Selective Memoization to Defeat Regular Expression Denial of Service"). The text costs
// no stack of ours. Not handled: what groups hold; nothing here asks for it.

import type { CharacterSet } from './characterSet.ts';
import { characterAt, widthAt, widthBefore } from './characters.ts';
import { Failures } from './failures.ts';
import { firstCharacters } from './firstCharacters.ts';
import { tooManySteps } from './patternSource.ts';
import { ANCHORS, HAS_LOOPS, OP, type Program } from './program.ts';
import { holds } from './textPlaces.ts';

/** In UTF-16 units; `end` is the first behind the match. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
}

const FREE_STEPS = 1000;
/** Numbers on the stack of ways not tried yet: 128 MB. */
const MOST_WAITING = 1 << 24;
/** Outcomes of looks and atomic groups that are kept. */
const MOST_OUTCOMES = 1 << 20;
/** What a text may cost at most: enough for every published pattern on any text many times over. */
const MOST_STEPS = 5_000_000;
const MOST_STEPS_A_UNIT = 50;

export class SafePattern {
  /** Steps since the text was begun: a measure of work that no clock disturbs. */
  steps = 0;
  private readonly program: Program;
  private readonly freeSteps: number;
  private readonly first: CharacterSet | undefined;
  private readonly failures: Failures;
  /** Where looks and atomic groups with loops ended, by place of the pattern and of the text. */
  private readonly outcomes = new Map<number, number>();
  private text = '';
  /** Ways not tried yet, four numbers each: instruction with level, place in the text, least place of a run, trail. */
  private readonly waiting: number[] = [];
  /** The kept places on the way to here, three numbers each: place of the pattern, and from where to where in the text. */
  private readonly trail: number[] = [];
  private isKeeping = false;

  /** @param freeSteps steps of a call after which it begins to keep what failed: most calls are over long before */
  constructor(program: Program, freeSteps: number = FREE_STEPS) {
    this.program = program;
    this.freeSteps = freeSteps;
    this.first = firstCharacters(program);
    this.failures = new Failures(program.keptCount * (program.emptyLoops + 1));
  }

  get source(): string {
    return this.program.pattern;
  }

  /**
   * The first match in `text` that begins at `from` or behind it. What lies before `from` is seen by looks behind. Calls
   * that go through a text from front to back share what they have found out about it.
   *
   * @throws Fault `too-large` when the text takes the pattern too many steps: its budget grows with the text's length.
   */
  matchAt(text: string, from: number): PatternMatch | undefined {
    if (text !== this.text || from === 0) {
      this.forget();
      this.text = text;
      this.steps = 0;
    }
    this.failures.passed(from);
    this.isKeeping = false;
    const free = this.steps + this.freeSteps;
    for (let start = from; start <= text.length; start += widthAt(text, start)) {
      if (this.first === undefined || (start < text.length && this.first.has(characterAt(text, start)))) {
        this.isKeeping ||= this.steps > free;
        const end = this.run(0, start, false, free);
        if (end >= 0) {
          return { start, end };
        }
      }
    }
    this.forget();
    return undefined;
  }

  /**
   * All matches of a text, as Oniguruma's users go through them: each begins where the one before ended, and one that
   * takes nothing is left out right behind another.
   */
  *matches(text: string): Generator<PatternMatch> {
    let from = 0;
    let lastEnd = -1;
    while (from <= text.length) {
      const match = this.matchAt(text, from);
      if (match === undefined) {
        return;
      }
      const isEmpty = match.end === match.start;
      if (!(isEmpty && match.end === lastEnd)) {
        yield match;
      }
      lastEnd = match.end;
      from = isEmpty && from === match.end ? match.end + widthAt(text, match.end) : match.end;
    }
  }

  private forget(): void {
    if (!this.failures.isEmpty || this.outcomes.size > 0) {
      this.failures.clear();
      this.outcomes.clear();
    }
    this.text = '';
  }

  /**
   * Runs the program from instruction `entry` at `at`: where in the text it accepts, or -1. Calls itself for looks and
   * atomic groups, which nest no deeper than in the pattern.
   *
   * @param keepsOutcomes whether where it accepts is worth keeping, as where it fails always is
   * @param free steps from which on failures are kept
   */
  private run(entry: number, at: number, keepsOutcomes: boolean, free: number): number {
    const { program, text, waiting, trail, failures } = this;
    const { op, a, b, sets, kept, keptCount, emptyLoops } = program;
    const bottom = waiting.length;
    const trailBottom = trail.length;
    const limit = MOST_STEPS + MOST_STEPS_A_UNIT * text.length;
    let pc = entry;
    let pos = at;
    // How many of the loops around this place, from the outside in, have taken something in this round.
    let level = emptyLoops;
    for (;;) {
      if (++this.steps > limit || waiting.length > MOST_WAITING) {
        this.forget();
        waiting.length = 0;
        trail.length = 0;
        throw tooManySteps(this.source, at);
      }
      this.isKeeping ||= this.steps > free;
      const kind = op[pc]!;
      const place = kept[pc]! < 0 ? -1 : kept[pc]! + level * keptCount;
      let fails = false;
      if (place >= 0) {
        fails = !failures.isEmpty && failures.has(place, pos);
        const known = keepsOutcomes && !fails ? this.outcomes.get(this.outcomeKey(place, pos)) : undefined;
        if (known !== undefined) {
          return this.accepted(known, bottom, trailBottom, keepsOutcomes);
        }
        if (!fails && this.isKeeping && kind !== OP.run && kind !== OP.wholeRun) {
          trail.push(place, pos, pos);
        }
      }
      if (!fails) {
        // Where a step fails, what it leaves behind here doesn't count: the next way waiting says where to go on.
        switch (kind) {
          case OP.character:
            fails = text.codePointAt(pos) !== a[pc]!;
            pos += a[pc]! > 0xffff ? 2 : 1;
            pc++;
            level = emptyLoops;
            break;
          case OP.set:
            fails = pos >= text.length || !sets[a[pc]!]!.has(characterAt(text, pos));
            pos += widthAt(text, pos);
            pc++;
            level = emptyLoops;
            break;
          case OP.setBefore: {
            const before = pos - widthBefore(text, pos);
            fails = pos === 0 || !sets[a[pc]!]!.has(characterAt(text, before));
            pos = before;
            pc++;
            level = emptyLoops;
            break;
          }
          case OP.run:
          case OP.wholeRun: {
            const full = kept[pc]! + emptyLoops * keptCount;
            const end = this.runEnd(sets[a[pc]!]!, full, pos, free);
            // Behind `end` the same run has failed already: to give none back is then to fail as well.
            fails = end < 0 && kind === OP.wholeRun;
            const last = Math.abs(end + (end < 0 ? 1 : 0));
            if (this.isKeeping && level === emptyLoops) {
              trail.push(full, pos, last);
            } else if (this.isKeeping) {
              // What fails behind `pos` has taken something, which may not be so at `pos`.
              trail.push(place, pos, pos, full, pos + 1, last);
            }
            pc++;
            if (kind === OP.run && last > pos && op[pc] !== OP.accept) {
              waiting.push(level * op.length + pc, last - widthBefore(text, last), pos, trail.length);
            }
            level = last > pos ? emptyLoops : level;
            pos = last;
            break;
          }
          case OP.either:
            waiting.push(level * op.length + b[pc]!, pos, -1, trail.length);
            pc = a[pc]!;
            break;
          case OP.jump:
            pc = a[pc]!;
            break;
          case OP.loop:
            level = Math.min(level, a[pc]! - 1);
            pc++;
            break;
          case OP.loopEnd:
            pc = level >= a[pc]! ? b[pc]! : pc + 1;
            break;
          case OP.anchor:
            fails = !holds(ANCHORS[a[pc]!]!, text, pos);
            pc++;
            break;
          case OP.peek:
            fails = (pos < text.length && sets[a[pc]!]!.has(characterAt(text, pos))) === (b[pc] === 1);
            pc++;
            break;
          case OP.look:
            fails = this.run(pc + 1, pos, (b[pc]! & HAS_LOOPS) !== 0, free) >= 0 === ((b[pc]! & 1) === 1);
            pc = a[pc]!;
            break;
          case OP.atomic: {
            const end = this.run(pc + 1, pos, (b[pc]! & HAS_LOOPS) !== 0, free);
            fails = end < 0;
            level = end === pos ? level : emptyLoops;
            pos = end;
            pc = a[pc]!;
            break;
          }
          default:
            return this.accepted(pos, bottom, trailBottom, keepsOutcomes);
        }
      }
      if (fails) {
        if (waiting.length === bottom) {
          this.failed(trailBottom);
          return -1;
        }
        const trailThere = waiting.pop()!;
        const least = waiting.pop()!;
        pos = waiting.pop()!;
        const state = waiting.pop()!;
        this.failed(trailThere);
        if (least >= 0 && pos > least) {
          waiting.push(state, pos - widthBefore(text, pos), least, trailThere);
        }
        pc = state % op.length;
        level = least >= 0 && pos > least ? emptyLoops : Math.floor(state / op.length);
      }
    }
  }

  /**
   * Where a run of `set` from `at` ends; where it meets a place at which the same run has failed, minus that place and
   * minus 1: what lies behind it has been tried.
   */
  private runEnd(set: CharacterSet, place: number, at: number, free: number): number {
    const { text, failures } = this;
    const mayHaveFailed = !failures.isEmpty;
    let end = at;
    while (end < text.length && set.has(characterAt(text, end))) {
      const next = end + widthAt(text, end);
      if (mayHaveFailed && failures.has(place, next)) {
        this.steps += end - at;
        return -end - 1;
      }
      end = next;
    }
    this.steps += end - at;
    this.isKeeping ||= this.steps > free;
    return end;
  }

  /** All kept places behind the trail's first `length` numbers have failed. */
  private failed(length: number): void {
    const { trail } = this;
    while (trail.length > length) {
      const to = trail.pop()!;
      const from = trail.pop()!;
      this.failures.add(trail.pop()!, from, to);
    }
  }

  private accepted(end: number, bottom: number, trailBottom: number, keepsOutcomes: boolean): number {
    if (keepsOutcomes) {
      if (this.outcomes.size > MOST_OUTCOMES) {
        this.outcomes.clear();
      }
      for (let at = trailBottom; at < this.trail.length; at += 3) {
        this.outcomes.set(this.outcomeKey(this.trail[at]!, this.trail[at + 1]!), end);
      }
    }
    this.waiting.length = bottom;
    this.trail.length = trailBottom;
    return end;
  }

  private outcomeKey(place: number, at: number): number {
    return at * this.program.keptCount * (this.program.emptyLoops + 1) + place;
  }
}
