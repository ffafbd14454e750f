// The live blocks of the lessons, run: each yields the steps that the prose around it speaks of.

import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Course, type LessonFiles } from '../../../src/lessons/course.ts';
import { POST_ROAD } from '../../../src/programs/postRoad.ts';
import { findProgram } from '../../../src/programs/registry.ts';
import { runToEnd } from '../../../src/programs/run.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import type { PlotBlock, StepBlock } from '../../../src/shared/lesson.ts';
import type { ParamValues, TableValue, TextValue, TokensValue, Trace, Value } from '../../../src/shared/trace.ts';
import { shownOrder } from '../../../webview/elements/quizOrder.ts';
import { testEnvironment } from '../programs/run.ts';

const root = new URL('../../../', import.meta.url);
const text = (path: string) => readFile(new URL(path, root), 'utf8');
const files: LessonFiles = {
  folders: async () => (await readdir(new URL('lessons/', root))).sort(),
  read: (path) => text(`lessons/${path}`),
  readSource: text,
};

/** Runs the block with this id as its lesson has it, but for what the learner changes. */
async function run(lessonId: string, blockId: string, changed: ParamValues = {}): Promise<Trace> {
  const lesson = await new Course(files).lesson(lessonId);
  const content = lesson.sections.flatMap((section) => section.content);
  const block = content.find((part): part is StepBlock | PlotBlock => part.type !== 'html' && part.id === blockId);
  expect(block, `${lessonId} has a block ${blockId}`).toBeDefined();
  const environment = testEnvironment({ clock: systemClock });
  return runToEnd(findProgram(block!.program), { ...block!.params, ...changed }, environment);
}

function outputs(trace: Trace, op: string, name: string): Value[] {
  const ports = trace.frames.filter((frame) => frame.op === op).flatMap((frame) => frame.outputs);
  return ports.filter((port) => port.name === name).map((port) => trace.values[port.value]!);
}

const spelled = (value: Value | undefined) => (value as TokensValue).pieces.map((piece) => piece.text);
const ids = (value: Value | undefined) => (value as TokensValue).pieces.map((piece) => piece.id);
const rows = (value: Value | undefined) => (value as TableValue).rows;

/** The share of a sample's whole words that the story has. */
function knownWords(sample: Value | undefined): number {
  const known = new Set(POST_ROAD.match(/\p{L}+/gu));
  const words = (sample as TextValue).text.match(/\p{L}+/gu)!.slice(0, -1);
  return words.filter((word) => known.has(word)).length / words.length;
}

describe('the live blocks of lesson 01', () => {
  it('write a sample that is copied more and more as n grows', async () => {
    const trace = await run('what-is-a-language-model', 'drag');
    expect(trace.params.n).toBe(1);
    expect(trace.frames.filter((frame) => frame.op === 'draw')).toHaveLength(30);
  });

  it('make a table whose rows add up to 1', async () => {
    const trace = await run('what-is-a-language-model', 'banana');
    expect(trace.frames.at(-1)).toMatchObject({ op: 'divide', label: 'Divide each row by its sum' });
    expect(rows(outputs(trace, 'count-pairs', 'pairs')[0])[1]).toEqual(['na', 3]);
  });

  it('read the sentence as unsure as the prose says, and call the lamb impossible', async () => {
    const trace = await run('what-is-a-language-model', 'surprised');
    expect(trace.frames[0]!.note).toContain('between 2.45 equal choices');
    const lamb = await run('what-is-a-language-model', 'exact');
    expect(lamb.frames[0]!.note).toContain('1 character of 8 has probability 0');
  });

  it('draw lines that part, with the turn where the prose has it', async () => {
    const points = outputs(await run('what-is-a-language-model', 'held-out'), 'measure', 'curve').map(
      (value) => rows(value)[0]!,
    );
    expect(points.map(([n]) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const heldOut = points.map((row) => Number(row[2]));
    expect(heldOut.indexOf(Math.min(...heldOut))).toBe(3);
  });

  it('fill the sample with made-up letters where each symbol is lent the same', async () => {
    const trace = await run('what-is-a-language-model', 'lent');
    const made = Number(/(\d+) of them were made up/u.exec(trace.frames[0]!.note!)?.[1]);
    expect(made).toBeGreaterThan(120);
  });

  it('train a GPT that loses to the table by as much as the prose says', { timeout: 240_000 }, async () => {
    const untrained = await run('what-is-a-language-model', 'gpt');
    expect(untrained.frames).toHaveLength(1);
    expect(untrained.frames[0]!.note).toContain('its 102,592 numbers drawn by chance');
    const trace = await run('what-is-a-language-model', 'gpt', { train: true });
    const last = rows(outputs(trace, 'result', 'loss')[0])[0]!.map(Number);
    expect(last[0]).toBe(750);
    expect(last[2]).toBeGreaterThan(1.25);
    expect(last[2]).toBeLessThan(1.4);
    expect(last[1]).toBeLessThan(1.05);
    expect(last[1]).toBeGreaterThan(0.85);
    expect(last[3]).toBe(1.119);
    expect(knownWords(outputs(untrained, 'result', 'it writes')[0])).toBeLessThan(0.1);
    const written = outputs(trace, 'result', 'it writes')[0];
    expect(knownWords(written)).toBeGreaterThan(0.6);
    expect((written as TextValue).text).toMatch(/[\s]"\w[^"]*"\s/u);
  });
});

describe('the live blocks of lesson 02', () => {
  it('finds two strangers and gives them one id', async () => {
    const trace = await run('text-to-tokens', 'smallest');
    expect(rows(outputs(trace, 'number', 'vocabulary')[0])).toHaveLength(15);
    expect(ids(outputs(trace, 'ids', 'ids')[0])).toEqual([5, 1, 12, 14, 14, 0]);
    expect(trace.frames.filter((frame) => frame.op === 'look-up')).toHaveLength(6);
    expect(outputs(trace, 'decode', 'decoded')[0]).toMatchObject({ text: 'Wait , the <unk> <unk> !' });
  });

  it('cut at spaces finds one', async () => {
    const trace = await run('text-to-tokens', 'by-spaces');
    const found = outputs(trace, 'ids', 'ids')[0] as TokensValue;
    expect(found.pieces).toHaveLength(4);
    expect(found.pieces.filter((piece) => piece.id === 15)).toHaveLength(1);
    expect(trace.frames.at(-1)!.note).not.toContain('spaces');
  });

  it('shows strawberry in one token and in three', async () => {
    const trace = await run('text-to-tokens', 'strawberry');
    const notes = trace.frames.map((frame) => frame.note).join(' ');
    expect(notes).toMatch(/1 token: 41236\./);
    expect(notes).toMatch(/3 tokens: 301, 1831, 8396\./);
  });

  it('draws a curve that ends where the prose says', async () => {
    const trace = await run('text-to-tokens', 'growth');
    const points = outputs(trace, 'count', 'growth').map((value) => rows(value)[0]!);
    expect(points.at(-1)).toEqual([424, 174]);
    expect(points.at(-1)![1]).toBeGreaterThan(Number(points.at(-3)![1])); // it doesn't end flat
    expect(points[0]![0]).toBe(5);
  });
});

describe('the live blocks of lesson 03', () => {
  it('merges six times, with a bet each', async () => {
    const trace = await run('byte-pair-encoding', 'tide');
    expect(rows(outputs(trace, 'choose-pair', 'chosen')[0])[0]!.slice(0, 2)).toEqual(['␣ + t', 5]);
    expect(outputs(trace, 'choose-pair', 'chosen')).toHaveLength(6);
    const bets = trace.frames.filter((frame) => frame.op === 'choose-pair');
    expect(bets.every((frame) => frame.inputs.some((port) => port.name === 'pairs'))).toBe(true);
    const after = outputs(trace, 'merge', 'after');
    expect(after.map((value) => spelled(value).length)).toEqual([28, 25, 22, 19, 16, 14]);
    expect(spelled(after.at(-1)).slice(0, 3)).toEqual(['t', 'he', ' tide']);
  });

  it('cuts the bird into three', async () => {
    const trace = await run('byte-pair-encoding', 'tidehen');
    expect(spelled(outputs(trace, 'result', 'ids')[0])).toEqual([' tide', 'he', 'n']);
    expect(trace.frames.filter((frame) => frame.op === 'merge')).toHaveLength(5);
    expect(trace.frames.filter((frame) => frame.op === 'rank-pairs')).toHaveLength(6);
    expect(outputs(trace, 'choose-pair', 'chosen').map((value) => rows(value)[0]![1])).toEqual([1, 2, 3, 4, 5]);
  });

  it('shrinks the story with each merge, less and less', async () => {
    const trace = await run('byte-pair-encoding', 'saving');
    const tokens = ['begin', 'grow'].flatMap((op) =>
      outputs(trace, op, 'growth').map((value) => Number(rows(value)[0]![1])),
    );
    expect([tokens[0]! - tokens[1]!, tokens[99]! - tokens[100]!]).toEqual([63, 3]);
  });

  it('cuts butterfly by rank', async () => {
    const trace = await run('byte-pair-encoding', 'butterfly');
    expect(spelled(outputs(trace, 'result', 'ids')[0])).toEqual(['but', 'ter', 'fly']);
    const notes = trace.frames.map((frame) => frame.note ?? '');
    expect(notes.some((note) => note.startsWith('t + er has rank 98'))).toBe(true);
    expect(notes.some((note) => note.startsWith('b + ut has rank 4105'))).toBe(true);
  });

  it('trains on a text of the learner’s own, in twenty-two merges', async () => {
    const trace = await run('byte-pair-encoding', 'own-text');
    const merges = trace.frames.filter((frame) => frame.op === 'merge').length;
    expect(merges).toBe(22);
  });
});

describe('the questions', () => {
  it('have their right answers in different places, and no longer than the wrong ones', async () => {
    for (const { id } of (await new Course(files).load()).lessons) {
      const content = (await new Course(files).lesson(id)).sections.flatMap((section) => section.content);
      const quizzes = content.filter((part) => part.type === 'quiz');
      const places = quizzes.map(({ id: quiz, options }) =>
        shownOrder(quiz, options.length).findIndex((index) => options[index]!.right),
      );
      expect(new Set(places).size).toBeGreaterThanOrEqual(3);
      for (const { id: quiz, options } of quizzes) {
        const letters = (right: boolean) =>
          options
            .filter((option) => option.right === right)
            .map(({ text: html }) => html.replace(/<[^>]*>/g, '').length);
        expect(Math.max(...letters(true)), quiz).toBeLessThanOrEqual(1.3 * Math.max(...letters(false)));
      }
    }
  });
});
