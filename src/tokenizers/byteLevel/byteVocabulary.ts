// Plain byte-level BPE, told from a definition: what the fast encoder (encoder.ts) can do alone. It wants ids that are
// ranks; where a definition numbers its pieces otherwise, what stands at which rank is told too.

import { bytesOfCharacters } from '../byteCharacters.ts';
import type { BpeSpec, PreTokenizerSpec, TokenizerDefinition } from '../definition.ts';
import { GPT2_PATTERN, patternName } from '../patterns.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { mergesAreRanks } from './rankedMerges.ts';

/** In UTF-16 units: longer ones are not looked for by the fast encoder's way, which could not be stopped. */
const LONGEST_SPECIAL = 1000;

/** A vocabulary by rank, and for each rank the id that the definition gives it. */
export interface RankedVocabulary {
  readonly vocabulary: Vocabulary;
  readonly ids: Uint32Array;
}

/** The vocabulary of `definition`; undefined where it is anything but plain byte-level BPE with a known pattern. */
export function byteVocabularyOf(definition: TokenizerDefinition): RankedVocabulary | undefined {
  const { name, normalizers, preTokenizers, model, decoders, addedTokens } = definition;
  const pattern = patternOf(preTokenizers);
  if (model.type !== 'bpe' || pattern === undefined || decoders.length !== 1 || decoders[0]!.type !== 'byte-level') {
    return undefined;
  }
  if (normalizers.length > 1 || !normalizers.every(({ type }) => type === 'nfc')) {
    return undefined;
  }
  const plain = addedTokens.every(
    ({ text, special, stripLeft, stripRight, singleWord }) =>
      special && !stripLeft && !stripRight && !singleWord && text.length <= LONGEST_SPECIAL,
  );
  const ranked = plain ? rankedTokens(model, new Set(addedTokens.map(({ id }) => id))) : undefined;
  if (!ranked) {
    return undefined;
  }
  const { tokens, ids } = ranked;
  const vocabulary = {
    name,
    pattern,
    tokens,
    specialTokens: Object.fromEntries(addedTokens.map(({ text }, i) => [text, tokens.length + i])),
    ...(normalizers.length === 1 && { normalization: 'nfc' as const }),
  };
  return { vocabulary, ids: Uint32Array.from([...ids, ...addedTokens.map(({ id }) => id)]) };
}

/** The pattern that the text is cut by, when it is a published one and nothing else is done. */
function patternOf(specs: readonly PreTokenizerSpec[]): string | undefined {
  const [first, second, ...others] = specs;
  if (first?.type === 'byte-level' && second === undefined) {
    return first.pattern && !first.prefixSpace ? GPT2_PATTERN : undefined;
  }
  if (first?.type !== 'split' || second?.type !== 'byte-level' || others.length > 0) {
    return undefined;
  }
  if (second.pattern || second.prefixSpace || first.behavior !== 'isolated' || first.invert) {
    return undefined;
  }
  return 'regex' in first.pattern && patternName(first.pattern.regex) ? first.pattern.regex : undefined;
}

/** The tokens' bytes by rank, and their ids: the bytes, then what each merge makes. All other pieces must be special. */
function rankedTokens(
  model: BpeSpec,
  special: ReadonlySet<number>,
): { readonly tokens: Uint8Array[]; readonly ids: number[] } | undefined {
  const { pieces, merges, continuingPrefix, endOfWordSuffix } = model;
  if (continuingPrefix !== '' || endOfWordSuffix !== '') {
    return undefined;
  }
  const idOf = new Map<string, number>();
  pieces.forEach((piece, id) => {
    if (piece !== null && !special.has(id)) {
      idOf.set(piece, id);
    }
  });
  const made = new Set(merges.map(([left, right]) => left + right));
  const bytes = [...idOf.keys()].filter((piece) => !made.has(piece));
  const ranks = new Map([...bytes, ...made].map((piece, rank) => [piece, rank]));
  const tokens: Uint8Array[] = [];
  const ids: number[] = [];
  for (const piece of ranks.keys()) {
    const spelled = bytesOfCharacters(piece);
    const id = idOf.get(piece);
    if (!spelled || id === undefined) {
      return undefined;
    }
    tokens.push(spelled);
    ids.push(id);
  }
  const pairs = merges.map(([left, right]) => [ranks.get(left) ?? -1, ranks.get(right) ?? -1] as const);
  return bytes.length === 256 && mergesAreRanks(tokens, pairs) ? { tokens, ids } : undefined;
}
