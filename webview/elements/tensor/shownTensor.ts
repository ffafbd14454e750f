// What of a tensor is on the screen, for the axes that were chosen: the numbers that the page holds of it, in layers, the
// texts along its two axes, and which cells are ghosts. Pure.

import type { TensorValue } from '../../../src/shared/trace.ts';
import type { AxisText } from './axes.ts';
import { type Choice, extent, type Grid, gridOf, type Held } from './grid.ts';
import type { Region } from './heatmapInk.ts';
import { ghostRegions } from './reading.ts';
import type { Extent } from './viewport.ts';

export interface ShownTensor {
  readonly extent: Extent;
  /** Later ones lie over earlier ones. */
  readonly layers: readonly Grid[];
  readonly down: AxisText;
  readonly across: AxisText;
  readonly ghosts: readonly Region[];
}

export const nothingShown: ShownTensor = {
  extent: { rows: 1, columns: 1 },
  layers: [],
  down: { name: '', labels: undefined },
  across: { name: '', labels: undefined },
  ghosts: [],
};

/** @param held what the trace brought, and over it what was fetched. */
export function shownTensor(
  { shape, labels, reads }: TensorValue,
  names: readonly string[],
  choice: Choice,
  held: readonly Held[],
): ShownTensor {
  // What has no rows has no number for its one row either.
  const axis = (at: number) => ({ name: names[at] ?? '', labels: at < 0 ? [''] : labels?.[at] });
  const all = extent(shape, choice);
  return {
    extent: all,
    layers: held.flatMap((one) => gridOf(one, choice) ?? []),
    down: axis(choice.row),
    across: axis(choice.column),
    ghosts: reads === undefined ? [] : ghostRegions(reads, choice, all),
  };
}
