// The program of the process that cuts files along their syntax, for cutProcess.ts: one file after the other, until
// nobody is there any more.

import { setPriority } from 'node:os';
import { type CutFile, chunkFile } from '../../retrieval/chunk/chunkFile.ts';
import type { CutAnswer, CutRequest } from './cutProcess.ts';
import { SyntaxParsers } from './syntaxParsers.ts';

/** Milliseconds that a file may take: nobody waits for it but the index. */
const BUDGET = 5000;
/** Whoever types or compiles comes first: see `nice`. */
const PRIORITY = 5;
/** What this process has computed for, not how long others had the processor meanwhile: in milliseconds. */
const ownTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What fits into a message: texts are cut out again where they came from. */
function answerOf({ chunks, why }: CutFile): CutAnswer {
  return {
    chunks: chunks.map(({ text: _, ...chunk }) => chunk),
    ...(why !== undefined && { why }),
    bytes: process.memoryUsage.rss(),
  };
}

try {
  setPriority(PRIORITY);
} catch {
  // Not every system lets a process step back.
}
const parsers = new SyntaxParsers({
  folder: process.argv[2] as string,
  clock: { now: ownTime, elapsed: ownTime },
  budget: BUDGET,
});
process.on('message', async ({ language, text }: CutRequest) => {
  process.send?.(answerOf(await chunkFile(language, text, parsers)));
});
process.on('disconnect', () => process.exit());
