// The two tokenizers of pieces that ship, for tests: straight from the packages, as the build takes them.

import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { definitionOfPieces, type PieceTokenizer } from '../../../src/services/pieceVocabularies.ts';
import { writePieces } from '../../../src/services/pieceVocabularyFile.ts';
import type { TokenizerDefinition } from '../../../src/tokenizers/definition.ts';

export async function shippedDefinition(name: PieceTokenizer): Promise<TokenizerDefinition> {
  return definitionOfPieces(name, writePieces(await packagedPieces(name)), name);
}
