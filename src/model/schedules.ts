// Learning-rate schedules: how large a step is, by its number.

/** The learning rate of a step; steps count from 0. */
export type Schedule = (step: number) => number;

export interface ScheduleOptions {
  /** The learning rate at the top. */
  readonly highest: number;
  /** Where it ends, and stays; 0 unless given. */
  readonly lowest?: number;
  /** For so many steps it rises to `highest`; 0 unless given. */
  readonly warmup?: number;
  /** After so many steps, the rise included, it has come down to `lowest`. */
  readonly steps: number;
}

/** The same for every step. */
export function constant(rate: number): Schedule {
  return () => rate;
}

/** Up in a straight line, then down in one. */
export function linear(options: ScheduleOptions): Schedule {
  return warmedUp(options, (progress) => 1 - progress);
}

/**
 * Up in a straight line, then down along half a wave of the cosine: slowly at first and at the end (Loshchilov and Hutter
 * 2017, without restarts).
 *
 * Example: `cosine({ highest: 1e-3, lowest: 1e-4, warmup: 100, steps: 2000 })` gives step 0 about 1e-5, step 100 1e-3,
 * step 1050 0.00055.
 */
export function cosine(options: ScheduleOptions): Schedule {
  return warmedUp(options, (progress) => (1 + Math.cos(Math.PI * progress)) / 2);
}

/** @param height how high it is above `lowest`, from 1 to 0, for a progress from 0 to 1 */
function warmedUp(options: ScheduleOptions, height: (progress: number) => number): Schedule {
  const { highest, lowest = 0, warmup = 0, steps } = options;
  return (step) => {
    if (step < warmup) {
      return (highest * (step + 1)) / (warmup + 1); // as nanoGPT: step 0 is not lost at a rate of 0
    }
    if (step >= steps) {
      return lowest;
    }
    return lowest + (highest - lowest) * height((step - warmup) / (steps - warmup));
  };
}
