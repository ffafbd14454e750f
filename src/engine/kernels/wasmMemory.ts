// The WASM backend's memory: one WebAssembly.Memory, which threads can share, handed out in blocks of rounded sizes that
// are kept for reuse when released. It grows when no block fits, never past the budget and a quarter more, and never
// shrinks.

import { Fault } from '../../shared/errors.ts';
import type { DType, Storage } from './kernels.ts';
import { MemoryCount } from './memory.ts';

const PAGE = 65536;
/** The most pages that 32-bit addresses reach. */
const MOST_PAGES = 65536;
/** Blocks begin at multiples of a cache line. */
const LINE = 64;
/** The kernels' own tables of constants lie below. */
const STATIC = 4096;
/** Grown by this much at a time, or by a quarter of what is there, or by what is needed: growing moves every view. */
const GROWTH = 4 * 1024 * 1024;

/** A storage in WASM memory. `data` is made anew after the memory has grown. */
export class WasmStorage implements Storage {
  readonly dtype: DType;
  readonly length: number;
  /** Of the first number, in bytes. */
  readonly address: number;
  private readonly memory: WebAssembly.Memory;
  private view: Float32Array | Int32Array;

  constructor(memory: WebAssembly.Memory, address: number, length: number, dtype: DType) {
    this.memory = memory;
    this.address = address;
    this.length = length;
    this.dtype = dtype;
    this.view = this.viewed();
  }

  get data(): Float32Array | Int32Array {
    if (this.view.buffer !== this.memory.buffer) {
      this.view = this.viewed();
    }
    return this.view;
  }

  private viewed(): Float32Array | Int32Array {
    const { buffer } = this.memory;
    return this.dtype === 'f32'
      ? new Float32Array(buffer, this.address, this.length)
      : new Int32Array(buffer, this.address, this.length);
  }
}

export class WasmMemory {
  readonly memory: WebAssembly.Memory;
  /** What storages hold, in bytes of their numbers. Scratch isn't counted. */
  readonly count: MemoryCount;
  private readonly free = new Map<number, number[]>();
  private readonly mostBytes: number;
  /** Nothing was ever handed out from here on. */
  private top = STATIC;

  constructor(budgetBytes: number) {
    this.count = new MemoryCount(budgetBytes);
    this.mostBytes = Math.min(MOST_PAGES, Math.ceil((budgetBytes * 1.25 + 4 * GROWTH) / PAGE)) * PAGE;
    this.memory = new WebAssembly.Memory({ initial: GROWTH / PAGE, maximum: this.mostBytes / PAGE, shared: true });
  }

  /** How large the memory has grown. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** @throws Fault `too-large` when the budget would be passed, or the machine has no more. */
  allocate(length: number, dtype: DType): WasmStorage {
    this.count.take(length * 4);
    try {
      return new WasmStorage(this.memory, this.take(length * 4), length, dtype);
    } catch (error) {
      this.count.give(length * 4);
      throw error;
    }
  }

  release({ address, length }: WasmStorage): void {
    this.count.give(length * 4);
    this.give(address, length * 4);
  }

  /** A block of at least so many bytes, outside the count: scratch. @returns its address. */
  take(bytes: number): number {
    const size = blockSize(bytes);
    const kept = this.free.get(size)?.pop();
    if (kept !== undefined) {
      return kept;
    }
    if (this.top + size <= this.size) {
      return this.carve(size);
    }
    const larger = this.smallestAbove(size);
    if (larger !== undefined) {
      // The rest of it is kept in blocks of the sizes that there are.
      const address = this.free.get(larger)?.pop() as number;
      this.keepRest(address + size, larger - size);
      return address;
    }
    this.grow(this.top + size - this.size);
    return this.carve(size);
  }

  /** Gives back what {@link take} gave for so many bytes. */
  give(address: number, bytes: number): void {
    this.keep(address, blockSize(bytes));
  }

  private carve(size: number): number {
    const address = this.top;
    this.top += size;
    return address;
  }

  private keep(address: number, size: number): void {
    const blocks = this.free.get(size);
    if (blocks === undefined) {
      this.free.set(size, [address]);
    } else {
      blocks.push(address);
    }
  }

  private smallestAbove(size: number): number | undefined {
    let best: number | undefined;
    for (const [candidate, blocks] of this.free) {
      if (candidate > size && blocks.length > 0 && (best === undefined || candidate < best)) {
        best = candidate;
      }
    }
    return best;
  }

  private keepRest(address: number, bytes: number): void {
    while (bytes > 0) {
      const size = blockWithin(bytes);
      this.keep(address, size);
      address += size;
      bytes -= size;
    }
  }

  private grow(missing: number): void {
    const room = this.mostBytes - this.size;
    const bytes = Math.min(room, Math.max(missing, GROWTH, this.size / 4));
    try {
      if (missing > room) {
        throw new RangeError('No room within the budget.');
      }
      this.memory.grow(Math.ceil(bytes / PAGE));
    } catch (cause) {
      throw new Fault(
        'too-large',
        `The memory for tensors can't grow from ${Math.round(this.size / 1024 / 1024)} MB by ${Math.ceil(missing / 1024 / 1024)} MB.`,
        { remedy: 'Use smaller sizes, or release tensors that are no longer needed.', cause },
      );
    }
  }
}

/** The size of block for so many bytes: four steps to each doubling, so that at most a fifth lies idle. */
function blockSize(bytes: number): number {
  if (bytes <= 4 * LINE) {
    return Math.max(1, Math.ceil(bytes / LINE)) * LINE;
  }
  const step = 2 ** Math.floor(Math.log2(bytes - 1)) / 4;
  return Math.ceil(bytes / step) * step;
}

/** The largest size of block that so many bytes hold: they are a multiple of LINE, at least one. */
function blockWithin(bytes: number): number {
  if (bytes <= 4 * LINE) {
    return bytes;
  }
  const step = 2 ** Math.floor(Math.log2(bytes)) / 4;
  return Math.floor(bytes / step) * step;
}
