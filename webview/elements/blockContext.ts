// What a lesson's page gives to each of its live blocks.

import type { Block, GoalEvent } from '../../src/shared/lesson.ts';
import type { Calls, ProgramInfo } from '../../src/shared/messages.ts';
import type { ParamValue, ParamValues } from '../../src/shared/trace.ts';
import { t } from '../l10n.ts';

export interface BlockContext {
  readonly calls: Calls;
  /** What the block kept the last time; of unknown shape. */
  read(block: Block): unknown;
  /** Keeps what the learner did in the block: intent, no data. */
  keep(block: Block, intent: unknown): void;
  /** Something happened that may be the block's goal. */
  happened(block: Block, event: GoalEvent): void;
  /** Says that something the learner asked for could not be done. */
  failed(error: unknown): void;
}

/** A kept record, or an empty one when what was kept is something else. */
export function keptRecord(kept: unknown): Readonly<Record<string, unknown>> {
  return kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? (kept as Record<string, unknown>) : {};
}

/** The kept values of the parameters that the learner may change; those of an older version of the lesson are left out. */
export function keptParams(kept: unknown, controls: readonly string[]): ParamValues {
  const given = keptRecord(kept);
  const taken: Record<string, ParamValue> = {};
  for (const name of controls) {
    const value = given[name];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      taken[name] = value;
    }
  }
  return taken;
}

/** A block's title: the program's own; its id only where it could not be asked. */
export function titleOf(info: ProgramInfo | undefined, fault: unknown, program: string): string {
  return info?.title ?? (fault === undefined ? t('Loading…') : program);
}

/** Calls back once, when the element comes near the part of the page on the screen. */
export function whenNear(element: Element, callback: () => void): { dispose(): void } {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        callback();
      }
    },
    { rootMargin: '400px' },
  );
  observer.observe(element);
  return { dispose: () => observer.disconnect() };
}
