// The check of a course with the real programs: each thing that a live block can name and that isn't there is found.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkLessons } from '../../../src/services/lessonCheck.ts';
import { lessonFolder } from '../../../src/services/lessonFolder.ts';
import { tokenizerFolder } from '../../../src/services/tokenizerFolder.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { testModels } from '../programs/models.ts';
import { loadTestKernels } from '../programs/run.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const environment = {
  signal: neverCancelled,
  seed: 1,
  clock: systemClock,
  loadVocabulary: async (name: string) => {
    throw new Fault('unknown-encoding', `There is no encoding "${name}".`);
  },
  loadTokenizer: async (name: string) => {
    throw new Fault('unknown-encoding', `There is no encoding "${name}".`);
  },
  loadKernels: loadTestKernels,
  models: testModels,
};

/** These lessons have no exercises. */
const noRunner = () => Promise.reject(new Error('Nothing of a learner’s runs here.'));
const runner = { check: noRunner, run: noRunner };

const step = `\`\`\`step
id: training
program: bpe-train
params: { text: "low lower lowest", merges: 2 }
controls: [merges]
bet: { op: choose-pair, table: pairs, question: "Which pair?" }
\`\`\``;
const plot = `\`\`\`plot
id: growth
program: types-and-tokens
params: {}
table: growth
x: tokens
y: [types]
\`\`\``;

const quizzes = ['first', 'second', 'third']
  .map(
    (id) => `\`\`\`quiz
id: ${id}
question: Is it?
options: [{ text: It is., right: true, why: It is so. }, { text: It is not., why: It is so. }]
goal: { do: Answer }
\`\`\``,
  )
  .join('\n\n');

const lessonWith = (overview: string) => `---
id: one
title: One
part: "Part 1"
minutes: 10
needs: []
youWill:
  - read
sources:
  - title: A book
    url: https://example.org/book
---

## Overview

${overview}

## Deep dive

Text.

## Implementation

Text.

## Check yourself

${quizzes}

## Where this breaks

Text.
`;

async function reasons(overview: string): Promise<{ line: number; reason: string }[]> {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, '01-one'));
  await writeFile(path.join(folder.path, '01-one/lesson.md'), lessonWith(overview));
  const { faults } = await checkLessons(lessonFolder(folder.path, folder.path), environment, runner);
  expect(faults.every(({ file }) => file === '01-one/lesson.md')).toBe(true);
  return faults.map(({ line, reason }) => ({ line, reason }));
}

it('finds nothing in blocks that run', async () => {
  expect(await reasons(`${step}\n\n${plot}`)).toEqual([]);
});

it.each([
  ['an unknown program', step, 'program: bpe-train', 'program: bpe-trian', /bpe-trian.*bpe-train/],
  ['a parameter that there isn’t', step, 'merges: 2', 'merge: 2', /"merge".*merges/],
  ['a parameter out of range', step, 'merges: 2', 'merges: -2', /merges.*-2/],
  ['a control that is no parameter', step, '[merges]', '[marges]', /"marges".*merges/],
  ['a bet on an operation that never comes', step, 'op: choose-pair', 'op: choose', /"choose".*choose-pair/],
  ['a bet on a table that isn’t there', step, 'table: pairs', 'table: pears', /"pears".*pairs/],
  ['a plot of a table that isn’t there', plot, 'table: growth', 'table: grown', /"grown".*growth/],
  ['a plot of a column that isn’t there', plot, 'y: [types]', 'y: [kinds]', /"kinds".*types/],
  ['an encoding that isn’t there', '```tokens\nid: hello\nencoding: gpt9\ntext: hi\n```', '', '', /gpt9/],
])('finds %s, at the block', async (_, block, from, to, reason) => {
  const found = await reasons(block.replace(from, to));
  expect(found).toHaveLength(1);
  expect(found[0]!.reason).toMatch(reason);
  expect(found[0]!.line).toBe(16);
});

it('does not call a folder without lessons faultless', async () => {
  await using folder = await temporaryFolder();
  const check = checkLessons(lessonFolder(folder.path, folder.path), environment, runner);
  await expect(check).rejects.toMatchObject({ code: 'not-found' });
});

it.each(['../outside.md', '/absolute.md', 'a/../../b'])('reads nothing outside its folders: %s', async (file) => {
  await using folder = await temporaryFolder();
  const files = lessonFolder(folder.path, folder.path);
  await expect(files.read(file)).rejects.toMatchObject({ code: 'refused' });
  await expect(files.readSource(file)).rejects.toMatchObject({ code: 'refused' });
});

it('tells missing vocabulary data apart from a fault in a lesson', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, '01-one'));
  await writeFile(
    path.join(folder.path, '01-one/lesson.md'),
    lessonWith('```tokens\nid: hello\nencoding: r50k_base\ntext: hi\n```'),
  );
  const nowhere = path.join(folder.path, 'nowhere');
  const loadVocabulary = vocabularyFolder(nowhere);
  const tokenizers = tokenizerFolder(nowhere, loadVocabulary);
  const check = checkLessons(
    lessonFolder(folder.path, folder.path),
    {
      ...environment,
      loadVocabulary,
      loadTokenizer: (id) => tokenizers.get(id),
    },
    runner,
  );
  await expect(check).rejects.toMatchObject({ code: 'not-found', message: /vocabulary/ });
});

it('ends where no process for learners’ code can be started, and doesn’t wait for another', async () => {
  await using folder = await temporaryFolder();
  await mkdir(path.join(folder.path, '01-one'));
  const code = (id: string) => `\`\`\`run\nid: ${id}\ncode: "1;"\n\`\`\``;
  await writeFile(path.join(folder.path, '01-one/lesson.md'), lessonWith(`${code('a')}\n\n${code('b')}`));
  let asked = 0;
  const run = async () => {
    asked += 1;
    throw new Fault('worker-died', 'It did not answer.');
  };
  const check = checkLessons(lessonFolder(folder.path, folder.path), environment, { check: run, run });
  await expect(check).rejects.toMatchObject({ code: 'worker-died' });
  expect(asked).toBe(1);
});

it('says why a folder or a file could not be read, and what to do', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'file');
  await writeFile(file, '');
  await expect(checkLessons(lessonFolder(file, folder.path), environment, runner)).rejects.toMatchObject({
    code: 'not-found',
    message: /is no folder/,
    remedy: 'Name the folder that holds the lessons.',
  });
  await mkdir(path.join(folder.path, '01-one/lesson.md'), { recursive: true });
  const { faults } = await checkLessons(lessonFolder(folder.path, folder.path), environment, runner);
  expect(faults).toEqual([
    { file: '01-one/lesson.md', line: 1, reason: expect.stringMatching(/can't be read: .* is no file/) },
    ...faults.slice(1),
  ]);
});
