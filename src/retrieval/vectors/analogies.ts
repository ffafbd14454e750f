// Analogies by arithmetic on vectors: a - b + c (Mikolov, Yih and Zweig, 2013), and whether the answer is worth anything.
// Much of what such sums are praised for comes from leaving the inputs out of the answers (Linzen, 2016; Nissim, van Noord
// and van der Goot, 2020): so both lists are made, and it is said what the sum finds by itself.

import { dotOf, lengthOf, normalised } from './quantise.ts';

/** Below this the best answer is not told apart from the second. */
const SMALL_MARGIN = 0.02;
/** Below this cosine nothing lies near the sum. */
const FAR = 0.4;

export interface AnalogyInputs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly c: ArrayLike<number>;
}

export interface AnalogySum {
  /** a - b + c at length 1; zeros where nothing is left. */
  readonly target: Float32Array;
  /** The length before. */
  readonly length: number;
  readonly cosines: {
    readonly ab: number;
    readonly ac: number;
    readonly bc: number;
    readonly a: number;
    readonly b: number;
    readonly c: number;
  };
}

/** a - b + c of vectors of length 1. */
export function analogySum({ a, b, c }: AnalogyInputs): AnalogySum {
  const sum = Float32Array.from(a, (x, i) => x - b[i]! + c[i]!);
  const target = normalised(sum);
  const cosines = {
    ab: dotOf(a, b),
    ac: dotOf(a, c),
    bc: dotOf(b, c),
    a: dotOf(a, target),
    b: dotOf(b, target),
    c: dotOf(c, target),
  };
  return { target, length: lengthOf(sum), cosines };
}

export interface Answer {
  readonly text: string;
  readonly cosine: number;
  readonly input?: 'a' | 'b' | 'c';
}

export type AnalogyVerdict = 'holds' | 'weak' | 'input-nearest' | 'input-again' | 'unknown-input';

export interface Judgement {
  readonly verdict: AnalogyVerdict;
  /** How far the best answer that is no input is ahead of the next. */
  readonly margin: number;
  /** One or two sentences for people. */
  readonly said: string;
}

/**
 * What the numbers say about an analogy.
 *
 * @param withInputs the nearest to the sum, best first, the inputs among them.
 * @param withoutInputs the same without them.
 * @param texts the inputs as they were given.
 */
export function judge(
  inputs: AnalogyInputs,
  { cosines }: AnalogySum,
  texts: Readonly<Record<'a' | 'b' | 'c', string>>,
  withInputs: readonly Answer[],
  withoutInputs: readonly Answer[],
): Judgement {
  const [best, second] = withoutInputs;
  const margin = best === undefined ? 0 : best.cosine - (second?.cosine ?? 0);
  const judged = (verdict: AnalogyVerdict, said: string): Judgement => ({ verdict, margin, said });
  const unknown = (['a', 'b', 'c'] as const).find((name) => lengthOf(inputs[name]) === 0);
  if (unknown !== undefined) {
    return judged('unknown-input', `The model knows nothing of "${texts[unknown]}": its vector is all zeros.`);
  }
  if (best === undefined) {
    return judged('weak', 'There is nothing but the inputs to choose from.');
  }
  const nearest = withInputs[0];
  if (nearest?.input !== undefined) {
    const name = nearest.input;
    const same =
      name === 'b' ? '' : `: taking away "${texts.b}" and adding "${texts[name === 'a' ? 'c' : 'a']}" hardly moves it`;
    return judged(
      'input-nearest',
      `The nearest to the sum is "${texts[name]}" itself, one of the inputs (cosine ${two(nearest.cosine)})${same}. "${best.text}" only comes first because the inputs are left out.`,
    );
  }
  if (best.cosine <= Math.max(cosines.a, cosines.c)) {
    const name = cosines.a >= cosines.c ? 'a' : 'c';
    return judged(
      'input-again',
      `"${best.text}" (cosine ${two(best.cosine)}) is no nearer to the sum than "${texts[name]}", which went into it (${two(cosines[name])}).`,
    );
  }
  if (best.cosine < FAR) {
    return judged(
      'weak',
      `Nothing lies near the sum: the nearest, "${best.text}", has a cosine of ${two(best.cosine)}.`,
    );
  }
  if (second !== undefined && margin < SMALL_MARGIN) {
    return judged(
      'weak',
      `"${best.text}" is ahead of "${second.text}" by ${three(margin)} only: with a little noise the other would have come first.`,
    );
  }
  return judged(
    'holds',
    `"${best.text}" is the nearest to the sum, nearer than the inputs themselves, and ahead of the next by ${two(margin)}.`,
  );
}

function two(x: number): string {
  return x.toFixed(2);
}

function three(x: number): string {
  return x.toFixed(3);
}
