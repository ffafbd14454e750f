// Numbers of many tensors in one growing buffer, 4 bytes each, in the order of bytes of the machine.

import type { ByteSlice } from '../shared/trace.ts';

const FIRST_BYTES = 4096;

export class PackedNumbers {
  private bytes = new Uint8Array(0);
  private length = 0;

  /** Copies the numbers in. @returns where they stand, counted from the last {@link take}. */
  add(data: Float32Array | Int32Array): ByteSlice {
    const offset = this.length;
    this.length += data.byteLength;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(FIRST_BYTES, 2 * this.bytes.length, this.length));
      larger.set(this.bytes.subarray(0, offset));
      this.bytes = larger;
    }
    this.bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    return { offset, length: data.byteLength };
  }

  /** Hands over what was added since the last call; undefined when that is nothing. */
  take(): ArrayBuffer | undefined {
    const { length } = this;
    const taken = this.bytes.buffer.slice(0, length);
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return length === 0 ? undefined : taken;
  }
}
