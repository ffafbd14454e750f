// The tokens of a text in work, with their places and bytes: arrays that grow, within a budget of memory.

import { countLoneSurrogates, utf8 } from './bytes.ts';
import { tooLarge } from './faults.ts';
import type { Encoded } from './tokenizer.ts';

/** What a token takes beside its bytes: ids, starts, ends and byteEnds at four bytes, fragment at one. */
const PLACE_BYTES = 17;

export class PlacedTokens {
  length = 0;
  private readonly text: string;
  private readonly budgetBytes: number;
  private ids = new Uint32Array(64);
  private starts = new Uint32Array(64);
  private ends = new Uint32Array(64);
  private byteEnds = new Uint32Array(65);
  private fragment = new Uint8Array(64);
  private bytes = new Uint8Array(256);

  /** @param text as it was given; @param budgetBytes most memory for text and tokens together */
  constructor(text: string, budgetBytes: number) {
    this.text = text;
    this.budgetBytes = budgetBytes;
  }

  /** A token over `start .. end` of the given text, for that stretch. @throws Fault `too-large` */
  push(id: number, start: number, end: number): void {
    const from = this.byteEnds[this.length]!;
    this.placeFor(id, start, end);
    this.roomForBytes((end - start) * 3);
    this.byteEnds[this.length] = writeUtf8(this.text, start, end, this.bytes, from);
  }

  /** A token that stands for `bytes`. @param fragment whether these are not whole characters */
  pushBytes(id: number, start: number, end: number, bytes: Uint8Array, fragment: boolean): void {
    const from = this.byteEnds[this.length]!;
    this.placeFor(id, start, end);
    this.roomForBytes(bytes.length);
    this.bytes.set(bytes, from);
    this.byteEnds[this.length] = from + bytes.length;
    if (fragment) {
      this.fragment[this.length - 1] = 1;
    }
  }

  finish(): Encoded {
    const { length } = this;
    return {
      ids: this.ids.slice(0, length),
      starts: this.starts.slice(0, length),
      ends: this.ends.slice(0, length),
      fragment: this.fragment.slice(0, length),
      byteEnds: this.byteEnds.slice(0, length + 1),
      bytes: this.bytes.slice(0, this.byteEnds[length]),
      textBytes: utf8(this.text).length,
      loneSurrogates: countLoneSurrogates(this.text),
    };
  }

  private placeFor(id: number, start: number, end: number): void {
    const at = this.length++;
    if (at === this.ids.length) {
      this.checkBudget(at * 3 * PLACE_BYTES); // the old arrays and the new ones
      this.ids = grown(this.ids, at * 2);
      this.starts = grown(this.starts, at * 2);
      this.ends = grown(this.ends, at * 2);
      this.byteEnds = grown(this.byteEnds, at * 2 + 1);
      const fragment = new Uint8Array(at * 2);
      fragment.set(this.fragment);
      this.fragment = fragment;
    }
    this.ids[at] = id;
    this.starts[at] = start;
    this.ends[at] = end;
    if (at > 0 && start < this.ends[at - 1]!) {
      this.markParts(at);
    }
  }

  /** Two tokens share a character: each that covers no more than it is a part of it. */
  private markParts(at: number): void {
    for (const place of [at - 1, at]) {
      if (this.ends[place]! - this.starts[place]! <= characterLength(this.text, this.starts[place]!)) {
        this.fragment[place] = 1;
      }
    }
  }

  private roomForBytes(more: number): void {
    const wanted = this.byteEnds[this.length - 1]! + more;
    if (wanted > this.bytes.length) {
      const size = Math.max(wanted, this.bytes.length * 2);
      this.checkBudget(size + this.bytes.length);
      const bytes = new Uint8Array(size);
      bytes.set(this.bytes);
      this.bytes = bytes;
    }
  }

  private checkBudget(more: number): void {
    if (this.text.length * 2 + more > this.budgetBytes) {
      throw tooLarge(this.budgetBytes, `after ${this.length.toLocaleString('en')} tokens`);
    }
  }
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function grown(array: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(array);
  return larger;
}

/** Writes the UTF-8 of `text.slice(start, end)`, U+FFFD for half a pair. @returns where it ends in `bytes` */
function writeUtf8(text: string, start: number, end: number, bytes: Uint8Array, from: number): number {
  let to = from;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) {
      const rest = utf8(text.slice(at, end));
      bytes.set(rest, to);
      return to + rest.length;
    }
    bytes[to++] = unit;
  }
  return to;
}
