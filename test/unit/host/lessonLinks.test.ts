// Which addresses a lesson may have opened: those that stand in it, as a browser reads them.

import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { linksOf } from '../../../src/host/lessonLinks.ts';
import type { Lesson } from '../../../src/shared/lesson.ts';

const render = (markdown: string) => new MarkdownIt({ html: false, linkify: false }).render(markdown);

function lessonWith(markdown: string): Lesson {
  return {
    schema: 1,
    id: 'x',
    number: 1,
    title: 'X',
    part: 'P',
    minutes: 1,
    needs: [],
    youWill: [],
    goals: [],
    exercises: [],
    sources: [{ title: 'A paper', url: 'https://example.org/paper' }],
    sections: [
      {
        kind: 'overview',
        title: 'Overview',
        id: 'overview',
        headings: [],
        content: [
          { type: 'html', html: render(markdown) },
          {
            type: 'quiz',
            id: 'q',
            line: 1,
            question: render('See [this](https://example.org/question).'),
            options: [{ text: 'a', right: true, why: render('As [here](https://example.org/why).') }],
          },
        ],
      },
    ],
  };
}

test('links in prose, questions, answers and sources count, with their escapes taken back', () => {
  const markdown =
    '[a](https://example.org/?x=1&y="2") and [b](https://example.org/b "a title") and [c](source:src/a.ts)';
  expect([...linksOf(lessonWith(markdown))].sort()).toEqual([
    'https://example.org/?x=1&y=%222%22',
    'https://example.org/b',
    'https://example.org/paper',
    'https://example.org/question',
    'https://example.org/why',
  ]);
});

test('what only looks like a link, or is not https, does not count', () => {
  const markdown =
    '`<a href="https://evil.example/">` and <a href="https://evil.example/"> and [h](http://example.org/)';
  expect([...linksOf(lessonWith(markdown))].filter((url) => !url.startsWith('https://example.org'))).toEqual([]);
});
