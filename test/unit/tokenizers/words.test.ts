import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWords, lookUp, numberWords, splitWords, UNKNOWN } from '../../../src/tokenizers/words.ts';
import { texts } from './texts.ts';

describe('the word tokenizer', () => {
  it('cuts the worked example', () => {
    expect(splitWords('Stop, thief!', 'spaces')).toEqual(['Stop,', 'thief!']);
    expect(splitWords('Stop, thief!', 'words')).toEqual(['Stop', ',', 'thief', '!']);
    expect(splitWords(' \n ', 'words')).toEqual([]);
  });

  it('loses nothing but white space', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('spaces' as const, 'words' as const), (text, splitter) => {
        expect(splitWords(text, splitter).join('')).toBe(text.replaceAll(/\s/gu, ''));
      }),
    );
  });

  it('numbers the different pieces in order, the unknown one last', () => {
    const vocabulary = numberWords(['the', 'cat', 'the', 'The']);
    expect(vocabulary.pieces).toEqual(['The', 'cat', 'the', UNKNOWN]);
    expect(['the', 'dog', UNKNOWN].map((piece) => lookUp(piece, vocabulary))).toEqual([2, 3, 3]);
    expect(decodeWords([0, 1, 3], vocabulary)).toBe('The cat <unk>');
  });

  it('gives known pieces back as they were', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const pieces = splitWords(text, 'words');
        const vocabulary = numberWords(pieces);
        const ids = pieces.map((piece) => lookUp(piece, vocabulary));
        expect(ids.map((id) => vocabulary.pieces[id])).toEqual(pieces);
        expect(new Set(ids).size).toBe(new Set(pieces).size);
      }),
    );
  });

  // A text of the public domain that lies beside the project on some machines only.
  const shakespeare = new URL('../../../../shared/data/tinyshakespeare.txt', import.meta.url);
  it.skipIf(!existsSync(shakespeare))('counts tiny Shakespeare as the course says', () => {
    const text = readFileSync(shakespeare, 'utf8');
    const words = splitWords(text, 'words');
    expect([words.length, new Set(words).size]).toEqual([262_927, 13_331]);
    expect(new Set(splitWords(text, 'spaces')).size).toBe(25_670);
    const counts = new Map<string, number>();
    for (const word of words) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const once = [...counts.values()].filter((count) => count === 1).length;
    expect(Math.round((100 * once) / counts.size)).toBe(45);
  });
});
