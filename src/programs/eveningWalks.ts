// Sentences in which a word depends on one far before it: who it was that walked, and so whether it was her dog or his.
// Drawn by seed from a small grammar.

import { seededRandom } from '../shared/environment.ts';

const HERS = ['Anna', 'Mira', 'Leila', 'Nora', 'Ines', 'Ruth'];
const HIS = ['Otto', 'Jonas', 'Pavel', 'Samir', 'Emil', 'Tomas'];
const HOUSES = ['old', 'small', 'white', 'tall'];
const NEAR = ['mill', 'harbour', 'church', 'station', 'bridge'];
const WENT = ['walked home', 'came back', 'went out', 'sat down'];
const WITH = ['dog', 'cat', 'umbrella', 'book', 'bicycle'];
const SEED = 140;

/** The names by the word that belongs to them. */
export const NAMES = { her: HERS, his: HIS } as const;

/** So many sentences in a row. */
export function eveningWalks(count: number): string {
  const random = seededRandom(SEED);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const sentence = () => {
    const whose = random() < 0.5 ? 'her' : 'his';
    const name = pick(NAMES[whose]);
    const ending = `${pick(WENT)} with ${whose} ${pick(WITH)}.`;
    return random() < 0.5
      ? `${name} ${ending}`
      : `${name} lives in the ${pick(HOUSES)} house near the ${pick(NEAR)} and ${ending}`;
  };
  return Array.from({ length: count }, sentence).join(' ');
}
