// Nearest neighbours on compiled kernels: a table is one WASM memory of its own, which grows in steps as rows come in and
// goes when the table does. In it: the query, the heap of the best, then block after block.

import { Fault } from '../../shared/errors.ts';
import {
  BLOCK_ROWS,
  blockAt,
  blockBytes,
  type Kept,
  MOST_KEPT,
  type NearestKernels,
  type RowBlock,
  type RowTable,
  strideOf,
} from './nearest.ts';
import { checkBudget, keptOf, referenceNearest } from './reference/nearest.ts';
import { type KernelLoader, loadKernels } from './wasm.ts';
import { type KernelModule, startModule, supportedVariant, type WasmExports } from './wasmModule.ts';

const PAGE = 65536;
/** The most bytes that 32-bit addresses reach. */
const MOST_BYTES = 65536 * PAGE;
/** The kernels' own tables of constants lie below. */
const STATIC = 4096;
/** Bytes of an entry of the heap: key (f64), score (f32), place (i32). */
const ENTRY = 16;
/** Memory grows by at least so many bytes, or by an eighth. */
const GROWTH = 1024 * 1024;

/** The fastest that this machine can run; plain loops where WASM has no SIMD. */
export async function bestNearest(load: KernelLoader): Promise<NearestKernels> {
  const variant = supportedVariant();
  return variant === undefined ? referenceNearest : wasmNearest(await loadKernels(load, variant));
}

export function wasmNearest({ module, variant }: KernelModule): NearestKernels {
  return {
    name: `wasm-${variant}`,
    table: (dimensions, budgetBytes) => new WasmTable(module, strideOf(dimensions), budgetBytes),
  };
}

class WasmTable implements RowTable {
  readonly stride: number;
  private readonly budget: number;
  private readonly memory: WebAssembly.Memory;
  private readonly exports: WasmExports;
  private readonly query: number;
  private readonly best: number;
  private readonly start: number;
  private views: RowBlock[] = [];
  private viewed: ArrayBufferLike | undefined;
  private used = 0;

  constructor(module: WebAssembly.Module, stride: number, budgetBytes: number) {
    this.stride = stride;
    this.budget = budgetBytes;
    this.query = STATIC;
    this.best = this.query + 2 * stride;
    this.start = this.best + MOST_KEPT * ENTRY;
    const initial = Math.ceil(this.start / PAGE);
    // Addresses are set aside for the most that it may become: no more than the budget allows.
    const maximum = Math.max(initial, Math.ceil(Math.min(budgetBytes, MOST_BYTES) / PAGE));
    this.memory = new WebAssembly.Memory({ initial, maximum, shared: true });
    this.exports = startModule(module, this.memory);
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  get blocks(): number {
    return this.used;
  }

  block(index: number): RowBlock {
    const { buffer } = this.memory;
    if (this.viewed !== buffer) {
      this.views = [];
      this.viewed = buffer;
    }
    this.views[index] ??= blockAt(buffer, this.addressOf(index), this.stride);
    return this.views[index];
  }

  addBlock(): void {
    const missing = this.addressOf(this.used + 1) - this.bytes;
    if (missing > 0) {
      checkBudget(this.bytes, missing, Math.min(this.budget, MOST_BYTES));
      this.grow(missing);
    }
    this.used++;
  }

  scan(query: Int16Array, count: number, keep: number, filtered: boolean): Kept {
    const capacity = Math.min(keep, MOST_KEPT);
    if (capacity <= 0) {
      return keptOf([]);
    }
    new Int16Array(this.memory.buffer, this.query, this.stride).set(query);
    let kept = 0;
    for (let first = 0; first < count; first += BLOCK_ROWS) {
      const { rows, scales, keys, accepted } = this.block(first / BLOCK_ROWS);
      kept = this.exports.nearestRows(
        rows.byteOffset,
        scales.byteOffset,
        keys.byteOffset,
        filtered ? accepted.byteOffset : 0,
        Math.min(BLOCK_ROWS, count - first),
        this.stride,
        this.query,
        first,
        this.best,
        kept,
        capacity,
      );
    }
    return this.sorted(kept);
  }

  /** The heap's entries, best first. */
  private sorted(kept: number): Kept {
    const heap = new DataView(this.memory.buffer, this.best, kept * ENTRY);
    const entries = Array.from({ length: kept }, (_, i) => ({
      key: heap.getFloat64(i * ENTRY, true),
      score: heap.getFloat32(i * ENTRY + 8, true),
      place: heap.getInt32(i * ENTRY + 12, true),
    }));
    return keptOf(entries.sort((a, b) => b.score - a.score || a.key - b.key));
  }

  private addressOf(index: number): number {
    return this.start + index * blockBytes(this.stride);
  }

  private grow(missing: number): void {
    const room = Math.min(this.budget, MOST_BYTES) - this.bytes;
    const pages = Math.floor(Math.min(room, Math.max(missing, GROWTH, this.bytes / 8)) / PAGE);
    try {
      this.memory.grow(Math.max(pages, Math.ceil(missing / PAGE)));
    } catch (cause) {
      throw new Fault('too-large', 'This machine has no more memory for vectors.', {
        remedy: 'Close what else takes memory, or leave folders out of the index.',
        cause,
      });
    }
  }
}
