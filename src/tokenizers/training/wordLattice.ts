// All the ways to cut one word into pieces, in arrays that are used again for the next word: what lattice.ts does in the
// open, with the sums over all paths that training needs (Kudo 2018; the forward-backward algorithm, Baum 1972).

import { GrowingInts } from './growingInts.ts';
import type { PieceModel } from './pieceModel.ts';

/** Stands for a character that has no piece. */
export const UNKNOWN = -1;
const NONE = -1;

export class WordLattice {
  private readonly model: PieceModel;
  private length = 0;
  /** The edges that begin at a place, and the first after them, as places in the three lists below. */
  private firstEdges = new Int32Array(64);
  private readonly edgeEnds: GrowingInts;
  private readonly edgePieces: GrowingInts;
  private edgeScores = new Float64Array(256);
  /** Of each border: the logarithm of all paths up to it, and on from it. */
  private before = new Float64Array(64);
  private beyond = new Float64Array(64);
  /** Of each edge: the score of the best path that ends with it, its edge before, and the edge before it to the same end. */
  private bestScores = new Float64Array(256);
  private edgesBefore = new Int32Array(256);
  private nextToEnd = new Int32Array(256);
  private lastToEnd = new Int32Array(64);

  constructor(model: PieceModel, budgetBytes: number) {
    this.model = model;
    this.edgeEnds = new GrowingInts(256, budgetBytes);
    this.edgePieces = new GrowingInts(256, budgetBytes);
  }

  /** Takes in the word `text[start .. end]`: code points. */
  read(text: Int32Array, start: number, end: number): void {
    const { trie, scores, isIn, unknownScore } = this.model;
    this.length = end - start;
    this.makeRoom(this.length + 1);
    this.edgeEnds.length = 0;
    this.edgePieces.length = 0;
    for (let from = 0; from < this.length; from++) {
      this.firstEdges[from] = this.edgeEnds.length;
      let hasCharacter = false;
      let node = 0;
      for (let at = from; at < this.length; at++) {
        node = trie.step(node, text[start + at]!);
        if (node === -1) {
          break;
        }
        const piece = trie.pieceOf(node);
        if (piece !== -1 && isIn[piece] === 1) {
          this.addEdge(at + 1, piece, scores[piece]!);
          hasCharacter ||= at === from;
        }
      }
      if (!hasCharacter) {
        this.addEdge(from + 1, UNKNOWN, unknownScore);
      }
    }
    this.firstEdges[this.length] = this.edgeEnds.length;
  }

  /** Adds to `expected` how often each piece is expected in `count` occurrences of the word, over all ways to cut it. */
  expect(count: number, expected: Float64Array): void {
    const { length, firstEdges, edgeScores, before, beyond } = this;
    const [ends, pieces] = [this.edgeEnds.data, this.edgePieces.data];
    before.fill(-Infinity, 0, length + 1);
    before[0] = 0;
    for (let from = 0; from < length; from++) {
      for (let edge = firstEdges[from]!; edge < firstEdges[from + 1]!; edge++) {
        before[ends[edge]!] = logOfSum(before[ends[edge]!]!, edgeScores[edge]! + before[from]!);
      }
    }
    const all = before[length]!;
    beyond[length] = 0;
    for (let from = length - 1; from >= 0; from--) {
      let sum = -Infinity;
      for (let edge = firstEdges[from]!; edge < firstEdges[from + 1]!; edge++) {
        const score = edgeScores[edge]! + beyond[ends[edge]!]!;
        sum = logOfSum(sum, score);
        if (pieces[edge] !== UNKNOWN) {
          expected[pieces[edge]!]! += count * Math.exp(before[from]! + score - all);
        }
      }
      beyond[from] = sum;
    }
  }

  /**
   * The likeliest way to cut the word, last piece first; of equally likely ones the one whose last pieces are longer.
   *
   * @param whole false to leave out the word as one piece
   */
  best(whole = true): number[] {
    const { length, firstEdges, edgeScores, bestScores, edgesBefore, nextToEnd, lastToEnd } = this;
    const [ends, pieces] = [this.edgeEnds.data, this.edgePieces.data];
    lastToEnd.fill(NONE, 0, length + 1);
    // What ends at a border is chosen anew for each edge that begins there, the edge's score included: sums that differ
    // in their last digit alone are equal then, as they are in Hugging Face's trainer.
    const bestTo = (from: number, score: number): number => {
      let best = NONE;
      let most = -Infinity;
      for (let edge = lastToEnd[from]!; edge !== NONE; edge = nextToEnd[edge]!) {
        if (bestScores[edge]! + score >= most) {
          most = bestScores[edge]! + score;
          best = edge;
        }
      }
      return best;
    };
    for (let from = 0; from < length; from++) {
      for (let edge = firstEdges[from]!; edge < firstEdges[from + 1]!; edge++) {
        const end = ends[edge]!;
        if (!whole && end - from === length) {
          continue;
        }
        const before = bestTo(from, edgeScores[edge]!);
        edgesBefore[edge] = before;
        bestScores[edge] = (before === NONE ? 0 : bestScores[before]!) + edgeScores[edge]!;
        nextToEnd[edge] = lastToEnd[end]!;
        lastToEnd[end] = edge;
      }
    }
    const path: number[] = [];
    for (let edge = bestTo(length, 0); edge !== NONE; edge = edgesBefore[edge]!) {
      path.push(pieces[edge]!);
    }
    return path;
  }

  private addEdge(end: number, piece: number, score: number): void {
    const edge = this.edgeEnds.push(end);
    this.edgePieces.push(piece);
    if (edge === this.edgeScores.length) {
      const grown = new Float64Array(edge * 2);
      grown.set(this.edgeScores);
      this.edgeScores = grown;
      this.bestScores = new Float64Array(edge * 2);
      this.edgesBefore = new Int32Array(edge * 2);
      this.nextToEnd = new Int32Array(edge * 2);
    }
    this.edgeScores[edge] = score;
  }

  private makeRoom(size: number): void {
    if (size > this.firstEdges.length) {
      const room = size * 2;
      this.firstEdges = new Int32Array(room);
      this.lastToEnd = new Int32Array(room);
      this.before = new Float64Array(room);
      this.beyond = new Float64Array(room);
    }
  }
}

/** log(exp(a) + exp(b)), without leaving the range of numbers; what is e^50 times smaller is nothing beside the other. */
function logOfSum(a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  return more > less + 50 ? more : more + Math.log(Math.exp(less - more) + 1);
}
