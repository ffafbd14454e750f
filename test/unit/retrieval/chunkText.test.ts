// Lines, paragraphs and markdown: where they are cut, and that nothing is lost of any text.

import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import {
  bestCut,
  chunkFile,
  chunkQuickly,
  findQuickly,
  quickCut,
  type SyntaxParser,
} from '../../../src/retrieval/chunk/chunkFile.ts';
import { chunkLimits } from '../../../src/retrieval/chunk/limits.ts';
import { chunkLines } from '../../../src/retrieval/chunk/lines.ts';
import { chunkMarkdown } from '../../../src/retrieval/chunk/markdown.ts';
import { chunkParagraphs } from '../../../src/retrieval/chunk/paragraphs.ts';
import { allInTurns } from '../../../src/retrieval/chunk/spans.ts';
import { expectWhole } from './chunkChecks.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const cutters = { chunkLines, chunkParagraphs, chunkMarkdown };

describe.for(Object.entries(cutters))('%s', ([, cut]) => {
  test('loses nothing of random text, and makes no chunk too long', () => {
    const word = fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '# a',
      '\n## b\n',
      '---\n',
      '===\n',
      '```\n',
      '~~~',
      '- ',
      '    ',
      '\t',
      'word. ',
      '😀',
      '\u00a0',
      '\u2028',
      '}',
      'x'.repeat(30),
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 200 }),
        fc.integer({ min: 10, max: 200 }),
        (words, most) => {
          const text = words.join('');
          const chunks = cut(text, { most, good: most >> 1, alone: 1, tiny: 1 });
          expectWhole(text, chunks);
          for (const chunk of chunks) {
            expect(chunk.text.length).toBeLessThanOrEqual(most);
            // No character is torn.
            expect(chunk.text).not.toMatch(/\p{Cs}/u);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is done with a long text of one thing, which would take minutes were it to look back', () => {
    for (const piece of ['x', '\n', '\r', ' ', '# ', '#', '`', '[', '- a\n', 'a\n\n', '```\n', '*_', 'a\n---\n']) {
      const text = piece.repeat(Math.ceil(600_000 / piece.length));
      const chunks = cut(text);
      expect(chunks.length).toBeLessThanOrEqual(text.length / 3);
    }
  });
});

describe('lines', () => {
  test('are cut after a blank line, before what is little indented', () => {
    const block = (name: string) => `def ${name}():\n${'    work()\n'.repeat(30)}`;
    const text = ['a', 'b', 'c', 'd', 'e', 'f'].map(block).join('\n');
    const chunks = chunkLines(text);
    expectWhole(text, chunks);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.filter((chunk) => !chunk.text.startsWith('def '))).toEqual([]);
  });

  test('are at most sixty, and none begins with a bracket that closes', () => {
    const text = `${'f({\n  a,\n});\n'.repeat(200)}`;
    const chunks = chunkLines(text);
    expect(Math.max(...chunks.map(({ startLine, endLine }) => endLine - startLine + 1))).toBeLessThanOrEqual(60);
    expect(chunks.filter((chunk) => !chunk.text.startsWith('f('))).toEqual([]);
  });
});

test('paragraphs are put together while they are short, and cut between sentences where they are long', () => {
  const sentence = 'This is a sentence of some words. ';
  const text = `Short.\n\nAlso short.\n\n${sentence.repeat(100)}\n\nEnd.`;
  const chunks = chunkParagraphs(text);
  expectWhole(text, chunks);
  expect(chunks[0]?.text).toBe('Short.\n\nAlso short.');
  expect(chunks.slice(1, -1).filter((chunk) => !/^This.*words\.$/s.test(chunk.text))).toEqual([]);
  expect(chunks.every(({ kind, names }) => kind === 'paragraph' && names.length === 0)).toBe(true);
});

describe('markdown', () => {
  const trails = (text: string) =>
    chunkMarkdown(text).map(({ names, startLine, endLine }) => `${names.join(' > ')} ${startLine}-${endLine}`);

  test('sections stand under the trail of their headings', () => {
    const text = `---
title: x
# no heading
---
Intro.

# One
Text.
## Two *with* \`marks\` ##
- a

Three [link](http://x)
-----
Text.

### Four

# Five
#hashtag
    # code
> # quoted
- item
---
`;
    expectWhole(text, chunkMarkdown(text));
    expect(trails(text)).toEqual(
      ['1-5', 'One 7-8', 'One > Two with marks 9-10', 'One > Three link 12-14', 'Five 16-23'].map((one) =>
        /^\d/.test(one) ? ` ${one}` : one,
      ),
    );
  });

  test('a fence is not torn, and what stands in it is no heading', () => {
    const fence = `\`\`\`sh\n# a comment\n${'echo 1\n\n'.repeat(80)}\`\`\`\n`;
    const text = `# Use\n${'Words and words.\n\n'.repeat(60)}${fence}\n${'More words.\n\n'.repeat(60)}`;
    const chunks = chunkMarkdown(text);
    expectWhole(text, chunks);
    expect(chunks.filter(({ names }) => names.join() !== 'Use')).toEqual([]);
    const withFence = chunks.filter((chunk) => chunk.text.includes('echo 1'));
    expect([withFence.length, withFence[0]?.text.includes(fence.trim())]).toEqual([1, true]);
    expect(chunkMarkdown(`~~~\n# a\n\`\`\`\n# b\n`).map(({ names }) => names)).toEqual([[]]);
  });

  test("headings are those that markdown-it sees, in the packages' own pages", async () => {
    const markdown = new MarkdownIt();
    let headings = 0;
    for await (const file of glob('*/{README,CHANGELOG,readme}.md', { cwd: path.join(root, 'node_modules') })) {
      const text = await readFile(path.join(root, 'node_modules', file), 'utf8');
      const tokens = markdown.parse(text, {});
      const seen = tokens.flatMap(({ type, level, map }) =>
        type === 'heading_open' && level === 0 && map ? [map[0] + 1] : [],
      );
      headings += seen.length;
      const chunks = chunkMarkdown(text);
      expectWhole(text, chunks, file);
      // Where a trail changes, a heading stands; and the last name of a trail is a heading's.
      for (const [at, chunk] of chunks.entries()) {
        const before = chunks[at - 1];
        if (before !== undefined && before.names.join('\n') !== chunk.names.join('\n')) {
          expect(seen, `${file}:${chunk.startLine}`).toContain(chunk.startLine);
        }
      }
    }
    expect(headings).toBeGreaterThan(500);
  });
});

describe('how a file is cut', () => {
  const failing: SyntaxParser = { parse: async () => ({ why: 'no grammar today' }) };

  test('is by its language, and by lines where its syntax is not to be had', async () => {
    expect(chunkQuickly('markdown', '# A\ntext')[0]?.kind).toBe('section');
    expect(chunkQuickly('plaintext', 'text')[0]?.kind).toBe('paragraph');
    expect(chunkQuickly('typescript', 'let a;')[0]?.kind).toBe('lines');
    expect(await chunkFile('typescript', 'let a;', failing)).toMatchObject({
      chunks: [{ kind: 'lines' }],
      why: 'no grammar today',
    });
    expect(await chunkFile('constructor', 'let a;', failing)).toMatchObject({ chunks: [{ kind: 'lines' }] });
    expect([bestCut('typescript') === quickCut, bestCut('markdown') === quickCut]).toEqual([false, true]);
    expect(chunkQuickly('typescript', ' \n\t\n')).toEqual([]);
    expect(chunkLimits.good).toBeLessThan(chunkLimits.most);
  });

  test.each([
    ['markdown', '# Head\n\nSome words.\n\n'.repeat(20_000)],
    ['markdown', 'no heading, no blank line\n'.repeat(20_000)],
    ['markdown', 'a\n===\n'.repeat(80_000)],
    ['markdown', '```\ncode\n```\n'.repeat(40_000)],
    ['markdown', 'words without an end '.repeat(25_000)],
    ['plaintext', 'A paragraph.\n\n'.repeat(40_000)],
    ['json', '{"a":[1,2,3]},'.repeat(40_000)],
  ])('%s of half a megabyte lets others in, and is cut the same', async (language, text) => {
    let turns = 0;
    const giveWay = async () => {
      turns += 1;
    };
    expect(await allInTurns(findQuickly(language, text), giveWay)).toEqual(chunkQuickly(language, text));
    // No more than so many characters in one go.
    expect(text.length / turns).toBeLessThan(120_000);
  });

  test('stops when nobody wants it any more', async () => {
    const signal = { cancelled: true };
    const cutting = chunkFile('markdown', '# Head\n\nSome words.\n\n'.repeat(1000), failing, signal);
    await expect(cutting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
