import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteVocabularyOf } from '../../../src/tokenizers/byteLevel/byteVocabulary.ts';
import type { BpeSpec, TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { shapeDefinition, shapes } from './shapes.ts';
import { texts } from './texts.ts';

const trained = shapeDefinition('gpt2');
const model = trained.model as BpeSpec;
/** A second decoder changes no token, but the fast encoder doesn't know it. */
const general = tokenizerOf({ ...trained, decoders: [...trained.decoders, { type: 'fuse' }] });

/** The same with the special token behind the others, so that ids are ranks. */
const ranked: TokenizerDefinition = {
  ...trained,
  model: { ...model, pieces: [...model.pieces.slice(1), model.pieces[0]!] },
  addedTokens: trained.addedTokens.map((token) => ({ ...token, id: model.pieces.length - 1 })),
};

describe('plain byte-level BPE', () => {
  it('is told from other shapes', () => {
    const plain = shapes.filter(({ name }) => byteVocabularyOf(shapeDefinition(name)));
    expect(plain.map(({ name }) => name)).toEqual(['gpt2']);
  });

  it.each<[string, TokenizerDefinition]>([
    ['a prefix', { ...trained, model: { ...model, continuingPrefix: '##' } }],
    ['no pattern', { ...trained, preTokenizers: [{ type: 'byte-level', prefixSpace: false, pattern: false }] }],
    ['a space before', { ...trained, preTokenizers: [{ type: 'byte-level', prefixSpace: true, pattern: true }] }],
    ['small letters', { ...trained, normalizers: [{ type: 'lowercase' }] }],
    [
      'a byte that is missing',
      { ...trained, model: { ...model, pieces: model.pieces.map((p) => (p === 'Ġ' ? null : p)) } },
    ],
    ['merges in another order', { ...trained, model: { ...model, merges: model.merges.toReversed() } }],
    ['an ordinary added token', { ...trained, addedTokens: [{ ...trained.addedTokens[0]!, special: false }] }],
  ])('%s is another shape', (_, definition) => {
    expect(byteVocabularyOf(definition)).toBeUndefined();
  });

  it.each([
    ['ids that are ranks', ranked, true],
    ['other ids', trained, false],
  ])('with %s has the tokens that it has in the pipeline', (_, definition, direct) => {
    const fast = tokenizerOf(definition);
    expect(fast instanceof BpeEncoder).toBe(direct);
    expect([fast.size, fast.byteLevel, fast.cuts]).toEqual([general.size, true, true]);
    const sameId = (id: number) => (direct ? (id + 1) % model.pieces.length : id);
    fc.assert(
      fc.property(texts, fc.boolean(), (some, specialTokens) => {
        const text = `${some}<|endoftext|>${some}`;
        const { ids, ...rest } = fast.encode(text, { specialTokens });
        const expected = general.encode(text, { specialTokens });
        expect({ ids: ids.map(sameId), ...rest }).toEqual(expected);
        expect(fast.count(text, { specialTokens })).toBe(ids.length);
        expect(Buffer.from(fast.decode(ids))).toEqual(Buffer.from(general.decode(expected.ids)));
      }),
      { numRuns: 300 },
    );
    for (let id = 0; id < general.size; id++) {
      const { text, special } = general.entry(sameId(id))!;
      expect([fast.entry(id)?.text, fast.entry(id)?.special]).toEqual([text, special]);
    }
    expect([fast.entry(-1), fast.entry(general.size)]).toEqual([undefined, undefined]);
  });
});
