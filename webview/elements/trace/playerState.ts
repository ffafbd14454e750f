// Where a learner is in a trace, and which bets are open, placed and settled there. Pure functions; the player draws.

import type { Frame, FrameId } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import type { Bet } from './bet.ts';

/** What is kept of a player when its view goes away: intent, no data. */
export interface PlayerState {
  readonly at: FrameId;
  /** Row bet on, by frame; -1 where the learner looked without betting. */
  readonly bets: Readonly<Record<number, number>>;
  readonly betting: boolean;
  /** Steps a second while it plays. */
  readonly speed: number;
}

export const startState: PlayerState = { at: 0, bets: {}, betting: true, speed: 1 };

/** Stands for a bet that was passed by. */
export const LOOKED = -1;

export interface PlacedBet {
  readonly bet: Bet;
  readonly row: number;
}

/** The first bet from here on that is still open: what is passed has been seen. */
export function openBetOf(bets: readonly Bet[], { at, bets: placed, betting }: PlayerState): Bet | undefined {
  return betting ? bets.find((bet) => bet.asked >= at && placed[bet.frame] === undefined) : undefined;
}

/** The learner's bet on this step, or on the one that this step leads to. */
export function placedBetOf(bets: readonly Bet[], { at, bets: placed }: PlayerState): PlacedBet | undefined {
  const bet = bets.findLast(({ asked, frame }) => asked <= at && at <= frame);
  const row = bet === undefined ? undefined : placed[bet.frame];
  return bet === undefined || row === undefined || row === LOOKED ? undefined : { bet, row };
}

/** A step's name; while a bet is open, what comes after its question is not named, because names tell. */
export function shownLabel(frames: readonly Frame[], id: FrameId, open: Bet | undefined): string {
  const frame = frames[id];
  const label = frame?.label ?? '';
  if (open === undefined || id <= open.asked) {
    return label;
  }
  // Top-level steps keep their number: "Merge 2", without the "t + h" that may follow a colon.
  return frame?.parent === undefined ? (label.split(':')[0] as string) : t('(after your bet)');
}
