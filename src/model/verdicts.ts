// A classifier's verdicts against the truth: the four counts, and what is made of them.

export interface Scored {
  readonly score: number;
  readonly spam: boolean;
}

/** Who was called what. */
export interface Confusion {
  /** Spam called spam. */
  readonly caught: number;
  /** Wanted mail called spam. */
  readonly lost: number;
  /** Spam called wanted. */
  readonly missed: number;
  /** Wanted mail called wanted. */
  readonly kept: number;
}

/** Whatever scores above the threshold is called spam. */
export function confusionOf(mails: readonly Scored[], threshold: number): Confusion {
  const count = (spam: boolean, called: boolean) =>
    mails.filter((mail) => mail.spam === spam && mail.score > threshold === called).length;
  return { caught: count(true, true), lost: count(false, true), missed: count(true, false), kept: count(false, false) };
}

/** Of all mails, the share with the right verdict. */
export function accuracy({ caught, lost, missed, kept }: Confusion): number {
  return (caught + kept) / (caught + lost + missed + kept);
}

/** Of what was called spam, the share that is; NaN where nothing was. */
export function precision({ caught, lost }: Confusion): number {
  return caught / (caught + lost);
}

/** Of all spam, the share that was caught; NaN where there is none. */
export function recall({ caught, missed }: Confusion): number {
  return caught / (caught + missed);
}

/** The harmonic mean of precision and recall (van Rijsbergen 1979): low where either is. */
export function f1({ caught, lost, missed }: Confusion): number {
  return (2 * caught) / (2 * caught + lost + missed);
}
