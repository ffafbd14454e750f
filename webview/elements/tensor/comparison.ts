// A tensor's view beside another's: which cells on the screen differ, where the first is, and what is said of one.

import type { TensorValue } from '../../../src/shared/trace.ts';
import { type Against, apart, apartOf, heldAgainst, regionsApart } from './against.ts';
import { type Choice, elementAt, type Grid, gridOf, type Held } from './grid.ts';
import type { Region } from './heatmapInk.ts';
import { exact } from './numberText.ts';

export class Comparison {
  /** Cells on the screen that differ. */
  regions: readonly Region[] = [];
  private against: Against | undefined;
  private other: Held | undefined;

  /**
   * @param held what the page has of the value
   * @returns index of the first element that differs; undefined where none does, or nothing is compared
   */
  take(value: TensorValue, held: Held | undefined, against: Against | undefined): readonly number[] | undefined {
    this.against = against;
    this.other = heldAgainst(value, against);
    return held && this.other && apartOf(held, this.other)?.first;
  }

  /** @param grid what is on the screen, for these axes */
  show(grid: Grid | undefined, choice: Choice): void {
    const other = this.other && gridOf(this.other, choice);
    this.regions = grid !== undefined && other !== undefined ? regionsApart(grid, other) : [];
  }

  /** What stands behind a cell's number: the other's, or that it is the same. */
  words(index: readonly number[], cell: number | undefined): string {
    const { against, other } = this;
    const theirs = other && elementAt(other, index);
    return against === undefined || cell === undefined || theirs === undefined
      ? ''
      : ` ${apart(cell, theirs) ? against.differs(exact(theirs, against.value.dtype)) : against.same}`;
  }
}
