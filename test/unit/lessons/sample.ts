// A small whole lesson that the tests break in one place each, and a course over texts in memory.

import { Course, type LessonFiles } from '../../../src/lessons/course.ts';
import type { LessonFault } from '../../../src/shared/lesson.ts';

export const FOLDER = '02-text-to-tokens';

export const SAMPLE = `---
id: text-to-tokens
title: From text to tokens
part: "Part 1: Text becomes numbers"
minutes: 40
needs: [first-steps]
youWill:
  - cut a text into pieces
sources:
  - title: A paper
    url: https://example.org/paper
---

## Overview

A first *paragraph*.

\`\`\`step
id: stepper
program: word-tokenizer
params:
  corpus: a b a
  lowercase: true
controls: [corpus]
caption: Words become numbers
goal:
  do: Step to the end
  when: end
\`\`\`

## Deep dive

### One idea

Text with $a_1$ in it.

## Implementation

\`\`\`source
file: src/shared/sample.ts
show: twice
\`\`\`

\`\`\`plot
id: plotter
program: types-and-tokens
params: {piecesPerStep: 10}
controls: [piecesPerStep]
table: growth
x: tokens
y: [types]
goal: {do: Change the step, when: change}
\`\`\`

## Check yourself

\`\`\`quiz
id: why-pieces
question: What is *x*?
options:
  - text: One
    right: true
    why: It is.
  - text: Two
    why: It isn't.
\`\`\`

\`\`\`tokens
id: words
encoding: r50k_base
text: Hello world
\`\`\`

## Where this breaks

It ends here.
`;

export const SAMPLE_SOURCE = `// A file.

/** Doubles. */
export function twice(x: number): number {
  return x * 2;
}

export const other = 1;
`;

const FIRST = SAMPLE.replace('id: text-to-tokens', 'id: first-steps').replace('needs: [first-steps]', 'needs: []');

/** The sample with one part changed; fails when the part isn't there, as the test would then test nothing. */
export function changed(from: string, to: string): string {
  if (!SAMPLE.includes(from)) {
    throw new Error(`The sample has no ${JSON.stringify(from)}.`);
  }
  return SAMPLE.replace(from, () => to);
}

/** @param lessons texts by folder */
export function filesOf(lessons: Readonly<Record<string, string>>): LessonFiles {
  return {
    folders: async () => Object.keys(lessons),
    read: async (path) => {
      const text = lessons[path.replace(/\/lesson\.md$/, '')];
      if (text === undefined) {
        throw new Error(`no ${path}`);
      }
      return text;
    },
    readSource: async (path) => {
      if (path !== 'src/shared/sample.ts') {
        throw new Error(`no ${path}`);
      }
      return SAMPLE_SOURCE;
    },
  };
}

export function courseOf(text: string): Course {
  return new Course(filesOf({ '01-first-steps': FIRST, [FOLDER]: text }));
}

export async function faultsOf(text: string): Promise<readonly LessonFault[]> {
  return (await courseOf(text).compile('text-to-tokens')).faults;
}

/** The overview's first HTML, from Markdown that stands in its place. */
export async function overviewOf(markdown: string): Promise<string> {
  const lesson = await courseOf(changed('A first *paragraph*.', markdown)).lesson('text-to-tokens');
  const [first] = lesson.sections[0]!.content;
  return first?.type === 'html' ? first.html : '';
}

/** Faults of the same, as `line: reason`, with lines counted from the first of `markdown`. */
export async function overviewFaults(markdown: string): Promise<string[]> {
  const first = SAMPLE.slice(0, SAMPLE.indexOf('A first')).split('\n').length;
  const faults = await faultsOf(changed('A first *paragraph*.', markdown));
  return faults.map(({ line, reason }) => `${line - first + 1}: ${reason}`);
}
