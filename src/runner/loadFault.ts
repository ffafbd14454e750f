// Why a learner's module can't be loaded: theirs to mend, so it becomes a diagnosis and never a crash.

import type { CodePlace, DiagnosisKind } from '../shared/exercise.ts';

export class LoadFault extends Error {
  override readonly name = 'LoadFault';
  readonly kind: DiagnosisKind;
  readonly place: CodePlace | undefined;

  constructor(kind: DiagnosisKind, message: string, place?: CodePlace, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.place = place;
  }
}

/** Where a text's UTF-16 unit of this number stands. */
export function placeAt(file: string, text: string, at: number): CodePlace {
  const before = text.slice(0, at).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
