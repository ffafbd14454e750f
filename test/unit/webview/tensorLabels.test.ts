// Labels along an axis, and how wide columns are to begin with.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened, widestOf, widthOf } from '../../../webview/elements/tensor/labelText.ts';
import { fitted, readable } from '../../../webview/elements/tensor/viewport.ts';

describe('a label', () => {
  it('is cut to its room, between the letters as people count them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 14, max: 300 }), (text, room) => {
        const shown = shortened(text, room);
        if (shown === text) {
          return;
        }
        expect(shown.endsWith('…')).toBe(true);
        expect(text.startsWith(shown.slice(0, -1))).toBe(true);
        expect(() => encodeURIComponent(shown), 'half a character').not.toThrow();
        expect(widthOf(text)).toBeGreaterThan(room);
        const letters = [...new Intl.Segmenter().segment(shown)].length;
        expect(letters === 2 || widthOf(shown) <= room + 1e-6).toBe(true);
      }),
    );
  });

  it('takes twice the room where its letters are wide', () => {
    expect(widthOf('漢字')).toBeCloseTo(2 * widthOf('ab'), 9);
    expect(shortened('漢字のラベル', 40)).toBe('漢字…');
    expect(shortened('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 30)).toBe('👩‍👩‍👧‍👦…');
    expect(widestOf(['a', 'abc', ''])).toBe(widthOf('abc'));
  });
});

describe('few columns', () => {
  const narrow = { width: 240, height: 320 };

  it('keep the width that their numbers need, and many are all seen', () => {
    expect(readable({ rows: 1, columns: 12 }, narrow, 34).columnSize).toBe(34);
    expect(readable({ rows: 16, columns: 16 }, narrow, 34).columnSize).toBe(34);
    for (const extent of [
      { rows: 1, columns: 17 },
      { rows: 17, columns: 12 },
      { rows: 1, columns: 4 },
    ]) {
      expect(readable(extent, narrow, 34)).toEqual(fitted(extent, narrow));
    }
  });
});
