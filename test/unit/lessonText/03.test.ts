// Lesson 03: each number and each outcome that its prose speaks of, computed section by section; and its style.

import { describe, expect, it } from 'vitest';
import { greedy, laterCuts, theCut, utf8 } from './bytePairCuts.ts';
import { inventedWord, story, theLine } from './bytePairOverview.ts';
import { lesson } from './bytePairs.ts';
import { byRank, saving, ticket, troubles } from './bytePairTroubles.ts';
import { Claims } from './lessonProse.ts';

describe('lesson 03, byte pair encoding', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    theLine(claims);
    inventedWord(claims);
    story(claims);
    utf8(claims);
    greedy(claims);
    theCut(claims);
    laterCuts(claims);
    byRank(claims);
    saving(claims);
    troubles(claims);
    ticket(claims);
    expect(claims.numbers).toBeGreaterThan(90);
    expect(claims.unclaimed()).toEqual([]);
  });
});
