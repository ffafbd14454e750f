// What can be done about an exercise now, which of it comes first, and why the rest has to wait. Pure.

import type { ExerciseSummary } from '../../../src/shared/exercise.ts';
import type { ExerciseStanding } from '../../../src/shared/exerciseMessages.ts';
import { t } from '../../l10n.ts';

/** What the card's buttons do; stopping a check and going to a place are elsewhere. */
export type Act = 'open' | 'check' | 'hint' | 'step' | 'compare' | 'solution' | 'blank' | 'reset' | 'park' | 'unpark';

export interface OfferedAct {
  readonly act: Act;
  readonly label: string;
  /** The one to do next. */
  readonly main: boolean;
  /** Why it has to wait; absent where it can be done. */
  readonly waits?: string;
}

/** So many failed checks, and the step-through is offered in words; and the solution. */
const FAILS_TO_STEP = 2;
const FAILS_TO_SOLUTION = 4;

/** The card's buttons, in their order. */
export function actsOf(exercise: ExerciseSummary, standing: ExerciseStanding): readonly OfferedAct[] {
  const { state, checking, hints } = standing;
  const away = state === 'away' ? t('the file isn’t there yet') : undefined;
  const busy = checking ? t('a check is running') : undefined;
  const untouched = state === 'untouched' ? t('nothing is written yet') : undefined;
  const total = exercise.hints.length;
  const main = mainAct(state);
  const offer = (act: Act, label: string, waits?: string): OfferedAct => ({
    act,
    label,
    main: act === main,
    ...(waits !== undefined && { waits }),
  });
  const opening = away === undefined ? t('Open') : t('Start the course and open this exercise');
  const all = [
    ...(state === 'parked' ? [offer('unpark', t('Take it up again'))] : []),
    offer('open', opening),
    offer('check', t('Check'), away ?? busy),
    hints < total
      ? offer('hint', total === 1 ? t('Hint') : t('Hint {0} of {1}', hints + 1, total))
      : offer('hint', t('Hint'), t('all are shown')),
    offer('step', t('Step through'), away ?? untouched ?? busy),
    offer('compare', t('Compare with the solution'), away ?? untouched),
    offer('solution', t('Solution')),
    offer('reset', t('Reset'), away ?? untouched),
    ...(state === 'parked' || state === 'passed' ? [] : [offer('park', t('Leave for later'))]),
  ];
  return [...all.filter((one) => one.main), ...all.filter((one) => !one.main)];
}

function mainAct(state: ExerciseStanding['state']): Act {
  switch (state) {
    case 'away':
    case 'untouched':
      return 'open';
    case 'tried':
      return 'check';
    case 'passed':
      return 'compare';
    case 'parked':
      return 'unpark';
  }
}

/** Why what is off is off: a sentence a reason, each naming its buttons. */
export function reasonsOf(acts: readonly OfferedAct[]): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const { label, waits } of acts) {
    if (waits !== undefined) {
      reasons.set(waits, [...(reasons.get(waits) ?? []), label]);
    }
  }
  return [...reasons].map(([why, labels]) => t('Off now: {0} ({1}).', labels.join(', '), why));
}

/** What to try after some failed checks; undefined before, and once it is passed. */
export function offerAfterFailures({
  state,
  failed,
  solutionSeen,
}: ExerciseStanding): { readonly act: 'step' | 'blank'; readonly text: string } | undefined {
  if (state !== 'tried' || failed < FAILS_TO_STEP) {
    return undefined;
  }
  return failed >= FAILS_TO_SOLUTION && !solutionSeen
    ? {
        act: 'blank',
        text: t(
          'You have tried this {0} times. Reading the solution with one line left to you is a way to learn it too.',
          failed,
        ),
      }
    : {
        act: 'step',
        text: t('Stepping through your code beside the reference shows where the two part.'),
      };
}
