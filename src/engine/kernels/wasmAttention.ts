// Fused attention on the compiled kernel, which threads share by heads.

import type { Kernels, View } from './kernels.ts';
import type { Team } from './team.ts';
import type { WasmMemory } from './wasmMemory.ts';
import { addressOf, BYTES } from './wasmViews.ts';

/** What a head takes for each query, key and channel, in nanoseconds. */
const COST = 0.04;

/** @param work scratch for one product, for each thread. */
export function attentionOn(
  team: Team,
  memory: WasmMemory,
  work: number,
): Pick<Kernels, 'attention' | 'attentionBackward'> {
  const { exports } = team;
  const workBytes = exports.matmulWorkBytes();

  const run = (
    kernel: 'attention' | 'attentionBackward',
    views: readonly View[],
    logSums: View,
    scale: number,
    causal: boolean,
  ): void => {
    const [q, , v] = views;
    const [B, H, T, D] = q.shape;
    const [S, E] = v.shape.slice(2);
    const bytes = exports.attentionScratchBytes(S) * (kernel === 'attention' ? 1 : 2);
    const scratch = memory.take(bytes * team.size);
    const args = views.flatMap((view) => [addressOf(view), ...view.strides.slice(0, 3).map((n) => n * BYTES)]);
    args.push(addressOf(logSums), H, T, S, D, E, scale, causal ? 1 : 0, scratch, work, 0, B * H);
    const none = args.map(() => 0);
    const cut = { steps: none.with(-2, 1), shares: none.with(-4, bytes).with(-3, workBytes), counted: args.length - 1 };
    team.run(kernel, args, cut, B * H, 1, T * S * (D + E) * COST);
    memory.give(scratch, bytes * team.size);
  };

  return {
    attention: (q, k, v, out, logSums, { scale, causal }) => run('attention', [q, k, v, out], logSums, scale, causal),
    attentionBackward: (q, k, v, out, logSums, gradient, dq, dk, dv, { scale, causal }) =>
      run('attentionBackward', [q, k, v, out, gradient, dq, dk, dv], logSums, scale, causal),
  };
}
