// Finds the pieces that begin at a place: a trie whose edges are in one hash table.

import { GrowingInts } from './growingInts.ts';
import { PairTable } from './pairTable.ts';

const ROOT = 0;
const NONE = -1;

export class PieceTrie {
  /** From a node by a character: the edge's number + 1 is the node that it leads to. */
  private readonly edges: PairTable;
  private readonly pieceAt: GrowingInts;

  constructor(budgetBytes: number) {
    this.edges = new PairTable(budgetBytes);
    this.pieceAt = new GrowingInts(1 << 12, budgetBytes);
    this.pieceAt.push(NONE);
  }

  /** Gives `text[start .. end]` the number `piece`. @throws Fault `too-large` */
  add(text: Int32Array, start: number, end: number, piece: number): void {
    let node = ROOT;
    for (let at = start; at < end; at++) {
      node = this.edges.numberOf(node, text[at]!) + 1;
      if (node === this.pieceAt.length) {
        this.pieceAt.push(NONE);
      }
    }
    this.pieceAt.data[node] = piece;
  }

  /** The node after `character`, or -1 when no piece goes on like that. The root is 0. */
  step(node: number, character: number): number {
    const edge = this.edges.find(node, character);
    return edge === NONE ? NONE : edge + 1;
  }

  /** The piece that ends at `node`, or -1. */
  pieceOf(node: number): number {
    return this.pieceAt.data[node]!;
  }
}
