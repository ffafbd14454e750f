// What the demonstrations of WordPiece and Unigram show, on words small enough to be cut by hand.

import { describe, expect, it } from 'vitest';
import type { GraphValue } from '../../../src/shared/trace.ts';
import { everyCut, probabilityOf } from '../tokenizers/everyCut.ts';
import { framesOf, output, run, table, text, tokens } from './run.ts';

const spelled = (pieces: readonly { readonly text: string | null }[]) => pieces.map((piece) => piece.text);

describe('wordpiece-encode', () => {
  it('tries from the longest on, and goes on behind what it found', async () => {
    const trace = await run('wordpiece-encode', { text: 'unwanted', pieces: 'un ##want ##ed' });
    const tried = framesOf(trace, 'try').map((frame) => table(trace, frame, 'tries').rows.at(-1)![0]);
    expect(tried).toEqual([
      ...['unwanted', 'unwante', 'unwant', 'unwan', 'unwa', 'unw', 'un'],
      ...['##wanted', '##wante', '##want'],
      '##ed',
    ]);
    const found = framesOf(trace, 'try').filter((frame) => frame.note!.includes('the longest that fits here'));
    expect(found.map((frame) => text(trace, frame, 'word').marks)).toEqual([
      [{ start: 0, end: 2, role: 'chosen' }],
      [{ start: 2, end: 6, role: 'chosen' }],
      [{ start: 6, end: 8, role: 'chosen' }],
    ]);
    // The list of steps says how many there are, and not what is found.
    const labels = Array.from({ length: 11 }, (_, i) => `Try ${i + 1}`);
    expect(framesOf(trace, 'try').map((frame) => frame.label)).toEqual(labels);
    expect(spelled(tokens(trace, framesOf(trace, 'result')[0], 'ids').pieces)).toEqual(['un', '##want', '##ed']);
    expect(trace.frames.at(-2)!.note).toBe('3 pieces after 11 tries: “un”, “##want”, “##ed”.');
  });

  it('gives up a whole word for one character', async () => {
    const trace = await run('wordpiece-encode', { text: 'no nowz', pieces: 'no now ##w' });
    const ids = tokens(trace, framesOf(trace, 'result')[0], 'ids').pieces;
    expect(ids).toEqual([
      { text: 'no', id: 1, word: 0 },
      { text: '[UNK]', id: 0, word: 1, role: 'warn' },
    ]);
    expect(framesOf(trace, 'word-cut')[1]!.note).toBe(
      'The whole word becomes [UNK], because nothing fits from “z” on.',
    );
  });

  it('shows a long word piece by piece, and a too long one not at all', async () => {
    const long = await run('wordpiece-encode', { text: 'ab'.repeat(16), pieces: 'ab ##ab' });
    expect(framesOf(long, 'try')).toHaveLength(16);
    const never = await run('wordpiece-encode', { text: 'a'.repeat(60), pieces: 'a ##a' });
    expect(framesOf(never, 'try')).toHaveLength(0);
    expect(framesOf(never, 'word-cut')[0]!.note).toContain('it is too long');
  });
});

describe('wordpiece-train', () => {
  it('joins by likelihood, and shows the counts behind it', async () => {
    const corpus = { hug: 10, pug: 5, pun: 12, bun: 4, hugs: 5 };
    const words = Object.entries(corpus).flatMap(([word, count]) => Array<string>(count).fill(word));
    const trace = await run('wordpiece-train', { text: words.join(' '), merges: 2, least: 1 });
    const chosen = framesOf(trace, 'choose-pair').map((frame) => table(trace, frame, 'chosen').rows[0]!);
    // Published: the worked example of Hugging Face's course, chapter 6.
    expect(chosen[0]).toEqual(['##g + ##s', 5, 20, 5, 0.05]);
    expect(chosen.map(([pair]) => pair)).toEqual(['##g + ##s', 'h + ##u']);
    expect(framesOf(trace, 'choose-pair').map((frame) => frame.inputs[0]!.name)).toEqual(['pairs', 'pairs']);
    const after = tokens(trace, framesOf(trace, 'merge').at(-1), 'after').pieces;
    expect(after.filter(({ role }) => role === 'new').map((piece) => piece.text)).toEqual(['hu', 'hu']);
  });

  it('stops when no pair is frequent enough, and says so', async () => {
    const trace = await run('wordpiece-train', { text: 'ab cd', merges: 5, least: 2 });
    expect(trace.frames.at(-1)!.note).toBe('0 merges on top of 4 characters. It stops early: no pair occurs twice.');
  });
});

describe('unigram-lattice', () => {
  const of = (now: number, where = 0.06) => {
    const weights = { no: 10, here: 8, n: 8, o: 10, w: 6, h: 8, e: 14, r: 9 };
    const sum = Object.values(weights).reduce((a, b) => a + b);
    const shares = Object.entries(weights).map(
      ([piece, weight]) => [piece, (weight / sum) * (1 - now - where)] as const,
    );
    return new Map([...shares, ['now', now], ['where', where]]);
  };
  const params = { pieces: 'no 10\nnow 1\nhere 8\nwhere 1\nn 8\no 10\nw 6\nh 8\ne 14\nr 9' };

  it.each([0.05, 0.06, 0.075, 0.08, 0.2])('finds the likeliest of all cuts at %f', async (probability) => {
    const trace = await run('unigram-lattice', { ...params, probability });
    const [best, second] = everyCut('nowhere').sort(
      (a, b) => probabilityOf(b, of(probability)) - probabilityOf(a, of(probability)),
    );
    const frame = framesOf(trace, 'best-path')[0];
    const cut = spelled(tokens(trace, frame, 'cut').pieces);
    if (probabilityOf(best!, of(probability)) / probabilityOf(second!, of(probability)) > 1 + 1e-9) {
      expect(cut).toEqual(best);
    }
    const lattice = output(trace, frame, 'lattice') as GraphValue;
    expect(lattice.edges.filter(({ role }) => role === 'chosen').map(({ label }) => label)).toEqual(cut);
    expect(lattice.between).toEqual([...'nowhere']);
    // The edge that the slider moves.
    expect(lattice.edges.find(({ label }) => label === 'now')!.adjust).toEqual({
      param: 'probability',
      value: probability,
    });
  });

  it('flips from one reading to the other', async () => {
    const cut = async (probability: number) => {
      const trace = await run('unigram-lattice', { ...params, probability });
      return spelled(tokens(trace, framesOf(trace, 'best-path')[0], 'cut').pieces);
    };
    expect(await cut(0.06)).toEqual(['no', 'where']);
    expect(await cut(0.09)).toEqual(['now', 'here']);
  });

  it('weighs the best cut against all of them', async () => {
    const trace = await run('unigram-lattice', { ...params, probability: 0.2 });
    const all = everyCut('nowhere').map((cut) => probabilityOf(cut, of(0.2)));
    const share = Math.max(...all) / all.reduce((a, b) => a + b);
    const note = framesOf(trace, 'compare-cuts')[0]!.note!;
    expect(note).toContain(`The best holds ${Math.round(100 * share)}% of what all cuts weigh together.`);
    expect(note).toMatch(/^Best is “now \+ here” with 0\.\d+, then comes “no \+ where” with 0\.\d+\. /);
    expect(framesOf(trace, 'compare-cuts')).toHaveLength(1);
    expect(table(trace, framesOf(trace, 'compare-cuts')[0], 'cuts').rows[0]!.slice(0, 2)).toEqual(['now + here', 2]);
  });

  it('says which characters are no piece', async () => {
    const trace = await run('unigram-lattice', { text: 'nox', pieces: 'no 1\nx-ray\nbad -1\nno 3' });
    expect(framesOf(trace, 'read-pieces')[0]!.note).toContain('2 lines can’t be read as a new piece.');
    const lattice = output(trace, framesOf(trace, 'lattice')[0], 'lattice') as GraphValue;
    expect(lattice.edges.filter(({ role }) => role === 'warn').map(({ label }) => label)).toEqual(['n', 'o', 'x']);
  });

  it('shows sums of logarithms where it is asked to', async () => {
    const trace = await run('unigram-lattice', { ...params, probability: 0.06, logarithms: true });
    const lattice = output(trace, framesOf(trace, 'best-path')[0], 'lattice') as GraphValue;
    const now = lattice.edges.find(({ label }) => label === 'now');
    expect(now!.note).toBe(`−${(-Math.log(0.06)).toFixed(2)}`);
  });
});

describe('unigram-train', () => {
  it('keeps the characters, drops until as many are left as wanted, and cuts by what is left', async () => {
    const trace = await run('unigram-train');
    const [seeds] = framesOf(trace, 'seed').map((frame) => table(trace, frame, 'seeds').rows.length);
    expect(framesOf(trace, 'choose-drop').flatMap((frame) => table(trace, frame, 'chosen').rows)).toHaveLength(
      seeds! - 10,
    );
    const left = table(trace, framesOf(trace, 'result')[0], 'vocabulary').rows.map(([piece]) => piece);
    expect(left).toHaveLength(10);
    expect(left).toEqual(expect.arrayContaining([...'nowhert'].filter((c, i, all) => all.indexOf(c) === i)));
    expect(left.slice(0, 2)).toEqual(['here', 'now']);
    const words = tokens(trace, framesOf(trace, 'result')[0], 'words').pieces;
    expect(spelled(words.filter(({ word }) => word === 3))).toEqual(['now', 'here']);
  });

  it('shows how much of a word goes over each piece', async () => {
    const trace = await run('unigram-train', { text: 'ab ab a b', size: 3, watch: 'ab' });
    const lattice = output(trace, framesOf(trace, 'recount')[0], 'lattice') as GraphValue;
    // Seeds: ab 2, a 3, b 3 of 8. As one piece 2/8, as two 9/64.
    const whole = 2 / 8 / (2 / 8 + 9 / 64);
    expect(Object.fromEntries(lattice.edges.map(({ label, note }) => [label, note]))).toEqual({
      ab: `${Number((100 * whole).toFixed(1))}%`,
      a: `${Number((100 - 100 * whole).toFixed(1))}%`,
      b: `${Number((100 - 100 * whole).toFixed(1))}%`,
    });
  });
});
