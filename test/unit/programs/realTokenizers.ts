// The tokenizers that ship, for tests: straight from the packages that carry them, each made once.

import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { bertUncased, useLite } from '../../../src/tokenizers/publishedPieces.ts';
import type { Tokenizer, TokenizerLoader } from '../../../src/tokenizers/tokenizer.ts';
import { loadCl100k, loadO200k } from '../tokenizers/published.ts';
import { loadR50k } from '../tokenizers/r50k.ts';

const makers: Readonly<Record<string, () => Promise<Tokenizer>>> = {
  r50k_base: async () => new BpeEncoder(loadR50k()),
  cl100k_base: async () => new BpeEncoder(loadCl100k()),
  o200k_base: async () => new BpeEncoder(loadO200k()),
  'bert-base-uncased': async () => tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces)),
  'use-lite': async () => {
    const { pieces, scores } = await packagedPieces('use-lite');
    return tokenizerOf(useLite(pieces.map((piece, id) => [piece, scores?.[id] ?? 0] as const)));
  },
};
const made = new Map<string, Promise<Tokenizer>>();

export const REAL_TOKENIZERS: readonly string[] = Object.keys(makers);

export const loadRealTokenizer: TokenizerLoader = async (id) => {
  const make = makers[id];
  if (make === undefined) {
    throw new Fault('unknown-encoding', `There is no ${id} here.`);
  }
  const tokenizer = made.get(id) ?? make();
  made.set(id, tokenizer);
  return tokenizer;
};
