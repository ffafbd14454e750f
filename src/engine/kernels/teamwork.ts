// Whether it pays to share work with helpers. On a machine that is busy, a helper that holds a part may be without a core
// for a while, and the caller waits for it: the team then takes longer than the caller alone. So this keeps an account of
// what the helpers' parts saved and of what the caller waited. When it is overdrawn, the caller works alone for a while,
// and for a longer one each time that a try brought nothing.

import type { Clock } from '../../shared/environment.ts';

// In milliseconds. What was saved counts up to the first, so that it never hides for long that things have changed.
const MOST_CREDIT = 2;
const MOST_DEBT = 2;
const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 160;
/** What waiting costs for each millisecond of it: who waits also loses what was in the cache, and its place in the queue. */
const PRICE = 1.5;

export class Teamwork {
  private readonly clock: Pick<Clock, 'elapsed'>;
  private account = 0;
  /** What this try has brought in all. */
  private gain = 0;
  private pause = SHORTEST_PAUSE / 2; // doubled before the first
  private aloneUntil = 0;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.clock = clock;
  }

  /** Whether to share the next job. */
  get pays(): boolean {
    return this.clock.elapsed() >= this.aloneUntil;
  }

  /**
   * Enters a shared job; all in milliseconds.
   *
   * @param saved what the caller would have needed for the helpers' parts.
   * @param waited how long it waited for them when there were no more parts to take.
   */
  enter(saved: number, waited: number): void {
    const gain = saved - PRICE * waited;
    this.gain += gain;
    this.account = Math.min(this.account + gain, MOST_CREDIT);
    if (this.account < -MOST_DEBT) {
      this.pause = this.gain > 0 ? SHORTEST_PAUSE : Math.min(2 * this.pause, LONGEST_PAUSE);
      this.aloneUntil = this.clock.elapsed() + this.pause;
      this.gain = 0;
      this.account = 0;
    }
  }
}
