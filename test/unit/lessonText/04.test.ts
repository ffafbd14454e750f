// Lesson 04: each number and each outcome that its prose speaks of, computed; and its style.

import { decode as decodeCl100k, encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { describe, expect, it } from 'vitest';
import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import type { GraphValue, ParamValues, Trace } from '../../../src/shared/trace.ts';
import { loadRealTokenizer } from '../programs/realTokenizers.ts';
import { framesOf, output, run, table, tokens } from '../programs/run.ts';
import { everyCut, probabilityOf } from '../tokenizers/everyCut.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';

const lesson = readLesson('04-wordpiece-and-unigram');
const paramsOf = (id: string) => blockOf(lesson, id).body.params as unknown as ParamValues & Record<string, string>;
const play = (id: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, id).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};
const cutOf = (trace: Trace, op: string, name: string) =>
  tokens(trace, framesOf(trace, op).at(-1), name).pieces.map(({ text }) => text);
const piecesOf = async (id: string, text: string) => {
  const tokenizer = await loadRealTokenizer(id);
  return Array.from(tokenizer.encode(text).ids, (token) => tokenizer.entry(token)?.text ?? null);
};
const gpt4 = (text: string) => encodeCl100k(text).map((id) => decodeCl100k([id]));
const code = (pieces: readonly (string | null)[]) => pieces.map((piece) => `\`${piece}\``).join(' ');

/** Longest match first, a second time: with nothing but a set of pieces. */
function greedy(word: string, pieces: ReadonlySet<string>): { cut: string[]; tries: number } {
  const cut: string[] = [];
  let [rest, tries] = [word, 0];
  while (rest !== '') {
    const marked = (end: number) => (rest === word ? '' : '##') + rest.slice(0, end);
    const lengths = Array.from(rest, (_, i) => rest.length - i);
    const found = lengths.find((length) => pieces.has(marked(length)));
    tries += found === undefined ? rest.length : rest.length - found + 1;
    if (found === undefined) {
      return { cut: ['[UNK]'], tries };
    }
    cut.push(marked(found));
    rest = rest.slice(found);
  }
  return { cut, tries };
}

describe('lesson 04, WordPiece and Unigram', () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    await greed(claims);
    await probability(claims);
    await three(claims);
    await bert(claims);
    await together(claims);
    logarithms(claims);
    await dropping(claims);
    await realWords(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(40);
    expect(claims.unclaimed()).toEqual([]);
  });

  it('is needed by no other lesson', () => {
    for (const folder of ['05-vectors-and-similarity', '06-embeddings-are-lookups', '07-tensors', '08-positions']) {
      expect(JSON.stringify(readLesson(folder).blocks)).not.toContain('wordpiece-and-unigram');
    }
  });
});

async function greed(claims: Claims): Promise<void> {
  const { text, pieces } = paramsOf('greed');
  const list = new Set(pieces!.split(' '));
  expect(greedy(text!, list)).toEqual({ cut: ['now', '##here'], tries: 6 });
  const trace = await play('greed');
  expect(framesOf(trace, 'try')).toHaveLength(6);
  expect(cutOf(trace, 'result', 'ids')).toEqual(['now', '##here']);
  claims.says('Six tries, and *now here*.');
  claims.says('Our word took 6 tries.');
  const without = pieces!.replace(' now ', ' ');
  expect(cutOf(await play('greed', { pieces: without }), 'result', 'ids')).toEqual(['no', '##where']);
  expect(cutOf(await play('greed', { text: 'nowheres' }), 'result', 'ids')).toEqual(['[UNK]']);
}

async function probability(claims: Claims): Promise<void> {
  const trace = await play('drag');
  const read = table(trace, framesOf(trace, 'read-pieces')[0], 'pieces').rows;
  const of = new Map(read.map(([piece, p]) => [String(piece), Number(p)]));
  expect([...of.values()].reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  claims.says(
    `| \`no\` + \`where\` | ${of.get('no')!.toFixed(2)} × ${of.get('where')!.toFixed(2)} | ${(of.get('no')! * of.get('where')!).toFixed(3)} |`,
  );
  claims.says(
    `| \`now\` + \`here\` | ${of.get('now')!.toFixed(2)} × ${of.get('here')!.toFixed(2)} | ${(of.get('now')! * of.get('here')!).toFixed(3)} |`,
  );
  const cuts = everyCut('nowhere');
  const best = [...cuts].sort((a, b) => probabilityOf(b, of) - probabilityOf(a, of))[0];
  expect(cutOf(trace, 'best-path', 'cut')).toEqual(best);
  // What the experiment needs is there as the block opens.
  expect(trace.frames[0]!.op).toBe('compare-cuts');
  const { edges } = output(trace, trace.frames[0], 'lattice') as GraphValue;
  expect(edges.filter(({ role }) => role === 'chosen').map(({ label }) => label)).toEqual(best);
  expect(edges.filter(({ adjust }) => adjust !== undefined).map(({ label }) => label)).toEqual(['now', 'where']);
  expect(best).toEqual(['no', 'where']);
  claims.says(`For \`nowhere\` that's ${cuts.length}.`);

  // The flip: the other pieces sink alike, so that only these four numbers matter.
  const flip = (of.get('no')! * of.get('where')!) / of.get('here')!;
  claims.says(
    `where ${of.get('here')!.toFixed(2)} × \`now\` passes ${of.get('no')!.toFixed(2)} × ${of.get('where')!.toFixed(2)}. That's at ${Number(flip.toFixed(6))}.`,
  );
  const steps = [0.06, 0.065, 0.07, 0.08, 0.085];
  const flipped = await Promise.all(
    steps.map(async (p) => cutOf(await play('drag', { probability: p }), 'best-path', 'cut').join(' ') === 'now here'),
  );
  expect(flipped).toEqual(steps.map((p) => p > flip));
  claims.says('At 0.08 it flips.');

  const all = cuts.map((cut) => probabilityOf(cut, of));
  const share = Math.max(...all) / all.reduce((a, b) => a + b);
  claims.says(`the best cut holds ${percent(share)} of what all cuts of the word weigh together`);
}

async function three(claims: Claims): Promise<void> {
  const params = paramsOf('three') as unknown as { corpus: string; pieces: number };
  claims.says(`with room for ${params.pieces} pieces`);
  expect(params.corpus).not.toMatch(/nowhere|g/i);
  for (const word of ['no', 'now', 'here', 'where']) {
    expect(params.corpus).toMatch(new RegExp(`\\b${word}\\b`, 'i'));
  }
  const trace = await play('three');
  const cuts = framesOf(trace, 'cut').map((frame) => tokens(trace, frame, 'tokens').pieces.map(({ text }) => text));
  expect(cuts[0]!.slice(-3)).toEqual([' no', 'w', 'here']);
  expect(cuts[1]!.slice(-4)).toEqual(['[UNK]', 'now', '##he', '##re']);
  expect(cuts[2]!.slice(-2)).toEqual(['▁now', 'here']);
  expect(cuts[0]!.join('')).toBe('the boat goes nowhere');
  expect(cuts[2]!.filter((piece) => piece === '<unk>')).toHaveLength(1);
  const learned = framesOf(trace, 'train').map((frame) => table(trace, frame, 'vocabulary').rows.length);
  expect(learned[0]).toBe(params.pieces);
  claims.says(`WordPiece found ${learned[1]} pieces worth having, and Unigram ${learned[2]}.`);
}

async function bert(claims: Claims): Promise<void> {
  const { pieces } = await packagedPieces('bert-base-uncased');
  const inside = pieces.filter((piece) => /^##./u.test(piece)).length;
  const empty = pieces.filter((piece) => /^\[unused\d+\]$/.test(piece)).length;
  claims.says(
    `It has ${grouped(pieces.length)} entries. Of these ${grouped(inside)} go inside words, and ${empty} are empty places`,
  );
  const list = new Set(pieces);
  expect(['un', 'una', 'unable'].every((piece) => list.has(piece))).toBe(true);
  expect(greedy('unasked', list).cut).toEqual(['una', '##ske', '##d']);
  expect(greedy('cafe', list).cut).toEqual(['cafe']);
  expect(await piecesOf('bert-base-uncased', 'Café')).toEqual(['cafe']);
  claims.says('refuses words of more than 100 characters.');
  expect(await piecesOf('bert-base-uncased', 'a'.repeat(101))).toEqual(['[UNK]']);
  expect(await piecesOf('bert-base-uncased', 'a'.repeat(100))).not.toContain('[UNK]');
}

async function together(claims: Claims): Promise<void> {
  const { text, least } = paramsOf('together') as unknown as { text: string; least: number };
  expect(text).toBe(paramsOf('dropping').text);
  expect(text.split(' ')).toHaveLength(10);
  const met = (pair: string) => text.split(pair).length - 1;
  claims.says(`\`h\` and \`e\`, which meet ${met('he')} times`);
  for (const pair of ['no', 'ow', 'wh', 'er', 're', 'th']) {
    expect(met(pair)).toBeLessThanOrEqual(met('he'));
  }
  const inside = (letter: string) =>
    text.split(' ').reduce((sum, word) => sum + word.slice(1).split(letter).length - 1, 0);
  const starts = text.split(' ').filter((word) => word.startsWith('n')).length;
  expect([starts, inside('o'), met('no')]).toEqual([4, 4, 4]);
  claims.says(`4 / (4 × 4) is ${met('no') / (starts * inside('o'))}.`);
  claims.says(
    `meet ${met('er')} times, but there are ${inside('e')} \`##e\` to be met, and the score is ${(met('er') / (inside('e') * inside('r'))).toPrecision(3)}.`,
  );
  const trace = await play('together');
  expect(table(trace, framesOf(trace, 'choose-pair')[0], 'chosen').rows[0]).toEqual(['n + ##o', 4, 4, 4, 0.25]);
  expect(least).toBe(2);
  const bets = framesOf(trace, 'choose-pair');
  expect(bets.every((frame) => frame.inputs.some(({ name }) => name === 'pairs'))).toBe(true);
}

function logarithms(claims: Claims): void {
  const ln = (p: number) => `−${Number((-Math.log(p)).toFixed(2))}`;
  claims.says(
    `For *no where*: ${ln(0.1)} and ${ln(0.06)} make ${ln(0.1 * 0.06)}. For *now here*: ${ln(0.05)} and ${ln(0.08)} make ${ln(0.05 * 0.08)}.`,
  );
  expect(2 ** 39).toBeGreaterThan(500e9);
  expect(2 ** 39).toBeLessThan(600e9);
  claims.says("For forty letters it's more than 500 billion.");
}

async function dropping(claims: Claims): Promise<void> {
  const trace = await play('dropping');
  const seeds = table(trace, framesOf(trace, 'seed')[0], 'seeds').rows.length;
  const shares = framesOf(trace, 'recount').map((frame) => {
    const { edges } = output(trace, frame, 'lattice') as GraphValue;
    return edges.find(({ label }) => label === 'now')!.note!;
  });
  claims.says(`Watch ${seeds} pieces become 10`);
  const drops = framesOf(trace, 'choose-drop').map((frame) => table(trace, frame, 'chosen').rows);
  expect(Number(drops[0]![0]![1])).toBe(0);
  expect(seeds - drops.slice(0, -1).flat().length).toBe(11);
  claims.says('since we asked for 10 and 11 were left');
  claims.says(`It begins with ${seeds} pieces, all guesses.`);
  claims.says(`In the first recount ${shares[0]} of \`nowhere\` goes over \`now\`, and in the second ${shares[1]}.`);
  // The first share, from every cut: seeds weigh what they occur, beyond one occurrence for stretches.
  const text = paramsOf('dropping').text!;
  const places = new Map<string, number>();
  for (const word of text.split(' ')) {
    for (let from = 0; from < word.length; from++) {
      for (let to = from + 1; to <= word.length; to++) {
        places.set(word.slice(from, to), (places.get(word.slice(from, to)) ?? 0) + 1);
      }
    }
  }
  const kept = new Map([...places].filter(([piece, count]) => piece.length === 1 || count > 1));
  expect(kept.size).toBe(seeds);
  const total = [...kept.values()].reduce((a, b) => a + b);
  const of = new Map([...kept].map(([piece, count]) => [piece, count / total]));
  const cuts = everyCut('nowhere').map((cut) => ({ cut, p: probabilityOf(cut, of) }));
  const over = cuts.filter(({ cut }) => cut[0] === 'now').reduce((sum, { p }) => sum + p, 0);
  expect(`${((100 * over) / cuts.reduce((sum, { p }) => sum + p, 0)).toFixed(1)}%`).toBe(shares[0]);

  const last = framesOf(trace, 'choose-drop').at(-1);
  expect(table(trace, last, 'chosen').rows.map(([piece]) => piece)).toEqual(['where']);
  const words = tokens(trace, framesOf(trace, 'result')[0], 'words').pieces;
  expect(words.filter(({ word }) => word === 3).map(({ text: piece }) => piece)).toEqual(['now', 'here']);
  expect(words.filter(({ word }) => word === 4).map(({ text: piece }) => piece)).toEqual(['w', 'here']);
  expect(table(trace, framesOf(trace, 'result')[0], 'vocabulary').rows).toHaveLength(10);
  claims.says('with 0.3 and as `a` + `b` with 0.1. Together they weigh 0.4, and 0.3 is three quarters of that.');
  expect(0.3 / (0.3 + 0.1)).toBeCloseTo(3 / 4, 12);
}

async function realWords(claims: Claims): Promise<void> {
  for (const word of ['nowhere', 'unasked', 'seaside', 'lanternfish']) {
    const [bertCut, lite] = [await piecesOf('bert-base-uncased', word), await piecesOf('use-lite', word)];
    claims.says(`| \`${word}\` | ${code(gpt4(word))} | ${code(bertCut)} | ${code(lite)} |`);
  }
  expect(blockOf(lesson, 'side-by-side').body.text).toBe('seaside');
  const lite = await loadRealTokenizer('use-lite');
  claims.says(`The same with ${grouped(lite.size)} real pieces`);
  claims.says('In a vocabulary of 100,000 entries');
  expect((await loadRealTokenizer('cl100k_base')).size).toBeGreaterThan(100_000);
  expect(Math.max(...['▁boat', '▁ship'].map((piece) => idOf(lite, piece)))).toBeLessThan(lite.size);
}

function idOf(tokenizer: Awaited<ReturnType<typeof loadRealTokenizer>>, piece: string): number {
  const id = Array.from({ length: tokenizer.size }, (_, i) => i).find((i) => tokenizer.entry(i)?.text === piece);
  expect(id, piece).toBeDefined();
  return id!;
}

function quizzes(claims: Claims): void {
  const right = (id: string) => lesson.blocks.find(({ body }) => body.id === id)!.body.options!.find((o) => o.right)!;
  expect(right('longest').text).toBe(
    code(greedy('seaside', new Set(['sea', 'seas', '##side', '##i', '##d', '##e'])).cut),
  );
  const count = (10 * 0.2) / (0.2 + 0.05);
  claims.says('with probability 0.2, or as `a` + `b`, with 0.05. The word occurs 10 times.');
  expect(right('expected').text).toBe(`It gets ${count}.`);
  claims.says(
    `The two cuts weigh ${0.2 + 0.05} together, and \`ab\` has 0.2 of it, which is four fifths. Four fifths of 10 are ${count}.`,
  );
  claims.says('It gets 10.');
  claims.says(`${0.2} × 10 would forget`);
  claims.says('0.2 of 0.25');
}
