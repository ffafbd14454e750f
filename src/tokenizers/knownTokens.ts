// What a definition's ids stand for: the model's pieces, and the added tokens, which go before them.

import { byteCharacter, bytesOfCharacters } from './byteCharacters.ts';
import { textOf, utf8 } from './bytes.ts';
import type { AddedToken, TokenizerDefinition } from './definition.ts';
import { byteOfPiece } from './models/knownPieces.ts';
import type { VocabularyEntry } from './tokenizer.ts';

export class KnownTokens {
  /** One more than the highest id. */
  readonly size: number;
  /** Whether pieces are written in bytes' visible characters. */
  readonly visibleBytes: boolean;
  /** Whether every text can be had back from its ids. */
  readonly byteLevel: boolean;
  private readonly definition: TokenizerDefinition;
  private readonly added: ReadonlyMap<number, AddedToken>;
  private readonly normalForm: (text: string) => string;

  constructor(definition: TokenizerDefinition, normalForm: (text: string) => string) {
    const { model, normalizers, preTokenizers, addedTokens } = definition;
    this.definition = definition;
    this.normalForm = normalForm;
    this.added = new Map(addedTokens.map((token) => [token.id, token]));
    this.size = addedTokens.reduce((size, { id }) => Math.max(size, id + 1), model.pieces.length);
    this.visibleBytes = [...normalizers, ...preTokenizers].some(({ type }) => type === 'byte-level');
    this.byteLevel = this.visibleBytes && this.keepsAll();
  }

  /** As the decoders take it. */
  pieceOf(id: number): string | undefined {
    const added = this.added.get(id);
    if (added) {
      return added.normalized ? this.normalForm(added.text) : added.text;
    }
    return this.modelPiece(id);
  }

  entry(id: number): VocabularyEntry | undefined {
    const added = this.added.get(id);
    const piece = added?.text ?? this.modelPiece(id);
    if (piece === undefined) {
      return undefined;
    }
    const { model } = this.definition;
    const score = model.type === 'unigram' && id < model.pieces.length ? { score: model.pieces[id]![1] } : {};
    const bytes = added ? undefined : this.bytesOf(piece);
    const text = bytes && this.visibleBytes ? textOf(bytes) : piece;
    return { id, text, ...(bytes && { bytes }), special: added?.special ?? false, ...score };
  }

  private modelPiece(id: number): string | undefined {
    const piece = this.definition.model.pieces[id];
    return (typeof piece === 'string' ? piece : piece?.[0]) ?? undefined;
  }

  private bytesOf(piece: string): Uint8Array | undefined {
    if (this.visibleBytes) {
      return bytesOfCharacters(piece) ?? utf8(piece);
    }
    const { model } = this.definition;
    const byte = 'byteFallback' in model && model.byteFallback ? byteOfPiece(piece) : undefined;
    return byte === undefined ? undefined : Uint8Array.of(byte);
  }

  /** Nothing is changed but bytes made visible, nothing is dropped, and each byte has a piece. */
  private keepsAll(): boolean {
    const { model, normalizers, preTokenizers, decoders, addedTokens } = this.definition;
    if (model.type !== 'bpe' || model.continuingPrefix !== '' || model.endOfWordSuffix !== '') {
      return false;
    }
    const pieces = new Set(model.pieces);
    return (
      normalizers.every(({ type }) => type === 'byte-level') &&
      preTokenizers.every(
        (spec) =>
          (spec.type === 'byte-level' && !spec.prefixSpace) ||
          spec.type === 'digits' ||
          ((spec.type === 'split' || spec.type === 'punctuation') && spec.behavior !== 'removed'),
      ) &&
      decoders.length === 1 &&
      decoders[0]!.type === 'byte-level' &&
      addedTokens.every(({ stripLeft, stripRight, special }) => special || !(stripLeft || stripRight)) &&
      Array.from({ length: 256 }, (_, byte) => byteCharacter(byte)).every((character) => pieces.has(character))
    );
  }
}
