// Gets the part of a tensor that is on the screen where the page has only a preview: once the view stands still, one part
// at a time, and only what isn't held already. An answer about another tensor is left aside.

import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { SlicedTensor } from '../../../src/shared/messages.ts';
import type { TensorSlice, TensorValue } from '../../../src/shared/trace.ts';
import { missingPart } from './detail.ts';
import { type Choice, extent, type Held } from './grid.ts';
import { heldOfSlice } from './held.ts';
import type { Range } from './viewport.ts';

/** Gets a part of a tensor that came as a preview. */
export type FetchSlice = (value: TensorValue, slice: TensorSlice) => Promise<SlicedTensor>;

/** What there is to be fetched for: read anew each time it matters. */
export interface Wanted {
  readonly value: TensorValue | undefined;
  readonly fetchSlice: FetchSlice | undefined;
  readonly choice: Choice;
  /** What the trace brought. */
  readonly held: Held | undefined;
  readonly seen: { readonly rows: Range; readonly columns: Range } | undefined;
}

/** Milliseconds that the view stands still before its part is fetched. */
const STILL = 150;
/** So many parts are kept, the newest ones. */
const KEPT = 4;

export class PartFetcher {
  /** Parts that were fetched, the newest last. */
  parts: readonly Held[] = [];
  fetching = false;
  fault: Fault | undefined;
  /** The rest of the tensor is held nowhere any more: only a new run brings it back. */
  lost = false;
  private readonly wanted: Wanted;
  private readonly changed: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The question that is on its way. */
  private question: object | undefined;

  /** @param changed called whenever `parts`, `fetching` or `fault` changed. */
  constructor(wanted: Wanted, changed: () => void) {
    this.wanted = wanted;
    this.changed = changed;
  }

  /** Forgets all: another tensor is shown. */
  reset(): void {
    this.stop();
    this.parts = [];
    this.fault = undefined;
    this.lost = false;
  }

  /** Asks no more, and what is on its way is left aside. */
  stop(): void {
    clearTimeout(this.timer);
    this.question = undefined;
    this.fetching = false;
  }

  askLater(): void {
    clearTimeout(this.timer);
    const { fetchSlice, value } = this.wanted;
    if (fetchSlice !== undefined && value?.bytes === undefined && !this.lost) {
      this.timer = setTimeout(() => void this.ask(), STILL);
    }
  }

  async ask(): Promise<void> {
    const { value, fetchSlice } = this.wanted;
    const part = this.missing();
    if (value === undefined || fetchSlice === undefined || part === undefined || this.question !== undefined) {
      return;
    }
    const question = {};
    this.question = question;
    this.fetching = true;
    this.fault = undefined;
    this.changed();
    try {
      const answer = heldOfSlice(part, await fetchSlice(value, part));
      if (this.question === question) {
        this.parts = [...this.parts.slice(1 - KEPT), answer];
      }
    } catch (error) {
      if (this.question === question) {
        this.fault = asFault(error);
        this.lost = this.fault.code === 'not-found' || this.fault.code === 'worker-died';
      }
    }
    if (this.question === question) {
      this.question = undefined;
      this.fetching = false;
      this.changed();
      if (this.fault === undefined) {
        this.askLater(); // the view may have moved on meanwhile
      }
    }
  }

  /** The part to ask for; undefined where what is held is as good. */
  private missing(): TensorSlice | undefined {
    const { value, choice, held, seen } = this.wanted;
    if (value === undefined) {
      return undefined;
    }
    const all = extent(value.shape, choice);
    const visible = seen ?? { rows: { from: 0, end: all.rows }, columns: { from: 0, end: all.columns } };
    return missingPart(value.shape, choice, visible, held === undefined ? this.parts : [held, ...this.parts]);
  }
}
