// What prose becomes: formulas, prices, tables, headings, code, links, and texts of any line ends.

import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { changed, courseOf, overviewFaults, overviewOf, SAMPLE } from './sample.ts';

const formulas = (html: string) =>
  [...html.matchAll(/<annotation encoding="application\/x-tex">([^<]*)</g)].map((m) => m[1]);

describe('dollar signs', () => {
  it.each([
    ['$5 and $6', []],
    ['from $5-$6 to US$7, then $8.', []],
    ['($5) or ($6)', []],
    ['\\$a and \\$b', []],
    ['`$a` and `$b`', []],
    ['costs $5 `x$`', []],
    ['5$ and 6$', []],
    ['a $ b $ c', []],
    ['$a$', ['a']],
    ['$a$, $b$ and $5', ['a', 'b']],
    ['$2x + 1$ for $3', ['2x + 1']],
    ['($n$)', ['n']],
    ['**$n$**', ['n']],
    ['$a_1 * b_1$ and *$c$*', ['a_1 * b_1', 'c']],
    ['$\\text{\\$5}$', ['\\text{\\$5}']],
    ['$a <\nb$', ['a &lt;\nb']],
  ])('%j holds the formulas %j', async (markdown, expected) => {
    expect(formulas(await overviewOf(markdown))).toEqual(expected);
  });

  it('leaves a price as it is written', async () => {
    expect(await overviewOf('It costs $5 and $6.')).toBe('<p>It costs $5 and $6.</p>\n');
  });

  it.each(['$$\na\n$$', '$$a$$', 'text\n$$\na\n$$\nmore', '- item\n\n  $$\n  a\n  $$', '> $$\n> a\n> $$'])(
    '%j is a display formula',
    async (markdown) => {
      const html = await overviewOf(markdown);
      expect(html).toContain('<div class="formula"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block">');
      expect(formulas(html)).toEqual(['a']);
    },
  );
});

it('a formula is MathML that keeps its TeX as an annotation, and nothing else of KaTeX', async () => {
  const html = await overviewOf('$\\frac{a}{b}$');
  expect(html).toBe(
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow>' +
      '<annotation encoding="application/x-tex">\\frac{a}{b}</annotation></semantics></math></p>\n',
  );
});

describe('the name of a function', () => {
  const drawn = async (tex: string) =>
    (await overviewOf(`$${tex}$`))
      .replace(/<annotation.*?<\/annotation>/, '')
      .replaceAll(/<mspace width="0.1667em"><\/mspace>/g, '_')
      .replaceAll(/<[^>]*>|\u2061|\s/g, '');

  // Where TeX puts its thin spaces (Knuth, The TeXbook, chapter 18): between a name and what is no bracket.
  it.each([
    ['\\sin a \\cos b', 'sin_a_cos_b'],
    ['|a| \\cos\\theta', '∣a∣_cos_θ'],
    ['\\cos(a, b)', 'cos(a,b)'],
    ['\\sin(a) \\cos(b)', 'sin(a)_cos(b)'],
    ['2 \\sin^2 x', '2_sin2_x'],
    ['\\log_2 x', 'log2_x'],
    ['\\cos\\left(\\frac{a}{b}\\right)', 'cos(ab)'],
    ['a = \\cos b', 'a=cos_b'],
    ['\\frac{a}{\\sin^2} \\log', 'asin2log'],
  ])('in %j has its thin spaces', async (tex, expected) => {
    expect(await drawn(tex)).toBe(expected);
  });
});

it('a definition in one formula is not known in the next', async () => {
  expect(await overviewFaults('$\\gdef\\mine{x}\\mine$ and\n$\\mine$')).toEqual([
    "2: the formula can't be read: Undefined control sequence: \\mine.",
  ]);
});

it('a table is aligned by classes and scrolls by itself', async () => {
  const html = await overviewOf('| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |');
  const classes = [...html.matchAll(/<t[hd]( class="([^"]*)")?>/g)].map((match) => match[2] ?? '');
  expect(classes).toEqual([
    '',
    'align-left',
    'align-center',
    'align-right',
    '',
    'align-left',
    'align-center',
    'align-right',
  ]);
  expect(html).toMatch(/^<div class="table"><table>.*<\/table><\/div>\n$/s);
});

it('headings get anchors of their own and the table of contents', async () => {
  const text = changed(
    'A first *paragraph*.',
    '### Why `a` & b?\n\nx\n\n### Why a b\n\nx\n\n#### Deeper\n\n### 猫 été\n\nx',
  );
  const lesson = await courseOf(text).lesson('text-to-tokens');
  expect(lesson.sections.map(({ id }) => id)).toEqual(['overview', 'deep-dive', 'implementation', 'check', 'breaks']);
  expect(lesson.sections[0]!.headings).toEqual([
    { id: 'overview-why-a-b', title: 'Why a & b?' },
    { id: 'overview-why-a-b-2', title: 'Why a b' },
    { id: 'overview-猫-e-te', title: '猫 été' },
  ]);
  const [first] = lesson.sections[0]!.content;
  expect(first).toMatchObject({ type: 'html', html: expect.stringContaining('<h4 id="overview-deeper">Deeper</h4>') });
});

it('code is coloured by classes and escaped', async () => {
  const html = await overviewOf('```ts\nconst a = "<b>";\n```\n\n    <i>\n\n```\n<u>\n```');
  expect(html).toContain('<span class="hljs-keyword">const</span>');
  expect(html).toContain('&lt;b&gt;');
  expect(html).toContain('<pre class="code"><code class="hljs">&lt;i&gt;\n</code></pre>');
  expect(html).toContain('<pre class="code"><code class="hljs">&lt;u&gt;\n</code></pre>');
});

it('links go to https, lessons and places in the sources, references included', async () => {
  const html = await overviewOf(
    '[a](https://example.org/x?y=1&z=2) [b](lesson:first-steps) [c](source:src/shared/sample.ts#twice) ' +
      '[d](source:src/shared/sample.ts) [e] <https://example.org>\n\n[e]: https://example.org/e',
  );
  const hrefs = parseFragment(html).childNodes.flatMap((node) =>
    'childNodes' in node
      ? node.childNodes.flatMap((child) => ('attrs' in child ? child.attrs.map((a) => a.value) : []))
      : [],
  );
  expect(hrefs).toEqual([
    'https://example.org/x?y=1&z=2',
    'lesson:first-steps',
    'source:src/shared/sample.ts#L4',
    'source:src/shared/sample.ts',
    'https://example.org/e',
    'https://example.org',
  ]);
});

it('plain addresses and quotes are left alone', async () => {
  expect(await overviewOf(`See example.org, https://example.org -- "so" (c)`)).toBe(
    '<p>See example.org, https://example.org -- &quot;so&quot; (c)</p>\n',
  );
});

it('is the same with CRLF, with lone CR and with a byte order mark', async () => {
  const expected = await courseOf(SAMPLE).lesson('text-to-tokens');
  for (const text of [SAMPLE.replaceAll('\n', '\r\n'), SAMPLE.replaceAll('\n', '\r'), `\uFEFF${SAMPLE}`]) {
    expect(await courseOf(text).lesson('text-to-tokens')).toEqual(expected);
  }
});

it('gives the whole lesson: sections in order, blocks with lines, defaults and goals', async () => {
  const lesson = await courseOf(SAMPLE).lesson('text-to-tokens');
  expect(lesson).toMatchObject({ schema: 1, id: 'text-to-tokens', number: 2, minutes: 40, needs: ['first-steps'] });
  expect(lesson.goals).toEqual([
    { block: 'stepper', text: 'Step to the end', when: 'end' },
    { block: 'plotter', text: 'Change the step', when: 'change' },
  ]);
  const blocks = lesson.sections.flatMap(({ content }) => content.filter((one) => one.type !== 'html'));
  expect(blocks).toEqual([
    {
      type: 'step',
      line: 18,
      id: 'stepper',
      program: 'word-tokenizer',
      params: { corpus: 'a b a', lowercase: true },
      controls: ['corpus'],
      caption: 'Words become numbers',
      goal: { block: 'stepper', text: 'Step to the end', when: 'end' },
    },
    {
      type: 'source',
      line: 39,
      id: 'source-twice',
      file: 'src/shared/sample.ts',
      firstLine: 3,
      lastLine: 6,
      html: expect.stringContaining('<span class="hljs-comment">/** Doubles. */</span>'),
    },
    {
      type: 'plot',
      line: 44,
      id: 'plotter',
      program: 'types-and-tokens',
      params: { piecesPerStep: 10 },
      controls: ['piecesPerStep'],
      table: 'growth',
      x: 'tokens',
      y: ['types'],
      goal: { block: 'plotter', text: 'Change the step', when: 'change' },
    },
    {
      type: 'quiz',
      line: 57,
      id: 'why-pieces',
      question: 'What is <em>x</em>?',
      options: [
        { text: 'One', right: true, why: 'It is.' },
        { text: 'Two', right: false, why: "It isn't." },
      ],
    },
    { type: 'tokens', line: 68, id: 'words', encoding: 'r50k_base', text: 'Hello world' },
  ]);
});

it('takes several tokenizers for one text, the first of which is the main one', async () => {
  const several = SAMPLE.replace('encoding: r50k_base', 'encodings: [r50k_base, cl100k_base]');
  const lesson = await courseOf(several).lesson('text-to-tokens');
  const blocks = JSON.stringify(lesson);
  expect(blocks).toContain('"encoding":"r50k_base","encodings":["r50k_base","cl100k_base"]');
});

it('survives a structured clone and JSON unchanged', async () => {
  const lesson = await courseOf(SAMPLE).lesson('text-to-tokens');
  expect(structuredClone(lesson)).toEqual(lesson);
  expect(JSON.parse(JSON.stringify(lesson))).toEqual(lesson);
});
