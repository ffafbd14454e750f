import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inDocument, type Stretch, settleTime, subjectOf, textOf } from '../../../src/host/tokensSubject.ts';

const text = 'first line\nsecond line\nthird line';
const document = { id: '1 file:///a.txt', version: 3, name: 'a.txt', length: text.length, lineCount: 3 };
const read = ({ start, end }: Stretch) => text.slice(start, end);
const at = (start: number, end: number): Stretch => ({
  start,
  end,
  firstLine: text.slice(0, start).split('\n').length - 1,
  lastLine: text.slice(0, end).split('\n').length - 1,
});

describe('what is inspected', () => {
  it('is the whole document when nothing is selected', () => {
    const subject = subjectOf(document, [at(4, 4)]);
    expect(subject.what).toBe('document');
    expect(textOf(subject, read)).toBe(text);
    expect(subject.lines).toEqual([1, 3]);
    expect(subject.length).toBe(text.length);
  });

  it('stays the same while only the empty cursor moves, and is another after an edit', () => {
    expect(subjectOf(document, [at(4, 4)]).key).toBe(subjectOf(document, [at(9, 9)]).key);
    expect(subjectOf({ ...document, version: 4 }, [at(4, 4)]).key).not.toBe(subjectOf(document, [at(4, 4)]).key);
    expect(subjectOf({ ...document, id: '2 file:///a.txt' }, []).key).not.toBe(subjectOf(document, []).key);
    expect(subjectOf(document, [at(0, 5)]).key).not.toBe(subjectOf(document, [at(0, 6)]).key);
    // All of it selected is another subject than nothing selected: its heading is another.
    expect(subjectOf(document, [at(0, text.length)]).key).not.toBe(subjectOf(document, []).key);
  });

  it('joins several selections by line breaks, in the order of the document, without the empty ones', () => {
    const subject = subjectOf(document, [at(11, 17), at(2, 2), at(0, 5)]);
    expect(textOf(subject, read)).toBe('first\nsecond');
    expect(subject.lines).toEqual([1, 2]);
    expect(subject.length).toBe('first\nsecond'.length);
  });

  it('finds its place in the document again', () => {
    const subject = subjectOf(document, [at(11, 17), at(0, 5)]);
    expect(inDocument(subject, 0, 5)).toEqual([{ start: 0, end: 5 }]);
    expect(inDocument(subject, 6, 9)).toEqual([{ start: 11, end: 14 }]);
    expect(inDocument(subject, 3, 8)).toEqual([
      { start: 3, end: 5 },
      { start: 11, end: 13 },
    ]);
    expect(inDocument(subject, 5, 6)).toEqual([]);
  });

  it('says of every stretch of its text where it stands', () => {
    const cuts = fc.uniqueArray(fc.nat(text.length), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(cuts, fc.nat(40), fc.nat(40), (places, a, b) => {
        const sorted = [...places].sort((x, y) => x - y);
        const stretches = sorted.flatMap((start, index) => {
          const end = sorted[index + 1];
          return index % 2 === 0 && end !== undefined ? [at(start, end)] : [];
        });
        const subject = subjectOf(document, stretches);
        const whole = textOf(subject, read);
        const [from, to] = [Math.min(a, b, whole.length), Math.min(Math.max(a, b), whole.length)];
        const found = inDocument(subject, from, to).map(({ start, end }) => text.slice(start, end));
        // What is found is the stretch, but for the line breaks that join.
        const bare = (part: string) => part.replaceAll('\n', '');
        expect(bare(found.join(''))).toBe(bare(whole.slice(from, to)));
      }),
    );
  });

  it('is asked for less often when it is large', () => {
    expect(settleTime(5_000_000)).toBeGreaterThan(settleTime(1000));
  });
});
