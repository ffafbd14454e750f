// WordPiece for texts of any size: the same pieces as `matchWordPiece` finds, in one walk down a trie for each piece.

import type { CancelSignal } from '../../shared/environment.ts';
import type { WordPieceSpec } from '../definition.ts';
import { idOf } from './knownPieces.ts';
import { holdSteps, LOOK_MASK, type PieceModel, type WordTokens } from './pieceModel.ts';
import { PieceTrie } from './pieceTrie.ts';

export class WordPieceModel implements PieceModel {
  private readonly trie: PieceTrie;
  private readonly unknownId: number;
  private readonly longestWord: number;
  /** The trie's node behind the continuing prefix, or -1 where no piece has it. */
  private readonly continuing: number;
  /** Pairs of id and end of the word in work. */
  private found: number[] = [];

  /**
   * @param hidden ids of pieces that no text makes
   * @throws Fault `bad-input` when the unknown piece is none of the pieces.
   */
  constructor(spec: WordPieceSpec, hidden: ReadonlySet<number>) {
    // About half of the pieces' letters are beginnings that another piece has too.
    this.trie = new PieceTrie(spec.pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0) / 2);
    spec.pieces.forEach((piece, id) => {
      if (piece !== null && !hidden.has(id)) {
        this.trie.add(piece, id);
      }
    });
    this.unknownId = idOf(spec.pieces, spec.unknown, 'model.unk_token');
    this.longestWord = spec.longestWord;
    this.continuing = this.trie.walk(this.trie.root, spec.continuingPrefix);
  }

  tokenize(word: string, tokens: WordTokens, signal: CancelSignal): void {
    if (this.isTooLong(word) || !this.cover(word, signal)) {
      tokens.add(this.unknownId, 0, word.length, -1);
      return;
    }
    let start = 0;
    for (let i = 0; i < this.found.length; i += 2) {
      tokens.add(this.found[i]!, start, this.found[i + 1]!, -1);
      start = this.found[i + 1]!;
    }
  }

  /** Whether pieces cover all of `word`; they are in `found` then. */
  private cover(word: string, signal: CancelSignal): boolean {
    const { trie } = this;
    this.found = [];
    let steps = 0;
    for (let start = 0; start < word.length; ) {
      let id = -1;
      let end = start;
      let node = start === 0 ? trie.root : this.continuing;
      for (let at = start; node !== -1 && at < word.length; at++) {
        if ((++steps & LOOK_MASK) === 0) {
          holdSteps(steps, word.length, signal);
        }
        node = trie.step(node, word.charCodeAt(at));
        if (node !== -1 && trie.idAt(node) !== -1) {
          id = trie.idAt(node);
          end = at + 1;
        }
      }
      if (id === -1) {
        return false;
      }
      this.found.push(id, end);
      start = end;
    }
    return true;
  }

  private isTooLong(word: string): boolean {
    if (word.length <= this.longestWord) {
      return false; // as there are no more characters than units
    }
    let characters = 0;
    for (const _ of word) {
      characters++;
    }
    return characters > this.longestWord;
  }
}
