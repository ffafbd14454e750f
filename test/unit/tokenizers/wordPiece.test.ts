import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { encodeWord, matchWordPiece, type WordPieceTable } from '../../../src/tokenizers/wordPiece.ts';
import { shippedDefinition } from './shippedPieces.ts';

function tableOf(pieces: readonly string[], longestWord = 100): WordPieceTable {
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  return { ids, unknownId: 0, continuingPrefix: '##', longestWord };
}

describe('matchWordPiece', () => {
  // The example of BERT's own tokenization_test.py.
  const table = tableOf(['[UNK]', '[CLS]', '[SEP]', 'want', '##want', '##ed', 'wa', 'un', 'runn', '##ing']);

  it('tries the longest piece first', () => {
    const steps = matchWordPiece('unwanted', table);
    expect(steps.map(({ piece }) => piece)).toEqual([
      ...['unwanted', 'unwante', 'unwant', 'unwan', 'unwa', 'unw', 'un'],
      ...['##wanted', '##wante', '##want'],
      '##ed',
    ]);
    expect(steps.filter(({ id }) => id !== undefined)).toEqual([
      { piece: 'un', start: 0, end: 2, id: 7 },
      { piece: '##want', start: 2, end: 6, id: 4 },
      { piece: '##ed', start: 6, end: 8, id: 5 },
    ]);
  });

  it('gives what BERT’s own test expects', () => {
    expect(encodeWord('unwanted', table)).toEqual([7, 4, 5]);
    expect(encodeWord('running', table)).toEqual([8, 9]);
    expect(encodeWord('unwantedX', table)).toEqual([0]);
    expect(encodeWord('', table)).toEqual([]);
  });

  it('does not look at a word that is too long, in characters', () => {
    const short = tableOf(['[UNK]', '👍', '##👍'], 3);
    expect(encodeWord('👍👍👍', short)).toEqual([1, 2, 2]);
    expect(matchWordPiece('👍👍👍👍', short)).toEqual([]);
    expect(encodeWord('👍👍👍👍', short)).toEqual([0]);
  });
});

describe('the model for texts of any size', async () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'é', '👍', '#', '##'), { minLength: 1, maxLength: 5 });
  const piece = fc.tuple(fc.constantFrom('', '##'), letters).map(([prefix, word]) => prefix + word.join(''));

  it('finds what is found in the open, for any vocabulary', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(piece, { maxLength: 25 }),
        letters.map((word) => word.join('')),
        (pieces, word) => {
          const all = ['[UNK]', ...pieces];
          const model = {
            type: 'wordpiece',
            pieces: all,
            unknown: '[UNK]',
            continuingPrefix: '##',
            longestWord: 4,
          } as const;
          const definition = { name: 'x', normalizers: [], preTokenizers: [], model, decoders: [], addedTokens: [] };
          expect([...tokenizerOf(definition).encode(word).ids]).toEqual(encodeWord(word, tableOf(all, 4)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('finds it with BERT’s vocabulary', async () => {
    const definition = await shippedDefinition('bert-base-uncased');
    const { pieces } = definition.model as { readonly pieces: readonly string[] };
    const table = { ...tableOf(pieces), unknownId: 100 };
    const tokenizer = tokenizerOf(definition);
    const parts = fc.array(fc.constantFrom(...pieces.slice(1996).map((text) => text.replace('##', ''))), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        parts.map((some) => some.join('')).filter((word) => /^[a-z]+$/.test(word)),
        (word) => {
          expect([...tokenizer.encode(word).ids]).toEqual(encodeWord(word, table));
        },
      ),
    );
  });
});
