// How surprised an n-gram model is at a text: the one number by which language models are compared.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { Reading } from './counts.ts';
import { type NgramModel, probability } from './smoothing.ts';

/** Symbols between two looks at the cancel signal. */
const TURN = 10_000;

/**
 * The loss: -ln P(symbol | those before it), in nats, averaged over the symbols of `ids`; Infinity where one of them
 * has probability 0. The same as the cross entropy that neural models are trained on.
 *
 * Example: a model that gives each of 65 symbols the same has ln 65 = 4.17 on any text.
 *
 * @param before the symbols that stand before them, as the end of the text that was counted does before a held-out one
 * @throws Fault `cancelled`
 */
export function lossOf(
  model: NgramModel,
  ids: Int32Array,
  { before = new Int32Array(0), signal = neverCancelled }: { before?: Int32Array; signal?: CancelSignal } = {},
): number {
  const reading = new Reading(model.counts, model.n);
  for (const symbol of before.subarray(Math.max(0, before.length - model.n + 1))) {
    reading.read(symbol);
  }
  let sum = 0;
  for (let at = 0; at < ids.length; at++) {
    if (at % TURN === 0 && signal.cancelled) {
      throw new Fault('cancelled', `The loss was stopped after ${at} of ${ids.length} symbols.`);
    }
    const symbol = ids[at] as number;
    sum -= Math.log(probability(model, reading, symbol));
    reading.read(symbol);
  }
  return sum / ids.length;
}

/** e to the loss: among how many equally likely symbols the model might as well have been choosing. */
export function perplexity(loss: number): number {
  return Math.exp(loss);
}

/**
 * A loss that can be compared between models that cut the text differently: the bits of all its symbols, shared among
 * its bytes (UTF-8).
 */
export function bitsPerByte(loss: number, symbols: number, bytes: number): number {
  return (loss * symbols) / Math.LN2 / bytes;
}

/** Cuts a text's symbols in two: the end is held out, and never counted. `share` is above 0 and below 1. */
export function holdOutEnd(ids: Int32Array, share: number): { training: Int32Array; heldOut: Int32Array } {
  const cut = Math.floor(ids.length * (1 - share));
  return { training: ids.subarray(0, cut), heldOut: ids.subarray(cut) };
}
