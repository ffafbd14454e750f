// What the tokens panel finds out about a text by itself: where tokenizers differ, and what is worth knowing.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { EncodedText } from '../../../src/shared/messages.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { nextPlace, placeInLine } from '../../../webview/tokens/colours.ts';
import { differences, joined } from '../../../webview/tokens/differences.ts';
import { partsOf } from '../../../webview/tokens/display.ts';
import { wordAround } from '../../../webview/tokens/explained.ts';
import { looksLike, mixedWords } from '../../../webview/tokens/homoglyphs.ts';
import type { Ranges } from '../../../webview/tokens/ranges.ts';
import { scanText, type TextFlag } from '../../../webview/tokens/textFlags.ts';
import { TokenData } from '../../../webview/tokens/tokenData.ts';
import { insertedPiece, isUnknown, scanTokens, spelledBy } from '../../../webview/tokens/tokenFlags.ts';
import { encodedText, wordsOf } from './referenceTokens.ts';

vi.stubGlobal('document', { documentElement: { lang: 'en' } });

const pairs = ({ starts, ends }: Ranges) => Array.from(starts, (start, at) => [start, ends[at]]);

/** ASCII text cut at the given places. */
function cutAt(text: string, cuts: readonly number[]): TokenData {
  const borders = [...new Set([0, ...cuts.filter((cut) => cut > 0 && cut < text.length), text.length])].sort(
    (a, b) => a - b,
  );
  const count = text === '' ? 0 : borders.length - 1;
  const encoded: EncodedText = {
    encoding: 'cut',
    count,
    ids: new Uint32Array(count).buffer,
    starts: Uint32Array.from(borders.slice(0, count)).buffer,
    ends: Uint32Array.from(borders.slice(1)).buffer,
    fragment: new Uint8Array(count).buffer,
    byteEnds: Uint32Array.from(borders).buffer,
    bytes: new TextEncoder().encode(text).buffer as ArrayBuffer,
    textBytes: text.length,
    loneSurrogates: 0,
  };
  return new TokenData(text, encoded);
}

describe('differences', () => {
  it('lie between the borders that both tokenizers have', () => {
    const cuts = fc.array(fc.nat(40), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 40 }),
        cuts,
        cuts,
        (text, a, b) => {
          const borders = (list: readonly number[]) =>
            new Set([0, ...list.filter((cut) => cut > 0 && cut < text.length), text.length]);
          const [left, right] = [borders(a), borders(b)];
          const common = [...left].filter((cut) => right.has(cut)).sort((x, y) => x - y);
          const expected = common
            .slice(1)
            .map((end, at) => [common[at] as number, end] as const)
            .filter(([start, end]) => [...left, ...right].some((cut) => cut > start && cut < end));
          expect(pairs(differences(cutAt(text, a), cutAt(text, b), true))).toEqual(expected.map((pair) => [...pair]));
        },
      ),
    );
  });

  it('do not count white space at the edges of tokens where one of them drops it', () => {
    const text = 'one  two three\n';
    const kept = new TokenData(text, encodedText(text));
    const dropped = new TokenData(text, wordsOf(text));
    expect(pairs(differences(kept, dropped, false))).toEqual([]);
    expect(pairs(differences(kept, dropped, true)).length).toBeGreaterThan(0);
  });

  it('tell parts of a character apart by their bytes', () => {
    const data = new TokenData('😀', encodedText('😀'));
    const other = encodedText('😀');
    expect(data.count).toBeGreaterThan(1);
    expect(pairs(differences(data, new TokenData('😀', other), true))).toEqual([]);
    const torn = { ...other, byteEnds: Uint32Array.of(0, 1, 4).buffer };
    expect(pairs(differences(data, new TokenData('😀', torn), true))).toEqual([[0, 2]]);
  });

  it('of several tokenizers are joined where they overlap', () => {
    const list = (...all: [number, number][]) => ({
      starts: Uint32Array.from(all, ([start]) => start),
      ends: Uint32Array.from(all, ([, end]) => end),
    });
    expect(pairs(joined([list([0, 3], [8, 9]), list([2, 5], [5, 6])]))).toEqual([
      [0, 5],
      [5, 6],
      [8, 9],
    ]);
    expect(pairs(joined([]))).toEqual([]);
  });
});

describe('findings in a text', () => {
  const found = (text: string) =>
    Array.from(scanText(text, 0, text.length)).flatMap(([flag, ranges]) =>
      pairs(ranges).map(([start, end]) => [flag, text.slice(start, end)] as [TextFlag, string]),
    );

  // The names are those of the Unicode Standard's charts.
  it.each<[string, TextFlag]>([
    ['\u200b', 'zero-width'], // ZERO WIDTH SPACE
    ['\ufeff', 'zero-width'], // ZERO WIDTH NO-BREAK SPACE
    ['\u2060', 'zero-width'], // WORD JOINER
    ['\u202e', 'bidi'], // RIGHT-TO-LEFT OVERRIDE
    ['\u2069', 'bidi'], // POP DIRECTIONAL ISOLATE
    ['\u200f', 'bidi'], // RIGHT-TO-LEFT MARK
    ['\u00ad', 'soft-hyphen'],
    ['\u00a0', 'no-break-space'],
    ['\u202f', 'no-break-space'], // NARROW NO-BREAK SPACE
    ['\u3000', 'odd-space'], // IDEOGRAPHIC SPACE
    ['\u2003', 'odd-space'], // EM SPACE
    ['\ufe0f', 'variation'], // VARIATION SELECTOR-16
    ['\u{e0100}', 'variation'], // VARIATION SELECTOR-17
    ['\u{e0041}', 'tag'], // TAG LATIN CAPITAL LETTER A
    ['\u0000', 'control'],
    ['\u0085', 'control'], // NEXT LINE
    ['\u3164', 'control'], // HANGUL FILLER
    ['\ud83d', 'lone'],
    ['\udc00', 'lone'],
  ])('flag %j as %s', (character, flag) => {
    expect(found(`a${character}b`)).toEqual([[flag, character]]);
  });

  it('leave alone what is plain to see', () => {
    expect(found('One line,\n\tand 東京 in it: é, 😀, שלום — and Ωmega.\r\nНикогда\n')).toEqual([]);
  });

  it('flag a run of one kind once', () => {
    expect(found('a\u200b\u200b\u200db')).toEqual([['zero-width', '\u200b\u200b\u200d']]);
  });

  it('flag white space before a line break and before the end, of Windows lines too', () => {
    expect(found('a \nb\t \r\n \nc  ')).toEqual([
      ['trailing', ' '],
      ['trailing', '\t '],
      ['trailing', ' '],
      ['trailing', '  '],
    ]);
  });

  it('flag all that has the shape of a special token', () => {
    const shapes = [
      '<|endoftext|>',
      '<|im_start|>',
      '</s>',
      '[CLS]',
      '[unused12]',
      '[/INST]',
      '<<SYS>>',
      '<start_of_turn>',
    ];
    expect(found(shapes.join(' and ')).map(([, text]) => text)).toEqual(shapes);
    expect(found('a < b && c > d, x[i], list[12], <!-- no -->')).toEqual([]);
  });

  it('flag words that mix Latin letters with others that look alike', () => {
    expect(found('my pаypal and Αpple, not вода or αβγ')).toEqual([
      ['look-alike', 'pаypal'],
      ['look-alike', 'Αpple'],
    ]);
    expect(mixedWords('а'.repeat(100_000))).toEqual([]);
    for (const letter of ['а', 'о', 'Α', 'ν']) {
      expect(looksLike(letter)).toMatch(/^[A-Za-z]$/);
      expect(letter).toMatch(/\p{Script=Cyrillic}|\p{Script=Greek}/u);
    }
    expect(looksLike('a')).toBeUndefined();
  });
});

describe('findings among tokens', () => {
  const found = (data: TokenData) =>
    Array.from(scanTokens(data, 0, data.text.length)).flatMap(([flag, ranges]) =>
      pairs(ranges).map(([start, end]) => [flag, data.text.slice(start, end)]),
    );

  it('flag each character in pieces once', () => {
    expect(found(new TokenData('a 😀b', encodedText('a 😀b')))).toEqual([['fragment', ' 😀']]);
  });

  it('flag what is unknown, written otherwise, and left out', () => {
    const text = 'One two\n☂ six';
    expect(found(new TokenData(text, wordsOf(text)))).toEqual([
      ['unknown', '☂'],
      ['changed', 'One'],
      ['dropped', '\n'],
    ]);
  });

  it('know the signs by which vocabularies write where words begin', () => {
    expect(['##ing', '▁the', 'low</w>', 'new', '▁a▁b'].map(spelledBy)).toEqual(['ing', 'the', 'low', 'new', 'a b']);
    expect(['[UNK]', '<unk>', '\ufffd', 'unk', undefined].map(isUnknown)).toEqual([true, true, true, false, false]);
  });
});

describe('the word around a token', () => {
  it('goes to the white space on both sides, with a space before it', () => {
    const text = 'say unhappily now';
    const data = new TokenData(text, encodedText(text));
    const words = Array.from({ length: data.count }, (_, token) => wordAround(data, token));
    expect(new Set(words)).toEqual(new Set(['say', ' unhappily', ' now']));
  });

  it('is bounded, and cuts no character', () => {
    const text = '😀'.repeat(500);
    const data = new TokenData(text, encodedText(text));
    const word = wordAround(data, 700);
    expect(word.length).toBeLessThan(200);
    expect(word).toMatch(/^(😀)+$/u);
    const spaces = new TokenData(`${' '.repeat(2000)}x`, wordsOf(`${' '.repeat(2000)}x`));
    expect(wordAround(spaces, 0)).toBe(' x');
    const long = new TokenData('y'.repeat(2000), wordsOf('y'.repeat(2000)));
    expect(wordAround(long, 0).length).toBeLessThanOrEqual(400);
  });
});

describe('colours', () => {
  it('begin anew in each line, so that a change recolours its line alone', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('one', ' two', '\n', '\n\n   ', '😀', ' '), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const data = new TokenData(text, encodedText(text));
        let place = 0;
        for (let token = 0; token < data.count; token++) {
          expect(placeInLine(data, token)).toBe(place);
          const line = text.slice(0, data.start(token)).split('\n').length;
          const next = token + 1 < data.count ? text.slice(0, data.start(token + 1)).split('\n').length : line;
          place = next === line ? place + 1 : 0;
          expect(nextPlace(data, token, placeInLine(data, token))).toBe(place);
        }
      }),
    );
  });
});

describe('a sign that SentencePiece puts before a text', () => {
  it('is drawn as itself, and is no part of the character that it stands before', () => {
    const pieces = (['<unk>', '▁', '#', 'a'] as const).map((piece) => [piece, -1] as const);
    const tokenizer = tokenizerOf({
      name: 'small',
      normalizers: [],
      preTokenizers: [{ type: 'metaspace', replacement: '▁', prepend: 'always', split: true }],
      model: { type: 'unigram', pieces, unknownId: 0, byteFallback: false },
      decoders: [],
      addedTokens: [],
    });
    const { ids, starts, ends, fragment, byteEnds, bytes, ...rest } = tokenizer.encode('#a a');
    const data = new TokenData('#a a', {
      encoding: 'small',
      count: ids.length,
      ids: ids.buffer,
      starts: starts.buffer,
      ends: ends.buffer,
      fragment: fragment.buffer,
      byteEnds: byteEnds.buffer,
      bytes: bytes.buffer,
      pieces: Array.from(new Set(ids), (id) => [id, tokenizer.entry(id)?.text ?? ''] as const),
      ...rest,
    });
    const drawn = Array.from(ids, (_, token) => partsOf(data, token));
    expect(drawn.slice(0, 3)).toEqual([
      [{ kind: 'sign', real: '', sign: '▁', boxed: false }],
      [{ kind: 'text', text: '#' }],
      [{ kind: 'text', text: 'a' }],
    ]);
    // The second one stands for the space.
    expect(drawn[3]).toEqual([{ kind: 'sign', real: ' ', sign: '·', boxed: false }]);
    expect(Array.from(ids, (_, token) => insertedPiece(data, token))).toEqual([
      '▁',
      ...Array.from({ length: ids.length - 1 }, () => undefined),
    ]);
    expect(pairs(scanTokens(data, 0, 4).get('fragment') as Ranges)).toEqual([]);
  });
});
