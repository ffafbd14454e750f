// Where the cursor is and what stands there, as one line: `row 3, column 5: 0.123`. Pure.

import type { TensorValue } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import { exact } from './numberText.ts';
import { isGhost, placeOf } from './reading.ts';
import { placeText } from './shapeText.ts';

/** @param cell undefined where the page lacks it. */
export function readoutOf(
  { dtype, labels = {}, reads }: TensorValue,
  names: readonly string[],
  index: readonly number[],
  cell: number | undefined,
): string {
  const where = placeText(index, names, labels);
  const number = cell === undefined ? t('not here yet') : exact(cell, dtype);
  const said = where === '' ? number : `${where}: ${number}`;
  if (reads === undefined) {
    return said;
  }
  const place = t('place {0} in the list', placeOf(reads, index));
  return `${said}, ${place}${isGhost(reads, index) ? `, ${t('a copy')}` : ''}`;
}
