// What the steps of byte pair encoding need to know of a tokenizer, wherever its merges come from: learned here, a
// published vocabulary, a definition.

import { type MergeRules, pairKey } from '../tokenizers/bpe.ts';
import { bytesOfCharacters } from '../tokenizers/byteCharacters.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import type { BpeSpec } from '../tokenizers/definition.ts';
import { bytePiece } from '../tokenizers/models/knownPieces.ts';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';
import { rulesOfVocabulary } from '../tokenizers/vocabularyRules.ts';

export interface ShownMerges {
  /** How a token is spelled. */
  readonly bytesOf: (id: number) => Uint8Array;
  /** A word's tokens before anything is merged. What has none and can't become one is left out. */
  readonly start: (word: string) => readonly number[];
  /** What two neighbours become, and when that was learned, from 1. */
  readonly mergeOf: (left: number, right: number) => { readonly id: number; readonly rank: number } | undefined;
  /** What a word begins as. */
  readonly unit: 'byte' | 'character';
}

/** Ids 0 to 255 are bytes, and the others in the order of learning: merge number n made token 255 + n. */
const BYTE_TOKENS = 256;

/** Finding a token by its bytes takes a table of them all: made once for each vocabulary that is still in use. */
const published = new WeakMap<Vocabulary, ShownMerges>();

/** The merges of a published byte-level vocabulary. */
export function publishedMerges(vocabulary: Vocabulary): ShownMerges {
  const merges = published.get(vocabulary) ?? byteMerges(rulesOfVocabulary(vocabulary));
  published.set(vocabulary, merges);
  return merges;
}

/** The merges of a byte-level vocabulary. */
export function byteMerges({ tokens, idOfByte, rankOf }: MergeRules): ShownMerges {
  return {
    bytesOf: (id) => tokens[id]!,
    start: (word) => Array.from(utf8(word), idOfByte),
    mergeOf: (left, right) => {
      const id = rankOf(left, right);
      return id === undefined ? undefined : { id, rank: id - BYTE_TOKENS + 1 };
    },
    unit: 'byte',
  };
}

/**
 * The merges of a definition, which lists them.
 *
 * @param byteLevel its words are written in GPT-2's characters, one a byte
 */
export function listedMerges(spec: BpeSpec, byteLevel: boolean): ShownMerges {
  const ids = new Map<string, number>();
  spec.pieces.forEach((piece, id) => {
    if (piece !== null) {
      ids.set(piece, id);
    }
  });
  const { continuingPrefix: prefix, endOfWordSuffix: suffix } = spec;
  const merges = new Map<number, { id: number; rank: number }>();
  spec.merges.forEach(([left, right], i) => {
    const [a, b, id] = [
      ids.get(left),
      ids.get(right),
      ids.get(left + right.slice(right.startsWith(prefix) ? prefix.length : 0)),
    ];
    if (a !== undefined && b !== undefined && id !== undefined && !merges.has(pairKey(a, b))) {
      merges.set(pairKey(a, b), { id, rank: i + 1 });
    }
  });
  const unknown = spec.unknown === null ? undefined : ids.get(spec.unknown);
  /** A character's token, its bytes' tokens, the unknown one, or none. */
  const symbols = (written: string): readonly number[] => {
    const id = ids.get(written);
    const bytes = spec.byteFallback ? Array.from(utf8(written), (byte) => ids.get(bytePiece(byte))) : [undefined];
    const known = bytes.filter((one) => one !== undefined);
    return id !== undefined ? [id] : known.length === bytes.length ? known : unknown === undefined ? [] : [unknown];
  };
  return {
    bytesOf: (id) => {
      const piece = spec.pieces[id] ?? '';
      return (byteLevel ? bytesOfCharacters(piece) : undefined) ?? utf8(piece);
    },
    start: (word) => {
      const whole = spec.ignoreMerges ? ids.get(word) : undefined;
      if (whole !== undefined) {
        return [whole];
      }
      const characters = [...word];
      const found = characters.flatMap((character, i) =>
        symbols(`${i > 0 ? prefix : ''}${character}${i === characters.length - 1 ? suffix : ''}`),
      );
      return spec.fuseUnknown ? found.filter((id, i) => id !== unknown || found[i - 1] !== unknown) : found;
    },
    mergeOf: (left, right) => merges.get(pairKey(left, right)),
    unit: byteLevel ? 'byte' : 'character',
  };
}
