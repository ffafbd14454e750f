// How a training shall go, as the user typed it, and what is wrong with that.

import {
  LARGEST_VOCABULARY,
  SMALLEST_VOCABULARY,
  TRAINED_KINDS,
  type TrainedKind,
} from '../../src/shared/trainingMessages.ts';
import { t } from '../l10n.ts';

/** What the user set, as typed. */
export interface Options {
  readonly vocabulary: string;
  readonly minFrequency: string;
  readonly kinds: readonly TrainedKind[];
}
const DEFAULTS: Options = { vocabulary: '4000', minFrequency: '2', kinds: TRAINED_KINDS };

/** What is wrong with what was typed. */
export function faultIn({
  vocabulary,
  minFrequency,
  kinds,
}: Options): { field: keyof Options; says: string } | undefined {
  const whole = (text: string) => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN);
  const pieces = whole(vocabulary);
  if (!(pieces >= SMALLEST_VOCABULARY && pieces <= LARGEST_VOCABULARY)) {
    const says = t('A vocabulary has {0} to {1} pieces.', SMALLEST_VOCABULARY, LARGEST_VOCABULARY);
    return { field: 'vocabulary', says };
  }
  if (!(whole(minFrequency) >= 1 && whole(minFrequency) <= 1_000_000)) {
    return { field: 'minFrequency', says: t('A pair must occur at least once: a whole number from 1.') };
  }
  return kinds.length === 0 ? { field: 'kinds', says: t('Choose a kind at least.') } : undefined;
}

/** What was kept, as far as it is of this shape. */
export function optionsOf(kept: unknown): Options {
  const { vocabulary, minFrequency, kinds } = (kept ?? {}) as Partial<Record<keyof Options, unknown>>;
  return {
    vocabulary: typeof vocabulary === 'string' ? vocabulary : DEFAULTS.vocabulary,
    minFrequency: typeof minFrequency === 'string' ? minFrequency : DEFAULTS.minFrequency,
    kinds: Array.isArray(kinds) ? TRAINED_KINDS.filter((kind) => kinds.includes(kind)) : DEFAULTS.kinds,
  };
}
