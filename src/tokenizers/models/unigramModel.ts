// Unigram for texts of any size: the same path as `bestPath` finds in the lattice, without making the lattice. At each
// character a walk down a trie finds the pieces that begin there, so the time grows with the text's length times the
// longest piece's. Characters without a piece become one unknown token for each run of them, or their bytes' pieces.

import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { isHighSurrogate } from '../alignedText.ts';
import { utf8 } from '../bytes.ts';
import type { UnigramSpec } from '../definition.ts';
import { unknownScore } from '../lattice.ts';
import { byteIds } from './knownPieces.ts';
import { checkLength, holdSteps, LONGEST_WORD, LOOK_MASK, type PieceModel, type WordTokens } from './pieceModel.ts';
import { PieceTrie } from './pieceTrie.ts';

const UNREACHED = -2;
const UNKNOWN = -1;

export class UnigramModel implements PieceModel {
  private readonly trie: PieceTrie;
  private readonly scores: Float64Array;
  private readonly unknownScore: number;
  private readonly unknownId: number | null;
  /** Undefined without byte fallback. */
  private readonly bytes: Int32Array | undefined;
  /** For each place in the word: the best score up to it, where the best way's last piece begins, and its id. */
  private best = new Float64Array(0);
  private from = new Int32Array(0);
  private ids = new Int32Array(0);

  /** @param hidden ids of pieces that no text makes; the unknown piece is one in any case */
  constructor(spec: UnigramSpec, hidden: ReadonlySet<number>) {
    this.scores = Float64Array.from(spec.pieces, ([, score]) => score);
    this.unknownScore = unknownScore(this.scores);
    this.unknownId = spec.unknownId;
    this.trie = new PieceTrie(spec.pieces.reduce((sum, [piece]) => sum + piece.length, 0) / 2);
    spec.pieces.forEach(([piece], id) => {
      if (id !== spec.unknownId && !hidden.has(id)) {
        this.trie.add(piece, id);
      }
    });
    if (spec.byteFallback) {
      const places = new Map(spec.pieces.map(([piece], id) => [piece, id]));
      this.bytes = byteIds((piece) => places.get(piece));
    }
  }

  tokenize(word: string, tokens: WordTokens, signal: CancelSignal): void {
    checkLength(word);
    this.findBest(word, signal);
    this.emitPath(word, tokens);
  }

  /** Viterbi's forward pass: fills `best`, `from` and `ids` up to the word's end. */
  private findBest(word: string, signal: CancelSignal): void {
    const { length } = word;
    this.makeRoom(length + 1);
    const { trie, best, scores, ids } = this;
    ids.fill(UNREACHED, 0, length + 1);
    best[0] = 0;
    let steps = 0;
    for (let start = 0, next = 0; start < length; start = next) {
      next = start + (isHighSurrogate(word.charCodeAt(start)) ? 2 : 1);
      const before = best[start]!;
      let single = false;
      let node = trie.root;
      for (let at = start; at < length; at++) {
        if ((++steps & LOOK_MASK) === 0) {
          holdSteps(steps, word.length, signal);
        }
        node = trie.step(node, word.charCodeAt(at));
        if (node === -1) {
          break;
        }
        const id = trie.idAt(node);
        if (id !== -1) {
          this.offer(at + 1, before + scores[id]!, start, id);
          single ||= at + 1 === next;
        }
      }
      if (!single) {
        this.offer(next, before + this.unknownScore, start, UNKNOWN);
      }
    }
  }

  /** A way to `to` that ends with piece `id`: kept when it is better than the one known. */
  private offer(to: number, score: number, start: number, id: number): void {
    if (this.ids[to] === UNREACHED || score > this.best[to]!) {
      this.best[to] = score;
      this.from[to] = start;
      this.ids[to] = id;
    }
  }

  /** Viterbi's backward pass, turned round. */
  private emitPath(word: string, tokens: WordTokens): void {
    const { from, ids } = this;
    const ends: number[] = [];
    for (let end = word.length; end > 0; end = from[end]!) {
      ends.push(end);
    }
    for (let i = ends.length - 1; i >= 0; i--) {
      const start = from[ends[i]!]!;
      if (ids[ends[i]!] !== UNKNOWN) {
        tokens.add(ids[ends[i]!]!, start, ends[i]!, -1);
        continue;
      }
      while (i > 0 && ids[ends[i - 1]!] === UNKNOWN) {
        i--;
      }
      this.emitUnknown(word, start, ends[i]!, tokens);
    }
  }

  private emitUnknown(word: string, start: number, end: number, tokens: WordTokens): void {
    const bytes = this.bytes;
    if (bytes && utf8(word.slice(start, end)).every((byte) => bytes[byte] !== -1)) {
      let at = start;
      for (const character of word.slice(start, end)) {
        for (const byte of utf8(character)) {
          tokens.add(bytes[byte]!, at, at + character.length, byte);
        }
        at += character.length;
      }
      return;
    }
    if (this.unknownId === null) {
      throw new Fault('bad-input', `The vocabulary has no piece for "${word.slice(start, end).slice(0, 40)}".`, {
        where: 'model.unk_id',
        remedy: 'A vocabulary that lacks characters needs a piece that stands for them.',
      });
    }
    tokens.add(this.unknownId, start, end, -1);
  }

  private makeRoom(size: number): void {
    if (size <= this.best.length) {
      return;
    }
    const room = Math.max(256, size, Math.min(this.best.length * 2, LONGEST_WORD + 1));
    this.best = new Float64Array(room);
    this.from = new Int32Array(room);
    this.ids = new Int32Array(room);
  }
}
