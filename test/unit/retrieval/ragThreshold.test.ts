// Where the threshold comes from. Of the labelled questions about three code bases (test/bench/labels) 95 of 100 are to
// keep a passage of their own code base; the highest twentieth of a cosine that does so is the threshold. The same
// questions asked of the other code bases show what it turns away.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { readStaticModel } from '../../../src/retrieval/staticModel.ts';
import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { ASK_THRESHOLD } from '../../../src/shared/askMessages.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../../src/tokenizers/publishedPieces.ts';
import { codeBases, loadCodeBase } from '../../bench/searchQuality/labels.ts';
import { byMeaning, chunksOf } from '../../bench/searchQuality/rankings.ts';

const KEPT = 0.95;
const STEP = 0.05;

it('is the highest at which 95 of 100 labelled questions keep a passage, and turns others away', async () => {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const file = readFileSync(inRoot('media/models/static-minilm/model.bin'));
  const model = readStaticModel(new Uint8Array(file), tokenizer);
  const bases = await Promise.all(codeBases.map(loadCodeBase));
  const questions = bases.flatMap(({ queries }) => queries.map(({ query }) => query));
  const own: number[] = [];
  const foreign: number[] = [];
  for (const base of bases) {
    const score = await byMeaning(await chunksOf(base), questions, model);
    const asked = new Set(base.queries.map(({ query }) => query));
    for (const question of questions) {
      (asked.has(question) ? own : foreign).push(score(question).reduce((a, b) => Math.max(a, b)));
    }
  }
  expect(own.length).toBeGreaterThan(100);
  const kept = (threshold: number) => own.filter((best) => best >= threshold).length / own.length;
  const steps = Array.from({ length: 20 }, (_, i) => Number((i * STEP).toFixed(2)));
  expect(ASK_THRESHOLD).toBe(Math.max(...steps.filter((step) => kept(step) >= KEPT)));
  // All three are JavaScript, of parsers and protocols: questions about the others are hard to tell apart.
  const away = foreign.filter((best) => best < ASK_THRESHOLD).length / foreign.length;
  expect(away).toBeGreaterThan(0.35);
  const setting = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).contributes.configuration.properties;
  expect(setting['insideLlms.ask.threshold'].default).toBe(ASK_THRESHOLD);
}, 120_000);
