// What each program shows, on small examples worked out by hand.

import { describe, expect, it } from 'vitest';
import { trainBpe } from '../../../src/tokenizers/bpe.ts';
import { framesOf, output, run, table, text, tokens } from './run.ts';

describe('word-tokenizer', () => {
  it('numbers a corpus, looks a sentence up and brings it back with what was lost marked', async () => {
    const trace = await run('word-tokenizer', { corpus: 'The cat saw the cat.', sentence: 'the  dog saw.' });
    expect(table(trace, framesOf(trace, 'number')[0], 'vocabulary').rows).toEqual([
      [0, '.', 1],
      [1, 'The', 1],
      [2, 'cat', 2],
      [3, 'saw', 1],
      [4, 'the', 1],
      [5, '<unk>', 0],
    ]);
    const lookUps = framesOf(trace, 'look-up');
    expect(lookUps.map((frame) => table(trace, frame, 'found').rows[0]![0])).toEqual([4, 5, 3, 0]);
    expect(tokens(trace, lookUps[1], 'piece').pieces).toEqual([{ text: 'dog', id: null, role: 'warn' }]);
    expect(tokens(trace, framesOf(trace, 'ids')[0], 'ids').pieces.map((piece) => piece.id)).toEqual([4, 5, 3, 0]);
    const decode = framesOf(trace, 'decode')[0];
    expect(text(trace, decode, 'decoded')).toEqual({
      kind: 'text',
      text: 'the <unk> saw .',
      marks: [{ start: 4, end: 9, role: 'warn' }],
    });
    expect(text(trace, decode, 'original').marks).toEqual([{ start: 5, end: 8, role: 'warn' }]);
    expect(decode!.note).toBe(
      'Not the same text: “dog” came back as <unk>; the spaces are not where they were. What is not in the numbers can’t be brought back.',
    );
  });

  it('says when nothing was lost, and when capitals were', async () => {
    const kept = await run('word-tokenizer', { corpus: 'a cat', sentence: 'a cat' });
    expect(kept.frames.at(-1)!.note).toBe('The text came back as it was.');
    const lowered = await run('word-tokenizer', { corpus: 'a cat', sentence: 'A cat', lowercase: true });
    expect(lowered.frames.at(-1)!.note).toMatch(/^Not the same text: the capitals are gone\./u);
  });

  it('says that spaces moved only where they did', async () => {
    const notes = async (sentence: string) =>
      (await run('word-tokenizer', { corpus: 'The tide is out, and in.', sentence, splitter: 'spaces' })).frames.at(-1)!
        .note;
    expect(await notes('The tide is in.')).toBe('The text came back as it was.');
    expect(await notes('The tide is gone.')).toMatch(/text: “gone\.” came back as <unk>\. What/u);
    expect(await notes('The  tide is gone.')).toMatch(/<unk>; the spaces are not where they were\./u);
    expect(await notes(' The')).toMatch(/^Not the same text: the spaces are not where they were\./u);
    expect(await notes('  ')).toBe('The text came back as it was.');
  });

  it('shows what was typed beside what came back, its lost capitals marked', async () => {
    // A capital whose small form is longer: U+0130 becomes an i and a combining dot.
    const params = { corpus: 'wait, i\u0307 am', sentence: 'Wait, \u0130 WAS', lowercase: true };
    const trace = await run('word-tokenizer', params);
    expect(text(trace, framesOf(trace, 'decode')[0], 'original')).toEqual({
      kind: 'text',
      text: 'Wait, \u0130 WAS',
      marks: [
        { start: 0, end: 1, role: 'warn' },
        { start: 6, end: 7, role: 'warn' },
        { start: 8, end: 11, role: 'warn' },
      ],
    });
  });

  it('shows signs stuck to words when cutting at spaces', async () => {
    const trace = await run('word-tokenizer', { corpus: 'Stop, thief!', splitter: 'spaces' });
    expect(framesOf(trace, 'split')[0]!.note).toContain('“Stop,” is one of them');
  });

  it('keeps the entry for unknown pieces in sight when the vocabulary is long', async () => {
    const corpus = Array.from({ length: 500 }, (_, i) => `w${i}`).join(' ');
    const trace = await run('word-tokenizer', { corpus, sentence: 'x' });
    const vocabulary = table(trace, framesOf(trace, 'number')[0], 'vocabulary');
    expect(vocabulary.total).toBe(501);
    expect(vocabulary.rows.at(-1)).toEqual([500, '<unk>', 0]);
  });
});

describe('types-and-tokens', () => {
  it('counts running and different pieces, and marks the new ones', async () => {
    const trace = await run('types-and-tokens', { text: 'a b a\nc', piecesPerStep: 3 });
    expect(trace.frames.map((frame) => frame.op)).toEqual(['count', 'count', 'result']);
    expect(table(trace, trace.frames[0], 'growth').rows).toEqual([[3, 2]]);
    expect(table(trace, trace.frames[1], 'growth').rows).toEqual([[4, 3]]);
    expect(text(trace, trace.frames[0], 'newest')).toEqual({
      kind: 'text',
      text: 'a b a',
      marks: [
        { start: 0, end: 1, role: 'new' },
        { start: 2, end: 3, role: 'new' },
      ],
    });
    expect(trace.frames[2]!.note).toBe('4 tokens of 3 types; 67% of the types occur only once, and “a” occurs twice.');
  });
});

describe('compare-tokens', () => {
  it('puts the published ids side by side', async () => {
    const trace = await run('compare-tokens');
    const comparison = table(trace, framesOf(trace, 'compare')[0], 'comparison');
    expect(comparison.rows).toEqual([
      ['Hello', 15496, 'hello', 31373, 'different'],
      [' world', 995, ' world', 995, 'same'],
    ]);
    expect(comparison.marks).toEqual([
      { row: 0, role: 'warn' },
      { row: 1, role: 'match' },
    ]);
  });

  it('finds the same tokens again behind one that was put in', async () => {
    const trace = await run('compare-tokens', { first: 'one two three', second: 'one big two three' });
    const rows = table(trace, framesOf(trace, 'compare')[0], 'comparison').rows;
    expect(rows.map((row) => [row[0], row[2], row[4]])).toEqual([
      ['one', 'one', 'same'],
      [null, ' big', 'different'],
      [' two', ' two', 'same'],
      [' three', ' three', 'same'],
    ]);
  });

  it('spells cut characters as bytes', async () => {
    const trace = await run('compare-tokens', { first: '🦔', second: '' });
    const pieces = table(trace, framesOf(trace, 'compare')[0], 'comparison').rows.map((row) => row[0]);
    expect(pieces.join('')).toMatch(/^(‹[0-9A-F]{2}›)+$/u);
  });
});

describe('bpe-train', () => {
  it('counts, chooses, merges and numbers, once a merge', async () => {
    const trace = await run('bpe-train', { text: 'hug pug hug', merges: 2, preTokenizer: 'spaces' });
    expect(trace.frames.map((frame) => [frame.op, frame.parent])).toEqual([
      ['read', undefined],
      ['pre-tokenize', undefined],
      ['to-bytes', undefined],
      ['merge-step', undefined],
      ['count-pairs', 3],
      ['choose-pair', 3],
      ['merge', 3],
      ['add-to-vocabulary', 3],
      ['merge-step', undefined],
      ['count-pairs', 8],
      ['choose-pair', 8],
      ['merge', 8],
      ['add-to-vocabulary', 8],
      ['result', undefined],
    ]);
    expect(table(trace, trace.frames[4], 'pairs').rows).toEqual([
      ['u + g', 3, 1],
      ['h + u', 2, 0],
      ['␣ + p', 1, 3],
      ['p + u', 1, 4],
      ['␣ + h', 1, 7],
    ]);
    expect(table(trace, trace.frames[5], 'chosen').rows).toEqual([['u + g', 3, 1]]);
    expect(trace.frames[5]!.note).toBe('u + g occurs 3 times, more often than any other pair.');
    const after = tokens(trace, trace.frames[6], 'after');
    expect(after.pieces.map((piece) => piece.text)).toEqual(['h', 'ug', ' ', 'p', 'ug', ' ', 'h', 'ug']);
    expect(after.pieces.map((piece) => piece.role ?? '')).toEqual(['', 'new', '', '', 'new', '', '', 'new']);
    expect(table(trace, trace.frames[12], 'vocabulary').rows).toEqual([
      [257, 'hug', 'h + ug'],
      [256, 'ug', 'u + g'],
    ]);
    expect(table(trace, trace.frames[13], 'compression').rows).toEqual([
      [0, 11, 1],
      [1, 8, 1.38],
      [2, 6, 1.83],
    ]);
  });

  it('offers the chosen pair in the first row of the pairs, as a bet needs, and never tells it before', async () => {
    const trace = await run('bpe-train', { merges: 12, preTokenizer: 'none' });
    const choices = framesOf(trace, 'choose-pair');
    expect(choices.length).toBeGreaterThan(8);
    for (const choice of choices) {
      const chosen = table(trace, choice, 'chosen').rows[0]!;
      expect(table(trace, choice, 'pairs').rows[0]).toEqual(chosen);
      expect(choice.label).toBe('Choose the most frequent pair');
      expect(trace.frames[choice.parent!]!.label).toMatch(/^Merge \d+$/u);
    }
  });

  it('says when it was a tie, and who won', async () => {
    const trace = await run('bpe-train', { text: 'xy ab ab xy', merges: 1, preTokenizer: 'spaces' });
    expect(framesOf(trace, 'choose-pair')[0]!.note).toBe(
      'x + y occurs twice. Other pairs occur as often; this one stands first in the text, so it wins.',
    );
  });

  it('stops early, and says why', async () => {
    const trace = await run('bpe-train', { text: 'abab', merges: 9, preTokenizer: 'none' });
    const result = trace.frames.at(-1)!;
    expect(result.label).toBe('Stopped early: no pair occurs twice any more');
    expect(result.note).toContain('It stopped at 1 of 9');
    expect(framesOf(trace, 'merge-step')).toHaveLength(1);
    const short = await run('bpe-train', { text: 'a b c', merges: 3, preTokenizer: 'gpt2' });
    expect(short.frames.at(-1)!.note).toContain('It stopped at 0 of 3');
    const none = await run('bpe-train', { text: '', merges: 3 });
    expect(none.frames.at(-1)!.note).toBe('There was no text, so nothing was learned. Type some and run it again.');
  });

  it('shows the beginning of a long text, and how much there is', async () => {
    const trace = await run('bpe-train', { text: 'the ox '.repeat(3000), merges: 1 });
    const after = tokens(trace, framesOf(trace, 'merge')[0], 'after');
    expect(after.pieces).toHaveLength(200);
    expect(after.total).toBe(21_000 - 3000);
    expect(text(trace, trace.frames[0], 'text')).toMatchObject({ total: 21_000 });
  });

  it('points out when a merge lies behind the part that is shown', async () => {
    const start = Array.from({ length: 250 }, (_, i) => String.fromCodePoint(0x100 + i)).join('');
    const trace = await run('bpe-train', {
      text: `${start} zqzqzqzqzqzqzq`,
      merges: 3,
      preTokenizer: 'none',
    });
    const hidden = framesOf(trace, 'merge').find((frame) => frame.label.startsWith('Merge z'));
    expect(hidden!.note).toContain('All of them lie behind the part shown here.');
  });
});

describe('bpe-encode', () => {
  it('with learned merges: ranks, choice and merge, then ids and tree', async () => {
    const trace = await run('bpe-encode', {
      corpus: 'hug pug hug',
      merges: 2,
      preTokenizer: 'spaces',
      word: 'bug hug',
    });
    expect(trace.frames.map((frame) => frame.op)).toEqual([
      'train',
      'pre-tokenize',
      'to-bytes',
      'rank-pairs',
      'choose-pair',
      'merge',
      'rank-pairs',
      'to-bytes',
      'rank-pairs',
      'choose-pair',
      'merge',
      'rank-pairs',
      'choose-pair',
      'merge',
      'rank-pairs',
      'result',
    ]);
    expect(table(trace, trace.frames[3], 'ranks').rows).toEqual([
      ['b + u', null, null],
      ['u + g', 1, 256],
    ]);
    const result = trace.frames.at(-1);
    expect(tokens(trace, result, 'ids').pieces.map((piece) => piece.id)).toEqual([98, 256, 32, 257]);
    expect(output(trace, result, 'tree')).toEqual({
      kind: 'tree',
      roots: [
        { label: 'b', note: 'id 98' },
        {
          label: 'ug',
          note: 'id 256, rank 1',
          children: [
            { label: 'u', note: 'id 117' },
            { label: 'g', note: 'id 103' },
          ],
        },
        { label: '␣', note: 'id 32' },
        {
          label: 'hug',
          note: 'id 257, rank 2',
          children: [
            { label: 'h', note: 'id 104' },
            {
              label: 'ug',
              note: 'id 256, rank 1',
              children: [
                { label: 'u', note: 'id 117' },
                { label: 'g', note: 'id 103' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('with GPT-2’s merges gives the published ids', async () => {
    const trace = await run('bpe-encode', { vocabulary: 'gpt2', word: 'Hello world' });
    expect(tokens(trace, trace.frames.at(-1), 'ids').pieces.map((piece) => piece.id)).toEqual([15496, 995]);
    for (const choice of framesOf(trace, 'choose-pair')) {
      const ranks = table(trace, choice, 'ranks').rows.flatMap((row) => (row[1] === null ? [] : [Number(row[1])]));
      expect(table(trace, choice, 'chosen').rows[0]![1]).toBe(Math.min(...ranks));
    }
  });

  it('learns the same merges as training does', async () => {
    const corpus = 'the thin thief thanked the thick thatcher';
    const trace = await run('bpe-encode', { corpus, merges: 4, word: 'the' });
    const model = trainBpe(corpus, 4, 'gpt2');
    expect(table(trace, trace.frames[0], 'vocabulary').rows.map((row) => row[0])).toEqual(
      model.merges.map((merge) => merge.id).reverse(),
    );
  });
});
