// How the indexer has files cut into chunks: quickly at first where there is much to do, and as well as it can be done.

import {
  bestCut,
  type CutFile,
  chunkFile,
  chunkQuickly,
  quickCut,
  type SyntaxParser,
} from '../../retrieval/chunk/chunkFile.ts';
import type { Chunk } from '../../retrieval/chunk.ts';
import type { CancelSignal } from '../../shared/environment.ts';

export interface Cutter {
  /** What `StoredFile.cut` says of a file that was cut quickly. */
  readonly quickCut: string;
  /** What it says of one that can't be cut better. */
  bestCut(language: string): string;
  quick(language: string, text: string): readonly Chunk[];
  /** @throws Fault `cancelled` */
  best(language: string, text: string, signal: CancelSignal): Promise<CutFile>;
}

export function cutterWith(parser: SyntaxParser): Cutter {
  return {
    quickCut,
    bestCut,
    quick: (language, text) => chunkQuickly(language, text),
    best: (language, text, signal) => chunkFile(language, text, parser, signal),
  };
}
