// Things on a line by their score, what each of them truly is, and the threshold that parts them: a classifier's verdicts,
// to be counted. One kind of a trace's values; here for its length.

/** One thing that was judged. */
export interface Judged {
  /** Finite. Above the threshold it is called positive. */
  readonly score: number;
  /** What it truly is. */
  readonly positive: boolean;
  /** What is read out of it: a mail's text. */
  readonly label: string;
}

export interface VerdictsValue {
  readonly kind: 'verdicts';
  readonly items: readonly Judged[];
  readonly threshold: number;
  /** The number parameter that the threshold comes from: where a block offers it, the threshold can be dragged. */
  readonly param?: string;
  /** What things are called: "spam" and "wanted". */
  readonly names: { readonly positive: string; readonly negative: string };
  /** What the scores measure. */
  readonly scoreLabel: string;
  /** From where to where the line is drawn; what lies beyond stands at its end. */
  readonly room: readonly [from: number, to: number];
}
