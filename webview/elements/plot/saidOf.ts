// What a session's plot says of itself: how far it has come, and what its newest step notes.

import { t } from '../../l10n.ts';
import type { Series } from './series.ts';

/** @param series undefined before the first run */
export function saidOf(series: Pick<Series, 'frames' | 'newest'> | undefined, done: boolean): string {
  if (series === undefined) {
    return t('Nothing is drawn yet: press Run.');
  }
  const { frames, newest } = series;
  if (frames === 0) {
    return '';
  }
  const counted = frames === 1 ? t('1 point.') : t('{0} points.', frames);
  const note = newest?.note ?? newest?.label ?? '';
  return done && frames > 1 ? `${counted} ${t('Finished.')} ${note}` : `${counted} ${note}`;
}
