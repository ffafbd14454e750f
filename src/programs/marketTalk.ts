// A small language of our own, for words to be learned from: short sentences about a village, drawn by seed. Which words
// belong together is nowhere said; it shows only in what stands beside what.

import { type Random, seededRandom } from '../shared/environment.ts';

/** The words that sentences have gaps for, by kind. Learning never sees the kinds: they colour the map. */
export const KINDS = {
  animals: ['cat', 'dog', 'goat', 'hen', 'cow', 'horse'],
  food: ['bread', 'cheese', 'soup', 'apples', 'rice', 'cake'],
  places: ['market', 'harbour', 'school', 'mill', 'church', 'station'],
  tools: ['hammer', 'saw', 'needle', 'spade', 'brush', 'knife'],
  weather: ['rain', 'snow', 'fog', 'wind', 'frost', 'hail'],
} as const;
export type Kind = keyof typeof KINDS;

const SENTENCES: readonly string[] = [
  'the animals sleeps in the barn',
  'the hungry animals eats grass',
  'she feeds the hungry animals',
  'the animals runs after a animals',
  'we eat warm food for supper',
  'he cooks food for his guests',
  'fresh food tastes good',
  'she bought food and food at noon',
  'they walk to the places every day',
  'the old places stands near the river',
  'we met them at the places',
  'he came from the places to the places',
  'he mends it with a tools',
  'hand me the tools please',
  'the sharp tools lies on the bench',
  'a tools and a tools hang here',
  'heavy weather fell all night',
  'after the weather came cold weather',
  'the forecast says weather tomorrow',
  'weather and weather kept us inside',
];
const SEED = 14;

/** So many sentences, as lists of words. */
export function marketTalk(count: number): string[][] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, () => drawn(random));
}

function drawn(random: Random): string[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return pick(SENTENCES)
    .split(' ')
    .map((word) => (word in KINDS ? pick<string>(KINDS[word as Kind]) : word));
}
