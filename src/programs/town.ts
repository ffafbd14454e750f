// The data of the lesson on vector databases, made for it: the bakeries of a town, in quarters as they grow; and letters to
// a housing office, put together from parts, that a model makes real vectors of.

import { seededRandom } from '../shared/environment.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Quarters: their middle, and how far they spread. The sides of the town are at -1 and 1. */
const QUARTERS: readonly (readonly [x: number, y: number, spread: number])[] = [
  [-0.55, 0.5, 0.16],
  [0.1, 0.62, 0.13],
  [0.65, 0.35, 0.17],
  [-0.1, 0, 0.2],
  [-0.65, -0.4, 0.15],
  [0.2, -0.6, 0.16],
  [0.7, -0.45, 0.14],
];

/** Always the same bakeries; the first ones of a longer list are the shorter list. */
export function bakeries(count: number): Place[] {
  const random = seededRandom(27);
  // A sum of several even draws is nearly a bell.
  const bell = () => random() + random() + random() + random() - 2;
  return Array.from({ length: count }, (_, i) => {
    const [x, y, spread] = QUARTERS[i % QUARTERS.length]!;
    const away = i % 6 === 5; // here and there one by itself
    const place = away
      ? { x: 1.9 * (random() - 0.5), y: 1.9 * (random() - 0.5) }
      : { x: x + 1.2 * spread * bell(), y: y + 1.2 * spread * bell() };
    return { x: clamp(place.x), y: clamp(place.y) };
  });
}

const clamp = (value: number) => Math.round(1000 * Math.max(-0.98, Math.min(0.98, value))) / 1000;

/** The town lies on a globe, so that each place is a direction: a vector (3,) of length 1. Near in town is near on it. */
export function onGlobe({ x, y }: Place): Float32Array {
  const [a, b] = [0.1 * x, 0.1 * y];
  return Float32Array.of(a, b, Math.sqrt(1 - a * a - b * b));
}

const THINGS =
  'boiler|lift|front door|letter box|stair light|washing machine|cellar lock|roof|gutter|radiator|kitchen tap|balcony rail|intercom|bin store|bike rack|window|shower|fuse box|carpet|playground swing'.split(
    '|',
  );
const TROUBLES =
  'has been broken since Monday|makes a loud noise at night|drips on the floor|will not open|smells of burning|is far too cold|was painted last week|needs a new key|was scratched by a removal van|is much better now|shows an error|is dirty again'.split(
    '|',
  );
const PLACES =
  'house 3|house 12|the yard|the second floor|the attic flat|flat 7|the cellar|the north wing|flat 21|the ground floor|the courtyard house|flat 14'.split(
    '|',
  );
const WISHES =
  'Please send somebody.|Thank you for the repair.|Who pays for this?|May I reduce the rent?|The children are ill.|My neighbour says the same.|I have told you twice.|A photograph is enclosed.'.split(
    '|',
  );
/** Different letters, always in the same order. */
export function letters(count: number): string[] {
  const random = seededRandom(28);
  const one = (of: readonly string[]) => of[Math.floor(random() * of.length)]!;
  const written = new Set<string>();
  while (written.size < count) {
    written.add(`The ${one(THINGS)} in ${one(PLACES)} ${one(TROUBLES)}. ${one(WISHES)}`);
  }
  return [...written];
}

/** What somebody searches the letters for. */
export const LETTER_QUESTIONS: readonly string[] = [
  'elevator out of order',
  'water on the kitchen floor',
  'Is the heating too cold in flat 7?',
  'noise at night',
  'somebody lost a key',
  'fire risk, electric smell',
  'complaints about dirt',
  'tenants who say thank you',
  'less rent because of damage',
  'photograph of a scratch',
  'sick children',
  'fresh paint in the yard',
  'the post does not arrive',
  'bicycle stand',
  'rain comes through the roof',
  'the doorbell is silent',
  'no light on the stairs',
  'laundry',
  'cannot get into the cellar',
  'playground accident',
];
