// Each fault of a lesson file: its exact line and its words.

import { describe, expect, it } from 'vitest';
import { MAX_LESSON } from '../../../src/lessons/lessonText.ts';
import { changed, courseOf, FOLDER, faultsOf, overviewFaults, SAMPLE } from './sample.ts';

/** [what is replaced, by what, text at whose beginning the fault stands, reason] */
type Case = readonly [from: string, to: string, at: string, reason: string];

const frontMatter: Case[] = [
  ['minutes: 40', 'minutes: long', 'minutes', 'minutes must be a whole number from 5 to 180, and is "long".'],
  ['minutes: 40', 'minutes: 4', 'minutes', 'minutes must be a whole number from 5 to 180, and is 4.'],
  ['minutes: 40', 'minutes: 7.5', 'minutes', 'minutes must be a whole number from 5 to 180, and is 7.5.'],
  ['minutes: 40\n', '', 'id:', 'minutes is missing; it must be a whole number from 5 to 180.'],
  ['minutes: 40', 'minuets: 40', 'minuets', 'the front matter has no key "minuets"; did you mean "minutes"?'],
  [
    'title: From text to tokens',
    'title: 7',
    'title',
    'title must be a text of 1 to 100 characters on one line, and is 7.',
  ],
  [
    'title: From text to tokens',
    'title:',
    'title',
    'title must be a text of 1 to 100 characters on one line, and is empty.',
  ],
  [
    'id: text-to-tokens',
    'id: Text to tokens',
    'id: Text',
    'id must be lower-case words joined by hyphens, such as "first-merge" (60 characters at most), and is "Text to tokens".',
  ],
  [
    'id: text-to-tokens',
    'id: other-id',
    'id: other',
    'id must be "text-to-tokens" as in the folder\'s name, and is "other-id".',
  ],
  ['needs: [first-steps]', 'needs: first-steps', 'needs', 'needs must be a list of at most 12, and is "first-steps".'],
  [
    'needs: [first-steps]',
    'needs:\n  - first-steps\n  - first-stops',
    '  - first-stops',
    'needs names a lesson "first-stops" that doesn\'t exist; did you mean "first-steps"?',
  ],
  [
    'needs: [first-steps]',
    'needs: [text-to-tokens]',
    'needs',
    'needs names "text-to-tokens", which doesn\'t come before this lesson.',
  ],
  [
    'needs: [first-steps]',
    'needs: [first-steps, first-steps]',
    'needs',
    'needs names "first-steps" twice; once is enough.',
  ],
  [
    '    url: https://example.org/paper',
    '    url: http://example.org/paper',
    '    url',
    'url in sources 1 must be an address that starts with https://, and is "http://example.org/paper".',
  ],
  [
    '    url: https://example.org/paper',
    '    link: https://example.org/paper',
    '    link',
    'the front matter has no key "link" in sources 1; there are: title, url.',
  ],
  [
    'minutes: 40',
    'minutes: [40',
    'needs',
    "the front matter can't be read as YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
  ],
  [
    'minutes: 40',
    'minutes: 40\nminutes: 50',
    'minutes: 50',
    "the front matter can't be read as YAML: Map keys must be unique.",
  ],
  [
    'title: From text to tokens',
    'title: &a x',
    'title',
    'the front matter uses an anchor (&) or alias (*) of YAML; write the value itself.',
  ],
];

const blocks: Case[] = [
  [
    'program: word-tokenizer',
    'progam: word-tokenizer',
    'progam',
    'the step block has no key "progam"; did you mean "program"?',
  ],
  [
    'controls: [corpus]',
    'controls: [corpus, corpus]',
    'controls: [c',
    'controls must name each parameter once, and is a list of 2.',
  ],
  [
    '  lowercase: true',
    '  lowercase: [1]',
    '  lowercase',
    'lowercase in params must be a number, true, false or a text of at most 50,000 characters, and is a list of 1.',
  ],
  ['  when: end', '  when: done', '  when: done', 'when in goal must be one of end, change, bet, and is "done".'],
  ['  when: end', '  when: bet', '  when: bet', 'the goal asks for a bet, and the block has no "bet".'],
  [
    '  do: Step to the end\n',
    '',
    'goal:',
    'do in goal is missing; it must be a text of 1 to 200 characters on one line.',
  ],
  ['    right: true\n', '', 'options:', 'one option must have "right: true", and none has.'],
  [
    "    why: It isn't.",
    "    why: It isn't.\n    right: true",
    'options:',
    'one option must have "right: true", and 2 have.',
  ],
  [
    'y: [types]\n',
    'y: [types]\nbet: {question: Up?, choices: [{text: Yes, why: It is.}, {text: No, why: It is.}]}\n',
    'bet:',
    'one choice must have "right: true", and none has.',
  ],
  [
    '    why: It is.\n',
    '',
    '  - text: One',
    'why in options 1 is missing; it must be a text of 1 to 1,000 characters.',
  ],
  [
    '    why: It is.',
    '    whi: It is.',
    '    whi',
    'the quiz block has no key "whi" in options 1; did you mean "why"?',
  ],
  [
    'id: plotter',
    'id: stepper',
    'id: stepper\nprogram: types',
    'the id "stepper" is taken by the block at line 18; each needs its own.',
  ],
  [
    'file: src/shared/sample.ts',
    'file: src/shared/simple.ts',
    'file:',
    'there is no source file "src/shared/simple.ts".',
  ],
  [
    'file: src/shared/sample.ts',
    'file: ../secret.ts',
    'file:',
    'file must be a path in the project such as src/tokenizers/encoder.ts, and is "../secret.ts".',
  ],
  ['show: twice', 'show: twise', 'show:', 'src/shared/sample.ts exports no "twise"; did you mean "twice"?'],
  [
    '```tokens\n',
    '```tokens words\n',
    '```tokens',
    'after "tokens" nothing may follow on the fence\'s line; write its keys below.',
  ],
  [
    'text: Hello world',
    'text: "Hello world',
    'text: "Hello',
    'the tokens block can\'t be read as YAML: Missing closing "quote.',
  ],
  [
    'encoding: r50k_base\n',
    '',
    'id: words',
    'must have either "encoding" with one tokenizer or "encodings" with several.',
  ],
  [
    'encoding: r50k_base\n',
    'encoding: r50k_base\nencodings: [r50k_base, cl100k_base]\n',
    'id: words',
    'must have either "encoding" with one tokenizer or "encodings" with several.',
  ],
  [
    'encoding: r50k_base\n',
    'encodings: [r50k_base, r50k_base]\n',
    'encodings:',
    'encodings must name each tokenizer once, and is a list of 2.',
  ],
  [
    'id: words\nencoding: r50k_base\ntext: Hello world\n',
    '',
    '```tokens',
    'the tokens block must be lines of "key: value", and is empty.',
  ],
];

const sections: Case[] = [
  ['## Deep dive', '## Deep dove', '## Deep dove', 'there is no section "Deep dove"; did you mean "Deep dive"?'],
  ['## Overview\n', '', 'A first', 'text stands before the first section; start with "## Overview".'],
  [
    'A first *paragraph*.',
    '# Title',
    '# Title',
    'a heading with one # is not taken: the title stands in the front matter.',
  ],
  [
    'A first *paragraph*.',
    'x\n\n## Overview\n\nA',
    '## Overview\n\nA',
    'the section "## Overview" stands here a second time.',
  ],
  [
    '## Where this breaks\n\nIt ends here.',
    '## Where this breaks\n',
    '## Where',
    'the section "## Where this breaks" is empty.',
  ],
  ['## Where this breaks\n\nIt ends here.\n', '', '', 'the section "## Where this breaks" is missing here.'],
  ['## Implementation', '### Implementation', '## Check', 'the section "## Implementation" is missing here.'],
  [
    '## Where this breaks\n',
    '## Where this breaks\n\nx\n\n## Build it\n',
    '## Build it',
    'the section "## Build it" must stand before "## Where this breaks".',
  ],
  ['It ends here.', '```ts\nlet a;', '```ts', 'the fence that opens here is never closed; end it with a line "```".'],
  [
    'A first *paragraph*.',
    '- a\n\n  ```quiz\n  id: x\n  ```',
    '  ```quiz',
    "a quiz block can't stand inside a list or a quotation; move it to the margin.",
  ],
  [
    'A first *paragraph*.',
    '> ## Deep dive',
    '> ## Deep',
    "a section can't stand inside a list or a quotation; move its heading to the margin.",
  ],
];

describe.each([
  ['front matter', frontMatter],
  ['blocks', blocks],
  ['sections', sections],
])('faults in %s', (_, cases) => {
  it.each(cases)('%j -> %j', async (from, to, at, reason) => {
    const text = changed(from, to);
    const line = at === '' ? text.split('\n').length : text.slice(0, text.indexOf(at)).split('\n').length;
    expect(text).toContain(at);
    expect(await faultsOf(text)).toContainEqual({ file: `${FOLDER}/lesson.md`, line, reason });
  });

  it.each(cases)('%j -> %j has the same lines with CRLF and a byte order mark', async (from, to) => {
    const text = changed(from, to);
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(await faultsOf(windows)).toEqual(await faultsOf(text));
  });
});

describe('faults in prose', () => {
  it.each([
    [
      'a\nb $\\frac{a}$ c',
      ["2: the formula can't be read: Unexpected end of input in a macro argument, expected '}'."],
    ],
    ['$$\na\n\\nope\n$$', ["3: the formula can't be read: Undefined control sequence: \\nope."]],
    ['$$ a', ['1: a formula opens here and is never closed; end it with $$.']],
    [
      'x\na $y b',
      ['2: a formula opens here and is never closed; end it with $ (after no space), or write \\$ for a dollar sign.'],
    ],
    ['a $$b$$ c', ['1: a formula between $$ must start on a line of its own; in a line use one $.']],
    ['$\\color{red}{a}$', ['1: the formula sets a colour, a border or a shadow, which is not taken.']],
    ['$\\pmb{a}$', ['1: the formula sets a colour, a border or a shadow, which is not taken.']],
    ['$\\href{https://a.b}{x}$', ['1: the formula uses \\href, which is not taken.']],
    ['a\n[x](http://a.b/)', ['2: the link "http://a.b/" is not taken; links start with https:, lesson: or source:.']],
    ['[x](#overview)', ['1: the link "#overview" is not taken; links start with https:, lesson: or source:.']],
    [
      '<me@example.org>',
      ['1: the link "mailto:me@example.org" is not taken; links start with https:, lesson: or source:.'],
    ],
    ['[x](https://me:pw@a.b/)', ['1: the link "https://me:pw@a.b/" is no https address that can be opened.']],
    [
      '[x](lesson:first-step)',
      ['1: the link names a lesson "first-step" that doesn\'t exist; did you mean "first-steps"?'],
    ],
    ['[x](source:src/nope.ts)', ['1: the link names a source file "src/nope.ts" that doesn\'t exist.']],
    ['[x](source:src/shared/sample.ts#nope)', ['1: src/shared/sample.ts exports no "nope"; there are: twice, other.']],
    [
      'a\n\n![alt](picture.png)',
      ['3: pictures are not taken: show it by a block that computes it, such as step or plot.'],
    ],
    [
      '```rust\nfn\n```',
      [
        '1: code in "rust" can\'t be coloured; there are: text, typescript, ts, javascript, js, json, python, py, bash, sh, yaml.',
      ],
    ],
    [
      '| a |\n|---|\n| b |\n| [x](ftp://a) |',
      ['4: the link "ftp://a" is not taken; links start with https:, lesson: or source:.'],
    ],
    [
      '> - a\n>   `x\n>   y` [x](ftp://a)',
      ['3: the link "ftp://a" is not taken; links start with https:, lesson: or source:.'],
    ],
  ])('%j', async (markdown, expected) => {
    const faults = await overviewFaults(markdown);
    expect(faults).toHaveLength(expected.length);
    for (const [index, fault] of faults.entries()) {
      expect(fault.startsWith(expected[index]!), `${fault} should start with ${expected[index]}`).toBe(true);
    }
  });

  it('in a quiz has the line of the text', async () => {
    const text = changed("why: It isn't.", 'why: $\\nope$');
    const line = text.slice(0, text.indexOf('why: $')).split('\n').length;
    expect(await faultsOf(text)).toMatchObject([
      { line, reason: expect.stringContaining('Undefined control sequence') },
    ]);
  });
});

describe('a file that is no lesson', () => {
  it.each([
    ['', 'the lesson file is empty; it starts with its front matter between two lines of "---".'],
    ['\uFEFF \r\n\n', 'the lesson file is empty; it starts with its front matter between two lines of "---".'],
    ['## Overview\n', 'the lesson must start with its front matter: a line "---", the keys, and a line "---".'],
    ['---\nid: a\n', 'the front matter that starts here is never closed; end it with a line "---".'],
    ['x'.repeat(MAX_LESSON + 1), 'the lesson has 400,001 characters, and at most 400,000 are taken; split it.'],
  ])('%#', async (text, reason) => {
    expect(await faultsOf(text)).toEqual([{ file: `${FOLDER}/lesson.md`, line: 1, reason }]);
  });

  it('with front matter alone names each missing section', async () => {
    const text = SAMPLE.slice(0, SAMPLE.indexOf('## Overview'));
    const reasons = (await faultsOf(text)).map((fault) => fault.reason);
    const titles = ['Overview', 'Deep dive', 'Implementation', 'Check yourself', 'Where this breaks'];
    expect(reasons).toEqual(titles.map((title) => `the section "## ${title}" is missing here.`));
  });

  it('throws one fault that names the first place and counts the others', async () => {
    const text = changed('minutes: 40', 'minutes: 1').replace('## Deep dive', '## Deep dove');
    await expect(courseOf(text).lesson('text-to-tokens')).rejects.toMatchObject({
      code: 'bad-input',
      where: `${FOLDER}/lesson.md:5`,
      message: expect.stringMatching(
        /^02-text-to-tokens\/lesson\.md:5: minutes must .* There are 2 more, at line 31, \d+\.$/,
      ),
    });
  });
});

it('the sample itself is without fault', async () => {
  expect(await faultsOf(SAMPLE)).toEqual([]);
});
