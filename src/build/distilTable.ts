// The steps of the distillation that are arithmetic: weigh the tokens' vectors, turn them toward the teacher's, and keep
// the directions that matter. See distil.ts for the whole.

import type { Engine } from '../engine/engine.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { transpose } from '../engine/ops/transpose.ts';
import { pca } from '../model/pca.ts';
import { product, toUnit } from '../retrieval/pooling.ts';
import { LinearMapFit } from '../retrieval/ridge.ts';
import { seededRandom } from '../shared/environment.ts';

/** One vector a token, (V, C): row by row. */
export interface TokenVectors {
  readonly data: Float32Array;
  readonly channels: number;
}

/** Each token's vector, less the mean of those that count, times its weight. */
export function weighted(alone: readonly Float32Array[], weights: Float64Array): TokenVectors {
  const channels = alone[0]!.length;
  const mean = new Float64Array(channels); // (C,)
  const count = weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
  alone.forEach((vector, id) => {
    if (weights[id]! > 0) {
      vector.forEach((value, c) => {
        mean[c]! += value / count;
      });
    }
  });
  const data = new Float32Array(alone.length * channels); // (V, C)
  alone.forEach((vector, id) => {
    data.set(
      vector.map((value, c) => (value - mean[c]!) * weights[id]!),
      id * channels,
    );
  });
  return { data, channels };
}

/**
 * The vectors turned by the one matrix that brings sums of them nearest to what the teacher makes of the same texts.
 *
 * @param texts ids, without signs around them
 * @param targets the teacher's vectors of the texts
 * @returns also the mean cosine between both, before and after.
 */
export function refined(
  { data, channels }: TokenVectors,
  texts: readonly Uint32Array[],
  targets: readonly Float32Array[],
  strength: number,
): { readonly vectors: TokenVectors; readonly before: number; readonly after: number } {
  const fit = new LinearMapFit(channels);
  const wanted = targets.map((target) => toUnit(target.slice()));
  const sums = texts.map((ids) => sumOf({ data, channels }, ids));
  sums.forEach((sum, i) => {
    fit.add(sum, wanted[i]!);
  });
  const map = fit.solve(strength); // (C, C)
  const turned = new Float32Array(data.length); // (V, C)
  const row = new Float64Array(channels);
  for (let at = 0; at < data.length; at += channels) {
    row.fill(0);
    for (let i = 0; i < channels; i++) {
      const value = data[at + i]!;
      for (let j = 0; j < channels && value !== 0; j++) {
        row[j]! += value * map[i * channels + j]!;
      }
    }
    turned.set(row, at);
  }
  const vectors = { data: turned, channels };
  const nearness = (made: readonly Float32Array[]) =>
    made.reduce((sum, vector, i) => sum + product(vector, wanted[i]!), 0) / made.length;
  return { vectors, before: nearness(sums), after: nearness(texts.map((ids) => sumOf(vectors, ids))) };
}

/**
 * The vectors along the `count` directions in which they differ most, (V, count), and the share of their squared lengths
 * that is kept. Nothing is centred: the sums are to keep their directions.
 */
export function narrowed(engine: Engine, { data, channels }: TokenVectors, count: number) {
  return engine.noGrad(() =>
    engine.scope(() => {
      const table = engine.fromData(data, [data.length / channels, channels]); // (V, C)
      const { directions } = pca(table, count, seededRandom(1)); // (count, C)
      const narrow = matmul(table, transpose(directions)).toFlat() as Float32Array; // (V, count)
      return { narrow, kept: squares(narrow) / squares(data) };
    }),
  );
}

function sumOf({ data, channels }: TokenVectors, ids: Uint32Array): Float32Array {
  const sum = new Float32Array(channels); // (C,)
  for (const id of ids) {
    for (let c = 0; c < channels; c++) {
      sum[c]! += data[id * channels + c]!;
    }
  }
  return toUnit(sum);
}

function squares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
