// Where the threads of one backend meet: a job at a time, cut into parts that whoever is free takes. All of it lies in one
// shared buffer. Who takes a part doesn't matter for its result, so a thread that is late, or gone, costs time only. The
// caller takes parts from the front and helpers from the back: what one job wrote is then mostly in the cache of who
// reads it in the next.

/** A call of a compiled kernel, and how to cut it: for each unit further, argument i is `steps[i]` larger. */
export interface Job {
  /** Its place among the module's exports. */
  readonly kernel: number;
  readonly args: readonly number[];
  readonly steps: readonly number[];
  /** For each thread further, argument i is `shares[i]` larger: for scratch, of which each thread has its own. */
  readonly shares: readonly number[];
  /** Which argument says how many units there are. */
  readonly counted: number;
  /** Units in all, and in a part; the last part has what is left. */
  readonly units: number;
  readonly part: number;
}

/** The most parts of a job, and the most arguments. */
export const MOST_PARTS = 127;
export const MOST_ARGUMENTS = 64;

// Places of the words, each in a cache line of its own (16 of 4 bytes).
/** The job's number, and which parts nobody has taken: 7 bits for the first of them, 7 for the one behind the last. */
const TICKET = 0;
/** Parts that helpers have finished. */
const FINISHED = 16;
/** 1 while the caller sleeps until FINISHED changes. */
const CALLER_SLEEPS = 32;
/** How many helpers sleep until TICKET changes. */
const SLEEPING = 48;
/** How many helpers have ever begun. */
const BEGUN = 64;
const FAILED = 80;
const CLOSED = 96;
const WORDS = 112;

/** Before the three lists of numbers: kernel, counted, units, part, and how many arguments. */
const HEAD = 5;
const BYTES = WORDS * 4 + (HEAD + 3 * MOST_ARGUMENTS) * 8;

/**
 * A helper looks so long for the next job before it sleeps, in milliseconds. In a training step most jobs follow each other
 * within it; where the two share a core, the caller loses what a helper looks.
 */
const HELPER_LOOKS = 0.025;
/** The caller looks so long for the others to finish, in milliseconds, before it sleeps: waking takes part of that. */
const CALLER_LOOKS = 0.1;
/** Looks between two looks at the clock. */
const LOOKS = 128;
/** The caller's sleep is cut in slices of so many milliseconds: a machine that was suspended counts as one. */
const SLICE = 100;
/** Of a ticket's bits, those that aren't the number's, and of these, those of the first part. */
const PART_BITS = 14;
const FIRST_BITS = 7;
const LAST_NUMBER = 2 ** (32 - PART_BITS) - 1;

export class JobBoard {
  readonly buffer: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly numbers: Float64Array;
  private number = 0;

  /** @param buffer a board's that exists; a new one unless given. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, WORDS);
    this.numbers = new Float64Array(buffer, WORDS * 4);
  }

  // The caller's side

  /** Puts up a job of so many parts. The one before must be done. @returns the job's number. */
  post({ kernel, args, steps, shares, counted, units, part }: Job, parts: number): number {
    const { numbers, words } = this;
    numbers[0] = kernel;
    numbers[1] = counted;
    numbers[2] = units;
    numbers[3] = part;
    numbers[4] = args.length;
    for (let i = 0, at = HEAD; i < args.length; i++, at += 3) {
      numbers[at] = args[i];
      numbers[at + 1] = steps[i];
      numbers[at + 2] = shares[i] ?? 0;
    }
    this.number = this.number === LAST_NUMBER ? 0 : this.number + 1;
    words[FINISHED] = 0;
    Atomics.store(words, TICKET, (this.number << PART_BITS) | parts);
    if (Atomics.load(words, SLEEPING) > 0) {
      Atomics.notify(words, TICKET);
    }
    return this.number;
  }

  /**
   * Returns when helpers have finished so many parts.
   *
   * @param patience milliseconds to wait while no part is finished.
   * @returns false when that was in vain.
   */
  awaitFinished(parts: number, patience: number): boolean {
    const { words } = this;
    const until = performance.now() + CALLER_LOOKS;
    do {
      for (let i = 0; i < LOOKS; i++) {
        if (Atomics.load(words, FINISHED) === parts) {
          return true;
        }
      }
    } while (performance.now() < until);
    Atomics.store(words, CALLER_SLEEPS, 1);
    let finished = Atomics.load(words, FINISHED);
    for (let waited = 0; finished !== parts && waited < patience; ) {
      const outcome = Atomics.wait(words, FINISHED, finished, SLICE);
      waited = outcome === 'timed-out' ? waited + SLICE : 0;
      finished = Atomics.load(words, FINISHED);
    }
    Atomics.store(words, CALLER_SLEEPS, 0);
    return finished === parts;
  }

  /** Whether a helper has failed at a part. */
  get failed(): boolean {
    return Atomics.load(this.words, FAILED) !== 0;
  }

  /** Whether the next job will have the first number again, of which a helper may know an old job. */
  get turnsOver(): boolean {
    return this.number === LAST_NUMBER;
  }

  /** Whether all helpers that have begun sleep: they know no job then. */
  get allSleep(): boolean {
    return Atomics.load(this.words, SLEEPING) >= Atomics.load(this.words, BEGUN);
  }

  /** Whether helpers have finished any part of the last job. */
  get helped(): boolean {
    return Atomics.load(this.words, FINISHED) > 0;
  }

  /** Tells the helpers to end, once the job before is done. */
  close(): void {
    Atomics.store(this.words, CLOSED, 1);
    Atomics.store(this.words, TICKET, (this.number + 1) << PART_BITS);
    Atomics.notify(this.words, TICKET);
  }

  // Both sides

  /** Takes a part of a job that nobody has taken, the first or the last. @returns which; -1 when there is none. */
  take(number: number, end: 'first' | 'last'): number {
    const { words } = this;
    for (;;) {
      const ticket = Atomics.load(words, TICKET);
      const first = (ticket >>> FIRST_BITS) & MOST_PARTS;
      const behind = ticket & MOST_PARTS;
      if (ticket >>> PART_BITS !== number || first >= behind) {
        return -1;
      }
      const rest = end === 'first' ? ticket + (1 << FIRST_BITS) : ticket - 1;
      if (Atomics.compareExchange(words, TICKET, ticket, rest) === ticket) {
        return end === 'first' ? first : behind - 1;
      }
    }
  }

  // A helper's side

  begin(): void {
    Atomics.add(this.words, BEGUN, 1);
  }

  /** Waits for a job with another number than `last`, asleep after a while. @returns its number; -1 when closed. */
  next(last: number): number {
    const { words } = this;
    let until = 0;
    for (;;) {
      for (let i = 0; i < LOOKS; i++) {
        const ticket = Atomics.load(words, TICKET);
        if (ticket >>> PART_BITS !== last) {
          return Atomics.load(words, CLOSED) === 0 ? ticket >>> PART_BITS : -1;
        }
      }
      const now = performance.now();
      until ||= now + HELPER_LOOKS;
      if (now >= until) {
        Atomics.add(words, SLEEPING, 1);
        const ticket = Atomics.load(words, TICKET);
        if (ticket >>> PART_BITS === last) {
          Atomics.wait(words, TICKET, ticket);
        }
        Atomics.sub(words, SLEEPING, 1);
        until = 0;
      }
    }
  }

  /**
   * The job that is up. While the caller puts up the next, this is a mixture: so it counts for nothing until a part of
   * the job with the number read before was taken.
   */
  read(): Job {
    const { numbers } = this;
    const count = Math.min(numbers[4], MOST_ARGUMENTS);
    const [args, steps, shares] = [new Array<number>(count), new Array<number>(count), new Array<number>(count)];
    for (let i = 0, at = HEAD; i < count; i++, at += 3) {
      args[i] = numbers[at];
      steps[i] = numbers[at + 1];
      shares[i] = numbers[at + 2];
    }
    return { kernel: numbers[0], args, steps, shares, counted: numbers[1], units: numbers[2], part: numbers[3] };
  }

  finish(): void {
    Atomics.add(this.words, FINISHED, 1);
    if (Atomics.load(this.words, CALLER_SLEEPS) !== 0) {
      Atomics.notify(this.words, FINISHED);
    }
  }

  fail(): void {
    Atomics.store(this.words, FAILED, 1);
  }
}
