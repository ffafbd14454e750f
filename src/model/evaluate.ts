// How surprised a model is at tokens that it was not trained on.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { windowBatch, windowCount } from './data.ts';
import type { Trainable } from './training.ts';

export interface EvaluateOptions {
  /** T: how long a window is. */
  readonly context: number;
  /** How many windows are computed at a time. */
  readonly batch: number;
  /** Looked at before each batch. */
  readonly signal?: CancelSignal;
}

/**
 * The mean loss, in nats a token, over all windows of `context` tokens that lie side by side: each token is predicted
 * once, from those before it in its window. What is left at the end and fills no window isn't counted.
 *
 * @throws Fault `bad-input` when there is no window, or `batch` is no whole number from 1; `cancelled`.
 */
export function evaluate(model: Trainable, tokens: Int32Array, { context, batch, signal }: EvaluateOptions): number {
  const { engine } = model;
  const windows = windowCount(tokens, context);
  if (windows === 0) {
    throw new Fault('bad-input', `evaluate: ${tokens.length} tokens hold no window of ${context}.`, {
      remedy: `Give at least ${context + 1} tokens.`,
    });
  }
  if (!Number.isInteger(batch) || batch < 1) {
    throw new Fault('bad-input', `evaluate: batch is ${batch}.`, { remedy: 'It is a whole number from 1.' });
  }
  let total = 0;
  for (let from = 0; from < windows; from += batch) {
    if (signal?.cancelled) {
      throw new Fault('cancelled', `The evaluation was stopped after ${from} of ${windows} windows.`);
    }
    const to = Math.min(from + batch, windows);
    const loss = engine.scope(() =>
      engine.noGrad(() => {
        const { ids, targets } = windowBatch(engine, tokens, from, to, context);
        return model.loss(ids, targets).item();
      }),
    );
    total += loss * (to - from);
  }
  return total / windows;
}
