// Tokenizer files that are broken, or made to harm: each is refused with the part at fault, or gives a tokenizer that
// encodes. Nothing hangs, and no other error comes out.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { MAX_TOKENIZER_FILE } from '../../../src/shared/messages.ts';
import { byteCharacter } from '../../../src/tokenizers/byteCharacters.ts';
import { WordCache } from '../../../src/tokenizers/models/wordCache.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { faultOf } from '../engine/faultOf.ts';
import { opened } from './opened.ts';
import { addedToken, fileOf, fileOfModel } from './tokenizerFiles.ts';

const refusal = (bytes: Uint8Array) => faultOf(() => readTokenizerJson(bytes, 'tokenizer.json'));
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('what is no JSON', () => {
  test.each([
    ['nothing', bytesOf(''), /is not JSON: in line 1, column 1 it is empty/],
    ['a cut-off file', fileOf().subarray(0, 200), /in line 1, column 201 it ends there, and a text has no end/],
    ['a number that is none', bytesOf('{"model":\n {"x": NaN}}'), /in line 2, column 8 a value is missing/],
    ['UTF-16', new Uint8Array(Buffer.from('{"model": {}}', 'utf16le')), /is not JSON: in line 1, column 2/],
    ['UTF-16 with a mark', new Uint8Array(Buffer.from('\ufeff{"a": 1}', 'utf16le')), /not UTF-8 text: it looks like/],
    ['Latin-1', new Uint8Array(Buffer.from('{"é": 1}', 'latin1')), /not UTF-8 text/],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /not UTF-8 text/],
    ['a key twice', bytesOf('{"model":{"type":"BPE","vocab":{"a":0,"b":1,"\\u0061":2},"merges":[]}}'), /key "a" twice/],
  ])('%s', (_, bytes, what) => {
    const fault = refusal(bytes);
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toMatch(what);
    expect(fault.remedy).toBeTruthy();
  });

  test('a file that is too large is not even looked into', () => {
    const fault = refusal(new Uint8Array(MAX_TOKENIZER_FILE + 1));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toContain(`${MAX_TOKENIZER_FILE + 1} bytes`);
  });

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('100,000 %s in one another', (_, open, close) => {
    const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    expect(refusal(bytesOf(deep)).code).toBe('bad-input');
    expect(refusal(bytesOf(`{"model": ${deep}}`)).code).toBe('bad-input');
    // Where nothing of it is read, it does no harm.
    const unread = `{"post_processor": ${deep}, "model": {"vocab": {"a": 0}, "merges": []}}`;
    expect(readTokenizerJson(bytesOf(unread), 'x').model.type).toBe('bpe');
  });

  test('sequences deep in one another', () => {
    const open = '{"type":"Sequence","normalizers":[';
    const deep = `${open.repeat(50_000)}${']}'.repeat(50_000)}`;
    const file = bytesOf(`{"model":{"vocab":{"a":0},"merges":[]},"normalizer":${deep}}`);
    expect(refusal(file).where).toMatch(/^normalizer(\.normalizers\[0\]){20}$/);
  });
});

const split = (regex: unknown) => ({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false });

describe('each fault names its part', () => {
  test.each<[where: string, bytes: Uint8Array, what: RegExp]>([
    ['tokenizer.json', bytesOf('[]'), /is a list of 0, and must be an object/],
    ['tokenizer.json', bytesOf('{}'), /has no "model"/],
    ['version', fileOf({ version: '2.0' }), /is "2.0", and only "1.0" is known/],
    ['model', fileOf({ model: 'x' }), /is "x", and must be an object/],
    ['model.type', fileOfModel({ type: 'GPT' }), /is "GPT", which is not known here/],
    ['model', fileOf({ model: { type: 'BPE', vocab: { a: 0 } } }), /has no "merges"/],
    ['model.vocab', fileOfModel({ vocab: {}, merges: [] }), /is empty/],
    ['model.vocab', fileOfModel({ vocab: ['a'] }), /is a list of 1, and must be an object/],
    ['model.vocab["a"]', fileOfModel({ vocab: { a: 1.5 } }), /is 1.5, and must be an id/],
    ['model.vocab["a"]', fileOfModel({ vocab: { a: -1 } }), /is -1/],
    ['model.vocab["a"]', fileOfModel({ vocab: { a: '0' } }), /is "0"/],
    ['model.vocab["a"]', fileOfModel({ vocab: { a: 4e9 } }), /is 4000000000, and must be an id: a whole number from 0/],
    ['model.vocab["b"]', fileOfModel({ vocab: { a: 0, b: 0 } }), /has the id 0, which "a" has as well/],
    ['model.vocab["\\ud800"]', fileOfModel({ vocab: { '\ud800': 0 } }), /half of a surrogate pair/],
    ['model.merges[1]', fileOfModel({ merges: ['a b', 'a'] }), /is "a", and must be a pair/],
    ['model.merges[0]', fileOfModel({ merges: ['a b c'] }), /must be a pair/],
    ['model.merges[0]', fileOfModel({ merges: [['a', 1]] }), /must be a pair/],
    ['model.merges[0]', fileOfModel({ merges: [['a', 'xy']] }), /names a piece "xy" that is not in model.vocab/],
    ['model.merges[0]', fileOfModel({ merges: [['b', 'a']] }), /makes a piece "ba" that is not in model.vocab/],
    [
      'model.merges[0]',
      fileOfModel({ vocab: { a: 0, '': 1 }, merges: [['a', '']] }),
      /makes "a" of itself, over and over/,
    ],
    [
      'model.merges[0]',
      fileOfModel({ vocab: { a: 0, '##': 1 }, merges: [['a', '##']], continuing_subword_prefix: '##' }),
      /makes "a" of itself/,
    ],
    [
      'model.merges[0]',
      fileOfModel({ continuing_subword_prefix: '##' }),
      /can never happen: "b" does not begin with "##"/,
    ],
    ['model.dropout', fileOfModel({ dropout: 2 }), /is 2, and must be from 0 to 1/],
    ['model.fuse_unk', fileOfModel({ fuse_unk: 'yes' }), /is "yes", and must be true or false/],
    [
      'model.unk_token',
      fileOf({ model: { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'u' } }),
      /"u" that is not in/,
    ],
    [
      'model.max_input_chars_per_word',
      fileOf({
        model: {
          type: 'WordPiece',
          vocab: { a: 0 },
          unk_token: 'a',
          continuing_subword_prefix: '',
          max_input_chars_per_word: -1,
        },
      }),
      /is -1, and must be a whole number from 0 to/,
    ],
    ['model.vocab', fileOf({ model: { type: 'Unigram', vocab: [], unk_id: null } }), /has 0 pieces/],
    [
      'model.vocab[1]',
      fileOf({
        model: {
          type: 'Unigram',
          vocab: [
            ['a', 0],
            ['b', null],
          ],
        },
      }),
      /a piece and its score/,
    ],
    ['model.vocab[0]', fileOf({ model: { type: 'Unigram', vocab: ['a'] } }), /a piece and its score/],
    ['model.vocab[0]', bytesOf('{"model":{"type":"Unigram","vocab":[["a",1e999]]}}'), /a piece and its score/],
    ['model.vocab[0]', fileOf({ model: { type: 'Unigram', vocab: [['a', -1.7e308]] } }), /a piece and its score/],
    [
      'model.unk_id',
      fileOf({ model: { type: 'Unigram', vocab: [['a', 0]], unk_id: 1 } }),
      /is 1, and must be .* 0 to 0/,
    ],
    ['normalizer.type', fileOf({ normalizer: { type: 'Shout' } }), /"Shout", which is not known here/],
    ['normalizer.type', fileOf({ normalizer: { type: 'constructor' } }), /"constructor", which is not known/],
    ['normalizer', fileOf({ normalizer: { lowercase: true } }), /has no "type"/],
    [
      'normalizer.pattern',
      fileOf({ normalizer: { type: 'Replace', pattern: {}, content: '' } }),
      /neither "String" nor/,
    ],
    [
      'normalizer.precompiled_charsmap',
      fileOf({ normalizer: { type: 'Precompiled', precompiled_charsmap: '%%%' } }),
      /is not Base64/,
    ],
    [
      'normalizer.precompiled_charsmap',
      fileOf({ normalizer: { type: 'Precompiled', precompiled_charsmap: '/////w==' } }),
      /is no table of replacements/,
    ],
    [
      'pre_tokenizer.type',
      fileOf({ pre_tokenizer: { type: 'UnicodeScripts' } }),
      /"UnicodeScripts", which is not known/,
    ],
    [
      'pre_tokenizer.pretokenizers',
      fileOf({ pre_tokenizer: { type: 'Sequence', pretokenizers: {} } }),
      /must be a list/,
    ],
    [
      'pre_tokenizer.pattern.Regex',
      fileOf({ pre_tokenizer: split('(a') }),
      /can't be used: .*at character 1.*has no end/,
    ],
    ['pre_tokenizer.pattern.Regex', fileOf({ pre_tokenizer: split('(a{99}){99}') }), /over 4000 steps/],
    ['pre_tokenizer.pattern.Regex', fileOf({ pre_tokenizer: split(7) }), /is 7, and must be a text/],
    [
      'pre_tokenizer.behavior',
      fileOf({ pre_tokenizer: { ...split('a'), behavior: 'removed' } }),
      /is "removed", which is not known/,
    ],
    [
      'pre_tokenizer.delimiter',
      fileOf({ pre_tokenizer: { type: 'CharDelimiterSplit', delimiter: 'ab' } }),
      /one character/,
    ],
    ['pre_tokenizer', fileOf({ pre_tokenizer: { type: 'ByteLevel' } }), /has no "add_prefix_space"/],
    [
      'pre_tokenizer.add_prefix_space',
      fileOf({
        pre_tokenizer: { type: 'Metaspace', replacement: '_', add_prefix_space: false, prepend_scheme: 'first' },
      }),
      /is false, and prepend_scheme is "first"/,
    ],
    ['decoder.type', fileOf({ decoder: { type: 'CTC' } }), /"CTC", which is not known here/],
    [
      'decoder.decoders[1].type',
      fileOf({ decoder: { type: 'Sequence', decoders: [{ type: 'Fuse' }, { type: 1 }] } }),
      /is 1/,
    ],
    ['added_tokens', fileOf({ added_tokens: {} }), /must be a list/],
    ['added_tokens[0].content', fileOf({ added_tokens: [addedToken(9, '')] }), /is empty/],
    ['added_tokens[0].id', fileOf({ added_tokens: [addedToken('9', 'x')] }), /is "9"/],
    ['added_tokens[0].id', fileOf({ added_tokens: [addedToken(4294967296, 'x')] }), /is 4294967296/],
    ['added_tokens[0]', fileOf({ added_tokens: [addedToken(1, 'x')] }), /has the id 1, which "b" has as well/],
    ['added_tokens[0]', fileOf({ added_tokens: [addedToken(9, 'a')] }), /gives "a" the id 9, which has another one/],
    ['added_tokens[1]', fileOf({ added_tokens: [addedToken(9, 'x'), addedToken(9, 'y')] }), /the id 9, which "x" has/],
    ['added_tokens[1]', fileOf({ added_tokens: [addedToken(9, 'x'), addedToken(10, 'x')] }), /has another one already/],
  ])('%s %#', (where, bytes, what) => {
    const fault = refusal(bytes);
    expect(fault.message).toMatch(what);
    expect(fault.where).toBe(where);
    expect(fault.code).toBe('bad-input');
    expect(fault.remedy).toBeTruthy();
  });
});

test('expressions made to explode are harmless', () => {
  for (const regex of ['(a+)+$', '(a|a)*b', '(?:a*)*c', '(.*)*x', '(?=(a+)+b)a']) {
    const tokenizer = tokenizerOf(readTokenizerJson(fileOf({ pre_tokenizer: split(regex) }), 'x'));
    expect(tokenizer.encode('a'.repeat(5000)).ids).toHaveLength(5000);
  }
});

test('an expression that is slow for a text can be cancelled while it looks through it', () => {
  const tokenizer = tokenizerOf(readTokenizerJson(fileOf({ pre_tokenizer: split('(?=.*b)a|(?!.*c)a') }), 'x'));
  let words = false;
  const long = vi.spyOn(WordCache.prototype, 'tokenize').mockImplementation(() => {
    words = true;
    return [];
  });
  let looks = 0;
  const signal = {
    get cancelled() {
      return ++looks > 4;
    },
  };
  const fault = faultOf(() => tokenizer.encode('a'.repeat(20_000), { signal }));
  long.mockRestore();
  expect(fault.code).toBe('cancelled');
  expect(words, 'it came as far as the words').toBe(false);
});

describe('replacements that make a text grow out of all measure', () => {
  const doubled = { type: 'Replace', pattern: { String: 'a' }, content: 'aa' };
  const sequence = (list: string, part: unknown) => ({ type: 'Sequence', [list]: Array(40).fill(part) });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['doubled 40 times', { normalizer: sequence('normalizers', doubled) }, 'a'],
    [
      'put between all characters',
      { normalizer: { type: 'Replace', pattern: { Regex: '' }, content: 'b'.repeat(1e5) } },
      'ab'.repeat(999),
    ],
    ['bytes of bytes', { normalizer: sequence('normalizers', { type: 'ByteLevel' }) }, 'é'],
    ['when decoded', { decoder: sequence('decoders', doubled) }, 'aaa'],
  ])('%s', (_, parts, text) => {
    const fault = faultOf(() => {
      const tokenizer = tokenizerOf(readTokenizerJson(fileOf(parts), 'x'));
      tokenizer.decode(tokenizer.encode(text).ids);
    });
    expect(fault.code).toBe('too-large');
    expect(fault.message).toMatch(/makes over \d+ characters of a text of/);
  });
});

describe('pieces as long as texts', () => {
  const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const long = `${'a'.repeat(10_000)}b`;
  const text = 'a'.repeat(20_000);
  const unigram = (piece: string) => ({
    type: 'Unigram',
    unk_id: 0,
    vocab: [
      ['?', 0],
      ['a', -1],
      [piece, -1],
    ],
  });
  const wordPiece = (piece: string) => ({
    type: 'WordPiece',
    unk_token: 'a',
    continuing_subword_prefix: '',
    max_input_chars_per_word: 1_000_000,
    vocab: { a: 0, [piece]: 1 },
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['of Unigram', { model: unigram(long) }],
    ['of WordPiece', { model: wordPiece(long) }],
    ['added', { added_tokens: [addedToken(9, long, { special: false })] }],
    ['added, in the normalised text', { added_tokens: [addedToken(9, long, { special: false, normalized: true })] }],
  ])('%s: looking for them is held to a budget, and can be cancelled', (_, parts) => {
    const tokenizer = tokenizerOf(readTokenizerJson(fileOf(parts), 'x'));
    const fault = faultOf(() => tokenizer.encode(text));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toMatch(/pieces too long to look for in 20000 characters/);
    expect(faultOf(() => tokenizer.encode(text, { signal: { cancelled: true } })).code).toBe('cancelled');
    expect(tokenizer.count('aaa')).toBe(3);
  });

  test('a special token of that length is no work for the matcher of the fast encoder', () => {
    const vocab = Object.fromEntries(Array.from({ length: 256 }, (_, byte) => [byteCharacter(byte), byte]));
    const model = { type: 'BPE', vocab, merges: [] };
    const whole = { model, pre_tokenizer: bytes, decoder: bytes };
    const withSpecial = (content: string) =>
      tokenizerOf(readTokenizerJson(fileOf({ ...whole, added_tokens: [addedToken(256, content)] }), 'x'));
    expect(withSpecial('<|end|>').vocabulary, 'the fast encoder').toBeDefined();
    expect(faultOf(() => withSpecial(long).encode(text, { specialTokens: true })).code).toBe('too-large');
    expect(withSpecial(long).count('aaa', { specialTokens: true })).toBe(3);
  });

  test.each([
    ['joined', { decoder: { type: 'Fuse' } }],
    ['without a decoder', { decoder: null }],
  ])('decoding that would fill the memory, %s', (_, parts) => {
    const unknown = 'u'.repeat(100_000);
    const model = { type: 'WordLevel', unk_token: unknown, vocab: { [unknown]: 0 } };
    const tokenizer = tokenizerOf(readTokenizerJson(fileOf({ model, ...parts }), 'x'));
    const { ids } = tokenizer.encode('x '.repeat(5000));
    const fault = faultOf(() => tokenizer.decode(ids));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toMatch(/spell 500005000 characters/);
  });
});

test('a text that is put before every part of a text', () => {
  const parts = {
    normalizer: { type: 'Prepend', prepend: 'x'.repeat(100_000) },
    added_tokens: [addedToken(9, '!', { special: false })],
  };
  const tokenizer = tokenizerOf(readTokenizerJson(fileOf(parts), 'x'));
  expect(faultOf(() => tokenizer.encode('a!'.repeat(1000))).code).toBe('too-large');
});

/** A way to each value in a part of a file; of long lists and objects only some. */
function ways(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) {
    return [way];
  }
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const some = keys.filter((_, index) => index < 12 || index % 97 === 0);
  return [way, ...some.flatMap((key) => ways((value as Record<string | number, unknown>)[key], [...way, key]))];
}

type Change = 'drop' | 'replace' | 'double' | 'rename';

/** The file with the value at the end of `way` changed. */
function changed(file: unknown, way: readonly (string | number)[], change: Change, by: unknown): unknown {
  const copy = structuredClone(file);
  const last = way.at(-1);
  const holder = way.slice(0, -1).reduce((value, key) => (value as never)[key], copy) as Record<
    string | number,
    unknown
  >;
  if (last === undefined) {
    return change === 'drop' ? null : by;
  }
  if (Array.isArray(holder) && typeof last === 'number') {
    const members = { drop: [], replace: [by], double: [holder[last], holder[last]], rename: [by, holder[last]] };
    holder.splice(last, 1, ...members[change]);
  } else if (change === 'replace') {
    holder[last] = by;
  } else {
    const value = holder[last];
    delete holder[last];
    Object.assign(holder, change === 'drop' ? {} : { [change === 'double' ? `${last}2` : String(by)]: value });
  }
  return copy;
}

const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    4e9,
    '',
    'a',
    ' ',
    '(a+)+b',
    '[',
    '\ud800',
    'Sequence',
    'Regex',
    {},
    [],
  ),
  fc.constantFrom({ type: 'NFC' }, { type: 'ByteLevel' }, { String: '' }, { Regex: '(?:)*' }, [['a', 0]], { a: 0 }, [
    'a b',
  ]),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.integer(),
);

test('a file changed at random is refused with a part, or encodes', () => {
  const targets = opened.tokenizers.map(({ file }) => ({ file, places: ways(file) }));
  const change = fc.constantFrom<Change>('drop', 'replace', 'double', 'rename');
  let refused = 0;
  let encoded = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...targets),
      fc.array(fc.tuple(fc.nat(), change, odd), { minLength: 1, maxLength: 2 }),
      (target, changes) => {
        let file: unknown = target.file;
        for (const [place, kind, by] of changes) {
          const way = target.places[place % target.places.length]!;
          try {
            file = changed(file, way, kind, by);
          } catch {
            // the first change took away the place of the second
          }
        }
        try {
          const tokenizer = tokenizerOf(readTokenizerJson(bytesOf(JSON.stringify(file)), 'tokenizer.json'));
          const { ids } = tokenizer.encode("Hello wörld, it's 12 👍🏽\n<s> [MASK] ab", { specialTokens: true });
          tokenizer.decode(ids);
          encoded++;
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          expect(['bad-input', 'too-large']).toContain((error as Fault).code);
          expect((error as Fault).where).toBeTruthy();
          refused++;
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(encoded).toBeGreaterThan(100);
});
