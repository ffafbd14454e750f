// Bytes as text, beside Node's own encoders and decoders.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../../src/services/search/decode.ts';

const bytes = (...parts: (number[] | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

test('gives back any text in UTF-8 and, by its mark, UTF-16', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .filter((one) => ![...one].some((char) => char < ' ' || char === '\x7f') && !one.startsWith('\ufeff'));
  fc.assert(
    fc.property(text, (one) => {
      const utf16 = Buffer.from(one, 'utf16le');
      expect(decode(Buffer.from(one))).toEqual({ text: one, encoding: 'utf8' });
      expect(decode(bytes([0xef, 0xbb, 0xbf], one))).toEqual({ text: one, encoding: 'utf8' });
      expect(decode(Buffer.concat([bytes([0xff, 0xfe]), utf16]))).toEqual({ text: one, encoding: 'utf16le' });
      expect(decode(Buffer.concat([bytes([0xfe, 0xff]), Buffer.from(utf16).swap16()]))).toEqual({
        text: one,
        encoding: 'utf16be',
      });
    }),
  );
});

test('takes western text for Windows-1252, as the standard maps it', () => {
  // “Größe” – 5 €
  const text = bytes([0x93], 'Gr', [0xf6, 0xdf], 'e', [0x94], ' ', [0x96], ' 5 ', [0x80], ' for all of it\n');
  expect(decode(text)).toEqual({ text: '\u201cGröße\u201d \u2013 5 \u20ac for all of it\n', encoding: 'windows1252' });
});

test('keeps UTF-8 with a few broken bytes', () => {
  expect(decode(bytes('höher äußerst ', [0xff], ' ärger'))).toEqual({
    text: 'höher äußerst \ufffd ärger',
    encoding: 'utf8',
  });
});

test('tells what is no text, or in an encoding that is not guessed', () => {
  expect(decode(bytes('a', [0], 'b'))).toEqual({ reason: 'binary', detail: 'a zero byte at 1' });
  expect(decode(readFileSync(process.execPath).subarray(0, 100_000))).toMatchObject({ reason: 'binary' });
  expect(decode(bytes(new Array(100).fill(3)))).toMatchObject({ reason: 'binary' });
  // "日本語 " in Shift-JIS
  expect(decode(bytes([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x81, 0x40]))).toMatchObject({ reason: 'encoding' });
  // "Привет, мир" in Windows-1251
  expect(decode(bytes([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], ', ', [0xec, 0xe8, 0xf0]))).toMatchObject({
    reason: 'encoding',
  });
  expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'utf8' });
});

test('never fails, whatever the bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (some) => void decode(some)));
});
