// The fast encoder for a vocabulary whose ids are not its ranks: a trained one that begins with its special tokens, say.

import type { TokenizerDefinition } from '../definition.ts';
import { BpeEncoder } from '../encoder.ts';
import { noSuchToken } from '../faults.ts';
import type { Encoded, EncodeOptions, Tokenizer, VocabularyEntry } from '../tokenizer.ts';
import type { RankedVocabulary } from './byteVocabulary.ts';

export class RenumberedBpe implements Tokenizer {
  readonly kind = 'bpe';
  readonly name: string;
  readonly byteLevel: boolean;
  readonly size: number;
  readonly cuts: boolean;
  readonly definition: TokenizerDefinition;
  private readonly encoder: BpeEncoder;
  private readonly ids: Uint32Array;
  private readonly ranks: ReadonlyMap<number, number>;

  /** @param budgetBytes as the encoder's */
  constructor(definition: TokenizerDefinition, { vocabulary, ids }: RankedVocabulary, budgetBytes: number) {
    this.definition = definition;
    this.encoder = new BpeEncoder(vocabulary, budgetBytes);
    this.ids = ids;
    this.ranks = new Map(Array.from(ids, (id, rank) => [id, rank]));
    this.name = this.encoder.name;
    this.byteLevel = this.encoder.byteLevel;
    this.cuts = this.encoder.cuts;
    this.size = ids.reduce((size, id) => Math.max(size, id + 1), 0);
  }

  encode(text: string, options?: EncodeOptions): Encoded {
    const encoded = this.encoder.encode(text, options);
    return { ...encoded, ids: encoded.ids.map((rank) => this.ids[rank]!) };
  }

  count(text: string, options?: EncodeOptions): number {
    return this.encoder.count(text, options);
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    const ranks = Uint32Array.from(ids, (id, place) => {
      const rank = this.ranks.get(id);
      if (rank === undefined) {
        throw noSuchToken(ids, place, this);
      }
      return rank;
    });
    return this.encoder.decode(ranks);
  }

  entry(id: number): VocabularyEntry | undefined {
    const rank = this.ranks.get(id);
    const entry = rank === undefined ? undefined : this.encoder.entry(rank);
    return entry && { ...entry, id };
  }
}
