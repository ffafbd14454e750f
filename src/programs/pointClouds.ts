// Points of two kinds in the plane that a straight line can't part, drawn once and for all.

import { seededRandom } from '../shared/environment.ts';

export interface Cloud {
  readonly places: readonly (readonly [x: number, y: number])[];
  /** 0 or 1 for each. */
  readonly kinds: readonly number[];
  readonly names: readonly [string, string];
}

export const cloudParam = {
  type: 'choice',
  label: 'Points',
  default: 'corners',
  options: [
    { value: 'corners', label: 'XOR: four crowds' },
    { value: 'island', label: 'An island in a ring' },
    { value: 'moons', label: 'Two hooked moons' },
  ],
} as const;

const COUNT = 60;
const SEED = 11;

const makers: Readonly<
  Record<string, (kind: number, along: number, noise: () => number) => readonly [number, number]>
> = {
  corners: (kind, along, noise) => {
    const side = along < 0.5 ? 1 : -1;
    return [side * 0.75 + noise(), side * (kind === 1 ? -0.75 : 0.75) + noise()];
  },
  island: (kind, along, noise) => {
    const far = kind === 1 ? 0.35 : 1.1;
    return [far * Math.cos(2 * Math.PI * along) + noise(), far * Math.sin(2 * Math.PI * along) + noise()];
  },
  moons: (kind, along, noise) => {
    const angle = Math.PI * along;
    return kind === 0
      ? [Math.cos(angle) - 0.4 + noise(), Math.sin(angle) - 0.2 + noise()]
      : [0.4 - Math.cos(angle) + noise(), 0.2 - Math.sin(angle) + noise()];
  },
};

export function cloudOf(name: string): Cloud {
  const random = seededRandom(SEED);
  const noise = () => 0.3 * (random() + random() - 1);
  const kinds = Array.from({ length: COUNT }, (_, i) => i % 2);
  const places = kinds.map((kind, i) => makers[name]!(kind, (i >> 1) / (COUNT / 2), noise));
  return { places, kinds, names: ['round', 'square'] };
}
