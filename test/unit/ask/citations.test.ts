// Citations in answers, sentences without one, and the answer's Markdown: what is a citation, and what only looks like one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationsOf, sentencesWithoutCitation } from '../../../src/shared/citations.ts';
import { type Block, blocksOf, type Inline } from '../../../webview/ask/answerText.ts';

const numbers = (answer: string) => citationsOf(answer).map((one) => one.numbers);
const bare = (answer: string) => sentencesWithoutCitation(answer).map(({ start, end }) => answer.slice(start, end));

describe('citations', () => {
  it.each([
    ['It waits [1].', [[1]]],
    ['It waits [1][2].', [[1], [2]]],
    ['It waits [1, 3; 4].', [[1, 3, 4]]],
    [
      'It waits [2-4] or [2–4].',
      [
        [2, 3, 4],
        [2, 3, 4],
      ],
    ],
    ['It waits [passage 2].', [[2]]],
    ['It waits 【3】.', [[3]]],
    ['`list[1]` and\n```\nlist[2]\n```\n[3]', [[3]]],
    ['```\nnot ended [1]', []],
    ['[x] [] [1a] [1.5] [1234]', []],
    ['[1-999]', [[1, 999]]],
    ['[9-2]', [[9, 2]]],
  ])('%j cites %j', (answer, cited) => {
    expect(numbers(answer)).toEqual(cited);
  });

  it('stand where they are said to stand', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('[1]', '[2, 3]', '`', '```', '\n'))), (parts) => {
        const answer = parts.join('');
        for (const { start, end } of citationsOf(answer)) {
          expect(answer.slice(start, end)).toMatch(/^[[【].*[\]】]$/s);
        }
      }),
    );
  });
});

describe('sentences without a citation', () => {
  it.each([
    ['It waits [1]. It waits longer.', ['It waits longer.']],
    ['It waits. [1] Then it ends [2].', []],
    ['It waits.[1][2] Then it ends.', ['Then it ends.']],
    ['# A heading\n\nThe steps are:\n- first [1]\n- second', ['second']],
    ['1. first [1]\n2. second [2]', []],
    ['Use e.g. a pause [1].', []],
    ['See:\n```\ncode without. any.\n```\nDone [1].', []],
    ['', []],
    ['[1]', []],
  ])('%j has %j', (answer, without) => {
    expect(bare(answer)).toEqual(without);
  });

  it('never takes long, and cuts nothing that is not there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (answer) => {
        for (const { start, end } of sentencesWithoutCitation(answer)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(answer.length);
          expect(end).toBeGreaterThan(start);
        }
      }),
    );
    expect(bare('a. '.repeat(20_000))).toEqual([]);
  });
});

describe('an answer’s Markdown', () => {
  const plain = (inlines: readonly Inline[]) => inlines.map(({ kind, text }) => `${kind}:${text}`);

  it('is paragraphs, headings, lists and code', () => {
    const blocks = blocksOf(
      '# Head\nOne\ntwo [1].\n\n- a **b** [2]\n- `c`\n  more\n\n1. x\n\n```ts\nlet a = [1];\n```\nEnd',
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'list', 'code', 'paragraph']);
    const [, one, list, ordered, code] = blocks as [
      Block,
      Extract<Block, { inlines: unknown }>,
      Extract<Block, { items: unknown }>,
      Block,
      Block,
    ];
    expect(plain(one.inlines)).toEqual(['text:One two ', 'citation:[1]', 'text:.']);
    expect(list.items.map(plain)).toEqual([
      ['text:a ', 'strong:b', 'text: ', 'citation:[2]'],
      ['code:c', 'text: more'],
    ]);
    expect(ordered).toMatchObject({ ordered: true });
    expect(code).toEqual({ kind: 'code', text: 'let a = [1];' });
  });

  it.each(['<b>x</b>', '![p](http://x/y.png)', '[text](javascript:alert(1))', '<https://x>', '&lt;'])(
    'keeps %s as the text that it is',
    (text) => {
      const [block] = blocksOf(text) as [Extract<Block, { inlines: unknown }>];
      expect(block.inlines.map((part) => part.text).join('')).toBe(text);
      expect(block.inlines.every(({ kind }) => kind === 'text')).toBe(true);
    },
  );

  it('loses no word, also while it is still being written', () => {
    const parts = fc.constantFrom('word', '**', '*', '`', '```', '\n', '\n\n', '- ', '# ', '[1]', ' ', '1. ');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (pieces) => {
        const answer = pieces.join('');
        const shown = blocksOf(answer)
          .flatMap((block): string[] =>
            block.kind === 'code'
              ? [block.text]
              : block.kind === 'list'
                ? block.items.flatMap((item) => item.map(({ text }) => text))
                : block.inlines.map(({ text }) => text),
          )
          .join(' ');
        // What stands on the line of a fence is its language.
        const fences = answer.replace(/^\s*```.*$/gm, '');
        expect(shown.split('word').length).toBeGreaterThanOrEqual(fences.split('word').length);
      }),
    );
  });
});
