// Random texts of many kinds, for the property tests: scripts, emoji sequences, code, controls, random bytes.

import fc from 'fast-check';

const samples = [
  'Hello world',
  "I'll say we've they're he's 'tis I'd don't I'm",
  "IT'S 'S 'LL",
  'naïve café Straße',
  'e\u0301a\u0308\u0323',
  'Привет, мир!',
  'Ελληνικά ένα',
  'שלום עולם',
  'مرحبا بالعالم ١٢٣',
  'नमस्ते दुनिया',
  'สวัสดีชาวโลก',
  'こんにちは世界',
  '你好，世界。',
  '안녕하세요',
  'ᚠᛇᚻ',
  '𐍈𐌰',
  '𝒳𝔶',
  '𠮷野家',
  '½ Ⅷ ² ٣ 四',
  '👍🏽',
  '👩‍👩‍👧‍👦',
  '🇩🇪🇯🇵',
  '❤️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '1234567890',
  '3.14159',
  '$1,000.00',
  'function f(x) {\n\treturn x => x?.y ?? 0;\n}',
  'def f(self):\n    return {"a": [1, 2]}',
  '#include <stdio.h>\r\n',
  '<div class="a">&nbsp;</div>',
  '<|endoftext|>',
  '<|im_start|>',
  'https://example.org/a?b=c#d',
  'C:\\Users\\x',
  '----------',
  '........',
  '!!!???',
  '\u0000\u0001\u001f\u007f',
  '\u00a0',
  '\u3000',
  '\u2028',
  '\u200b\u200d\u2060',
  '\ufffd',
  '\uffff',
  '\u{10ffff}',
  ' ',
  '  ',
  '   ',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' \n ',
  "'",
  "''",
  '_',
  'aaaaaaaa',
  'hahahaha',
  'antidisestablishmentarianism',
  'zzyzx',
  'THE',
  ' the',
  'The',
];

// Without `size` fast-check keeps lists to about ten, whatever `maxLength` allows.

/** Texts made of such samples, of any characters, and of any bytes read as UTF-8. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...samples), { maxLength: 12, size: 'max' }).map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...samples), { maxLength: 12, size: 'max' }).map((parts) => parts.join(' ')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60, size: 'max' }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60, size: 'max' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 200, size: 'max' }) },
  {
    weight: 2,
    arbitrary: fc.uint8Array({ maxLength: 120, size: 'max' }).map((bytes) => new TextDecoder().decode(bytes)),
  },
  {
    weight: 2, // long pre-tokens: no border for hundreds of letters
    arbitrary: fc
      .tuple(
        fc.constantFrom('ab', 'etaoin', 'the', 'ing', '0123', '.-', '=-', 'éa', '漢字', '👍😀'),
        fc.array(fc.nat(), { maxLength: 400, size: 'max' }),
      )
      .map(([letters, picks]) => picks.map((pick) => [...letters][pick % [...letters].length]).join('')),
  },
);

/** Any UTF-16 at all: halves of surrogate pairs stand alone in it. */
export const brokenTexts: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(0xd800, 0xdbff, 0xdc00, 0xdfff, 0x20, 0x61, 0xe9, 0x1f600), fc.nat(0xffff)), {
    maxLength: 40,
    size: 'max',
  })
  .map((units) => units.map((unit) => String.fromCodePoint(unit)).join(''));

/** The text with U+FFFD in the place of each half pair, as Node's own encoder has it. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
