// The simplest model: a word is a token, or it is unknown.

import type { WordLevelSpec } from '../definition.ts';
import { idOf } from './knownPieces.ts';
import type { PieceModel, WordTokens } from './pieceModel.ts';

export class WordLevelModel implements PieceModel {
  private readonly ids = new Map<string, number>();
  private readonly unknownId: number;

  /**
   * @param hidden ids of pieces that no text makes
   * @throws Fault `bad-input` when the unknown piece is none of the pieces.
   */
  constructor(spec: WordLevelSpec, hidden: ReadonlySet<number>) {
    this.unknownId = idOf(spec.pieces, spec.unknown, 'model.unk_token');
    spec.pieces.forEach((piece, id) => {
      if (piece !== null && !hidden.has(id)) {
        this.ids.set(piece, id);
      }
    });
  }

  tokenize(word: string, tokens: WordTokens): void {
    tokens.add(this.ids.get(word) ?? this.unknownId, 0, word.length, -1);
  }
}
