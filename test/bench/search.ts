// Search, line by line as it is meant to reach: a repository of 5,000 files and 40 MB indexed and asked as it is
// installed, nearest vectors, MiniLM beside its stock pipeline, a map of the index, and whether people find what they look
// for. What each goal is stands beside its figure.

import { bundleAll } from '../../src/build/bundle.ts';
import type { Measure, Measurement } from '../../src/build/measurement.ts';
import { measureEmbedding } from './embedding.ts';
import { measureInstalled } from './search/installed.ts';
import { measureMap } from './search/map.ts';
import { measure as measureQuality } from './searchQuality.ts';
import { measure as measureStore } from './searchStore.ts';
import { measureVectors } from './vectors.ts';

export const measure: Measure = async (report, log) => {
  await bundleAll();
  const began = performance.now();
  const parts: readonly [string, Measure][] = [
    ['An index, as it is installed', measureInstalled],
    ['Nearest vectors', measureVectors],
    ['The store', measureStore],
    ['MiniLM', measureEmbedding],
    ['A map', measureMap],
    ['What is found', (report, log) => measureQuality((one) => report(withGoal(one)), log)],
  ];
  for (const [title, part] of parts) {
    log(`\n${title}, after ${((performance.now() - began) / 1000).toFixed(0)} s`);
    await part(report, log);
  }
  log(`\nAll in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
};

/** Fused search is to find more than either of its parts, and the re-ranker more than the fusion. */
function withGoal(measured: Measurement): Measurement {
  const isGoal = /^all: fusion(, re-ranked over fusion| over (BM25|static vectors)), nDCG/.test(measured.name);
  return isGoal ? { ...measured, peer: 'goal, to be above', peerValue: 0 } : measured;
}
