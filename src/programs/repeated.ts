// One vector at many places.

import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';

/** One row, `times` times: (1, D) makes (times, D). */
export function repeated(engine: Engine, row: Tensor, times: number): Tensor {
  const data = Array.from({ length: times }, () => Array.from(row.toFlat())).flat();
  return engine.fromData(data, [times, row.size]);
}
