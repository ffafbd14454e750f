// The tokens panel's data, without its page: what a token is, how it is shown, found, paged and copied.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { idsAsJson, MOST_COPIED, tokensAsJson } from '../../../webview/tokens/copy.ts';
import { partsOf, partsOfText } from '../../../webview/tokens/display.ts';
import { find, idIn } from '../../../webview/tokens/find.ts';
import { cutLines, cutPages, cutParts, guessHeight, pageAt } from '../../../webview/tokens/pages.ts';
import { nextRange, overlapping } from '../../../webview/tokens/ranges.ts';
import { TokenData } from '../../../webview/tokens/tokenData.ts';
import { tornBy } from '../../../webview/tokens/torn.ts';
import { encodedText, plainTokens, wordsOf } from './referenceTokens.ts';

const load = (text: string) => new TokenData(text, encodedText(text));
// The page's language, which numbers are written in.
vi.stubGlobal('document', { documentElement: { lang: 'en' } });

const noPause = async () => {};

/** Texts with all that is awkward: emoji, combining marks, controls, lone surrogates, line ends. */
const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '👨‍👩‍👧',
        '🇩🇪',
        '東京',
        ' ',
        '\t',
        '\r\n',
        '\n\n',
        '\ufeff',
        '\u202e',
        '\ud83d',
        '\udc00',
        '\ufffd',
        'é',
        'e\u0301',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the tokens of a text', () => {
  it('gives each token as an independent encoder and plain counting do', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const data = load(text);
        const expected = plainTokens(text);
        expect(data.count).toBe(expected.length);
        for (const [token, plain] of expected.entries()) {
          expect([data.id(token), data.start(token), data.end(token)]).toEqual([plain.id, plain.start, plain.end]);
          expect(Array.from(data.bytesOf(token))).toEqual(plain.bytes);
          expect(data.textOf(token)).toBe(plain.fragment ? null : text.slice(plain.start, plain.end));
        }
        expect(data.characters).toBe(Array.from(text).length);
      }),
      { numRuns: 300 },
    );
  });

  it('tells of which character a fragment is which bytes, and every torn character is whole again in all of them', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const data = load(text);
        let open: { character: string; upTo: number } | undefined;
        for (let token = 0; token < data.count; token++) {
          const torn = tornBy(data, token);
          expect(torn.length > 0).toBe(data.isFragment(token));
          for (const { character, first, last, of } of torn) {
            expect(Array.from(character)).toHaveLength(1);
            expect(new TextEncoder().encode(character)).toHaveLength(of);
            expect(first).toBe(open === undefined ? 1 : open.upTo + 1);
            if (open !== undefined) {
              expect(character).toBe(open.character);
            }
            open = last === of ? undefined : { character, upTo: last };
          }
        }
        expect(open).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('knows an emoji of two tokens by its bytes', () => {
    const data = load('a 😀');
    expect(data.count).toBe(3);
    expect(tornBy(data, 1)).toEqual([{ character: '😀', first: 1, last: 3, of: 4 }]);
    expect(tornBy(data, 2)).toEqual([{ character: '😀', first: 4, last: 4, of: 4 }]);
  });

  it('finds the token at an offset, the first of those that share a character', () => {
    const data = load('a 😀b');
    expect([0, 1, 2, 3, 4, 5].map((offset) => data.tokenAt(offset))).toEqual([0, 1, 1, 1, 3, 3]);
    expect(load('').tokenAt(0)).toBe(-1);
  });

  it('refuses arrays that do not belong to the text', () => {
    const encoded = encodedText('Hello world');
    expect(() => new TokenData('Hello', encoded)).toThrow(/do not belong together/);
    expect(() => new TokenData('Hello world', { ...encoded, count: 3 })).toThrow(/do not belong together/);
    expect(() => new TokenData('Hello world', { ...encoded, ids: new ArrayBuffer(4) })).toThrow(/do not belong/);
  });
});

describe('how a token is shown', () => {
  it('shows all of its bytes, and never U+FFFD or anything that can not be seen', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const data = load(text);
        for (let token = 0; token < data.count; token++) {
          const shown = partsOf(data, token).flatMap((part) => {
            if (part.kind === 'bytes') {
              expect(part.hex).toMatch(/^[0-9A-F]{2}( [0-9A-F]{2})*$/);
              return part.hex.split(' ').map((hex) => Number.parseInt(hex, 16));
            }
            const visible = part.kind === 'sign' ? part.sign : part.text;
            expect(visible).not.toMatch(/\ufffd|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
            const real = part.kind === 'sign' ? part.real : part.text.replace(/^\u25cc(?=\p{M})/u, '');
            return Array.from(new TextEncoder().encode(real));
          });
          expect(shown).toEqual(Array.from(data.bytesOf(token)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [' a', ['·', 'a']],
    ['\t', ['→']],
    ['\n', ['↵']],
    ['\r', ['CR']],
    ['\u00a0', ['NBSP U+00A0']],
    ['\u200d', ['ZWJ U+200D']],
    ['\ufeff', ['BOM U+FEFF']],
    ['\u202e', ['RLO U+202E']],
    ['\u2066', ['LRI U+2066']],
    ['\ufe0f', ['VS16 U+FE0F']],
    ['\u0007', ['U+0007']],
    ['\u{e0041}', ['U+E0041']],
    ['\u2003', ['U+2003']],
    ['\ud83d', ['U+D83D']],
    ['\ufffd', ['U+FFFD']],
    ['\u034f', ['U+034F']],
    ['\u0301', ['\u25cc\u0301']],
    ['日本', ['日本']],
  ])('shows %j as %j', (text, expected) => {
    expect(
      partsOfText(text).map((part) => (part.kind === 'sign' ? part.sign : part.kind === 'text' ? part.text : part.hex)),
    ).toEqual(expected);
  });
});

describe('finding', () => {
  it('finds ids by # and text across tokens, whatever its case', () => {
    const data = load('Hello world, hello World. Hello 995');
    expect(idIn(' #995 ')).toBe(995);
    expect(idIn('995')).toBeUndefined();
    expect(Array.from(find(data, '#995').starts)).toEqual([5]);
    const across = find(data, 'HELLO world');
    expect(Array.from(across.starts)).toEqual([0, 13]);
    expect(Array.from(across.ends)).toEqual([11, 24]);
    expect(overlapping(across, 5, 11)).toBe(0);
    expect(overlapping(across, 11, 12)).toBe(-1);
    expect(find(data, '.*').starts).toHaveLength(0);
    expect(find(data, '').starts).toHaveLength(0);
  });

  it('finds as often as a plain search does, and each hit is the text', () => {
    fc.assert(
      fc.property(awkward, fc.string({ minLength: 1, maxLength: 2 }), (text, query) => {
        fc.pre(idIn(query) === undefined);
        const { starts, ends } = find(load(text), query);
        const plain = text.split(new RegExp(query.replace(/[^\w\s]/g, '\\$&'), 'i')).length - 1;
        expect(starts).toHaveLength(plain);
        for (let hit = 0; hit < starts.length; hit++) {
          expect(text.slice(starts[hit], ends[hit]).toUpperCase()).toBe(query.toUpperCase());
        }
      }),
    );
  });

  it('goes forward and back through what was found, round the ends', () => {
    const found = { starts: Uint32Array.of(2, 5, 9), ends: Uint32Array.of(3, 7, 10) };
    expect([0, 2, 4, 9].map((from) => nextRange(found, from, true))).toEqual([0, 1, 1, 0]);
    expect([0, 2, 5, 9].map((from) => nextRange(found, from, false))).toEqual([2, 2, 0, 1]);
    expect(nextRange({ starts: new Uint32Array(), ends: new Uint32Array() }, 0, true)).toBe(-1);
  });
});

describe('pages', () => {
  const LINE_END = '\n';

  it.each([
    ['by an encoder that keeps every byte', load],
    ['by one that drops white space', (text: string) => new TokenData(text, wordsOf(text))],
  ])('cover the text once, begin lines where they can, and stay small: cut %s', (_, make) => {
    const data = make('One two three four five six.\n'.repeat(300));
    const pages = cutPages(data);
    expect(pages[0]).toBe(0);
    expect(pages.at(-1)).toBe(data.text.length);
    for (let page = 0; page + 1 < pages.length; page++) {
      const [from, to] = [pages[page] as number, pages[page + 1] as number];
      expect(to).toBeGreaterThan(from);
      expect(data.firstFrom(to) - data.firstFrom(from)).toBeLessThanOrEqual(512);
      expect(data.text[to - 1]).toBe(LINE_END);
      expect([from, to - 1].map((offset) => pageAt(pages, offset))).toEqual([page, page]);
    }
    expect(cutLines(data, 0, data.text.length)).toEqual(
      Array.from({ length: 300 }, (_line, line) => line * 'One two three four five six.\n'.length),
    );
  });

  it('never begin within a token or a character, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(awkward, { maxLength: 60 }), (parts) => {
        const text = parts.join('').repeat(12);
        for (const data of [load(text), new TokenData(text, wordsOf(text))]) {
          for (const start of cutPages(data).subarray(1, -1)) {
            const before = data.firstFrom(start) - 1;
            expect(before < 0 || data.end(before) <= start).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('cut a text without any line break too', () => {
    const data = load('word '.repeat(2000));
    const firsts = Array.from(cutPages(data), (start) => data.firstFrom(start));
    expect(Math.max(...firsts.slice(1).map((end, page) => end - (firsts[page] as number)))).toBeLessThanOrEqual(512);
  });

  it('are guessed as high as their lines, as often as these stand there', () => {
    const data = load('ab\n'.repeat(100));
    const metrics = { width: 500, lineHeight: 20, character: 8, token: 2, lanes: 3 };
    expect(guessHeight(data, 0, data.text.length, metrics)).toBe(100 * 20 * 3);
  });

  it('are parted before a scroller gets higher than browsers draw', () => {
    expect(cutParts(Float64Array.of(5, 5, 5, 5, 30, 1), 10)).toEqual([0, 2, 4, 5, 6]);
    expect(cutParts(Float64Array.of(1, 1), 10)).toEqual([0, 2]);
    expect(cutParts(new Float64Array())).toEqual([0, 0]);
  });
});

describe('copying', () => {
  it('gives the ids, and everything as the command line does', async () => {
    const text = 'Hi 😀\ud83d';
    const data = load(text);
    expect(JSON.parse(idsAsJson(data))).toEqual(plainTokens(text).map(({ id }) => id));
    expect(JSON.parse(await tokensAsJson(data, noPause))).toEqual({
      encoding: 'r50k_base',
      ids: plainTokens(text).map(({ id }) => id),
      tokens: plainTokens(text).map(({ id, bytes, start, end, fragment }) => ({
        id,
        text: fragment ? null : text.slice(start, end),
        bytes,
        start,
        end,
      })),
    });
  });

  it('says so when there are too many for the clipboard', async () => {
    const count = MOST_COPIED + 1;
    const list = Uint32Array.from({ length: count }, (_, at) => at);
    const data = new TokenData('a'.repeat(count), {
      encoding: 'r50k_base',
      count,
      ids: new Uint32Array(count).fill(64).buffer,
      starts: list.buffer,
      ends: list.map((at) => at + 1).buffer,
      fragment: new Uint8Array(count).buffer,
      byteEnds: Uint32Array.from({ length: count + 1 }, (_, at) => at).buffer,
      bytes: new Uint8Array(count).fill(97).buffer,
      textBytes: count,
      loneSurrogates: 0,
    });
    await expect(tokensAsJson(data, noPause)).rejects.toMatchObject({ code: 'too-large', remedy: expect.any(String) });
  });
});
