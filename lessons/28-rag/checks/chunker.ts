import { defineCheck } from 'inside-llms/check';

const WORDS = ['kiln', 'clay', 'glaze', 'shelf', 'hot', 'rule', 'fee', 'key', 'shut', 'dry'];

export const check = defineCheck<[text: string, limit: number]>({
  parameters: ['text', 'limit'],
  draw: (random, size) => {
    const limit = size + 2;
    const words = (most: number) =>
      Array.from({ length: 1 + Math.floor(random() * most) }, () => WORDS[Math.floor(random() * WORDS.length)]);
    const parts = Array.from({ length: size + 1 }, () => {
      const kind = random();
      return kind < 0.25 ? `# ${words(2).join(' ')}` : words(kind < 0.8 ? limit : 3 * limit).join(' ');
    });
    return [parts.join('\n\n'), limit];
  },
  planted: [
    {
      inputs: () => ['# Kiln\n\nKeep it shut.\n\nWait long.\n\nNever open it while hot.', 5],
      why: 'the example',
    },
    { inputs: () => ['# Kiln\n\nShut.\n\n# Fees\n\nPay six.', 9], why: 'two headings, and room for both texts' },
    { inputs: () => ['one two three four five six seven', 3], why: 'a long paragraph, cut into three' },
    { inputs: () => ['# Kiln\n\none two three four\n\nfive', 2], why: 'a cut paragraph, then a short one' },
    { inputs: () => ['one\n\n# Kiln\n\n# Fees\n\ntwo', 4], why: 'a heading with nothing under it' },
    { inputs: () => ['# Fees\n\nSix.\n\n# Fees\n\nTen.', 9], why: 'two headings that read alike' },
    { inputs: () => ['Door #4.\n\n#5 is shut.\n\nKey # 6 is lost.', 9], why: 'signs that make no heading' },
    { inputs: () => ['one two three four\n\nfive', 3], why: 'what is left of a cut paragraph has room for the next' },
    {
      inputs: () => ['one two\n\nthree four\n\nfive', 3],
      why: 'a passage is closed, and two paragraphs fit into the next',
    },
  ],
  parts: [
    {
      id: 'one',
      title: 'One short paragraph is one passage',
      cases: [{ inputs: () => ['Keep it shut.', 5], why: 'no heading above it' }],
    },
  ],
  invariants: [
    {
      holds: (result, [, limit]) =>
        (result as { text: string }[]).every((passage) => passage.text.split(/\s+/).length <= limit),
      otherwise: 'No passage should have more words than the limit.',
    },
    {
      holds: (result, [text]) =>
        (result as { text: string }[]).flatMap((passage) => passage.text.split(/\s+/)).join(' ') ===
        text
          .split('\n\n')
          .filter((part) => !part.startsWith('# '))
          .join(' '),
      otherwise:
        'Read one after the other, your passages should have every word of the file once, but for the headings.',
    },
  ],
  mutants: {
    'by-words':
      'You cut after every so many words, whatever stands there. That tears rules apart in the middle: put whole paragraphs together instead.',
    'one-each':
      'Each paragraph is a passage of its own in your list. Short ones that stand together belong together, as long as they have room.',
    'looks-too-late':
      'You close a passage once it has become too long. Look before you add a paragraph: would it still have room?',
    'last-lost': 'The passage that is open at the end of the file is never closed, so its words are lost.',
    'over-headings':
      'Your passages run on across a heading. What stands above it and what stands below belong to different things: a heading is a border.',
    'heading-once':
      'Only the first passage below a heading knows it. Then nobody can tell what “they pay six euros” is about: the heading goes with each of them.',
    'long-kept':
      'A paragraph with more words than the limit stays whole in your list. Cut it after every `limit` words.',
    'heading-in-text':
      'Your passages begin with the heading’s own line. It has a place of its own, and doesn’t count as words of the text.',
    'one-less':
      'You close a passage too early: a paragraph still has room when the passage then has exactly `limit` words.',
    'size-kept':
      'When a passage is closed, you go on counting from its number of words. The next one begins with none: set the count back to 0.',
    'rest-left-open':
      'The end of a paragraph that you cut shares a passage with the next paragraph. A long one stands by itself: what is left of it is a passage of its own.',
  },
});
