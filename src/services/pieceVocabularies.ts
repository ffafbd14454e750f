// The WordPiece and Unigram tokenizers that ship, from the files that the build made.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../shared/errors.ts';
import type { TokenizerDefinition } from '../tokenizers/definition.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import { bertUncased, useLite } from '../tokenizers/publishedPieces.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { type PieceList, readPieces } from './pieceVocabularyFile.ts';

/** Names of the tokenizers whose vocabularies are lists of pieces; the file of each is `NAME.pieces`. */
export const PIECE_TOKENIZERS = ['bert-base-uncased', 'use-lite'] as const;
export type PieceTokenizer = (typeof PIECE_TOKENIZERS)[number];

const definitions: Readonly<Record<PieceTokenizer, (list: PieceList) => TokenizerDefinition>> = {
  'bert-base-uncased': ({ pieces }) => bertUncased(pieces),
  'use-lite': ({ pieces, scores }) => useLite(pieces.map((piece, id) => [piece, scores?.[id] ?? 0] as const)),
};

export function isPieceTokenizer(name: string): name is PieceTokenizer {
  return PIECE_TOKENIZERS.some((known) => known === name);
}

/**
 * The tokenizer `name`, whose file holds `bytes`.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` for a damaged file.
 */
export function definitionOfPieces(name: PieceTokenizer, bytes: Uint8Array, where: string): TokenizerDefinition {
  return definitions[name](readPieces(bytes, where));
}

/** The tokenizer `name` from its file in `folder`. @throws Fault `not-found`; `bad-input` for a damaged file. */
export async function loadPieceTokenizer(folder: string, name: PieceTokenizer): Promise<Tokenizer> {
  const file = path.join(folder, `${name}.pieces`);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Fault('not-found', `The vocabulary file can't be read: ${(cause as Error).message}.`, {
      where: file,
      remedy: 'Install the extension again, or build it with "npm run build".',
      cause,
    });
  });
  return tokenizerOf(definitionOfPieces(name, bytes, file));
}
