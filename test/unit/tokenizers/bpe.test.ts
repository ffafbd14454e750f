import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BpeModel,
  choosePair,
  countPairs,
  countWords,
  decodeBpe,
  encodeBpe,
  encodeText,
  mergePair,
  rulesOf,
  trainBpe,
} from '../../../src/tokenizers/bpe.ts';
import { spell, utf8 } from '../../../src/tokenizers/bytes.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { PRE_TOKENIZERS, type PreTokenizer, preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { rulesOfVocabulary } from '../../../src/tokenizers/vocabularyRules.ts';
import { loadR50k } from './r50k.ts';
import { texts, wellFormed } from './texts.ts';

/** A model's tokens as they were learned, with their counts. */
const learned = (model: BpeModel) => model.merges.map(({ id, count }) => [spell(model.tokens[id]!), count]);

/**
 * The same training by brute force, written apart from it: every pre-token kept, everything counted anew for each
 * merge by trying how many merges each pair would make. Symbols are byte strings.
 */
function trainSlowly(text: string, merges: number, preTokenizer: PreTokenizer): [string, number][] {
  let pieces = preTokenize(text, preTokenizer).map((piece) => [...Buffer.from(piece, 'utf8').toString('latin1')]);
  const made: [string, number][] = [];
  while (made.length < merges) {
    const candidates = new Map<string, { a: string; b: string }>();
    for (const piece of pieces) {
      piece.slice(1).forEach((b, i) => void candidates.set(JSON.stringify([piece[i], b]), { a: piece[i]!, b }));
    }
    // In the order of the text, so that of equals the first stays.
    let best: { a: string; b: string; count: number } | undefined;
    for (const { a, b } of candidates.values()) {
      const count = pieces.reduce((sum, piece) => sum + piece.length - joined(piece, a, b).length, 0);
      if (count >= 2 && count > (best?.count ?? 0)) {
        best = { a, b, count };
      }
    }
    if (best === undefined) {
      break;
    }
    const { a, b, count } = best;
    pieces = pieces.map((piece) => joined(piece, a, b));
    made.push([spell(Buffer.from(a + b, 'latin1')), count]);
  }
  return made;
}

function joined(piece: readonly string[], a: string, b: string): string[] {
  const out: string[] = [];
  let i = 0;
  while (i < piece.length) {
    const both = piece[i] === a && piece[i + 1] === b;
    out.push(both ? a + b : piece[i]!);
    i += both ? 2 : 1;
  }
  return out;
}

const smallTexts = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', 'c', ' '), { maxLength: 60 }).map((letters) => letters.join('')),
  fc
    .array(fc.constantFrom('low', 'lower', 'newest', 'widest', ' ', ' the', 'é', '漢', '😀', '\n'), { maxLength: 30 })
    .map((words) => words.join('')),
  texts.map((text) => wellFormed(text.slice(0, 120))),
);
const cuts = fc.constantFrom(...PRE_TOKENIZERS);

describe('training', () => {
  it('finds low, lower, newest, widest by hand: es, est, lo, low, then the spaces before words', () => {
    // 5, 2, 6 and 3 times, as in Sennrich et al. Counted by hand: e+s and s+t 9 each, e+s stands first; es+t 9;
    // l+o and o+w 7; lo+w 7; then ␣+low, ␣+n, n+e, e+w and w+est 6 each, ␣+low stands first, then ␣+n.
    const words = [
      ...Array(5).fill('low'),
      ...Array(2).fill('lower'),
      ...Array(6).fill('newest'),
      ...Array(3).fill('widest'),
    ];
    const model = trainBpe(words.join(' '), 6, 'spaces');
    expect(learned(model)).toEqual([
      ['es', 9],
      ['est', 9],
      ['lo', 7],
      ['low', 7],
      [' low', 6],
      [' n', 6],
    ]);
    expect(model.merges[0]).toEqual({ left: 0x65, right: 0x73, id: 256, count: 9 });
    expect(model.merges[1]).toEqual({ left: 256, right: 0x74, id: 257, count: 9 });
  });

  it('learns the worked example', () => {
    expect(learned(trainBpe('hug pug hug', 2, 'spaces'))).toEqual([
      ['ug', 3],
      ['hug', 2],
    ]);
  });

  it('counts what can merge: `aaaa` holds `aa` twice, not three times', () => {
    const pair = choosePair(countPairs(countWords(['aaaa'])));
    expect(pair).toMatchObject({ left: 97, right: 97, count: 2 });
    expect(learned(trainBpe('aaa', 5, 'none'))).toEqual([]);
  });

  it('does not merge across a border', () => {
    expect(learned(trainBpe('ab cab cab c', 9, 'spaces')).map(([piece]) => piece)).not.toContain('b c');
    expect(learned(trainBpe('b cb cb c', 9, 'none')).map(([piece]) => piece)).toContain('b c');
  });

  it('stops when no pair occurs twice', () => {
    expect(trainBpe('abcdefg', 100, 'none').merges).toEqual([]);
    expect(trainBpe('', 100, 'gpt2').merges).toEqual([]);
  });

  it('learns what counting everything anew learns, ties included', () => {
    fc.assert(
      fc.property(smallTexts, cuts, (text, cut) => {
        expect(learned(trainBpe(text, 12, cut))).toEqual(trainSlowly(text, 12, cut));
      }),
      { numRuns: 600 },
    );
  });

  it('keeps each different word once, with its first place in bytes', () => {
    expect(countWords(['é', ' ab', 'é'])).toEqual([
      { symbols: [0xc3, 0xa9], count: 2, firstAt: 0 },
      { symbols: [0x20, 0x61, 0x62], count: 1, firstAt: 2 },
    ]);
  });
});

it('learns a run of three million bytes, whose tokens get very long', () => {
  const model = trainBpe('€'.repeat(1_000_000), 30, 'none');
  // Each merge after the first two doubles: 3 bytes, 6, 12 ...
  expect(model.tokens.at(-1)!.length).toBe(3 * 2 ** (model.merges.length - 2));
  expect(model.tokens.at(-1)!.length).toBeGreaterThan(500_000);
});

describe('encoding', () => {
  it('merges from left to right, each symbol once', () => {
    expect(mergePair([1, 1, 1, 2], 1, 1, 9)).toEqual([9, 1, 2]);
    expect(mergePair([], 1, 1, 9)).toEqual([]);
  });

  it('encodes the worked example', () => {
    const model = trainBpe('hug pug hug', 2, 'spaces');
    expect(encodeBpe(utf8('bug'), rulesOf(model))).toEqual([0x62, 256]);
  });

  it('takes the lowest rank, not the longest match', () => {
    // b+c was learned before a+b: in abc the a is left over, though ab is a token too.
    const model = trainBpe('bcbcbcab,ab', 2, 'none');
    expect(learned(model)).toEqual([
      ['bc', 3],
      ['ab', 2],
    ]);
    expect(encodeBpe(utf8('abc'), rulesOf(model))).toEqual([0x61, 256]);
  });

  it('gives the trained text the tokens that training left it with, and any text its bytes back', () => {
    fc.assert(
      fc.property(smallTexts, texts, cuts, (text, other, cut) => {
        const model = trainBpe(text, 20, cut);
        const merged = model.merges.reduce((sum, merge) => sum + merge.count, 0);
        expect(encodeText(text, rulesOf(model), cut)).toHaveLength(utf8(text).length - merged);
        const ids = encodeText(other, rulesOf(model), cut);
        expect(Buffer.from(decodeBpe(ids, model.tokens)).equals(Buffer.from(other, 'utf8'))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('with GPT-2’s vocabulary agrees with the fast encoder', () => {
    const vocabulary = loadR50k();
    const rules = rulesOfVocabulary(vocabulary);
    const encoder = new BpeEncoder(vocabulary);
    expect(encodeText('Hello world', rules, 'gpt2')).toEqual([15496, 995]);
    fc.assert(
      fc.property(texts, (text) => {
        expect(encodeText(text, rules, 'gpt2')).toEqual(Array.from(encoder.encode(text).ids));
      }),
      { numRuns: 300 },
    );
  });
});
