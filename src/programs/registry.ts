// All the demonstrations, by id. A program joins the course by standing in this list.

import { Fault } from '../shared/errors.ts';
import type { ProgramInfo } from '../shared/messages.ts';
import { nearest } from '../shared/nearest.ts';
import { activationCurves } from './activationCurves.ts';
import { analogy } from './analogy.ts';
import { attentionStep } from './attentionStep.ts';
import { backwardByHand } from './backwardByHand.ts';
import { backwardTable } from './backwardTable.ts';
import { bagOfVectors } from './bagOfVectors.ts';
import { batchSizes } from './batchSizes.ts';
import { bigramTable } from './bigramTable.ts';
import { bm25ByHand } from './bm25ByHand.ts';
import { bpeCompression } from './bpeCompression.ts';
import { bpeEncode } from './bpeEncode.ts';
import { bpeTrain } from './bpeTrain.ts';
import { broadcasting } from './broadcasting.ts';
import { compareTokens } from './compareTokens.ts';
import { contrastivePairs } from './contrastivePairs.ts';
import { dotAndCosine } from './dotAndCosine.ts';
import { driftWatch } from './driftWatch.ts';
import { embeddingTable } from './embeddingTable.ts';
import { explainToken } from './explainToken.ts';
import { faithfulCheck } from './faithfulCheck.ts';
import { fog } from './fog.ts';
import { fourBalls } from './fourBalls.ts';
import { indexMeasured } from './indexMeasured.ts';
import { judgeBias } from './judgeBias.ts';
import { labelledQuestions } from './labelledQuestions.ts';
import { localBill } from './localBill.ts';
import { lookUpBill } from './lookUpBill.ts';
import { matmulStep } from './matmulStep.ts';
import { misleadingWeights } from './misleadingWeights.ts';
import { mlpTraining } from './mlpTraining.ts';
import { nearestNeighbours } from './nearestNeighbours.ts';
import { ngramPerplexity } from './ngramPerplexity.ts';
import { ngramSample } from './ngramSample.ts';
import { nudgeARow } from './nudgeARow.ts';
import { oneHotLookup } from './oneHotLookup.ts';
import { pcaMap } from './pcaMap.ts';
import { perceptronByHand } from './perceptronByHand.ts';
import { perceptronRounds } from './perceptronRounds.ts';
import { perceptronRule } from './perceptronRule.ts';
import { pipelineCall } from './pipelineCall.ts';
import { pipelineOpened } from './pipelineOpened.ts';
import { positionWaves } from './positionWaves.ts';
import type { Program } from './program.ts';
import { ragBorders } from './ragBorders.ts';
import { ragInjection } from './ragInjection.ts';
import { ragPrompt } from './ragPrompt.ts';
import { ragThreshold } from './ragThreshold.ts';
import { rankMetrics } from './rankMetrics.ts';
import { rateSweep } from './rateSweep.ts';
import { readingAList } from './readingAList.ts';
import { ropeByDistance } from './ropeByDistance.ts';
import { ropeFading } from './ropeFading.ts';
import { rowsThatMove } from './rowsThatMove.ts';
import { scoresToSurprise } from './scoresToSurprise.ts';
import { searchWays } from './searchWays.ts';
import { sentenceVector } from './sentenceVector.ts';
import { shiftedDistances } from './shiftedDistances.ts';
import { skipGram } from './skipGram.ts';
import { slopeErrors } from './slopeErrors.ts';
import { spamCompare } from './spamCompare.ts';
import { spamPlane } from './spamPlane.ts';
import { spamThreshold } from './spamThreshold.ts';
import { spamWeights } from './spamWeights.ts';
import { spamWords } from './spamWords.ts';
import { surprise } from './surprise.ts';
import { threeTokenizers } from './threeTokenizers.ts';
import { tinyGpt } from './tinyGpt.ts';
import { toolLoop } from './toolLoop.ts';
import { townSearch } from './townSearch.ts';
import { townWalk } from './townWalk.ts';
import { turnByPosition } from './turnByPosition.ts';
import { turnTogether } from './turnTogether.ts';
import { twins } from './twins.ts';
import { twoSearches } from './twoSearches.ts';
import { typesAndTokens } from './typesAndTokens.ts';
import { unigramLattice } from './unigramLattice.ts';
import { unigramTrain } from './unigramTrain.ts';
import { viewOrCopy } from './viewOrCopy.ts';
import { wiggle } from './wiggle.ts';
import { windowForgets } from './windowForgets.ts';
import { windowModel } from './windowModel.ts';
import { wordBias } from './wordBias.ts';
import { wordMap } from './wordMap.ts';
import { wordPieceEncode } from './wordPieceEncode.ts';
import { wordPieceTrain } from './wordPieceTrain.ts';
import { wordTokenizer } from './wordTokenizer.ts';
import { xorByHand } from './xorByHand.ts';

export const programs: readonly Program[] = [
  ngramSample,
  bigramTable,
  surprise,
  ngramPerplexity,
  tinyGpt,
  wordTokenizer,
  typesAndTokens,
  compareTokens,
  bpeTrain,
  bpeEncode,
  bpeCompression,
  explainToken,
  wordPieceEncode,
  wordPieceTrain,
  unigramLattice,
  unigramTrain,
  threeTokenizers,
  dotAndCosine,
  nearestNeighbours,
  pcaMap,
  oneHotLookup,
  lookUpBill,
  embeddingTable,
  nudgeARow,
  rowsThatMove,
  readingAList,
  viewOrCopy,
  broadcasting,
  matmulStep,
  bagOfVectors,
  positionWaves,
  shiftedDistances,
  turnTogether,
  turnByPosition,
  ropeByDistance,
  ropeFading,
  perceptronByHand,
  perceptronRule,
  perceptronRounds,
  misleadingWeights,
  xorByHand,
  activationCurves,
  scoresToSurprise,
  mlpTraining,
  backwardByHand,
  wiggle,
  slopeErrors,
  backwardTable,
  fog,
  fourBalls,
  rateSweep,
  twins,
  attentionStep,
  spamWords,
  spamThreshold,
  spamWeights,
  spamCompare,
  spamPlane,
  windowModel,
  windowForgets,
  skipGram,
  wordMap,
  analogy,
  wordBias,
  twoSearches,
  sentenceVector,
  bm25ByHand,
  contrastivePairs,
  labelledQuestions,
  townSearch,
  townWalk,
  indexMeasured,
  ragBorders,
  ragThreshold,
  ragPrompt,
  ragInjection,
  pipelineCall,
  pipelineOpened,
  toolLoop,
  localBill,
  batchSizes,
  driftWatch,
  rankMetrics,
  searchWays,
  faithfulCheck,
  judgeBias,
];

/** @throws Fault `unknown-program`, naming the nearest id and all that there are. */
export function findProgram(id: string, among: readonly Program[] = programs): Program {
  const program = among.find((candidate) => candidate.id === id);
  if (program === undefined) {
    const known = among.map((candidate) => candidate.id);
    const meant = nearest(id, known);
    throw new Fault('unknown-program', `There is no program "${id.slice(0, 80)}".`, {
      where: id.slice(0, 80),
      remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}There are: ${known.join(', ')}.`,
    });
  }
  return program;
}

/** What a form needs to know. */
export function describe(program: Program): ProgramInfo {
  return { id: program.id, title: program.title, session: program.session, params: program.params };
}
