// Numbers of many tensors for one buffer, 4 bytes each, in the order of bytes of the machine.

import type { ByteSlice } from '../shared/trace.ts';

export class PackedNumbers {
  private waiting: (Float32Array | Int32Array)[] = [];
  private length = 0;

  /**
   * @param data must stay as it is until {@link take}, which copies it
   * @returns where its numbers will stand, counted from the last `take`.
   */
  add(data: Float32Array | Int32Array): ByteSlice {
    const offset = this.length;
    this.waiting.push(data);
    this.length += data.byteLength;
    return { offset, length: data.byteLength };
  }

  /** Hands over what was added since the last call: undefined when that is nothing, empty when it has no numbers. */
  take(): ArrayBuffer | undefined {
    if (this.waiting.length === 0) {
      return undefined;
    }
    const all = new Uint8Array(this.length);
    let offset = 0;
    for (const { buffer, byteOffset, byteLength } of this.waiting) {
      all.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
      offset += byteLength;
    }
    this.waiting = [];
    this.length = 0;
    return all.buffer;
  }
}
