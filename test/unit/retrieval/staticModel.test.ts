// The static model: its file, its tokens beside the tokenizer's own, its sums beside plain ones, and the model that ships.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spaceIdentifiers } from '../../../src/retrieval/identifiers.ts';
import { product } from '../../../src/retrieval/pooling.ts';
import { readStaticModel, STATIC_MODEL_ID, StaticModel } from '../../../src/retrieval/staticModel.ts';
import { quantiseTable, readStaticTable, tokenVector, writeStaticTable } from '../../../src/retrieval/staticTable.ts';
import { WordIds } from '../../../src/retrieval/wordIds.ts';
import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../../src/tokenizers/publishedPieces.ts';
import { faultOf } from '../engine/faultOf.ts';

const { pieces } = await packagedPieces('bert-base-uncased');
const tokenizer = tokenizerOf(bertUncased(pieces));
const folder = new URL('../../../media/models/static-minilm/', import.meta.url);
const shipped = new Uint8Array(readFileSync(new URL('model.bin', folder)));
const model = readStaticModel(shipped, tokenizer);

const draw = seededRandom(1);
/** Seven tokens of five numbers; the third and last carry nothing. */
const vectors = Float32Array.from({ length: 35 }, (_, i) => ([2, 6].includes(Math.floor(i / 5)) ? 0 : draw() - 0.5));

describe('the file', () => {
  const table = quantiseTable(vectors, 5);

  test('holds each number to half a step of its row', () => {
    expect(table.scales).toHaveLength(5);
    for (let id = 0; id < 7; id++) {
      const wanted = vectors.subarray(id * 5, id * 5 + 5);
      const got = tokenVector(table, id);
      expect(got === undefined).toBe(id === 2 || id === 6);
      got?.forEach((value, c) => {
        expect(Math.abs(value - wanted[c]!)).toBeLessThanOrEqual(table.scales[table.rowOf[id]!]! * 0.501);
      });
    }
  });

  test('comes back as it was written, from the middle of a buffer too', () => {
    const bytes = writeStaticTable(table);
    expect(readStaticTable(bytes, 'model.bin')).toEqual(table);
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect(readStaticTable(inside.subarray(3), 'model.bin')).toEqual(table);
  });

  test('cut anywhere, or with any bit changed, it is refused', () => {
    const bytes = writeStaticTable(table);
    for (let length = 0; length < bytes.length; length++) {
      expect(faultOf(() => readStaticTable(bytes.slice(0, length), 'model.bin')).code).toBe('bad-input');
    }
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(faultOf(() => readStaticTable(changed, 'model.bin')).where).toBe('model.bin');
    }
  });

  test('whatever else it is given, a fault says so', () => {
    const header = writeStaticTable(table).slice(0, 4);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, begins) => {
        const file = begins ? Uint8Array.of(...header, ...bytes) : bytes;
        expect(() => readStaticTable(file, 'model.bin')).toThrow(Fault);
      }),
    );
  });

  test('for another vocabulary it is refused', () => {
    expect(faultOf(() => readStaticModel(writeStaticTable(table), tokenizer)).message).toContain('7 tokens');
  });
});

test.each([
  ['new HTTPServer().listenOn(8080)', 'new HTTP Server().listen On(8080)'],
  ['parseJSON2Html', 'parse JSON2 Html'],
  ['snake_case kebab-case CONSTANT_NAME', 'snake_case kebab-case CONSTANT_NAME'],
  ['größeÄndern Ωmega', 'größe Ändern Ωmega'],
  ['', ''],
])('%s is cut as %s', (text, spaced) => {
  expect(spaceIdentifiers(text)).toBe(spaced);
});

describe('tokens', () => {
  const words = new WordIds(tokenizer);
  const idsOf = (text: string) => {
    const ids: number[] = [];
    words.each(text, 0, text.length, (some) => ids.push(...some));
    return ids;
  };
  const same = (text: string) => {
    expect(idsOf(text)).toEqual([...tokenizer.encode(spaceIdentifiers(text)).ids]);
  };

  test("are the tokenizer's own, in code", () => {
    same(readFileSync(new URL('../../../src/retrieval/staticModel.ts', import.meta.url), 'utf8'));
    same(
      'const x = await readFile("größe.txt"); // → naïve Ünïcödé ﬁle \t日本語 ab\u0000cd \u00adx y\u00a0z [CLS] ##ing',
    );
    same('aB'.repeat(200) + 'x'.repeat(200));
  });

  test("are the tokenizer's own, in any text", () => {
    const text = fc.string({
      unit: fc.constantFrom(...'aZ9_-. \n\t(){}éÉ日\u0301\u200b\u0007\u00a0\ud83d\ude00Σßbßß'),
      maxLength: 60,
    });
    fc.assert(fc.property(text, same), { numRuns: 500 });
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), same), { numRuns: 300 });
  });

  test('are what the model says they are', () => {
    const { ids, used } = model.tokens('readFile');
    expect([...ids].map((id) => tokenizer.entry(id)?.text)).toEqual(['read', 'file']);
    expect(used).toBe(2);
  });
});

describe('vectors', () => {
  /** The sum of the tokens' vectors at length 1, plainly. */
  const plainly = (text: string) => {
    const sum = new Float64Array(model.dimensions);
    for (const id of model.tokens(text).ids) {
      model.tokenVector(id)?.forEach((value, c) => {
        sum[c]! += value;
      });
    }
    const length = Math.hypot(...sum);
    return sum.map((value) => (length === 0 ? 0 : value / length));
  };

  test('are sums of the tokens, at length 1', async () => {
    const texts = ['open a file', 'function readFile(path) {}', 'naïve 日本語', 'the the the of'];
    const made = await model.embed(texts);
    texts.forEach((text, i) => {
      plainly(text).forEach((value, c) => {
        expect(made[i]![c]).toBeCloseTo(value, 5);
      });
      expect(product(made[i]!, made[i]!)).toBeCloseTo(1, 5);
      expect(model.embedOne(text)).toEqual(made[i]);
    });
  });

  test('of nothing, and of what the vocabulary lacks, are zeros', async () => {
    for (const vector of await model.embed(['', ' \n\t', '\u{1F9FF}', '[unused5]'.slice(0, 0)])) {
      expect([...vector].every((value) => value === 0)).toBe(true);
    }
  });

  test('of long texts, and of many at the same time, are the same as one after the other', async () => {
    const long = 'The quick brownFox jumps over lazy_dogs (again).\n'.repeat(6000);
    const twice = await Promise.all([model.embed([long, 'short']), model.embed(['other text', long, ''])]);
    expect(twice[0][0]).toEqual(twice[1][1]);
    expect(product(twice[0][0]!, model.embedOne('The quick brownFox jumps over lazy_dogs (again).'))).toBeCloseTo(1, 5);
    expect(twice[0][1]).toEqual(model.embedOne('short'));
    expect(twice[1][0]).toEqual(model.embedOne('other text'));
  });

  test('do not depend on what else is embedded with them', async () => {
    const texts = ['x '.repeat(32_760), 'interoperability '.repeat(200), 'y '.repeat(32_766), 'antidisestablishment'];
    const together = await model.embed(texts);
    texts.forEach((text, i) => {
      expect(together[i]).toEqual(model.embedOne(text));
    });
  });

  test('stop when they are cancelled, and the next are right', async () => {
    const long = 'words and words '.repeat(20_000);
    const cancelled = model.embed([long], { signal: { cancelled: true } });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(model.embedOne('open a file')).toEqual((await model.embed(['open a file']))[0]);
  });

  test('say how far they are', async () => {
    const done: number[] = [];
    await model.embed(['a'.repeat(70_000), 'b'], { onProgress: (count) => done.push(count) });
    expect(done.at(-1)).toBe(2);
  });
});

describe('the model that ships', () => {
  test('is the one of its card, and under 6,000,000 bytes', () => {
    const card = readFileSync(new URL('README.md', folder), 'utf8');
    expect(shipped.length).toBeLessThan(6_000_000);
    expect(card).toContain(createHash('sha256').update(shipped).digest('hex'));
    expect(card).toContain(`${shipped.length.toLocaleString('en')} bytes`);
    expect(card).toContain(`${model.table.scales.length.toLocaleString('en')} tokens`);
    expect(card).toContain(`${model.dimensions} numbers`);
    expect(model.id).toBe(STATIC_MODEL_ID);
    expect(card).toContain(STATIC_MODEL_ID);
  });

  test('has nothing for signs between program and model, and little for common words', () => {
    const id = (piece: string) => pieces.indexOf(piece);
    for (const piece of ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[unused1]']) {
      expect(model.tokenVector(id(piece)), piece).toBeUndefined();
    }
    const weight = (piece: string) => Math.hypot(...model.tokenVector(id(piece))!);
    for (const common of ['the', '(', 'return', '##s']) {
      expect(weight(common), common).toBeLessThan(0.3 * weight('kitchen'));
    }
  });

  test('puts what belongs together nearer than what does not', () => {
    const near = (a: string, b: string) => product(model.embedOne(a), model.embedOne(b));
    for (const [text, like, unlike] of [
      ['how do I open a file', 'function readFile(path) { return fs.open(path); }', 'function sortKeys(map) {}'],
      ['delete a user', 'async removeAccount(id) {}', 'async drawTriangle(canvas) {}'],
      ['dog', 'puppy', 'carburetor'],
      ['retry after a timeout', 'waitAndTryAgain(milliseconds)', 'parseMarkdownTable(rows)'],
    ] as const) {
      expect(near(text, like), text).toBeGreaterThan(near(text, unlike) + 0.1);
    }
  });

  test('is made by no more than a table: a model of the same table is the same', () => {
    const again = new StaticModel(model.table, tokenizer);
    expect(again.embedOne('open a file')).toEqual(model.embedOne('open a file'));
  });
});
