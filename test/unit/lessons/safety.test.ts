// Nothing that a lesson's author writes becomes markup, script, style or a foreign address. Judged by parse5, an HTML
// parser that follows the standard, against a list of what may stand in a lesson; and by mutated lessons.

import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { MAX_LESSON } from '../../../src/lessons/lessonText.ts';
import type { Lesson } from '../../../src/shared/lesson.ts';
import { changed, courseOf, overviewOf, SAMPLE } from './sample.ts';

const HTML = new Set(
  'p h3 h4 h5 h6 em strong s code pre span a ul ol li blockquote hr br div table thead tbody tr th td'.split(' '),
);
const MATHML =
  /^(?:math|semantics|annotation|m(?:row|i|n|o|text|space|frac|sqrt|root|sup|sub|subsup|over|under|underover|table|tr|td|style|padded|phantom|enclose|multiscripts|prescripts|labeledtr))$/;
const HTML_ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  class: /^[\w -]+$/,
  id: /^[a-z]+-\S+$/,
  href: /^(?:https:\/\/|lesson:[a-z]|source:(?:src|webview)\/)/,
  title: /^/,
  start: /^\d+$/,
};
const MATHML_ATTRIBUTE =
  /^(?:xmlns|display|encoding|mathvariant|mathsize|stretchy|fence|separator|lspace|rspace|minsize|maxsize|accent|accentunder|movablelimits|linethickness|scriptlevel|displaystyle|width|height|depth|voffset|notation|class|symmetric|largeop|form|side|linebreak|align|(?:row|column)(?:align|spacing|lines)|minlabelspacing)$/;

/** What stands in `html` and may not, in words. */
function forbidden(html: string): string[] {
  const found: string[] = [];
  const look = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName.startsWith('#')) {
      if (node.nodeName === '#comment') {
        found.push('a comment');
      }
    } else {
      const element = node as DefaultTreeAdapterTypes.Element;
      const maths = element.namespaceURI.endsWith('MathML');
      if (!(maths ? MATHML.test(element.tagName) : HTML.has(element.tagName))) {
        found.push(`<${element.tagName}>`);
      }
      for (const { name, value } of element.attrs) {
        const fits = maths ? MATHML_ATTRIBUTE.test(name) : HTML_ATTRIBUTES[name]?.test(value) === true;
        if (!fits || name === 'style' || name.startsWith('on')) {
          found.push(`<${element.tagName} ${name}="${value}">`);
        }
      }
    }
    for (const child of 'childNodes' in node ? node.childNodes : []) {
      look(child);
    }
  };
  look(parseFragment(html));
  return found;
}

function allHtml(lesson: Lesson): string[] {
  return lesson.sections.flatMap(({ content }) =>
    content.flatMap((one) => {
      switch (one.type) {
        case 'html':
        case 'source':
          return [one.html];
        case 'quiz':
          return [one.question, ...one.options.flatMap(({ text, why }) => [text, why])];
        default:
          return [];
      }
    }),
  );
}

describe('the judge', () => {
  it.each([
    '<script>1</script>',
    '<p style="a:b">',
    '<a href="javascript:1">',
    '<img src=x>',
    '<p onclick="1">',
    '<!-- x -->',
    '<svg></svg>',
  ])('sees %s', (html) => {
    expect(forbidden(html)).not.toEqual([]);
  });
});

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<p style="color:red">x</p>',
  '<svg/onload=alert(1)>',
  '<!-- hidden -->',
  '<math><mtext><script>1</script></mtext></math>',
  '</p></div><iframe src="https://a.b">',
  '`<script>`',
  '    <script>indented</script>',
  '```ts\n</code></pre><script>1</script>\n```',
  '```\n</code><style>*{}</style>\n```',
  '[x](https://a.b/"onmouseover="1)',
  '[x](https://a.b/ \'a" onclick="1\')',
  '[<script>](lesson:first-steps)',
  '$\\text{<script>1</script>}$',
  '$\\text{</annotation></math><img src=x onerror=1>}$',
  '$a<b>c$',
  '$\\verb|<script>|$',
  '### <img src=x onerror=1> "quoted" \' heading',
  '| <b> | " onload=1 |\n|:--|--:|\n| `<i>` | $x$ |',
  '&lt;script&gt;&#60;script&#62;',
  '\\<script>',
  '1) a\n2) b',
  'a  \nb\n\n---\n\n> q',
  '~~gone~~ **strong** _em_',
];

describe('raw HTML comes out as text', () => {
  it.each(ATTACKS)('%j in prose', async (markdown) => {
    expect(forbidden(await overviewOf(markdown))).toEqual([]);
  });

  it.each(ATTACKS.filter((attack) => !attack.includes('\n')))('%j in a quiz', async (markdown) => {
    const text = changed('question: What is *x*?', `question: ${JSON.stringify(markdown)}`);
    const lesson = await courseOf(text).lesson('text-to-tokens');
    expect(allHtml(lesson).flatMap(forbidden)).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#10;script:alert(1)',
    '&#106;avascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'command:workbench.action.quit',
    'vscode://a/b',
    '//example.org',
    '/absolute',
    'relative.md',
    'http://example.org',
    'HTTPS:example.org',
    'https://',
    'https:///x',
    'lesson:../x',
    'source:../../secret.ts',
    'source:/etc/passwd',
    'source:src/../package.json',
    ' ',
  ])('a link to %j is a fault', async (address) => {
    const text = changed('A first *paragraph*.', `[x](<${address}>)`);
    const { lesson, faults } = await courseOf(text).compile('text-to-tokens');
    expect(lesson).toBeUndefined();
    expect(faults).toHaveLength(1);
  });
});

/** Pieces that mean something in a lesson file: mutations with them reach further than random letters. */
const SPICE = [
  ...ATTACKS,
  '---',
  '## Overview\n',
  '## ',
  '```',
  '```step\n',
  '```quiz\n',
  '$$',
  '$',
  '\\frac{',
  '[',
  '](',
  '![',
  '<',
  '>',
  '|',
  '- ',
  '  ',
  '\t',
  '\r',
  '\0',
  '\uFEFF',
  '\uD800',
  '&',
  '*a',
  '&a',
  '!!js/function',
  '__proto__: 1',
  'constructor: {}',
  '? ',
  ': ',
  '{',
  '}',
  '"',
  "'",
  '%YAML 9.9\n',
  '...\n',
];

const mutation = fc.record({
  at: fc.nat(SAMPLE.length),
  cut: fc.nat(40),
  put: fc.oneof(fc.constantFrom(...SPICE), fc.string({ unit: 'binary', maxLength: 12 }), fc.constant('')),
});

async function judge(text: string): Promise<'lesson' | 'faults'> {
  const course = courseOf(text);
  const { lessons, broken } = await course.load();
  expect(lessons.length + broken.length).toBe(2);
  const { lesson, faults } = await course.compile('text-to-tokens');
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const fault of faults) {
    expect(fault.line).toBeGreaterThanOrEqual(1);
    expect(fault.line).toBeLessThanOrEqual(lines);
    expect(fault.reason).toMatch(/[.?]$/);
  }
  expect(faults.length === 0).toBe(lesson !== undefined);
  if (lesson === undefined) {
    return 'faults';
  }
  expect(allHtml(lesson).flatMap(forbidden)).toEqual([]);
  expect((await course.compile('text-to-tokens')).lesson).toEqual(lesson);
  return 'lesson';
}

describe('any text is a lesson or has faults', () => {
  it('mutated lessons', async () => {
    const outcomes = { lesson: 0, faults: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const text = mutations.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), SAMPLE);
        outcomes[await judge(text)]++;
      }),
      { numRuns: 200 },
    );
    expect(outcomes.faults).toBeGreaterThan(50);
  });

  it('random prose in a whole lesson', async () => {
    const outcomes = { lesson: 0, faults: 0 };
    const prose = fc.array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...SPICE) },
        { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
        { weight: 3, arbitrary: fc.constantFrom('\n', '\n\n', ' a ', '*b*', ' $x$ ', '`c`') },
      ),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(prose, async (parts) => {
        outcomes[await judge(changed('A first *paragraph*.', `Text ${parts.join('')}`))]++;
      }),
      { numRuns: 250 },
    );
    expect(outcomes.lesson).toBeGreaterThan(50);
  });

  it('random text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), async (text, closed) => {
        await judge(closed ? `---\n${text}\n---\n${text}` : text);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['brackets', '['],
    ['links', '[a]('],
    ['pictures', '![['],
    ['emphasis', '*a _b '],
    ['quotations', '> '],
    ['lists', '- '],
    ['dollars', '$a '],
    ['display formulas', '$$ '],
    ['braces in a formula', '${'],
    ['addresses', '<https:'],
    ['table cells', '|a'],
    ['fences', '```step\n'],
    ['headings', '## Overview\n'],
    ['definitions', '[a]: b\n'],
    ['entities', '&#'],
    ['backticks', '` `` '],
  ])('a huge text of %s ends', async (_, unit) => {
    const room = MAX_LESSON - SAMPLE.length;
    const text = changed('A first *paragraph*.', unit.repeat(Math.floor(room / unit.length)));
    expect(text.length).toBeGreaterThan(MAX_LESSON * 0.9);
    await judge(text);
  });

  it.each(['[', '{', '{a: ', '- ', '? ', '"', '&a ', '!a '])('YAML nested thousands deep in %j ends', async (unit) => {
    await judge(changed('minutes: 40', `minutes: ${unit.repeat(8_000)}`));
    await judge(changed('caption: Words', `caption: ${unit.repeat(8_000)}`));
  });

  it('a formula nested thousands deep, or one that defines itself, is a fault', async () => {
    for (const tex of [
      '{'.repeat(900) + '}'.repeat(900),
      '\\def\\a{\\a\\a}\\a',
      '\\def\\a{xx}\\def\\b{\\a\\a}'.repeat(40),
    ]) {
      await judge(changed('A first *paragraph*.', `$${tex}$`));
    }
  });
});
