// Softmax, cross entropy, norms, sums, embeddings, rotary positions and AdamW on the compiled kernels, and how threads
// share them: by rows, or where rows add up, by columns, so that each sum is one thread's.

import { sizeOf } from '../shape.ts';
import type { Kernels, View } from './kernels.ts';
import type { Team } from './team.ts';
import { around, rowsOf } from './views.ts';
import { addressOf, addressOrNone, BYTES } from './wasmViews.ts';

type RowKernels = Pick<
  Kernels,
  | 'sum'
  | 'sumOfSquares'
  | 'softmax'
  | 'softmaxBackward'
  | 'crossEntropy'
  | 'crossEntropyBackward'
  | 'layerNorm'
  | 'layerNormBackward'
  | 'rmsNorm'
  | 'rmsNormBackward'
  | 'gatherRows'
  | 'scatterAddRows'
  | 'rope'
  | 'adamW'
>;

/** What a number takes, in nanoseconds: with its exponential, summed and scaled, only copied. */
const EXPONENTIAL = 1.5;
const SUM = 0.5;
const COPY = 0.1;
/** Rows that add up are shared by columns, in multiples of a cache line. */
const LINE = 16;

export function rowsOn(team: Team): RowKernels {
  const { exports } = team;

  /** dx, and the sums over rows that are the gradients of weight and bias: these are shared by columns. */
  const normBackward = (
    x: View,
    weight: View | undefined,
    means: View | undefined,
    inverses: View,
    gradient: View,
    dx: View | undefined,
    dWeight: View | undefined,
    dBias: View | undefined,
  ): void => {
    const { rows, columns } = rowsOf(x.shape);
    const [atX, ofWeight, ofMeans, ofInverses, above] = [x, weight, means, inverses, gradient].map(addressOrNone);
    const ofRow = columns * BYTES;
    if (dx !== undefined) {
      const args = [atX, ofWeight, ofMeans, ofInverses, above, addressOf(dx), rows, columns];
      const steps = [ofRow, 0, means ? BYTES : 0, BYTES, ofRow, ofRow, 0, 0];
      team.run('normBackward', args, { steps, counted: 6 }, rows, 1, columns * SUM);
    }
    if (dWeight !== undefined || dBias !== undefined) {
      const [toWeight, toBias] = [dWeight, dBias].map(addressOrNone);
      const args = [atX, ofMeans, ofInverses, above, toWeight, toBias, rows, columns, columns];
      const steps = [BYTES, 0, 0, BYTES, dWeight ? BYTES : 0, dBias ? BYTES : 0, 0, 0, 0];
      team.run('normParameters', args, { steps, counted: 8 }, columns, LINE, rows * SUM);
    }
  };

  return {
    sum(x, axis, out) {
      const { outer, length, inner } = around(x.shape, axis);
      const [from, to] = [addressOf(x), addressOf(out)];
      if (inner === 1) {
        const steps = [length * BYTES, BYTES, 0, 0];
        team.run('sumRows', [from, to, outer, length], { steps, counted: 2 }, outer, 1, length * SUM);
      } else if (outer === 1) {
        const cut = { steps: [BYTES, BYTES, 0, 0, 0], counted: 4 };
        team.run('sumColumns', [from, to, length, inner, inner], cut, inner, LINE, length * SUM);
      } else {
        const steps = [length * inner * BYTES, inner * BYTES, 0, 0, 0];
        team.run('sumBlocks', [from, to, outer, length, inner], { steps, counted: 2 }, outer, 1, length * inner * SUM);
      }
    },
    sumOfSquares: (x) => exports.sumOfSquares(addressOf(x), sizeOf(x.shape)),
    softmax(x, out, log) {
      const { rows, columns } = rowsOf(x.shape);
      const cut = { steps: [columns * BYTES, columns * BYTES, 0, 0], counted: 2 };
      const args = [addressOf(x), addressOf(out), rows, columns];
      team.run(log ? 'logSoftmax' : 'softmax', args, cut, rows, 1, columns * EXPONENTIAL);
    },
    softmaxBackward(y, gradient, out, log) {
      const { rows, columns } = rowsOf(y.shape);
      const args = [addressOf(y), addressOf(gradient), addressOf(out), rows, columns, log ? 1 : 0];
      const ofRow = columns * BYTES;
      const cut = { steps: [ofRow, ofRow, ofRow, 0, 0, 0], counted: 3 };
      team.run('softmaxBackward', args, cut, rows, 1, columns * (log ? EXPONENTIAL : SUM));
    },
    crossEntropy(logits, targets, losses, maxima, sums) {
      const { rows, columns } = rowsOf(logits.shape);
      const cut = { steps: [columns * BYTES, BYTES, BYTES, BYTES, BYTES, 0, 0], counted: 5 };
      const args = [...[logits, targets, losses, maxima, sums].map(addressOf), rows, columns];
      team.run('crossEntropy', args, cut, rows, 1, columns * EXPONENTIAL);
    },
    crossEntropyBackward(logits, targets, maxima, sums, rowGradient, out) {
      const { rows, columns } = rowsOf(logits.shape);
      const args = [...[logits, targets, maxima, sums, rowGradient, out].map(addressOf), rows, columns];
      const cut = { steps: [columns * BYTES, BYTES, BYTES, BYTES, BYTES, columns * BYTES, 0, 0], counted: 6 };
      team.run('crossEntropyBackward', args, cut, rows, 1, columns * EXPONENTIAL);
    },
    layerNorm(x, weight, bias, epsilon, out, means, inverses) {
      const { rows, columns } = rowsOf(x.shape);
      const [gain, shift] = [addressOrNone(weight), addressOrNone(bias)];
      const kept = [addressOf(out), addressOf(means), addressOf(inverses)];
      const ofRow = columns * BYTES;
      const cut = { steps: [ofRow, 0, 0, 0, ofRow, BYTES, BYTES, 0, 0], counted: 7 };
      const args = [addressOf(x), gain, shift, epsilon, ...kept, rows, columns];
      team.run('layerNorm', args, cut, rows, 1, columns * SUM);
    },
    layerNormBackward: normBackward,
    rmsNorm(x, weight, epsilon, out, inverses) {
      const { rows, columns } = rowsOf(x.shape);
      const ofRow = columns * BYTES;
      const args = [addressOf(x), addressOrNone(weight), epsilon, addressOf(out), addressOf(inverses), rows, columns];
      team.run('rmsNorm', args, { steps: [ofRow, 0, 0, ofRow, BYTES, 0, 0], counted: 5 }, rows, 1, columns * SUM);
    },
    rmsNormBackward(x, weight, inverses, gradient, dx, dWeight) {
      normBackward(x, weight, undefined, inverses, gradient, dx, dWeight, undefined);
    },
    gatherRows(table, ids, out) {
      const [count, width] = [sizeOf(ids.shape), table.shape[1]];
      const args = [addressOf(table), addressOf(ids), addressOf(out), count, width];
      team.run('gatherRows', args, { steps: [0, BYTES, width * BYTES, 0, 0], counted: 3 }, count, 1, width * COPY);
    },
    scatterAddRows(rows, ids, out) {
      // One thread: rows with the same id add up in their order.
      exports.scatterAddRows(addressOf(rows), addressOf(ids), addressOf(out), sizeOf(ids.shape), out.shape[1]);
    },
    rope(x, cos, sin, pairing, inverse, out) {
      const { rows, columns } = rowsOf(x.shape);
      const how = [pairing === 'adjacent' ? 1 : 0, inverse ? 1 : 0];
      const args = [...[x, cos, sin].map(addressOf), ...how, addressOf(out), cos.shape[0], columns, 0, rows];
      const ofRow = columns * BYTES;
      const cut = { steps: [ofRow, 0, 0, 0, 0, ofRow, 0, 0, 1, 0], counted: 9 };
      team.run('rope', args, cut, rows, 1, columns * SUM);
    },
    adamW(parameter, gradient, firstMoment, secondMoment, options) {
      const { learningRate, beta1, beta2, epsilon, weightDecay, step } = options;
      const count = sizeOf(parameter.shape);
      const args = [
        ...[parameter, gradient, firstMoment, secondMoment].map(addressOf),
        count,
        learningRate,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        1 / (1 - beta1 ** step),
        1 / (1 - beta2 ** step),
        epsilon,
        1 - learningRate * weightDecay,
      ];
      team.run('adamW', args, FOUR_LISTS, count, LINE, SUM);
    },
  };
}

const FOUR_LISTS = { steps: [BYTES, BYTES, BYTES, BYTES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], counted: 4 };
