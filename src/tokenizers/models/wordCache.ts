// The model of a definition, and the words that it has cut: most words of a text were in it before.

import type { CancelSignal } from '../../shared/environment.ts';
import type { ModelSpec } from '../definition.ts';
import { CharBpeModel } from './charBpeModel.ts';
import type { PieceModel, WordTokens } from './pieceModel.ts';
import { UnigramModel } from './unigramModel.ts';
import { WordLevelModel } from './wordLevelModel.ts';
import { WordPieceModel } from './wordPieceModel.ts';

/** Longer words, in UTF-16 units, are not kept: they hardly ever come again. */
const LONGEST_KEPT = 64;
const MOST_KEPT = 1 << 17;

/** Four numbers a token: id, start, end and byte, as {@link WordTokens.add} has them. */
export type CutWord = ArrayLike<number>;

export class WordCache implements WordTokens {
  private readonly model: PieceModel;
  private readonly kept = new Map<string, CutWord>();
  private cut: number[] = [];

  /** @param hidden ids of pieces that no text makes @throws Fault `bad-input` */
  constructor(spec: ModelSpec, hidden: ReadonlySet<number>) {
    this.model = modelOf(spec, hidden);
  }

  /** @throws as {@link PieceModel.tokenize} */
  tokenize(word: string, signal: CancelSignal): CutWord {
    const known = this.kept.get(word);
    if (known) {
      return known;
    }
    this.cut = [];
    this.model.tokenize(word, this, signal);
    if (word.length > LONGEST_KEPT) {
      return this.cut;
    }
    if (this.kept.size === MOST_KEPT) {
      this.kept.clear();
    }
    const cut = Int32Array.from(this.cut);
    this.kept.set(word, cut);
    return cut;
  }

  add(id: number, start: number, end: number, byte: number): void {
    this.cut.push(id, start, end, byte);
  }
}

function modelOf(spec: ModelSpec, hidden: ReadonlySet<number>): PieceModel {
  switch (spec.type) {
    case 'bpe':
      return new CharBpeModel(spec, hidden);
    case 'wordpiece':
      return new WordPieceModel(spec, hidden);
    case 'unigram':
      return new UnigramModel(spec, hidden);
    case 'words':
      return new WordLevelModel(spec, hidden);
  }
}
