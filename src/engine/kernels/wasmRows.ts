// Softmax, cross entropy, norms, sums and embeddings on the compiled kernels. Logarithms are taken here, one a row.

import { sizeOf } from '../shape.ts';
import type { Kernels, View } from './kernels.ts';
import { around, numbersOf, rowsOf } from './views.ts';
import type { WasmMemory } from './wasmMemory.ts';
import type { WasmExports } from './wasmModule.ts';
import { addressOf, addressOrNone } from './wasmViews.ts';

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
  | 'adamW'
>;

export function rowsOn(exports: WasmExports, memory: WasmMemory): RowKernels {
  /** Writes each row's ln of the sum of e^x (f32) to `target`. */
  const logSumRows = (x: View, target: number): void => {
    const { rows, columns } = rowsOf(x.shape);
    const sums = memory.take(rows * 8);
    exports.logSumParts(addressOf(x), target, sums, rows, columns);
    const maxima = new Float32Array(memory.memory.buffer, target, rows);
    const totals = new Float64Array(memory.memory.buffer, sums, rows);
    for (let row = 0; row < rows; row++) {
      maxima[row] = maxima[row] + Math.log(totals[row]);
    }
    memory.give(sums, rows * 8);
  };

  return {
    sum(x, axis, out) {
      const { outer, length, inner } = around(x.shape, axis);
      exports.sum(addressOf(x), addressOf(out), outer, length, inner);
    },
    sumOfSquares: (x) => exports.sumOfSquares(addressOf(x), sizeOf(x.shape)),
    softmax(x, out, log) {
      const { rows, columns } = rowsOf(x.shape);
      if (!log) {
        exports.softmax(addressOf(x), addressOf(out), rows, columns);
        return;
      }
      const logSums = memory.take(rows * 4);
      logSumRows(x, logSums);
      exports.subtractFromRows(addressOf(x), logSums, addressOf(out), rows, columns);
      memory.give(logSums, rows * 4);
    },
    softmaxBackward(y, gradient, out, log) {
      const { rows, columns } = rowsOf(y.shape);
      exports.softmaxBackward(addressOf(y), addressOf(gradient), addressOf(out), rows, columns, log ? 1 : 0);
    },
    crossEntropy(logits, targets, losses, logSums) {
      const { rows, columns } = rowsOf(logits.shape);
      logSumRows(logits, addressOf(logSums));
      const scores = numbersOf(logits);
      const right = numbersOf(targets);
      const sums = numbersOf(logSums);
      const to = numbersOf(losses);
      for (let row = 0; row < rows; row++) {
        const target = right[row];
        to[row] = target === -1 ? 0 : sums[row] - scores[row * columns + target];
      }
    },
    crossEntropyBackward(logits, targets, logSums, rowGradient, out) {
      const { rows, columns } = rowsOf(logits.shape);
      const addresses = [logits, targets, logSums, rowGradient, out].map(addressOf);
      exports.crossEntropyBackward(...addresses, rows, columns);
    },
    layerNorm(x, weight, bias, epsilon, out, means, inverses) {
      const { rows, columns } = rowsOf(x.shape);
      const [gain, shift] = [addressOrNone(weight), addressOrNone(bias)];
      const kept = [addressOf(out), addressOf(means), addressOf(inverses)];
      exports.layerNorm(addressOf(x), gain, shift, epsilon, ...kept, rows, columns);
    },
    layerNormBackward(x, weight, means, inverses, gradient, dx, dWeight, dBias) {
      const { rows, columns } = rowsOf(x.shape);
      const given = [x, weight, means, inverses, gradient, dx, dWeight, dBias].map(addressOrNone);
      exports.normBackward(...given, rows, columns);
    },
    rmsNorm(x, weight, epsilon, out, inverses) {
      const { rows, columns } = rowsOf(x.shape);
      exports.rmsNorm(addressOf(x), addressOrNone(weight), epsilon, addressOf(out), addressOf(inverses), rows, columns);
    },
    rmsNormBackward(x, weight, inverses, gradient, dx, dWeight) {
      const { rows, columns } = rowsOf(x.shape);
      const given = [x, weight, undefined, inverses, gradient, dx, dWeight, undefined].map(addressOrNone);
      exports.normBackward(...given, rows, columns);
    },
    gatherRows(table, ids, out) {
      exports.gatherRows(addressOf(table), addressOf(ids), addressOf(out), sizeOf(ids.shape), table.shape[1]);
    },
    scatterAddRows(rows, ids, out) {
      exports.scatterAddRows(addressOf(rows), addressOf(ids), addressOf(out), sizeOf(ids.shape), out.shape[1]);
    },
    adamW(parameter, gradient, firstMoment, secondMoment, options) {
      const { learningRate, beta1, beta2, epsilon, weightDecay, step } = options;
      exports.adamW(
        ...[parameter, gradient, firstMoment, secondMoment].map(addressOf),
        sizeOf(parameter.shape),
        learningRate,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        1 / (1 - beta1 ** step),
        1 / (1 - beta2 ** step),
        epsilon,
        1 - learningRate * weightDecay,
      );
    },
  };
}
