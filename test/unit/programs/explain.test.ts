// How real tokenizers come to their tokens, held against what they do and against independent libraries.

import { Tokenizer as Peer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import type { GraphValue, Trace, TreeNode, TreeValue } from '../../../src/shared/trace.ts';
import type { BpeSpec, TokenizerDefinition } from '../../../src/tokenizers/definition.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { texts } from '../tokenizers/texts.ts';
import { framesOf, output, run, table, text, tokens } from './run.ts';

const explain = (words: string, encoding: string) => run('explain-token', { text: words, encoding });
const result = (trace: Trace) => tokens(trace, framesOf(trace, 'result')[0], 'tokens').pieces;
const spelled = (trace: Trace) => result(trace).map((piece) => piece.text);
/** What a word's own steps came to, for each word. */
const cuts = (trace: Trace, op: string, name: string) =>
  framesOf(trace, op).map((frame) => tokens(trace, frame, name).pieces.map((piece) => piece.text));

describe('explain-token', () => {
  it.each([
    ['r50k_base', encodeR50k],
    ['cl100k_base', encodeCl100k],
  ] as const)('shows the merges of %s down to its bytes', async (encoding, peer) => {
    for (const words of ['nowhere', ' unasked butterfly', 'é🌊', "I'll pay 12345"]) {
      const trace = await explain(words, encoding);
      expect(result(trace).map((piece) => piece.id)).toEqual(peer(words));
      const { roots } = output(trace, framesOf(trace, 'result')[0], 'tree') as TreeValue;
      expect(roots.map(({ note }) => Number(note!.match(/^id (\d+)/)![1]))).toEqual(peer(words));
      const leaves = (node: TreeNode): number => node.children?.reduce((sum, child) => sum + leaves(child), 0) ?? 1;
      expect(roots.reduce((sum, root) => sum + leaves(root), 0)).toBe(Buffer.byteLength(words));
    }
  });

  it('takes the lowest rank each time, and says which that is', async () => {
    const trace = await explain('butterfly', 'r50k_base');
    const ranks = framesOf(trace, 'choose-pair').map((frame) => table(trace, frame, 'chosen').rows[0]![1] as number);
    // A merge learned later can't come before what it is made of.
    expect(ranks).toContain(98);
    expect(ranks.indexOf(98)).toBeLessThan(ranks.indexOf(4105));
    expect(spelled(trace)).toEqual(['but', 'ter', 'fly']);
  });

  it('cleans and cuts for BERT, and tries pieces from the longest on', async () => {
    const trace = await explain('Café unasked', 'bert-base-uncased');
    expect(text(trace, framesOf(trace, 'normalize')[0], 'after').text).toBe('cafe unasked');
    // Published: google-research/bert, tokenization.py, with the published vocabulary.
    expect(spelled(trace)).toEqual(['cafe', 'una', '##ske', '##d']);
    expect(cuts(trace, 'word-cut', 'pieces')).toEqual([['cafe'], ['una', '##ske', '##d']]);
    expect(framesOf(trace, 'try').map((frame) => frame.note)).toContainEqual(
      expect.stringMatching(/^“una” is piece \d+/),
    );
  });

  it('draws the lattice of a Unigram tokenizer, and its best way is the tokenizer’s', async () => {
    for (const words of ['nowhere', 'unasked', 'sea 12', '🌊!']) {
      const trace = await explain(words, 'use-lite');
      expect(cuts(trace, 'best-path', 'cut').flat().join('')).toBe(`▁${words.replaceAll(' ', '▁')}`);
      const ways = framesOf(trace, 'best-path').map((frame) => output(trace, frame, 'lattice') as GraphValue);
      const chosen = ways.flatMap(({ edges }) => edges.filter(({ role }) => role === 'chosen'));
      const ids = result(trace).map((piece) => piece.id);
      expect(chosen.map(({ label }) => label)).toEqual(cuts(trace, 'best-path', 'cut').flat());
      expect(chosen).toHaveLength(words === '🌊!' ? 3 : ids.length);
    }
    expect(spelled(await explain('nowhere', 'use-lite'))).toEqual(['▁no', 'where']);
  });

  it('steps through no more words than one can read, and through no long word', async () => {
    const many = await explain('a b c d e f g h i j k l m n o p', 'bert-base-uncased');
    expect(framesOf(many, 'word')).toHaveLength(12);
    expect(framesOf(many, 'shorten')[0]!.label).toBe('The first 12 of 16 words');
    expect(result(many)).toHaveLength(16);
    const long = await explain('x'.repeat(400), 'r50k_base');
    expect(long.frames.length).toBeLessThan(8);
    expect(framesOf(long, 'merge')[0]!.note).toContain('too long for a step a merge');
    expect(result(long).map((piece) => piece.id)).toEqual(encodeR50k('x'.repeat(400)));
  });

  it('draws no lattice that nobody can read', async () => {
    const long = await explain('a'.repeat(300), 'use-lite');
    expect(long.values.filter(({ kind }) => kind === 'graph')).toEqual([]);
    // As many pieces as are shown.
    expect(`▁${'a'.repeat(300)}`).toContain(cuts(long, 'best-path', 'cut')[0]!.join(''));
    expect(framesOf(long, 'best-way')).toEqual([]);
  });

  it('comes step by step to the tokens that the tokenizer makes', async () => {
    const words = fc.array(fc.oneof(texts, fc.constantFrom('nowhere', 'unasked', 'É', '12345', '東京', 'x🌊y')), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        const text = given.join(' ').slice(0, 60);
        for (const encoding of ['r50k_base', 'cl100k_base']) {
          const trace = await explain(text, encoding);
          if (text !== '' && framesOf(trace, 'shorten').length === 0) {
            const { roots } = output(trace, framesOf(trace, 'result')[0], 'tree') as TreeValue;
            expect(roots.map(({ note }) => Number(/^id (\d+)/.exec(note!)![1]))).toEqual(
              result(trace).map(({ id }) => id),
            );
          }
        }
        const bert = await explain(text, 'bert-base-uncased');
        if (framesOf(bert, 'shorten').length === 0) {
          const stepped = framesOf(bert, 'word-cut').flatMap((frame) => tokens(bert, frame, 'pieces').pieces);
          expect(stepped.map(({ id }) => id)).toEqual(result(bert).map(({ id }) => id));
        }
        const lite = await explain(text, 'use-lite');
        if (framesOf(lite, 'shorten').length === 0) {
          const stepped = framesOf(lite, 'best-path').flatMap((frame) => tokens(lite, frame, 'cut').pieces);
          // Neighbours that are unknown become one token.
          const ids = stepped.map(({ id }) => id ?? 0).filter((id, i, all) => id !== 0 || all[i - 1] !== 0);
          expect(ids).toEqual(result(lite).map(({ id }) => id));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names the tokenizers that there are not', async () => {
    await expect(explain('a', 'nonsense')).rejects.toMatchObject({ code: 'unknown-encoding' });
  });

  it('steps through merges that a definition lists, over characters as well', async () => {
    const definition: TokenizerDefinition = {
      name: 'listed',
      normalizers: [{ type: 'lowercase' }],
      preTokenizers: [{ type: 'whitespace' }],
      model: {
        type: 'bpe',
        pieces: ['<unk>', 't', 'h', 'e', 'n', 'th', 'he', 'the'],
        merges: [
          ['h', 'e'],
          ['t', 'h'],
          ['t', 'he'],
        ],
        unknown: '<unk>',
        fuseUnknown: false,
        byteFallback: false,
        ignoreMerges: false,
        continuingPrefix: '',
        endOfWordSuffix: '',
      },
      decoders: [],
      addedTokens: [],
    };
    const ours = tokenizerOf(definition);
    const trace = await run('explain-token', { text: 'Then TH z' }, { loadTokenizer: async () => ours });
    const peer = new Peer(
      {
        version: '1.0',
        added_tokens: [],
        normalizer: { type: 'Lowercase' },
        pre_tokenizer: { type: 'Whitespace' },
        post_processor: null,
        decoder: null,
        model: {
          type: 'BPE',
          vocab: Object.fromEntries((definition.model as BpeSpec).pieces.map((piece, id) => [piece, id])),
          merges: ['h e', 't h', 't he'],
          unk_token: '<unk>',
          fuse_unk: false,
          byte_fallback: false,
          ignore_merges: false,
          continuing_subword_prefix: null,
          end_of_word_suffix: null,
        },
      } as never,
      {} as never,
    );
    const ids = peer.encode('Then TH z').ids;
    expect(result(trace).map((piece) => piece.id)).toEqual(ids);
    const { roots } = output(trace, framesOf(trace, 'result')[0], 'tree') as TreeValue;
    expect(roots.map(({ label }) => label)).toEqual(['the', 'n', 'th', '<unk>']);
    expect(framesOf(trace, 'to-bytes')[0]!.label).toBe('Begin “then” with characters');
  });
});

describe('explain-token, of tokenizers that were opened', () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const inside = [
    ['n', '##o'],
    ['no', '##w'],
  ] as const;
  const model = (more: Partial<BpeSpec>): TokenizerDefinition => ({
    name: 'opened',
    normalizers: [],
    preTokenizers: [{ type: 'metaspace', replacement: '▁', prepend: 'always', split: true }],
    model: {
      type: 'bpe',
      pieces: ['<unk>', '▁', 'n', 'o', 'w', '▁n', '▁no', 'ow', '##o', '##w', 'no', 'now', 'w</w>', ...bytes],
      merges: [
        ['▁', 'n'],
        ['▁n', 'o'],
        ['o', 'w'],
      ],
      unknown: '<unk>',
      fuseUnknown: false,
      byteFallback: false,
      ignoreMerges: false,
      continuingPrefix: '',
      endOfWordSuffix: '',
      ...more,
    },
    decoders: [],
    addedTokens: [],
  });

  it.each([
    ['with bytes for what is unknown', model({ byteFallback: true })],
    ['with one unknown token', model({})],
    ['with one unknown token for neighbours', model({ fuseUnknown: true })],
    ['with nothing for what is unknown', model({ unknown: null })],
    [
      'with marks inside of words',
      { ...model({ continuingPrefix: '##', merges: inside }), preTokenizers: [{ type: 'whitespace' }] },
    ],
    [
      'with a mark at the end of words',
      { ...model({ endOfWordSuffix: '</w>' }), preTokenizers: [{ type: 'whitespace' }] },
    ],
    ['taking whole pieces as they are', { ...model({ ignoreMerges: true }), preTokenizers: [{ type: 'whitespace' }] }],
  ] as const)('%s', async (_, definition) => {
    const tokenizer = tokenizerOf(definition as TokenizerDefinition);
    for (const text of ['now no', 'nowow n', 'now é', '🌊', 'xx']) {
      const trace = await run('explain-token', { text }, { loadTokenizer: async () => tokenizer });
      const { roots } = output(trace, framesOf(trace, 'result')[0], 'tree') as TreeValue;
      const stepped = roots.map(({ note }) => Number(/^id (\d+)/.exec(note!)![1]));
      expect(stepped, text).toEqual(Array.from(tokenizer.encode(text).ids));
    }
  });
});

describe('three-tokenizers', () => {
  it('lets three learn from one text, and cuts by rank, by greed and by probability', async () => {
    const trace = await run('three-tokenizers', {
      corpus: 'now here now here nowhere',
      pieces: 8,
      sentence: 'nowhere',
    });
    expect(framesOf(trace, 'train').map((frame) => frame.label)).toEqual([
      'BPE learns its pieces',
      'WordPiece learns its pieces',
      'Unigram learns its pieces',
    ]);
    const cut = framesOf(trace, 'cut').map((frame) => tokens(trace, frame, 'tokens').pieces.map((p) => p.text));
    expect(cut.map((pieces) => pieces.join('').replaceAll(/##|▁/gu, ''))).toEqual(['nowhere', 'nowhere', 'nowhere']);
    expect(table(trace, trace.frames.at(-1), 'counts').rows.map(([name]) => name)).toEqual([
      'Trained here, by rank',
      'Trained here, by greed',
      'Trained here, by probability',
    ]);
  });

  it('shows what becomes of a letter that the text never held', async () => {
    const trace = await run('three-tokenizers', { corpus: 'now now here', pieces: 4, sentence: 'now! nowz' });
    const cut = framesOf(trace, 'cut').map((frame) => tokens(trace, frame, 'tokens').pieces.map((p) => p.text));
    expect(cut[0]!.join('')).toBe('now! nowz');
    expect(cut[1]).toEqual(['now', '[UNK]', '[UNK]']);
    expect(cut[2]).toContain('<unk>');
  });

  it('adds the real ones, whose cuts are published', async () => {
    const trace = await run('three-tokenizers', { corpus: '', sentence: 'unasked', shipped: true });
    expect(trace.frames.at(-1)!.note).toBe('“unasked”, cut in 2 different ways.');
    const shown = (name: string) => tokens(trace, trace.frames.at(-1), name).pieces.map((piece) => piece.text);
    expect(shown('GPT-4, by rank')).toEqual(['un', 'ask', 'ed']);
    expect(shown('BERT, by greed')).toEqual(['una', '##ske', '##d']);
    expect(shown('Sentence Encoder lite, by probability')).toEqual(['▁un', 'ask', 'ed']);
  });
});
