// Plain byte-level BPE, told from a definition: what the fast encoder (encoder.ts) can do alone. Ids must be ranks.

import { bytesOfCharacters } from './byteCharacters.ts';
import type { BpeSpec, PreTokenizerSpec, TokenizerDefinition } from './definition.ts';
import { GPT2_PATTERN, patternName } from './patterns.ts';
import { mergesAreRanks } from './rankedMerges.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The vocabulary of `definition`; undefined where it is anything but plain byte-level BPE with a known pattern. */
export function byteVocabularyOf(definition: TokenizerDefinition): Vocabulary | undefined {
  const { name, normalizers, preTokenizers, model, decoders, addedTokens } = definition;
  const pattern = patternOf(preTokenizers);
  if (model.type !== 'bpe' || pattern === undefined || decoders.length !== 1 || decoders[0]!.type !== 'byte-level') {
    return undefined;
  }
  if (normalizers.length > 1 || !normalizers.every(({ type }) => type === 'nfc')) {
    return undefined;
  }
  const plain = addedTokens.every(
    (token) => token.special && !token.stripLeft && !token.stripRight && !token.singleWord,
  );
  const tokens = plain ? rankedTokens(model, new Set(addedTokens.map(({ id }) => id))) : undefined;
  return (
    tokens && {
      name,
      pattern,
      tokens,
      specialTokens: Object.fromEntries(addedTokens.map(({ text, id }) => [text, id])),
      ...(normalizers.length === 1 && { normalization: 'nfc' as const }),
    }
  );
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

/** The tokens' bytes by id, when ids are ranks: the bytes, then what each merge makes, then special tokens alone. */
function rankedTokens(model: BpeSpec, special: ReadonlySet<number>): Uint8Array[] | undefined {
  const { pieces, merges, continuingPrefix, endOfWordSuffix } = model;
  const count = 256 + merges.length;
  const others = pieces.slice(count).every((piece, i) => piece === null || special.has(count + i));
  if (continuingPrefix !== '' || endOfWordSuffix !== '' || pieces.length < count || !others) {
    return undefined;
  }
  const tokens: Uint8Array[] = [];
  const ids = new Map<string, number>();
  for (let id = 0; id < count; id++) {
    const piece = pieces[id];
    const bytes = typeof piece === 'string' && !special.has(id) ? bytesOfCharacters(piece) : undefined;
    if (!bytes || ids.has(piece!)) {
      return undefined;
    }
    tokens.push(bytes);
    ids.set(piece!, id);
  }
  const pairs = merges.map(([left, right]) => [ids.get(left) ?? -1, ids.get(right) ?? -1] as const);
  return mergesAreRanks(tokens, pairs) ? tokens : undefined;
}
