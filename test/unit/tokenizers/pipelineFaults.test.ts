// What a definition's tokenizer does with what is too much, unwanted or wrong; and that nothing hangs it.

import { describe, expect, it } from 'vitest';
import type { CancelSignal } from '../../../src/shared/environment.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import type { ModelSpec, TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { shapeDefinition, shapes } from './shapes.ts';
import { shippedDefinition } from './shippedPieces.ts';

const definitions: readonly TokenizerDefinition[] = [
  await shippedDefinition('bert-base-uncased'),
  await shippedDefinition('use-lite'),
  ...shapes.map(({ name }) => shapeDefinition(name)),
];

function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    return asFault(error);
  }
  throw new Error('Nothing was thrown.');
}

const plain = (model: ModelSpec): TokenizerDefinition => ({
  name: 'x',
  normalizers: [],
  preTokenizers: [],
  model,
  decoders: [],
  addedTokens: [],
});
const bpe = {
  type: 'bpe',
  pieces: ['a', 'b', 'ab'],
  merges: [['a', 'b']],
  unknown: null,
  fuseUnknown: false,
  byteFallback: false,
  ignoreMerges: false,
  continuingPrefix: '',
  endOfWordSuffix: '',
} as const;

describe('definitions that can’t run', () => {
  it.each<[string, ModelSpec, string, string]>([
    ['a merge of a piece that there isn’t', { ...bpe, merges: [['a', 'c']] }, 'model.merges[0]', '"c"'],
    [
      'a merge that makes no piece',
      {
        ...bpe,
        merges: [
          ['a', 'b'],
          ['b', 'a'],
        ],
      },
      'model.merges[1]',
      '"ba"',
    ],
    ['no unknown piece, BPE', { ...bpe, unknown: '<unk>' }, 'model.unk_token', '"<unk>"'],
    [
      'no unknown piece, WordPiece',
      { type: 'wordpiece', pieces: ['a', null], unknown: '[UNK]', continuingPrefix: '##', longestWord: 9 },
      'model.unk_token',
      '"[UNK]"',
    ],
    ['no unknown piece, words', { type: 'words', pieces: ['a'], unknown: '<unk>' }, 'model.unk_token', '"<unk>"'],
  ])('%s', (_, model, where, named) => {
    const fault = faultOf(() => tokenizerOf(plain(model)));
    expect(fault).toMatchObject({ code: 'bad-input', where });
    expect(fault.message).toContain(named);
  });

  it('say which expression can’t be used', () => {
    const split = { type: 'split', pattern: { regex: '(a' }, behavior: 'isolated', invert: false } as const;
    expect(faultOf(() => tokenizerOf({ ...plain(bpe), preTokenizers: [split] })).code).toBe('bad-input');
  });
});

describe('texts without tokens', () => {
  it('are named where a Unigram vocabulary has nothing for unknown characters', () => {
    const tokenizer = tokenizerOf(
      plain({ type: 'unigram', pieces: [['a', -1]], unknownId: null, byteFallback: false }),
    );
    expect([...tokenizer.encode('aa').ids]).toEqual([0, 0]);
    expect(faultOf(() => tokenizer.encode('aéa'))).toMatchObject({ code: 'bad-input', where: 'model.unk_id' });
  });

  it('are dropped where a BPE vocabulary has nothing for them, as Hugging Face’s library does', () => {
    const { ids, starts } = tokenizerOf(plain(bpe)).encode('aéab');
    expect([[...ids], [...starts]]).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });
});

describe('a stretch of many millions of characters', () => {
  it('is too large where the engine has no room for it', () => {
    const fault = faultOf(() => tokenizerOf(definitions[0]!).count('q'.repeat(2 ** 23)));
    expect(fault).toMatchObject({ code: 'too-large', remedy: 'Take a part of the text at a time.' });
  });
});

describe.each(definitions)('$name', (definition) => {
  const tokenizer = tokenizerOf(definition);

  it('names an id that there isn’t', () => {
    const { size } = tokenizer;
    const fault = faultOf(() => tokenizer.decode([tokenizer.encode('a').ids[0]!, size]));
    expect(fault).toMatchObject({ code: 'bad-input', where: 'token 2 of 2' });
    expect(fault.message).toContain(String(size));
    expect([tokenizer.entry(size), tokenizer.entry(-1), tokenizer.entry(0.5)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(tokenizer.entry(size - 1)).toBeDefined();
  });

  it('stops when it is told to', () => {
    let looks = 0;
    const signal: CancelSignal = {
      get cancelled() {
        looks++;
        return looks > 3;
      },
    };
    const text = 'the quick brown fox\n'.repeat(50_000);
    expect(faultOf(() => tokenizer.encode(text, { signal })).code).toBe('cancelled');
    expect(looks).toBe(4);
  });

  it('stays within its budget of memory', () => {
    const small = tokenizerOf(definition, 1_000_000);
    const text = 'the quick brown fox. '.repeat(10_000);
    expect(faultOf(() => small.encode(text))).toMatchObject({ code: 'too-large' });
    expect(small.encode('the quick brown fox. ').ids.length).toBeGreaterThan(3);
  });

  it('tells how far it is', () => {
    const text = 'the quick brown fox\n'.repeat(20_000);
    const done: number[] = [];
    tokenizer.encode(text, { onProgress: (units) => void done.push(units) });
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBeGreaterThan(text.length / 2);
    expect(done.at(-1)).toBeLessThanOrEqual(text.length);
  });

  // Ten thousand million steps, the square of its length, would take any of these past its time.
  it('takes time that grows with a text, not with its square', { timeout: 30_000 }, () => {
    const units = 100_000;
    const long = (unit: string) => unit.repeat(units / unit.length);
    for (const unit of ['a', ' ', '漢', '\u0301\u0323', '▁', '<mask>']) {
      const text = long(unit);
      expect([unit, tokenizer.count(text, { specialTokens: true }) <= 4 * units]).toEqual([unit, true]);
    }
  });
});
