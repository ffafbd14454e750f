// What is said of two runs beside each other: where they part, and how.

import { short } from '../../elements/tensor/numberText.ts';
import { shapeText } from '../../elements/tensor/shapeText.ts';
import { t } from '../../l10n.ts';
import { type PairState, type StepPair, sameResult } from './pairSteps.ts';

/** Before a step's name in the list: told by more than colour. */
export const SIGNS: Readonly<Record<PairState, string>> = { same: '=', differs: '!', alone: '·', ended: '×' };

export function stateWords({ state, mine }: StepPair): string {
  switch (state) {
    case 'same':
      return t('the same in both');
    case 'differs':
      return t('they differ');
    case 'alone':
      return mine === undefined ? t('only in the reference') : t('only in yours');
    case 'ended':
      return t('your run ended here');
  }
}

/** What to see in a pair, as one sentence or two. */
export function pairSentence({ state, mine, apart }: StepPair): string {
  switch (state) {
    case 'same':
      return t('Both come to the same here.');
    case 'alone':
      return mine === undefined ? t('Your run has no such step.') : t('The reference has no such step.');
    case 'ended':
      return t('Your run ended here with an error.');
    case 'differs':
      return apart === undefined ? '' : apartSentence(apart);
  }
}

function apartSentence({ output, how }: NonNullable<StepPair['apart']>): string {
  switch (how.kind) {
    case 'missing':
      return t('“{0}” is only in the reference: no gradient flows this way in yours.', output);
    case 'whole':
      return t('“{0}” differs.', output);
    case 'shape':
      return t(
        '“{0}” has the shape {1} in yours, and {2} in the reference.',
        output,
        shapeText(how.shapes[0]),
        shapeText(how.shapes[1]),
      );
    case 'cells': {
      const [mine, reference] = how.values.map((value) => short(value, 6)) as [string, string];
      return how.of === 1
        ? t('“{0}” is {1} in yours, and {2} in the reference.', output, mine, reference)
        : t(
            '“{0}” differs in {1} of {2} cells. The first is at [{3}]: {4} in yours, {5} in the reference.',
            output,
            how.count,
            how.of,
            how.first.join(', '),
            mine,
            reference,
          );
    }
  }
}

/** Where the runs part, for the page's head. @param parting row at which they do, from 0 */
export function partingSentence(parting: number | undefined, pairs: readonly StepPair[]): string {
  const [row, right] = [(parting ?? 0) + 1, sameResult(pairs)];
  if (parting === undefined) {
    return pairs.every(({ state }) => state === 'same')
      ? t('All that your run computes is what the reference computes too.')
      : t('Your run and the reference come to the same. Some steps are in one of them only.');
  }
  if (right) {
    return t('Your run comes to the same result by another way. It leaves the reference’s at step {0}.', row);
  }
  return pairs[parting]?.state === 'ended'
    ? t('Your run agrees with the reference until it ends with an error, at step {0}.', row)
    : t('Your run parts from the reference at step {0}.', row);
}
