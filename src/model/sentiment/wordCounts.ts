// The baseline: naive Bayes over the words of a text, in no order (Maron 1961; McCallum and Nigam 1998). Two numbers a
// word, learned by counting.

import { splitWords } from '../../tokenizers/words.ts';
import type { Review } from './reviews.ts';

export class WordCounts {
  private readonly counts = new Map<string, [bad: number, good: number]>();
  private readonly words: [bad: number, good: number] = [0, 0];
  private readonly texts: [bad: number, good: number] = [0, 0];

  constructor(reviews: readonly Pick<Review, 'text' | 'positive'>[]) {
    for (const { text, positive } of reviews) {
      const side = positive ? 1 : 0;
      this.texts[side]++;
      for (const word of wordsOf(text)) {
        const count = this.counts.get(word) ?? [0, 0];
        count[side]++;
        this.counts.set(word, count);
        this.words[side]++;
      }
    }
  }

  /** ln of how much likelier the text is in a good review than in a bad one; above 0 is good. Add-one smoothed. */
  score(text: string): number {
    const different = this.counts.size;
    let score = Math.log(this.texts[1] / this.texts[0]);
    for (const word of wordsOf(text)) {
      const [bad, good] = this.counts.get(word) ?? [0, 0];
      score += Math.log((good + 1) / (this.words[1] + different)) - Math.log((bad + 1) / (this.words[0] + different));
    }
    return score;
  }
}

function wordsOf(text: string): string[] {
  return splitWords(text.toLowerCase(), 'words');
}
