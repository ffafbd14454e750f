// How a tensor's cells are coloured: by the learner's choice, the range that it shares with others, and what its
// infinities are there for. Pure.

import type { TensorValue } from '../../../src/shared/trace.ts';
import type { TensorContext } from './context.ts';
import type { Grid, Held } from './grid.ts';
import { type Infinities, infinitiesOf } from './infinities.ts';
import type { Look } from './paint.ts';
import type { ThemeKind } from './palette.ts';
import { type RangeChoice, scaleOf } from './range.ts';
import type { SharedRange } from './sharedRange.ts';

export interface TensorLook extends Look {
  readonly infinities: Infinities;
  /** By which the colours go; undefined where they go by the tensor's own numbers. */
  readonly shared: SharedRange | undefined;
}

/** @param grid where percentiles are taken from */
export function lookOf(
  value: TensorValue,
  { held, grid }: { readonly held: Held | undefined; readonly grid: Grid | undefined },
  range: RangeChoice,
  around: TensorContext | undefined,
  theme: ThemeKind,
): TensorLook {
  const { statistics } = value;
  const infinities = infinitiesOf(statistics, held, value.bytes !== undefined);
  const shared = range.mode === 'auto' || range.mode === 'symmetric' ? around?.shared : undefined;
  return {
    scale: scaleOf(range, shared ?? statistics, grid),
    theme,
    calm: statistics.nan === 0 && infinities.minus && !infinities.plus && around?.overflowed !== true,
    infinities,
    shared,
  };
}
