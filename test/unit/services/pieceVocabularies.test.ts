import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPieceVocabularies, packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import {
  definitionOfPieces,
  isPieceTokenizer,
  loadPieceTokenizer,
  PIECE_TOKENIZERS,
} from '../../../src/services/pieceVocabularies.ts';
import { readPieces, writePieces } from '../../../src/services/pieceVocabularyFile.ts';

let folder = '';
let files: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pieces-'));
  files = await buildPieceVocabularies(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the files that the build makes', () => {
  it('are small, and the same every time', async () => {
    expect(files.map((file) => path.basename(file))).toEqual(['bert-base-uncased.pieces', 'use-lite.pieces']);
    for (const [i, name] of PIECE_TOKENIZERS.entries()) {
      expect((await stat(files[i]!)).size).toBeLessThan(250_000);
      expect(Buffer.compare(await readFile(files[i]!), writePieces(await packagedPieces(name)))).toBe(0);
    }
  });

  // Pieces and ids as the published vocab.txt has them.
  it('give BERT', async () => {
    const bert = await loadPieceTokenizer(folder, 'bert-base-uncased');
    expect([bert.kind, bert.size, bert.cuts, bert.byteLevel]).toEqual(['wordpiece', 30_522, true, false]);
    expect([0, 1, 100, 101, 102, 103, 1996, 7592, 2075, 30_521].map((id) => bert.entry(id)!.text)).toEqual([
      ...['[PAD]', '[unused0]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'the', 'hello', '##ing', '##～'],
    ]);
    expect([...bert.encode('[CLS] Hello, world!').ids]).not.toContain(101);
    const { ids } = bert.encode('[CLS]Hello, world![SEP]', { specialTokens: true });
    expect([...ids]).toEqual([101, 7592, 1010, 2088, 999, 102]);
    expect(Buffer.from(bert.decode(ids)).toString()).toBe('[CLS] hello, world! [SEP]');
    expect([101, 7592].map((id) => bert.entry(id)!.special)).toEqual([true, false]);
  });

  it('give Universal Sentence Encoder lite', async () => {
    const lite = await loadPieceTokenizer(folder, 'use-lite');
    expect([lite.kind, lite.size, lite.byteLevel]).toEqual(['unigram', 8000, false]);
    expect(lite.entry(9)).toEqual({ id: 9, text: '▁the', score: -3.56637144089, special: false });
    expect([...lite.encode('<s> hello </s>').ids].filter((id) => id < 6 && id > 0)).toEqual([]);
    expect(Buffer.from(lite.decode(lite.encode('The quick brown fox: jumps.').ids)).toString()).toBe(
      'The quick brown fox: jumps.',
    );
  });
});

describe('a file of pieces', () => {
  const pieces = ['a', '##b', '', '▁the', '👍'];

  it('is read as it was written', () => {
    expect(readPieces(writePieces({ pieces }), 'x')).toEqual({ pieces });
    const scores = Float64Array.of(0, -1.5, -1e-9, -14.528678894, -3);
    expect(readPieces(writePieces({ pieces, scores }), 'x')).toEqual({ pieces, scores });
  });

  it('refuses what it can’t hold', () => {
    expect(() => writePieces({ pieces: ['a\n'] })).toThrow(RangeError);
    expect(() => writePieces({ pieces: ['\ud800'] })).toThrow(RangeError);
    expect(() => writePieces({ pieces, scores: new Float64Array(4) })).toThrow(RangeError);
  });

  it('says when it is damaged', () => {
    const file = writePieces({ pieces, scores: new Float64Array(5) });
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at]! ^= 1;
      expect(() => readPieces(changed, 'x.pieces')).toThrow(
        expect.objectContaining({ code: 'bad-input', where: 'x.pieces' }),
      );
      expect(() => readPieces(file.subarray(0, at), 'x.pieces')).toThrow(
        expect.objectContaining({ code: 'bad-input' }),
      );
    }
  });

  it('may be missing', async () => {
    await expect(loadPieceTokenizer(path.join(folder, 'nowhere'), 'use-lite')).rejects.toMatchObject({
      code: 'not-found',
    });
    await writeFile(path.join(folder, 'use-lite.pieces.bad'), 'x');
    expect(() => definitionOfPieces('use-lite', Buffer.from('x'), 'here')).toThrow(
      expect.objectContaining({ code: 'bad-input', where: 'here' }),
    );
    expect([isPieceTokenizer('use-lite'), isPieceTokenizer('r50k_base')]).toEqual([true, false]);
  });
});
