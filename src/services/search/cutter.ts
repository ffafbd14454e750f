// How the indexer has files cut into chunks: quickly at first where there is much to do, and as well as it can be done.

import {
  bestCut,
  type CutFile,
  chunkFile,
  chunkQuickly,
  findQuickly,
  quickCut,
  type SyntaxParser,
} from '../../retrieval/chunk/chunkFile.ts';
import { allInTurns } from '../../retrieval/chunk/spans.ts';
import type { Chunk } from '../../retrieval/chunk.ts';
import type { CancelSignal } from '../../shared/environment.ts';

export interface Cutter {
  /** What `StoredFile.cut` says of a file that was cut quickly. */
  readonly quickCut: string;
  /** What it says of one that can't be cut better. */
  bestCut(language: string): string;
  quick(language: string, text: string): readonly Chunk[];
  /** The same while others have their turn, when `giveWay` lets them. */
  quickInTurns(language: string, text: string, giveWay: () => Promise<void>): Promise<Chunk[]>;
  /** @throws Fault `cancelled` */
  best(language: string, text: string, signal: CancelSignal): Promise<CutFile>;
}

export function cutterWith(parser: SyntaxParser): Cutter {
  return {
    quickCut,
    bestCut,
    quick: (language, text) => chunkQuickly(language, text),
    quickInTurns: (language, text, giveWay) => allInTurns(findQuickly(language, text), giveWay),
    best: (language, text, signal) => chunkFile(language, text, parser, signal),
  };
}
