// The two halves of a transformer block as steps that open: attention from its parts, and the feed-forward part. The
// numbers are those of the model's own block; here each operation says what it is for.

import { causalMask, scaleFor } from '../engine/ops/attention.ts';
import { gelu } from '../engine/ops/gelu.ts';
import { layerNorm } from '../engine/ops/layerNorm.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { mul } from '../engine/ops/mul.ts';
import { permute } from '../engine/ops/permute.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { slice } from '../engine/ops/slice.ts';
import { softmax } from '../engine/ops/softmax.ts';
import { transpose } from '../engine/ops/transpose.ts';
import { maskedFill } from '../engine/ops/where.ts';
import type { Tensor } from '../engine/tensor.ts';
import { normal, ones } from '../model/initialise.ts';
import type { Parameters } from '../model/parameters.ts';
import type { StepWords } from './engineStep.ts';

/** C: how wide the stream of vectors is; every number of heads that is offered divides it. */
const C = 8;

/** Does work as one step of the trace, which says these words, and names its result and that result's axes. */
export type Step = (
  words: Omit<StepWords, 'result'>,
  name: string,
  axes: readonly string[],
  work: () => Tensor,
) => Tensor;

export interface BlockWeights {
  readonly words: Tensor; // (V, C)
  readonly positions: Tensor; // (T, C)
  readonly norm1: Tensor; // (C,)
  readonly projection: Tensor; // (C, 3 C)
  readonly mix: Tensor; // (C, C)
  readonly norm2: Tensor; // (C,)
  readonly wide: Tensor; // (C, 4 C)
  readonly narrow: Tensor; // (4 C, C)
}

/** What the axes of each are called. */
export const WEIGHT_AXES: Readonly<Record<keyof BlockWeights, readonly string[]>> = {
  words: ['V', 'C'],
  positions: ['T', 'C'],
  norm1: ['C'],
  projection: ['C', '3C'],
  mix: ['C', 'C'],
  norm2: ['C'],
  wide: ['C', '4C'],
  narrow: ['4C', 'C'],
};

/** Drawn so that signals keep about their size: at GPT-2's much smaller draws every word would attend to all alike. */
export function weightsOf(parameters: Parameters, V: number, T: number): BlockWeights {
  const [plain, even, evenWide] = [normal(1), normal(1 / Math.sqrt(C)), normal(1 / Math.sqrt(4 * C))];
  return {
    words: parameters.make('words', [V, C], plain),
    positions: parameters.make('positions', [T, C], normal(0.5)),
    norm1: parameters.make('norm1', [C], ones),
    projection: parameters.make('projection', [C, 3 * C], even),
    mix: parameters.make('mix', [C, C], even),
    norm2: parameters.make('norm2', [C], ones),
    wide: parameters.make('wide', [C, 4 * C], even),
    narrow: parameters.make('narrow', [4 * C, C], evenWide),
  };
}

export interface AttentionChoice {
  /** H: divides C. */
  readonly heads: number;
  /** Whether a word sees none that comes later. */
  readonly causal: boolean;
}

/** What each place gathers from the others: x (T, C) keeps its shape. */
export function attended(step: Step, weights: BlockWeights, x: Tensor, { heads, causal }: AttentionChoice): Tensor {
  const normed = step(NORM, 'normed', ['T', 'C'], () => layerNorm(x, { weight: weights.norm1 })); // (T, C)
  const qkv = step(ASK, 'qkv', ['T', '3C'], () => matmul(normed, weights.projection)); // (T, 3 C)
  const [queries, keys, values] = (['queries', 'keys', 'values'] as const).map((name, i) =>
    step(HEADS[i]!, name, ['H', 'T', 'D'], () => headsOf(slice(qkv, -1, i * C, (i + 1) * C), heads)),
  ) as [Tensor, Tensor, Tensor]; // each (H, T, D)
  const found = step(GATHER, 'found', ['H', 'T', 'D'], () => fromParts(step, queries, keys, values, causal)); // (H, T, D)
  const joined = step(JOIN, 'joined', ['T', 'C'], () => reshape(permute(found, [1, 0, 2]), x.shape)); // (T, C)
  return step(MIX, 'heard', ['T', 'C'], () => matmul(joined, weights.mix)); // (T, C)
}

/** Scaled dot-product attention of each head: queries, keys and values (H, T, D) make (H, T, D). */
function fromParts(step: Step, queries: Tensor, keys: Tensor, values: Tensor, causal: boolean): Tensor {
  const [, T, D] = queries.shape as [number, number, number];
  const across = step(TURN, 'across', ['H', 'D', 'S'], () => transpose(keys)); // (H, D, T)
  const scores = step(SCORES, 'scores', ['H', 'T', 'S'], () => matmul(queries, across)); // (H, T, T)
  const scaled = step(SCALE, 'scaled', ['H', 'T', 'S'], () => mul(scores, scaleFor(D))); // (H, T, T)
  const hide = () => maskedFill(scaled, causalMask(queries.engine, T, T), -Infinity);
  const masked = causal ? step(MASK, 'masked', ['H', 'T', 'S'], hide) : scaled; // (H, T, T)
  const shares = step(SHARES, 'shares', ['H', 'T', 'S'], () => softmax(masked)); // (H, T, T)
  return step(MEAN, 'found', ['H', 'T', 'D'], () => matmul(shares, values)); // (H, T, D)
}

/** What each place makes of its own row: x (T, C) keeps its shape. */
export function thoughtOver(step: Step, weights: BlockWeights, x: Tensor): Tensor {
  const normed = step(NORM, 'normed', ['T', 'C'], () => layerNorm(x, { weight: weights.norm2 })); // (T, C)
  const wide = step(WIDEN, 'wider', ['T', '4C'], () => matmul(normed, weights.wide)); // (T, 4 C)
  const bent = step(BEND, 'bent', ['T', '4C'], () => gelu(wide, 'tanh')); // (T, 4 C)
  return step(NARROW, 'thought', ['T', 'C'], () => matmul(bent, weights.narrow)); // (T, C)
}

/** Channels cut into heads: (T, C) makes (H, T, D). */
function headsOf(x: Tensor, heads: number): Tensor {
  const parted = reshape(x, [x.shape[0]!, heads, C / heads]); // (T, H, D)
  return permute(parted, [1, 0, 2]); // (H, T, D)
}

type Words = Omit<StepWords, 'result'>;

const NORM: Words = {
  label: 'Bring each row to one size',
  note: 'Each row is shifted to a mean of 0 and scaled to a variance of 1, then weighted channel by channel.',
};

const ASK: Words = {
  label: 'Queries, keys and values',
  note: 'One product makes all three for each word, side by side: what it looks for, what it is found by, what it gives.',
};

const HEADS: readonly Words[] = [
  ['queries', 'What each word looks for'],
  ['keys', 'What each word is found by'],
  ['values', 'What each word gives'],
].map(([name, what]) => ({
  op: 'heads',
  label: `Cut the ${name} into heads`,
  note: `${what}: the channels are shared out among the heads.`,
}));

const GATHER: Words = {
  op: 'attention',
  label: 'Each word asks the others',
  note: 'Queries meet keys, the products become shares of 1, and the values are averaged by them.',
  formula: 'y = softmax(q k^T / sqrt(D), masked) v',
};

const TURN: Words = {
  label: 'Turn the keys',
  note: 'Each key becomes a column, so that a query can be multiplied by all.',
};

const SCORES: Words = {
  label: 'Every query with every key',
  note: 'Row: who asks. Column: who is asked. The more a query and a key point the same way, the larger the score.',
};

const SCALE: Words = {
  label: 'Scale the scores',
  note: 'Divided by the root of the head’s channels, so that their spread doesn’t grow with the number of channels.',
};

const MASK: Words = {
  label: 'Hide what comes later',
  note: 'Where the key stands behind the query the score becomes minus infinity: a word must not see what it is to guess.',
};

const SHARES: Words = {
  label: 'Scores become shares',
  note: 'Softmax along each row: all are positive and sum to 1, and what was hidden gets 0.',
};

const MEAN: Words = {
  label: 'Average the values',
  note: 'Each word gets the mean of the values, weighted by its row of shares.',
};

const JOIN: Words = { op: 'join-heads', label: 'Put the heads side by side', note: 'One row a word again.' };

const MIX: Words = { label: 'Mix what the heads found', note: 'One more product lets the heads’ findings combine.' };

const WIDEN: Words = {
  label: 'Make each row wider',
  note: 'Four times as many numbers, each a weighted sum of the row.',
};

const BEND: Words = {
  label: 'Bend them',
  note: 'GELU: what is well below 0 becomes nearly 0, what is well above it passes. Without a bend two products would be one.',
};

const NARROW: Words = { label: 'Make it narrow again', note: 'Back to the width of the stream.' };
