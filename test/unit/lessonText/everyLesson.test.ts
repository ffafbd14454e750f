// What holds of the text of every lesson: the rules on prose, an Overview that ends on a question, and goals that are
// reached by doing. What one lesson says, its own test checks.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { lastOfOverview, readLesson, styleFaults } from './lessonProse.ts';

const folders = readdirSync(inRoot('lessons')).filter((name) => /^\d\d-/.test(name));
/** Most goals of a lesson, and of the few that have one more. */
const MOST_GOALS = 5;
const LONGER = new Set(['04-wordpiece-and-unigram', '26-semantic-search', '30-local-ai']);

it('there are lessons to look at', () => {
  expect(folders.length).toBeGreaterThanOrEqual(13);
});

describe.each(folders)('%s', (folder) => {
  const lesson = readLesson(folder);

  it('keeps to the rules on prose', () => {
    expect(styleFaults(lesson)).toEqual([]);
    expect(lastOfOverview(lesson)).toMatch(/\?$/);
  });

  it('has goals that are reached by doing', () => {
    const goals = lesson.blocks.filter(({ body }) => body.goal !== undefined);
    expect(goals.length).toBeGreaterThanOrEqual(3);
    expect(goals.length).toBeLessThanOrEqual(LONGER.has(folder) ? MOST_GOALS + 1 : MOST_GOALS);
    expect(lesson.blocks.filter(({ kind }) => kind === 'quiz').length).toBeGreaterThanOrEqual(3);
  });
});
