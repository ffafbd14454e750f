// Windows of a long list of tokens: random ones to train on, and all of them, side by side, to evaluate.

import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';

/** Tokens, and for each the one that comes next: both (B, T), i32. */
export interface Batch {
  readonly ids: Tensor;
  readonly targets: Tensor;
}

export interface TrainingData {
  /** What is trained on. */
  readonly training: Int32Array;
  /** What is held out: the end, which training never sees. */
  readonly heldOut: Int32Array;
}

/**
 * Holds out the end of a list of tokens. Neighbours are much alike, so it is one stretch and no random choice.
 *
 * @param share how much is held out, above 0 and below 1
 * @param context T: each part must have a window of T + 1
 * @throws Fault `bad-input` for another share, or when the list is too short, naming how many tokens it takes.
 */
export function holdOut(tokens: Int32Array, share: number, context: number): TrainingData {
  if (!(share > 0 && share < 1)) {
    throw new Fault('bad-input', `holdOut: the share ${share} is not above 0 and below 1.`, {
      remedy: 'It is the part that is held out: 0.1 is a tenth.',
    });
  }
  const cutOf = (length: number) => Math.floor(length * (1 - share));
  const suffices = (length: number) => Math.min(cutOf(length), length - cutOf(length)) > context;
  const cut = cutOf(tokens.length);
  if (!suffices(tokens.length)) {
    let least = context;
    while (!suffices(least)) {
      least++;
    }
    throw new Fault('bad-input', `A text of ${tokens.length} tokens is too short to train on.`, {
      remedy: `With a context of ${context}, and ${Math.round(share * 100)} % held out, it takes at least ${least}.`,
    });
  }
  return { training: tokens.subarray(0, cut), heldOut: tokens.subarray(cut) };
}

/**
 * So many windows of `context` tokens, each from a random place: ids and targets (batch, context).
 *
 * @throws Fault `bad-input` when there are not `context` tokens and one behind them.
 */
export function randomBatch(engine: Engine, tokens: Int32Array, batch: number, context: number, random: Random): Batch {
  if (tokens.length <= context) {
    throw new Fault('bad-input', `randomBatch: ${tokens.length} tokens hold no window of ${context}.`, {
      remedy: `Give at least ${context + 1} tokens.`,
    });
  }
  const starts = Array.from({ length: batch }, () => Math.floor(random() * (tokens.length - context)));
  return windowsAt(engine, tokens, starts, context);
}

/** How many windows of `context` tokens, with the token behind each, lie side by side. */
export function windowCount(tokens: Int32Array, context: number): number {
  return Math.max(0, Math.floor((tokens.length - 1) / context));
}

/** Windows `from` to below `to` of those side by side: ids and targets (to - from, context). */
export function windowBatch(engine: Engine, tokens: Int32Array, from: number, to: number, context: number): Batch {
  const starts = Array.from({ length: to - from }, (_, i) => (from + i) * context);
  return windowsAt(engine, tokens, starts, context);
}

function windowsAt(engine: Engine, tokens: Int32Array, starts: readonly number[], context: number): Batch {
  const shape = [starts.length, context];
  const ids = new Int32Array(starts.length * context);
  const targets = new Int32Array(ids.length);
  for (const [row, start] of starts.entries()) {
    ids.set(tokens.subarray(start, start + context), row * context);
    targets.set(tokens.subarray(start + 1, start + context + 1), row * context);
  }
  return { ids: engine.fromData(ids, shape), targets: engine.fromData(targets, shape) };
}
