// How surprised a model is at the right answers.

import { apply, type Operation } from '../autograd.ts';
import { axisOf, sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, checkIds, dense, reshaped, shapeFault } from './support.ts';

/** A target that doesn't count: padding, or a prompt that is not to be learned. */
export const IGNORED = -1;

/**
 * The cross entropy in nats of logits (..., C) against targets (...), ids as i32: -ln of the probability that softmax
 * gives to each target, averaged over the targets that are not {@link IGNORED} (NaN when there are none). With
 * `perRow` not averaged: one number a target, 0 where ignored.
 *
 * Example: untrained logits of all zeros over V tokens cost ln V: 4.17 for 65 characters.
 *
 * @throws Fault `bad-input` when the shapes don't fit, or a target is no class.
 */
export function crossEntropy(logits: Tensor, targets: Tensor, options: { readonly perRow?: boolean } = {}): Tensor {
  const axis = axisOf('crossEntropy', -1, logits.shape);
  if (!sameShape(logits.shape.slice(0, -1), targets.shape)) {
    const bad = logits.shape.slice(0, -1).findIndex((length, i) => length !== targets.shape[i]);
    const what =
      bad === -1
        ? 'targets have too many axes'
        : `axis ${bad} has ${logits.shape[bad]} and ${targets.shape[bad] ?? 'nothing'}`;
    throw shapeFault(
      'crossEntropy',
      logits.shape,
      targets.shape,
      what,
      'Targets have the shape of the logits without the last axis.',
    );
  }
  checkIds('crossEntropy', targets, logits.shape[axis], IGNORED);
  return apply(options.perRow === true ? perRowOperation : crossEntropyOperation, [logits, targets], undefined);
}

/** `crossEntropy` row by row: forward, and backward beside it. */
export const perRowOperation: Operation = {
  name: 'crossEntropy',
  inputs: ['logits', 'targets'],
  formula: 'y = ln(sum of e^x) - x[target]',
  gradient: 'dx = dy (softmax(x) - oneHot(target))',
  forward([logits, targets], _, save) {
    const { losses, maxima, sums } = lossesOf(logits, targets);
    save(logits, targets, maxima, sums);
    return losses;
  },
  backward(dy, { saved: [logits, targets, maxima, sums] }) {
    return [gradientOf(logits, targets, maxima, sums, dense(dy)), undefined];
  },
};

/** `crossEntropy`, averaged: forward, and backward beside it. */
export const crossEntropyOperation: Operation = {
  name: 'crossEntropy',
  inputs: ['logits', 'targets'],
  formula: 'y = mean of ln(sum of e^x) - x[target]',
  gradient: 'dx = dy (softmax(x) - oneHot(target)) / n',
  forward([logits, targets], _, save) {
    const { losses, maxima, sums } = lossesOf(logits, targets);
    save(logits, targets, maxima, sums);
    const { kernels } = logits.engine;
    const mean = logits.engine.empty([]); // ()
    kernels.sum(reshaped(losses, [losses.size]), 0, mean);
    kernels.affine(mean, 1 / counted(targets), 0, mean);
    return mean;
  },
  backward(dy, { saved: [logits, targets, maxima, sums], engine }) {
    const each = engine.full(targets.shape, dy.item() / counted(targets)); // (...)
    return [gradientOf(logits, targets, maxima, sums, each), undefined];
  },
};

/** For each target its loss, 0 where ignored; and for backward the row's maximum and its sum of e^(logits - maximum). */
function lossesOf(logits: Tensor, targets: Tensor): { losses: Tensor; maxima: Tensor; sums: Tensor } {
  checkDtype('crossEntropy', logits, 'f32');
  const { engine } = logits;
  const losses = engine.empty(targets.shape); // (...)
  const maxima = engine.empty(targets.shape); // (...)
  const sums = engine.empty(targets.shape); // (...)
  engine.kernels.crossEntropy(dense(logits), dense(targets), losses, maxima, sums);
  return { losses, maxima, sums };
}

/** The gradient at the logits, from that at each target's loss: rowGradient (...). */
function gradientOf(logits: Tensor, targets: Tensor, maxima: Tensor, sums: Tensor, rowGradient: Tensor): Tensor {
  const { engine } = logits;
  const dx = engine.empty(logits.shape); // (..., C)
  engine.kernels.crossEntropyBackward(dense(logits), dense(targets), maxima, sums, rowGradient, dx);
  return dx;
}

/** How many targets are not ignored. */
function counted(targets: Tensor): number {
  return targets.toFlat().filter((target) => target !== IGNORED).length;
}
